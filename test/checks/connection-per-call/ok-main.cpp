// RUN: %check %s -- -std=c++17
// Start-up, once.
#include <pqxx/pqxx>
#include <string>

static void migrate(const std::string &address) {
  pqxx::connection db(address);
  pqxx::work transaction(db);
  transaction.exec0("CREATE TABLE IF NOT EXISTS users (id bigint)");
  transaction.commit();
}

static std::string version(const std::string &address) {
  pqxx::connection db(address);
  pqxx::read_transaction transaction(db);
  return transaction.exec1("SELECT version()")[0].c_str();
}

static bool start(const std::string &address) {
  migrate(address);
  return version(address) != "";
}

static const std::string greeting = version("dbname=shop");

int main(int argc, char **argv) {
  const std::string address = argc > 1 ? argv[1] : "dbname=shop";
  if (!start(address))
    return 1;
  pqxx::connection db(address);
  pqxx::work transaction(db);
  transaction.exec0("DELETE FROM sessions");
  transaction.commit();
}
