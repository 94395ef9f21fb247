// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Not seen: started elsewhere and waited for at once.
#include <future>
#include <libpq-fe.h>
#include <string>
#include <vector>

static void removeUser(PGconn *db, int id) {
  const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
  PQclear(PQexec(db, sql.c_str()));
}

void removeWarns(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids)
    std::async(std::launch::async, removeUser, db, id).get(); // expect: query-in-loop
}
