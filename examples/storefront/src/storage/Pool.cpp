#include "storage/Pool.h"

namespace shop {

Pool::Lease::~Lease() {
  if (connection_)
    pool_->giveBack(std::move(connection_));
}

Pool::Lease Pool::acquire() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(connection));
    }
  }
  return Lease(*this, std::make_unique<pqxx::connection>(address_));
}

void Pool::giveBack(std::unique_ptr<pqxx::connection> connection) {
  std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(std::move(connection));
}

} // namespace shop
