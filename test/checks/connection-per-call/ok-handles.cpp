// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql -isystem /usr/include/mariadb
// C handles that outlive the call.
#include <hiredis/hiredis.h>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <mysql.h>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

PGconn *factoryOk() {
  PGconn *db = PQconnectdb("dbname=shop");
  if (PQstatus(db) != CONNECTION_OK) {
    PQfinish(db);
    return nullptr;
  }
  return db;
}

sqlite3 *openOk(const char *file) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(file, &db) != SQLITE_OK) {
    sqlite3_close(db);
    throw std::runtime_error("cannot open");
  }
  sqlite3_exec(db, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
  return db;
}

bool outParameterOk(sqlite3 **db) { return sqlite3_open("shop.db", db) == SQLITE_OK; }

static PGconn *global = nullptr;
PGconn *lazyGlobalOk() {
  if (global == nullptr)
    global = PQconnectdb("dbname=shop");
  return global;
}
PGconn *lazyStaticOk() {
  static PGconn *db = PQconnectdb("dbname=shop");
  return db;
}

class Connection {
public:
  Connection() : db_(PQconnectdb("dbname=shop")) {
    if (PQstatus(db_) != CONNECTION_OK) {
      PQfinish(db_);
      throw std::runtime_error("no database");
    }
  }
  ~Connection() { PQfinish(db_); }
  Connection(const Connection &) = delete;

private:
  PGconn *db_;
};

// Opened by one method, closed by another.
class Store {
public:
  bool openOk(const std::string &file) { return sqlite3_open(file.c_str(), &db_) == SQLITE_OK; }
  void closeOk() {
    sqlite3_close(db_);
    db_ = nullptr;
  }
  void reopenOk(const std::string &file) {
    sqlite3_close(db_);
    sqlite3_open(file.c_str(), &db_);
  }

private:
  sqlite3 *db_ = nullptr;
};

class Game {
public:
  bool connectOk() {
    handle_ = mysql_init(nullptr);
    return mysql_real_connect(handle_, "db", "app", "secret", "game", 3306, nullptr, 0) != nullptr;
  }
  ~Game() { mysql_close(handle_); }

private:
  MYSQL *handle_ = nullptr;
};

class Cache {
public:
  redisContext *contextOk() {
    if (!redis_ || redis_->err) {
      if (redis_)
        redisFree(redis_);
      redis_ = redisConnect("127.0.0.1", 6379);
    }
    return redis_;
  }

private:
  redisContext *redis_ = nullptr;
};

struct Session {
  PGconn *db;
};
void intoStructOk(Session &session) {
  PGconn *db = PQconnectdb("dbname=shop");
  session.db = db;
}

static std::map<std::string, sqlite3 *> files;
sqlite3 *keptOk(const std::string &name) {
  auto it = files.find(name);
  if (it != files.end())
    return it->second;
  sqlite3 *db = nullptr;
  sqlite3_open(name.c_str(), &db);
  files[name] = db;
  return db;
}

// The status lands in a local, the connection in a member.
class Keeper {
public:
  bool openOk(const char *path) {
    int status = sqlite3_open(path, &db_);
    return status == SQLITE_OK;
  }

private:
  sqlite3 *db_ = nullptr;
};

// The same handle, kept; closed only if there is no connection.
class Kept {
public:
  bool openOk(const char *host) {
    MYSQL *made = mysql_init(nullptr);
    handle_ = mysql_real_connect(made, host, "app", "secret", "game", 3306, nullptr, 0);
    if (!handle_) {
      mysql_close(made);
      return false;
    }
    return true;
  }

private:
  MYSQL *handle_ = nullptr;
};
