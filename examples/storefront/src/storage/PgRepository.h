// The repository in PostgreSQL.
#ifndef STOREFRONT_STORAGE_PGREPOSITORY_H
#define STOREFRONT_STORAGE_PGREPOSITORY_H

#include "storage/Pool.h"
#include "storage/Repository.h"

namespace shop {

class PgRepository final : public Repository {
public:
  explicit PgRepository(Pool &pool) : pool_(pool) {}

  std::vector<Order> recentOrders(int limit) override;
  std::vector<User> activeUsers() override;
  User user(UserId id) override;
  std::vector<OrderLine> linesOf(OrderId order) override;
  std::vector<Post> postsBy(UserId author) override;
  double taxRate() override;
  void save(const Order &order) override;

  std::unordered_map<UserId, User>
  users(const std::vector<UserId> &ids) override;
  std::unordered_map<OrderId, std::vector<OrderLine>>
  linesOf(const std::vector<OrderId> &orders) override;
  std::unordered_map<UserId, std::vector<Post>>
  postsBy(const std::vector<UserId> &authors) override;
  void save(const std::vector<Order> &orders) override;

private:
  Pool &pool_;
};

} // namespace shop

#endif
