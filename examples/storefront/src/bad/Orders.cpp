#include "bad/Shop.h"

namespace shop::bad {

namespace {

void complete(Repository &repository, Order &order) {
  order.lines = repository.linesOf(order.id);
}

std::string letter(Repository &repository, const User &user) {
  std::string text = "Dear " + user.name + ",\n";
  for (const Post &post : repository.postsBy(user.id))
    text += "* " + post.title + '\n';
  return text;
}

} // namespace

std::vector<Order> recentOrders(Repository &repository, int limit) {
  std::vector<Order> orders = repository.recentOrders(limit);
  for (Order &order : orders) {
    order.customer = repository.user(order.buyer); // expect: query-in-loop
    complete(repository, order);                   // expect: query-in-loop
  }
  return orders;
}

std::string newsletter(Repository &repository) {
  std::string all;
  for (const User &user : repository.activeUsers())
    all += letter(repository, user); // expect: query-in-loop
  return all;
}

double grandTotal(Repository &repository, const std::vector<Order> &orders) {
  double sum = 0;
  for (const Order &order : orders)
    for (const OrderLine &line : order.lines)
      sum += line.cents * (1 + repository.taxRate()); // expect: query-in-loop
  return sum;
}

void import(Repository &repository, const std::vector<Order> &orders) {
  for (const Order &order : orders)
    repository.save(order); // expect: query-in-loop
}

} // namespace shop::bad
