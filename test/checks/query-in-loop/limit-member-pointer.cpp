// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Not seen: a method called through a pointer to member.
#include <libpq-fe.h>
#include <string>
#include <vector>

class Store {
public:
  void remove(int id) {
    const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
    PQclear(PQexec(db_, sql.c_str()));
  }

private:
  PGconn *db_ = nullptr;
};

void removeWarns(Store &store, const std::vector<int> &ids) {
  void (Store::*action)(int) = &Store::remove;
  for (int id : ids)
    (store.*action)(id); // expect: query-in-loop
}
