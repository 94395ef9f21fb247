// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// XFAIL: *
// Reported, and should not be: a tool's commands in a table that main calls one of.
#include <cstring>
#include <libpq-fe.h>

static int FP_vacuum() {
  PGconn *db = PQconnectdb("dbname=shop");
  PQclear(PQexec(db, "VACUUM"));
  PQfinish(db);
  return 0;
}

static int FP_reindex() {
  PGconn *db = PQconnectdb("dbname=shop");
  PQclear(PQexec(db, "REINDEX DATABASE shop"));
  PQfinish(db);
  return 0;
}

static const struct {
  const char *name;
  int (*run)();
} commands[] = {{"vacuum", FP_vacuum}, {"reindex", FP_reindex}};

int main(int argc, char **argv) {
  for (const auto &command : commands)
    if (argc > 1 && std::strcmp(argv[1], command.name) == 0)
      return command.run();
  return 1;
}
