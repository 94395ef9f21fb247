// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Not seen: a loop made of goto.
#include <libpq-fe.h>
#include <string>
#include <vector>

void removeWarns(PGconn *db, const std::vector<int> &ids) {
  std::size_t i = 0;
next:
  if (i == ids.size())
    return;
  {
    const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(ids[i++]);
    PQclear(PQexec(db, sql.c_str())); // expect: query-in-loop
  }
  goto next;
}
