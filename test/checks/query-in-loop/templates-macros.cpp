// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore
// Templates and macros around the loop, the query, or both.
#include <QList>
#include <QMap>
#include <QVector>
#include <boost/foreach.hpp>
#include <cassert>
#include <cstdio>
#include <libpq-fe.h>
#include <string>
#include <utility>
#include <vector>

static int userId(PGconn *db, const std::string &name) {
  const char *values[] = {name.c_str()};
  PGresult *result = PQexecParams(db, "SELECT id FROM users WHERE name = $1", 1, nullptr, values, nullptr, nullptr, 0);
  const int id = PQntuples(result) ? std::atoi(PQgetvalue(result, 0, 0)) : 0;
  PQclear(result);
  return id;
}

// A loop in a template: one finding for all instantiations.
template <typename Container> int sumWarns(PGconn *db, const Container &names) {
  int sum = 0;
  for (const auto &name : names)
    sum += userId(db, name); // expect: query-in-loop
  return sum;
}
void instantiate(PGconn *db) {
  sumWarns(db, std::vector<std::string>{"a", "b"});
  sumWarns(db, std::vector<const char *>{"a", "b"});
}

// A query in a template.
template <typename T> T fetch(PGconn *db, const std::string &sql) {
  PGresult *result = PQexec(db, sql.c_str());
  T value = static_cast<T>(std::atol(PQgetvalue(result, 0, 0)));
  PQclear(result);
  return value;
}
long fetchWarns(PGconn *db, const std::vector<int> &ids) {
  long sum = 0;
  for (int id : ids)
    sum += fetch<long>(db, "SELECT count FROM stock WHERE id = " + std::to_string(id)); // expect: query-in-loop
  return sum;
}

// A mapper for any class.
template <typename Entity> class Mapper {
public:
  explicit Mapper(PGconn *db) : db_(db) {}
  Entity byId(int id) {
    const std::string sql = std::string("SELECT * FROM ") + Entity::table + " WHERE id = " + std::to_string(id);
    PGresult *result = PQexec(db_, sql.c_str());
    Entity entity(result);
    PQclear(result);
    return entity;
  }

private:
  PGconn *db_;
};
struct Product {
  static constexpr const char *table = "products";
  explicit Product(PGresult *result) : price(std::atoi(PQgetvalue(result, 0, 0))) {}
  int price;
};
int mapperWarns(Mapper<Product> &products, const std::vector<int> &ids) {
  int sum = 0;
  for (int id : ids)
    sum += products.byId(id).price; // expect: query-in-loop
  return sum;
}

// The function decides whether the template's loop queries.
template <typename Range, typename Fn> void each(const Range &range, Fn fn) {
  for (const auto &element : range)
    fn(element);
}
void eachWarns(PGconn *db, const std::vector<std::string> &names) {
  each(names, [db](const std::string &name) { userId(db, name); }); // expect: query-in-loop
}
void eachOk(const std::vector<std::string> &names) {
  each(names, [](const std::string &name) { std::puts(name.c_str()); });
}

// The strategy is a template parameter.
struct Quiet {
  int operator()(PGconn *, const std::string &name) const { return static_cast<int>(name.size()); }
};
struct Asking {
  int operator()(PGconn *db, const std::string &name) const { return userId(db, name); }
};
template <typename Strategy> int evaluate(PGconn *db, const std::string &name) { return Strategy{}(db, name); }
int strategyWarns(PGconn *db, const std::vector<std::string> &names) {
  int sum = 0;
  for (const auto &name : names)
    sum += evaluate<Asking>(db, name); // expect: query-in-loop
  return sum;
}
int strategyOk(PGconn *db, const std::vector<std::string> &names) {
  int sum = 0;
  for (const auto &name : names)
    sum += evaluate<Quiet>(db, name);
  return sum;
}

// Variadic: as many as the source writes.
template <typename... Names> int variadicOk(PGconn *db, const Names &...names) { return (userId(db, names) + ...); }
int callVariadicOk(PGconn *db) { return variadicOk(db, "a", "b", "c"); }

// A generic lambda.
int genericWarns(PGconn *db, const std::vector<std::string> &names) {
  auto id = [db](const auto &name) { return userId(db, name); };
  int sum = 0;
  for (const auto &name : names)
    sum += id(name); // expect: query-in-loop
  return sum;
}

// Loops that macros write.
int foreachWarns(PGconn *db, const QList<QString> &names) {
  int sum = 0;
  foreach (const QString &name, names)
    sum += userId(db, name.toStdString()); // expect: query-in-loop
  return sum;
}
int qForeachWarns(PGconn *db, const QVector<QString> &names) {
  int sum = 0;
  Q_FOREACH (QString name, names) {
    sum += userId(db, name.toStdString()); // expect: query-in-loop
  }
  return sum;
}
int foreverOk(PGconn *db) {
  forever {
    if (int id = userId(db, "first")) // low: query-in-loop
      return id;
  }
}
int javaIteratorWarns(PGconn *db, const QMap<int, QString> &names) {
  int sum = 0;
  QMapIterator<int, QString> it(names);
  while (it.hasNext())
    sum += userId(db, it.next().value().toStdString()); // expect: query-in-loop
  return sum;
}
int boostWarns(PGconn *db, const std::vector<std::string> &names) {
  int sum = 0;
  BOOST_FOREACH (const std::string &name, names) {
    sum += userId(db, name); // expect: query-in-loop
  }
  return sum;
}
typedef std::pair<int, std::string> Entry;
int boostPairsWarns(PGconn *db, const std::vector<Entry> &entries) {
  int sum = 0;
  BOOST_REVERSE_FOREACH (const Entry &entry, entries)
    sum += userId(db, entry.second); // expect: query-in-loop
  return sum;
}

#define FOR_ALL(element, range)                                                                                        \
  for (auto element##_it = (range).begin(), element##_end = (range).end(); element##_it != element##_end;              \
       ++element##_it)                                                                                                 \
    for (bool element##_go = true; element##_go;)                                                                      \
      for (auto &element = *element##_it; element##_go; element##_go = false)
int ownLoopWarns(PGconn *db, const std::vector<std::string> &names) {
  int sum = 0;
  FOR_ALL (name, names)
    sum += userId(db, name); // expect: query-in-loop
  return sum;
}

// Queries that macros write.
#define SQL_RUN(db, text) PQclear(PQexec((db), (text)))
#define CHECKED(statement)                                                                                             \
  do {                                                                                                                 \
    if (!(statement))                                                                                                  \
      std::puts("failed: " #statement);                                                                                \
  } while (0)
void macroQueryWarns(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids) {
    const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
    SQL_RUN(db, sql.c_str()); // expect: query-in-loop
  }
}
void checkedWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    CHECKED(userId(db, name) != 0); // expect: query-in-loop
}
void checkedOk(PGconn *db) { CHECKED(userId(db, "root") != 0); }

// What stands in an assert is not there in production.
void assertOk(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    assert(userId(db, name) != 0);
    Q_ASSERT(userId(db, name) != 0);
    std::puts(name.c_str());
  }
}
