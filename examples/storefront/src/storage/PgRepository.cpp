#include "storage/PgRepository.h"

#include "domain/Text.h"

namespace shop {

namespace {

User readUser(const pqxx::row &row) {
  return {row[0].as<UserId>(), row[1].c_str(), row[2].c_str()};
}

OrderLine readLine(const pqxx::row &row) {
  return {row[0].as<ProductId>(), row[1].as<int>(), row[2].as<std::int64_t>()};
}

Post readPost(const pqxx::row &row) {
  return {row[0].as<std::int64_t>(), row[1].as<UserId>(), row[2].c_str()};
}

} // namespace

std::vector<Order> PgRepository::recentOrders(int limit) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::vector<Order> orders;
  for (const auto &row : transaction.exec_params(
           "SELECT id, buyer FROM orders ORDER BY id DESC LIMIT $1", limit)) {
    Order order;
    order.id = row[0].as<OrderId>();
    order.buyer = row[1].as<UserId>();
    orders.push_back(std::move(order));
  }
  return orders;
}

std::vector<User> PgRepository::activeUsers() {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::vector<User> users;
  for (const auto &row :
       transaction.exec("SELECT id, name, email FROM users WHERE active"))
    users.push_back(readUser(row));
  return users;
}

User PgRepository::user(UserId id) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  return readUser(transaction.exec_params1(
      "SELECT id, name, email FROM users WHERE id = $1", id));
}

std::vector<OrderLine> PgRepository::linesOf(OrderId order) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::vector<OrderLine> lines;
  for (const auto &row : transaction.exec_params(
           "SELECT product, quantity, cents FROM lines WHERE order_id = $1",
           order))
    lines.push_back(readLine(row));
  return lines;
}

std::vector<Post> PgRepository::postsBy(UserId author) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::vector<Post> posts;
  for (const auto &row : transaction.exec_params(
           "SELECT id, author, title FROM posts WHERE author = $1", author))
    posts.push_back(readPost(row));
  return posts;
}

double PgRepository::taxRate() {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  return transaction
      .exec1("SELECT value FROM settings WHERE name = 'tax_rate'")[0]
      .as<double>();
}

void PgRepository::save(const Order &order) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  transaction.exec_params0("INSERT INTO orders (id, buyer) VALUES ($1, $2)",
                           order.id, order.buyer);
  transaction.commit();
}

std::unordered_map<UserId, User>
PgRepository::users(const std::vector<UserId> &ids) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::unordered_map<UserId, User> found;
  for (const auto &row : transaction.exec_params(
           "SELECT id, name, email FROM users WHERE id = ANY($1::bigint[])",
           "{" + join(ids) + "}"))
    found.emplace(row[0].as<UserId>(), readUser(row));
  return found;
}

std::unordered_map<OrderId, std::vector<OrderLine>>
PgRepository::linesOf(const std::vector<OrderId> &orders) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::unordered_map<OrderId, std::vector<OrderLine>> found;
  for (const auto &row : transaction.exec_params(
           "SELECT product, quantity, cents, order_id FROM lines"
           " WHERE order_id = ANY($1::bigint[])",
           "{" + join(orders) + "}"))
    found[row[3].as<OrderId>()].push_back(readLine(row));
  return found;
}

std::unordered_map<UserId, std::vector<Post>>
PgRepository::postsBy(const std::vector<UserId> &authors) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  std::unordered_map<UserId, std::vector<Post>> found;
  for (const auto &row : transaction.exec_params(
           "SELECT id, author, title FROM posts"
           " WHERE author = ANY($1::bigint[])",
           "{" + join(authors) + "}"))
    found[row[1].as<UserId>()].push_back(readPost(row));
  return found;
}

void PgRepository::save(const std::vector<Order> &orders) {
  auto connection = pool_.acquire();
  pqxx::work transaction(*connection);
  pqxx::stream_to rows(transaction, "orders",
                       std::vector<std::string>{"id", "buyer"});
  for (const Order &order : orders)
    rows << std::make_tuple(order.id, order.buyer);
  rows.complete();
  transaction.commit();
}

} // namespace shop
