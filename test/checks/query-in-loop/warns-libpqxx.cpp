// RUN: %check %s -- -std=c++17
#include <algorithm>
#include <map>
#include <pqxx/pqxx>
#include <string>
#include <vector>

struct Order {
  int id;
  int userId;
  std::string customer;
};

void selectWarns(pqxx::connection &db, std::vector<Order> &orders) {
  pqxx::work transaction(db);
  for (Order &order : orders) {
    auto row = transaction.exec_params1("SELECT name FROM users WHERE id = $1", order.userId); // expect: query-in-loop
    order.customer = row[0].c_str();
  }
}

void execTextWarns(pqxx::work &transaction, const std::vector<int> &ids) {
  for (int id : ids)
    transaction.exec0("DELETE FROM orders WHERE id = " + std::to_string(id)); // expect: query-in-loop
}

void quotedWarns(pqxx::work &transaction, const std::vector<std::string> &names) {
  for (const auto &name : names)
    transaction.exec("INSERT INTO names VALUES (" + transaction.quote(name) + ")"); // expect: query-in-loop
}

// The rows of a result, and a query for each.
void rowsWarns(pqxx::work &transaction, std::vector<Order> &out) {
  pqxx::result orders = transaction.exec("SELECT id, user_id FROM orders");
  for (const auto &row : orders) {
    auto user = transaction.exec_params("SELECT name FROM users WHERE id = $1", row[1].as<int>()); // expect: query-in-loop
    out.push_back({row[0].as<int>(), row[1].as<int>(), user[0][0].c_str()});
  }
}

// A transaction per element.
static void rename(pqxx::connection &db, int id, const std::string &name) {
  pqxx::work transaction(db);
  transaction.exec_params0("UPDATE users SET name = $2 WHERE id = $1", id, name);
  transaction.commit();
}
void commitEachWarns(pqxx::connection &db, const std::map<int, std::string> &names) {
  for (const auto &[id, name] : names)
    rename(db, id, name); // expect: query-in-loop
}

// Prepared for all rows, and still an own round trip and transaction each.
void nontransactionWarns(pqxx::connection &db, const std::vector<Order> &orders) {
  pqxx::nontransaction direct(db);
  db.prepare("add_order", "INSERT INTO orders (id, user_id) VALUES ($1, $2)");
  for (const Order &order : orders)
    direct.exec_prepared0("add_order", order.id, order.userId); // expect: query-in-loop
}

void forEachWarns(pqxx::work &transaction, std::vector<Order> &orders) {
  std::for_each(orders.begin(), orders.end(), [&transaction](Order &order) {
    order.customer = transaction.exec_params1("SELECT name FROM users WHERE id = $1", order.userId)[0].c_str(); // expect: query-in-loop
  });
}

// PIMPL: the query is behind the pointer.
class Store {
public:
  explicit Store(pqxx::connection &db);
  ~Store();
  std::string name(int id) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
struct Store::Impl {
  pqxx::connection &db;
  std::string name(int id) {
    pqxx::read_transaction transaction(db);
    return transaction.exec_params1("SELECT name FROM users WHERE id = $1", id)[0].c_str();
  }
};
Store::Store(pqxx::connection &db) : impl_(new Impl{db}) {}
Store::~Store() = default;
std::string Store::name(int id) const { return impl_->name(id); }

void pimplWarns(const Store &store, std::vector<Order> &orders) {
  for (Order &order : orders)
    order.customer = store.name(order.userId); // expect: query-in-loop
}

// Does not vary.
void sameWarns(pqxx::work &transaction, const std::vector<Order> &orders, std::vector<std::string> &out) {
  for (const Order &order : orders)
    out.push_back(order.customer + transaction.exec1("SELECT value FROM settings WHERE name = 'suffix'")[0].c_str()); // expect: query-in-loop
}
