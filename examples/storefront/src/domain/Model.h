// What the shop talks about. Plain values; nothing here knows of a database.
#ifndef STOREFRONT_DOMAIN_MODEL_H
#define STOREFRONT_DOMAIN_MODEL_H

#include <cstdint>
#include <string>
#include <vector>

namespace shop {

using UserId = std::int64_t;
using OrderId = std::int64_t;
using ProductId = std::int64_t;

struct User {
  UserId id = 0;
  std::string name;
  std::string email;
};

struct Post {
  std::int64_t id = 0;
  UserId author = 0;
  std::string title;
};

struct Product {
  ProductId id = 0;
  std::string sku;
  std::int64_t cents = 0;
  std::vector<std::string> tags;
};

struct OrderLine {
  ProductId product = 0;
  int quantity = 0;
  std::int64_t cents = 0;
};

struct Order {
  OrderId id = 0;
  UserId buyer = 0;
  User customer;
  std::vector<OrderLine> lines;
};

struct CartItem {
  ProductId product = 0;
  int quantity = 0;
};

struct Cart {
  UserId owner = 0;
  std::vector<CartItem> items;
};

struct AuditEntry {
  std::int64_t at = 0;
  UserId who = 0;
  std::string what;
};

} // namespace shop

#endif
