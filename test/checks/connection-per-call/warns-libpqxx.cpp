// RUN: %check %s -- -std=c++17
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>

// region: raii
std::string nameWarns(int id) {
  pqxx::connection db("dbname=shop"); // expect: connection-per-call
  pqxx::work transaction(db);
  return transaction.exec_params1("SELECT name FROM users WHERE id = $1", id)[0].c_str();
}
// endregion

void uniqueWarns(const std::string &address) {
  auto db = std::make_unique<pqxx::connection>(address); // expect: connection-per-call
  pqxx::work transaction(*db);
  transaction.exec0("DELETE FROM carts");
  transaction.commit();
}

void sharedWarns(const std::string &address) {
  std::shared_ptr<pqxx::connection> db = std::make_shared<pqxx::connection>(address); // expect: connection-per-call
  pqxx::work transaction(*db);
  transaction.exec0("DELETE FROM carts");
  transaction.commit();
}

// A method of an object that could have kept it.
class Users {
public:
  explicit Users(std::string address) : address_(std::move(address)) {}
  void removeWarns(int id) {
    pqxx::connection db(address_); // expect: connection-per-call
    pqxx::work transaction(db);
    transaction.exec_params0("DELETE FROM users WHERE id = $1", id);
    transaction.commit();
  }

private:
  std::string address_;
};

// In the handler of a request.
using Handler = std::function<std::string(const std::string &)>;
void routes(std::map<std::string, Handler> &handlers) {
  handlers["/users"] = [](const std::string &id) -> std::string {
    pqxx::connection db("dbname=shop"); // expect: connection-per-call
    pqxx::read_transaction transaction(db);
    return transaction.exec_params1("SELECT name FROM users WHERE id = $1", id)[0].c_str();
  };
}

// The same where it is no destructor that does it.
class Report {
public:
  void flushWarns() {
    pqxx::connection db("dbname=shop"); // expect: connection-per-call
    pqxx::work transaction(db);
    transaction.exec0("DELETE FROM reports");
    transaction.commit();
  }
};
