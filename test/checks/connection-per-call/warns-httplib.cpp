// RUN: %check %s -- -std=c++17
// In the handlers of an HTTP server.
#include <httplib.h>
#include <pqxx/pqxx>
#include <sqlite3.h>
#include <string>

static std::string userName(const std::string &id) {
  pqxx::connection db("dbname=shop"); // expect: connection-per-call
  pqxx::read_transaction transaction(db);
  return transaction.exec_params1("SELECT name FROM users WHERE id = $1", id)[0].c_str();
}

void routesWarns(httplib::Server &server) {
  server.Get("/visits", [](const httplib::Request &, httplib::Response &response) {
    sqlite3 *db = nullptr;
    sqlite3_open("visits.db", &db); // expect: connection-per-call
    sqlite3_exec(db, "UPDATE visits SET count = count + 1", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    response.set_content("counted", "text/plain");
  });
  server.Get(R"(/users/(\d+))", [](const httplib::Request &request, httplib::Response &response) {
    response.set_content(userName(request.matches[1]), "text/plain");
  });
}

// The connection is opened before the first request, once.
int main() {
  httplib::Server server;
  pqxx::connection db("dbname=shop");
  server.Get("/health", [&db](const httplib::Request &, httplib::Response &response) {
    response.set_content(db.is_open() ? "good" : "bad", "text/plain");
  });
  routesWarns(server);
  server.listen("localhost", 8080);
}
