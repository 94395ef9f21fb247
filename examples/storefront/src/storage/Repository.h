// What the shop needs to have stored. The web side sees only this interface.
#ifndef STOREFRONT_STORAGE_REPOSITORY_H
#define STOREFRONT_STORAGE_REPOSITORY_H

#include "domain/Model.h"

#include <unordered_map>

namespace shop {

class Repository {
public:
  virtual ~Repository() = default;

  virtual std::vector<Order> recentOrders(int limit) = 0;
  virtual std::vector<User> activeUsers() = 0;

  virtual User user(UserId id) = 0;
  virtual std::vector<OrderLine> linesOf(OrderId order) = 0;
  virtual std::vector<Post> postsBy(UserId author) = 0;
  virtual double taxRate() = 0;
  virtual void save(const Order &order) = 0;

  /// The same for many at once, with one query each.
  virtual std::unordered_map<UserId, User>
  users(const std::vector<UserId> &ids) = 0;
  virtual std::unordered_map<OrderId, std::vector<OrderLine>>
  linesOf(const std::vector<OrderId> &orders) = 0;
  virtual std::unordered_map<UserId, std::vector<Post>>
  postsBy(const std::vector<UserId> &authors) = 0;
  virtual void save(const std::vector<Order> &orders) = 0;
};

} // namespace shop

#endif
