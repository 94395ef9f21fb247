#include "good/Shop.h"

#include <algorithm>

namespace shop::good {

std::vector<Order> recentOrders(Repository &repository, int limit) {
  std::vector<Order> orders = repository.recentOrders(limit);
  std::vector<OrderId> ids;
  std::vector<UserId> buyers;
  for (const Order &order : orders) {
    ids.push_back(order.id);
    buyers.push_back(order.buyer);
  }
  auto customers = repository.users(buyers);
  auto lines = repository.linesOf(ids);
  for (Order &order : orders) {
    order.customer = customers[order.buyer];
    order.lines = std::move(lines[order.id]);
  }
  return orders;
}

std::string newsletter(Repository &repository) {
  const std::vector<User> users = repository.activeUsers();
  std::vector<UserId> ids(users.size());
  std::transform(users.begin(), users.end(), ids.begin(),
                 [](const User &user) { return user.id; });
  const auto posts = repository.postsBy(ids);
  std::string all;
  for (const User &user : users) {
    all += "Dear " + user.name + ",\n";
    auto mine = posts.find(user.id);
    if (mine == posts.end())
      continue;
    for (const Post &post : mine->second)
      all += "* " + post.title + '\n';
  }
  return all;
}

double grandTotal(Repository &repository, const std::vector<Order> &orders) {
  const double rate = repository.taxRate();
  double sum = 0;
  for (const Order &order : orders)
    for (const OrderLine &line : order.lines)
      sum += line.cents * (1 + rate);
  return sum;
}

void import(Repository &repository, const std::vector<Order> &orders) {
  repository.save(orders);
}

} // namespace shop::good
