// RUN: %check %s -- -std=c++17
#include <pqxx/pqxx>
#include <string>
#include <tuple>
#include <vector>

struct Order {
  int id;
  int userId;
};

void rowsOk(pqxx::work &transaction, std::vector<Order> &out) {
  for (const auto &row : transaction.exec("SELECT id, user_id FROM orders"))
    out.push_back({row[0].as<int>(), row[1].as<int>()});
}

void streamOk(pqxx::connection &db, const std::vector<Order> &orders) {
  pqxx::work transaction(db);
  pqxx::stream_to rows(transaction, "orders", std::vector<std::string>{"id", "user_id"});
  for (const Order &order : orders)
    rows << std::make_tuple(order.id, order.userId);
  rows.complete();
  transaction.commit();
}

void pipelineOk(pqxx::connection &db, const std::vector<int> &ids) {
  pqxx::work transaction(db);
  pqxx::pipeline pipe(transaction);
  for (int id : ids)
    pipe.insert("DELETE FROM orders WHERE id = " + std::to_string(id));
  pipe.complete();
  transaction.commit();
}

void arrayOk(pqxx::work &transaction, const std::vector<int> &ids) {
  std::string list;
  for (int id : ids) {
    if (!list.empty())
      list += ',';
    list += std::to_string(id);
  }
  transaction.exec_params0("DELETE FROM orders WHERE id = ANY($1::int[])", "{" + list + "}");
}

// Prepared once, executed per row in one transaction: low.
void preparedOk(pqxx::connection &db, const std::vector<Order> &orders) {
  db.prepare("add_order", "INSERT INTO orders (id, user_id) VALUES ($1, $2)");
  pqxx::work transaction(db);
  for (const Order &order : orders)
    transaction.exec_prepared0("add_order", order.id, order.userId); // low: query-in-loop
  transaction.commit();
}

// Text is quoted, nothing is asked.
std::string quoteOk(pqxx::work &transaction, const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names)
    list += transaction.quote(name) + ",";
  return list;
}

// Retry.
void performOk(pqxx::connection &db) {
  for (int attempts = 5; attempts > 0; --attempts) {
    try {
      pqxx::work transaction(db);
      transaction.exec0("UPDATE counters SET value = value + 1");
      transaction.commit();
      return;
    } catch (const pqxx::broken_connection &) {
      if (attempts == 1)
        throw;
    }
  }
}

// A wrapper that takes a name, in one function with what the name stands for.
class Statements {
public:
  explicit Statements(pqxx::work &transaction) : transaction_(transaction) {}
  void prepare(const std::string &name, const std::string &sql) { transaction_.conn().prepare(name, sql); }
  template <class... Args> pqxx::result run(const std::string &name, Args &&...args) {
    return transaction_.exec_prepared(name, args...);
  }

private:
  pqxx::work &transaction_;
};

void lockAll(Statements &statements, const std::string &ids) {
  statements.prepare("lock_orders", "SELECT id FROM orders WHERE id = ANY($1) FOR UPDATE");
  statements.run("lock_orders", ids);
}

void saveAll(Statements &statements, const std::string &ids) {
  statements.prepare("save_orders", "WITH t(id) AS (SELECT * FROM unnest(CAST($1 AS bigint[]))) "
                                    "UPDATE orders SET saved = true WHERE id IN (SELECT id FROM t)");
  statements.run("save_orders", ids);
}

// Each statement takes many keys: what is walked are groups.
void groupsOk(Statements &statements, const std::vector<std::string> &groups) {
  for (const std::string &group : groups) {
    lockAll(statements, group); // low: query-in-loop
    saveAll(statements, group); // low: query-in-loop
  }
}
