// RUN: %check %s -- -std=c++17
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <string>

int countWarns() {
  soci::session sql("postgresql", "dbname=shop"); // expect: connection-per-call
  int count = 0;
  sql << "SELECT count(*) FROM users", soci::into(count);
  return count;
}

void backendWarns(int id) {
  soci::session sql(soci::sqlite3, "shop.db"); // expect: connection-per-call
  sql << "DELETE FROM users WHERE id = :id", soci::use(id);
}

void openWarns(const std::string &address) {
  soci::session sql;
  sql.open(address); // expect: connection-per-call
  sql << "DELETE FROM carts";
  sql.close();
}
