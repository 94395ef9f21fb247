// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// A command-line tool: it starts, connects, works and ends.
#include <cstring>
#include <libpq-fe.h>
#include <string>
#include <vector>

class Session {
public:
  explicit Session(const std::string &address) : db_(PQconnectdb(address.c_str())) {}
  ~Session() { PQfinish(db_); }
  Session(const Session &) = delete;
  void run(const char *sql) { PQclear(PQexec(db_, sql)); }

private:
  PGconn *db_;
};

static int importData(const std::string &address) {
  Session session(address);
  session.run("DELETE FROM staging");
  return 0;
}

static int vacuum(const std::string &address) {
  Session session(address);
  session.run("VACUUM");
  return 0;
}

static bool check(const std::string &address) {
  PGconn *db = PQconnectdb(address.c_str());
  const bool good = PQstatus(db) == CONNECTION_OK;
  PQfinish(db);
  return good;
}

static int run(const std::string &command, const std::string &address) {
  if (!check(address))
    return 2;
  if (command == "import")
    return importData(address);
  if (command == "vacuum")
    return vacuum(address);
  return 1;
}

int main(int argc, char **argv) {
  if (argc < 3)
    return 1;
  try {
    return run(argv[1], argv[2]);
  } catch (const std::exception &) {
    return 3;
  }
}
