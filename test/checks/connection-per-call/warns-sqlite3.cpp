// RUN: %check %s -- -std=c++20
#include <cstdio>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

int countWarns() {
  sqlite3 *db = nullptr;
  sqlite3_open("shop.db", &db); // expect: connection-per-call
  int count = 0;
  sqlite3_exec(
      db, "SELECT count(*) FROM users",
      [](void *out, int, char **columns, char **) {
        *static_cast<int *>(out) = std::atoi(columns[0]);
        return 0;
      },
      &count, nullptr);
  sqlite3_close(db);
  return count;
}

bool flagsWarns(const std::string &file, int id) {
  sqlite3 *db = nullptr;
  if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) { // expect: connection-per-call
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    sqlite3_close_v2(db);
    return false;
  }
  const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
  const bool good = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close_v2(db);
  return good;
}

// A wrapper that opens in its constructor and closes in its destructor.
class File {
public:
  explicit File(const char *path) {
    if (sqlite3_open(path, &handle_) != SQLITE_OK)
      throw std::runtime_error("cannot open");
  }
  ~File() { sqlite3_close(handle_); }
  File(const File &) = delete;
  void run(const char *sql) { sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

private:
  sqlite3 *handle_ = nullptr;
};

void wrapperWarns() {
  File file("shop.db"); // expect: connection-per-call
  file.run("DELETE FROM carts");
}

void temporaryWarns() {
  File("shop.db").run("DELETE FROM carts"); // expect: connection-per-call
}
