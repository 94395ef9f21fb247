// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// A connection in a member of an object that lives as long as the call.
#include <libpq-fe.h>
#include <memory>
#include <string>

class Session {
public:
  explicit Session(const char *address) : db_(PQconnectdb(address)) {}
  ~Session() { PQfinish(db_); }
  Session(const Session &) = delete;
  int count(const char *sql) {
    PGresult *result = PQexec(db_, sql);
    const int rows = PQntuples(result);
    PQclear(result);
    return rows;
  }

private:
  PGconn *db_;
};

struct Request {
  std::unique_ptr<Session> session;
  std::string body;
};
std::string requestWarns() {
  Request request;
  request.session = std::make_unique<Session>("dbname=shop"); // expect: connection-per-call
  request.body = std::to_string(request.session->count("SELECT 1 FROM users"));
  return request.body;
}
