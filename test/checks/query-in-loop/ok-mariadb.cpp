// RUN: %check %s -- -std=c++20 -isystem /usr/include/mariadb
#include <cstring>
#include <mysql.h>
#include <string>
#include <vector>

struct Item {
  int id;
};

std::vector<Item> rowsOk(MYSQL *db) {
  std::vector<Item> items;
  mysql_query(db, "SELECT id FROM items");
  MYSQL_RES *result = mysql_store_result(db);
  while (MYSQL_ROW row = mysql_fetch_row(result))
    items.push_back({std::atoi(row[0])});
  mysql_free_result(result);
  return items;
}

void multiInsertOk(MYSQL *db, const std::vector<Item> &items) {
  std::string sql = "INSERT INTO items VALUES ";
  for (const Item &item : items)
    sql += "(" + std::to_string(item.id) + "),";
  sql.pop_back();
  mysql_real_query(db, sql.data(), sql.size());
}

// Flushed when the text has reached a limit.
void limitOk(MYSQL *db, const std::vector<Item> &items) {
  const std::string head = "INSERT INTO items VALUES ";
  std::string sql = head;
  for (const Item &item : items) {
    sql += "(" + std::to_string(item.id) + "),";
    if (sql.size() > 1000000) {
      sql.pop_back();
      mysql_real_query(db, sql.data(), sql.size());
      sql = head;
    }
  }
  if (sql.size() > head.size()) {
    sql.pop_back();
    mysql_real_query(db, sql.data(), sql.size());
  }
}

// Several results of one query.
void resultsOk(MYSQL *db) {
  mysql_query(db, "CALL report()");
  do {
    if (MYSQL_RES *result = mysql_store_result(db))
      mysql_free_result(result);
  } while (mysql_next_result(db) == 0);
}

std::string escapeOk(MYSQL *db, const std::vector<std::string> &names) {
  std::string out;
  for (const std::string &name : names) {
    std::string buffer(name.size() * 2 + 1, '\0');
    buffer.resize(mysql_real_escape_string(db, buffer.data(), name.data(), name.size()));
    out += buffer;
  }
  return out;
}

// One transaction around rows of a statement prepared once: low.
void transactionOk(MYSQL *db, const std::vector<Item> &items) {
  static const char sql[] = "INSERT INTO items VALUES (?)";
  MYSQL_STMT *statement = mysql_stmt_init(db);
  mysql_stmt_prepare(statement, sql, std::strlen(sql));
  mysql_query(db, "START TRANSACTION");
  for (const Item &item : items) {
    int id = item.id;
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_LONG;
    bind.buffer = &id;
    mysql_stmt_bind_param(statement, &bind);
    mysql_stmt_execute(statement); // low: query-in-loop
  }
  mysql_query(db, "COMMIT");
  mysql_stmt_close(statement);
}

// Lost connection: the same query again.
bool reconnectOk(MYSQL *db, const std::string &sql) {
  while (mysql_real_query(db, sql.data(), sql.size()) != 0) { // low: query-in-loop
    const unsigned error = mysql_errno(db);
    if (error != 2006 && error != 2013)
      return false;
    mysql_ping(db);
  }
  return true;
}

// A pool: each round sets up, or asks, a connection of its own.
class Connection {
public:
  bool open(const char *host) {
    MYSQL *made = mysql_init(nullptr);
    handle_ = mysql_real_connect(made, host, "app", "secret", "game", 3306, nullptr, 0);
    if (!handle_) {
      mysql_close(made);
      return false;
    }
    return ask("SET NAMES utf8");
  }
  bool ask(const char *sql) { return mysql_query(handle_, sql) == 0; }

private:
  MYSQL *handle_ = nullptr;
};

class Pool {
public:
  bool openOk(const char *host, int count) {
    for (int i = 0; i < count; ++i) {
      auto *connection = new Connection;
      if (!connection->open(host)) // low: query-in-loop
        return false;
      all_.push_back(connection);
    }
    return true;
  }
  void pingOk() {
    for (Connection *connection : all_)
      connection->ask("SELECT 1");
  }

private:
  std::vector<Connection *> all_;
};
