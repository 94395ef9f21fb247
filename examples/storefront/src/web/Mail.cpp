#include "web/Mail.h"

#include <iostream>

namespace shop {

void sendReceipt(const std::string &email, const Order &order) {
  std::clog << "to " + email + ": order " + std::to_string(order.id) + '\n';
}

} // namespace shop
