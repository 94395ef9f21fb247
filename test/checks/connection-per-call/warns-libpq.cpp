// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
#include <cstdio>
#include <libpq-fe.h>
#include <memory>
#include <string>

// region: handle
int countUsersWarns() {
  PGconn *db = PQconnectdb("dbname=shop"); // expect: connection-per-call
  PGresult *result = PQexec(db, "SELECT count(*) FROM users");
  int count = std::atoi(PQgetvalue(result, 0, 0));
  PQclear(result);
  PQfinish(db);
  return count;
}
// endregion

bool checkedWarns(const std::string &address) {
  PGconn *db = PQconnectdb(address.c_str()); // expect: connection-per-call
  if (PQstatus(db) != CONNECTION_OK) {
    std::fprintf(stderr, "%s", PQerrorMessage(db));
    PQfinish(db);
    return false;
  }
  PQclear(PQexec(db, "DELETE FROM sessions WHERE expired"));
  PQfinish(db);
  return true;
}

void loginWarns(const char *host, const char *name) {
  PGconn *db;
  db = PQsetdbLogin(host, "5432", nullptr, nullptr, name, "app", "secret"); // expect: connection-per-call
  PQclear(PQexec(db, "UPDATE visits SET count = count + 1"));
  PQfinish(db);
}

// Owned by a smart pointer: closed when the call returns.
using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
bool existsWarns(int id) {
  Connection db(PQconnectdb("dbname=shop"), &PQfinish); // expect: connection-per-call
  const std::string sql = "SELECT 1 FROM users WHERE id = " + std::to_string(id);
  PGresult *result = PQexec(db.get(), sql.c_str());
  const bool found = PQntuples(result) > 0;
  PQclear(result);
  return found;
}

// A class of the project's own is a connection too, whatever its name.
class Database {
public:
  Database() : handle_(PQconnectdb("dbname=shop")) {}
  ~Database() { PQfinish(handle_); }
  Database(const Database &) = delete;
  void run(const char *sql) { PQclear(PQexec(handle_, sql)); }

private:
  PGconn *handle_;
};
void wrapperWarns() {
  Database db; // expect: connection-per-call
  db.run("DELETE FROM carts WHERE empty");
}

// So is a class that has one.
class Statistics {
public:
  void add(const char *sql) { db_.run(sql); }

private:
  Database db_;
};
void memberOfLocalWarns() {
  Statistics statistics; // expect: connection-per-call
  statistics.add("UPDATE hits SET count = count + 1");
}

// Opened by a factory, closed by the local's scope.
static Connection open() { return Connection(PQconnectdb("dbname=shop"), &PQfinish); }
void factoryWarns() {
  Connection db = open(); // expect: connection-per-call
  PQclear(PQexec(db.get(), "DELETE FROM carts"));
}

// Opened and closed by helpers.
static PGconn *connect() { return PQconnectdb("dbname=shop"); }
static void disconnect(PGconn *db) { PQfinish(db); }
void helpersWarns() {
  PGconn *db = connect(); // expect: connection-per-call
  PQclear(PQexec(db, "DELETE FROM carts"));
  disconnect(db);
}
