// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Not seen: a range whose iterator asks for each element as it steps.
#include <cstdio>
#include <libpq-fe.h>
#include <string>

class Users {
public:
  explicit Users(PGconn *db) : db_(db) {}
  class Iterator {
  public:
    Iterator(PGconn *db, int id) : db_(db), id_(id) {}
    std::string operator*() const {
      const std::string sql = "SELECT name FROM users WHERE id = " + std::to_string(id_);
      PGresult *result = PQexec(db_, sql.c_str());
      std::string name = PQgetvalue(result, 0, 0);
      PQclear(result);
      return name;
    }
    Iterator &operator++() {
      ++id_;
      return *this;
    }
    bool operator!=(const Iterator &other) const { return id_ != other.id_; }

  private:
    PGconn *db_;
    int id_;
  };
  Iterator begin() const { return {db_, 0}; }
  Iterator end() const { return {db_, 1000}; }

private:
  PGconn *db_;
};

void printWarns(PGconn *db) {
  for (const std::string &name : Users(db)) // expect: query-in-loop
    std::puts(name.c_str());
}
