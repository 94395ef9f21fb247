// A pool of PostgreSQL connections.
#ifndef STOREFRONT_STORAGE_POOL_H
#define STOREFRONT_STORAGE_POOL_H

#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace shop {

class Pool {
public:
  /// A connection on loan; gives itself back.
  class Lease {
  public:
    Lease(Pool &pool, std::unique_ptr<pqxx::connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease &&) noexcept = default;
    Lease &operator=(Lease &&) = delete;
    ~Lease();

    pqxx::connection &operator*() const { return *connection_; }
    pqxx::connection *operator->() const { return connection_.get(); }

  private:
    Pool *pool_;
    std::unique_ptr<pqxx::connection> connection_;
  };

  explicit Pool(std::string address) : address_(std::move(address)) {}

  /// Opens a connection only if none is idle.
  Lease acquire();

private:
  void giveBack(std::unique_ptr<pqxx::connection> connection);

  std::string address_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<pqxx::connection>> idle_;
};

} // namespace shop

#endif
