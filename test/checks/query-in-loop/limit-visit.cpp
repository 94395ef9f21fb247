// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Not seen: a visitor that the library calls.
#include <libpq-fe.h>
#include <string>
#include <variant>
#include <vector>

struct Add {
  std::string name;
};
struct Remove {
  std::string name;
};
using Change = std::variant<Add, Remove>;

struct Apply {
  PGconn *db;
  void operator()(const Add &add) const { run("INSERT INTO users VALUES ($1)", add.name); }
  void operator()(const Remove &remove) const { run("DELETE FROM users WHERE name = $1", remove.name); }
  void run(const char *sql, const std::string &name) const {
    const char *values[] = {name.c_str()};
    PQclear(PQexecParams(db, sql, 1, nullptr, values, nullptr, nullptr, 0));
  }
};

void applyWarns(PGconn *db, const std::vector<Change> &changes) {
  for (const Change &change : changes)
    std::visit(Apply{db}, change); // expect: query-in-loop
}
