// RUN: %check %s -- -std=c++20
// SQL text handed to a function whose body nobody knows is a query.
#include <cstdio>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <vector>

class LegacyDb {
public:
  bool run(const std::string &sql);
  int scalar(const char *sql);
};
bool dbExecute(void *handle, const char *sql);

void literalWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    db.run("UPDATE counters SET value = value + 1"); // expect: query-in-loop
}

void concatenationWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (int id : ids)
    db.run("DELETE FROM users WHERE id = " + std::to_string(id)); // expect: query-in-loop
}

void variableWarns(LegacyDb &db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    std::string sql = "INSERT INTO users (name) VALUES ('";
    sql += name;
    sql += "')";
    db.run(sql); // expect: query-in-loop
  }
}

int formatWarns(LegacyDb &db, const std::vector<int> &ids) {
  int sum = 0;
  for (int id : ids)
    sum += db.scalar(fmt::format("SELECT count FROM stock WHERE item = {}", id).c_str()); // expect: query-in-loop
  return sum;
}

void streamWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (int id : ids) {
    std::stringstream sql;
    sql << "DELETE FROM users WHERE id = " << id;
    db.run(sql.str()); // expect: query-in-loop
  }
}

void cFunctionWarns(void *handle, const std::vector<int> &ids) {
  char sql[100];
  for (int id : ids) {
    std::snprintf(sql, sizeof sql, "REPLACE INTO seen VALUES (%d)", id);
    dbExecute(handle, sql); // expect: query-in-loop
  }
}

// The text goes through a helper.
static bool remove(LegacyDb &db, const std::string &table, int id) {
  return db.run("DELETE FROM " + table + " WHERE id = " + std::to_string(id));
}
void helperWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (int id : ids)
    remove(db, "users", id); // expect: query-in-loop
}

// Lower case, leading space, several lines, CTE.
void lowerWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (int id : ids)
    db.run("  select name from users where id = " + std::to_string(id)); // expect: query-in-loop
}
void rawWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (int id : ids)
    db.run(fmt::format( // expect: query-in-loop
        R"(
        WITH mine AS (SELECT * FROM orders WHERE buyer = {})
        SELECT count(*) FROM mine)",
        id));
}

// A literal that an operator takes as a template argument.
template <std::size_t N> struct Text {
  consteval Text(const char (&text)[N]) {
    for (std::size_t i = 0; i < N; ++i)
      letters[i] = text[i];
  }
  char letters[N];
};
template <Text T> std::string operator""_sql() { return T.letters; }
void ownLiteralWarns(LegacyDb &db, const std::vector<int> &ids) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    db.run("UPDATE counters SET value = value + 1"_sql); // expect: query-in-loop
}

// A template that nobody uses, of a type that is not known.
template <class T> void unused(T *p, LegacyDb &db) {
  for (int i = 0; i < 100; ++i)
    db.run("UPDATE counters SET value = value + 1"); // expect: query-in-loop
  delete p;
}
