// RUN: %check %s -- -std=c++20 -isystem /usr/include/mariadb
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mysql.h>
#include <string>
#include <vector>

struct Item {
  int id;
  int count;
};

void queryWarns(MYSQL *db, const std::vector<Item> &items) {
  for (const Item &item : items) {
    const std::string sql = "INSERT INTO items VALUES (" + std::to_string(item.id) + ")";
    mysql_query(db, sql.c_str()); // expect: query-in-loop
  }
}

void realQueryWarns(MYSQL *db, const std::vector<std::string> &names) {
  for (auto it = names.begin(); it != names.end(); ++it) {
    std::string sql = "DELETE FROM items WHERE name = '";
    sql += *it;
    sql += "'";
    mysql_real_query(db, sql.data(), sql.size()); // expect: query-in-loop
  }
}

// One query per row of another result.
void rowsWarns(MYSQL *db, std::vector<Item> &items) {
  mysql_query(db, "SELECT id FROM items");
  MYSQL_RES *result = mysql_store_result(db);
  MYSQL_ROW row;
  while ((row = mysql_fetch_row(result))) {
    std::string sql = std::string("SELECT count(*) FROM sales WHERE item = ") + row[0];
    if (mysql_query(db, sql.c_str())) // expect: query-in-loop
      continue;
    MYSQL_RES *counts = mysql_store_result(db);
    items.push_back({std::atoi(row[0]), std::atoi(mysql_fetch_row(counts)[0])});
    mysql_free_result(counts);
  }
  mysql_free_result(result);
}

// Prepared once per element.
static int stock(MYSQL *db, int id) {
  static const char sql[] = "SELECT count FROM stock WHERE item = ?";
  MYSQL_STMT *statement = mysql_stmt_init(db);
  mysql_stmt_prepare(statement, sql, sizeof sql - 1);
  MYSQL_BIND bind{};
  bind.buffer_type = MYSQL_TYPE_LONG;
  bind.buffer = &id;
  mysql_stmt_bind_param(statement, &bind);
  mysql_stmt_execute(statement);
  int count = 0;
  mysql_stmt_fetch(statement);
  mysql_stmt_close(statement);
  return count;
}
int totalWarns(MYSQL *db, const std::vector<Item> &items) {
  int total = 0;
  for (const Item &item : items)
    total += stock(db, item.id); // expect: query-in-loop
  return total;
}

// Prepared once for all, but each row commits by itself.
void autocommitWarns(MYSQL *db, const std::vector<Item> &items) {
  static const char sql[] = "INSERT INTO items VALUES (?)";
  MYSQL_STMT *statement = mysql_stmt_init(db);
  mysql_stmt_prepare(statement, sql, std::strlen(sql));
  for (const Item &item : items) {
    int id = item.id;
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_LONG;
    bind.buffer = &id;
    mysql_stmt_bind_param(statement, &bind);
    mysql_stmt_execute(statement); // expect: query-in-loop
  }
  mysql_stmt_close(statement);
}

// The game server's way: one singleton for all queries.
class Database {
public:
  static Database &get() {
    static Database database;
    return database;
  }
  bool execute(const std::string &sql) { return mysql_real_query(handle_, sql.data(), sql.size()) == 0; }

private:
  MYSQL *handle_ = nullptr;
};

void singletonWarns(const std::vector<Item> &items) {
  Database &db = Database::get();
  for (const Item &item : items)
    db.execute("UPDATE items SET count = " + std::to_string(item.count) + " WHERE id = " + std::to_string(item.id)); // expect: query-in-loop
}

// The text is put together from what stands behind the format.
class Formats {
public:
  bool run(const char *format, ...) {
    char sql[1024];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    return mysql_query(handle_, sql) == 0;
  }

private:
  MYSQL *handle_ = nullptr;
};

void formatWarns(Formats &db, const std::vector<Item> &items) {
  for (const Item &item : items)
    db.run("DELETE FROM items WHERE id = '%u'", item.id); // expect: query-in-loop
}
