// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// Texts that a wrapper of {fmt} puts together.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <string>
#include <utility>
#include <vector>

class Connection {
public:
  void exec(const char *sql) const { PQclear(PQexec(db_, sql)); }
  void exec(const std::string &sql) const { exec(sql.c_str()); }
  template <typename... Values> void exec(fmt::format_string<Values...> sql, Values... values) const {
    exec(fmt::format(sql, std::forward<Values>(values)...));
  }

private:
  PGconn *db_ = nullptr;
};

void rowsWarns(const Connection &db, const std::string &table, const std::vector<int> &ids) {
  for (int id : ids)
    db.exec("UPDATE {} SET seen = 1 WHERE id = {}", table, id); // expect: query-in-loop
}

// Tables are few.
void tablesOk(const Connection &db, const std::vector<std::string> &tables) {
  for (const std::string &table : tables) {
    db.exec("CREATE INDEX ON {} USING GIN (tags)", table); // low: query-in-loop
    db.exec("ANALYZE {}", table);                          // low: query-in-loop
  }
}
