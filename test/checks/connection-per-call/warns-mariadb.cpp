// RUN: %check %s -- -std=c++20 -isystem /usr/include/mariadb
#include <mysql.h>

unsigned long countWarns(const char *host) {
  MYSQL *db = mysql_init(nullptr);
  mysql_real_connect(db, host, "app", "secret", "shop", 3306, nullptr, 0); // expect: connection-per-call
  mysql_query(db, "SELECT id FROM users");
  MYSQL_RES *result = mysql_store_result(db);
  unsigned long count = mysql_num_rows(result);
  mysql_free_result(result);
  mysql_close(db);
  return count;
}

bool onStackWarns() {
  MYSQL db;
  mysql_init(&db);
  if (!mysql_real_connect(&db, "db", "app", "secret", "shop", 0, nullptr, 0)) // expect: connection-per-call
    return false;
  const bool good = mysql_query(&db, "DELETE FROM carts") == 0;
  mysql_close(&db);
  return good;
}
