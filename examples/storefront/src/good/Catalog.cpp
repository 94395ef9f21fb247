#include "good/Shop.h"
#include "domain/Text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace shop::good {

std::vector<std::string> allTags(const std::vector<Product> &products) {
  std::vector<std::string> tags;
  std::unordered_set<std::string> seen;
  for (const Product &product : products)
    for (const std::string &tag : product.tags)
      if (seen.insert(tag).second)
        tags.push_back(tag);
  return tags;
}

std::vector<ProductId> distinctProducts(const std::vector<Order> &orders) {
  std::vector<ProductId> ids;
  for (const Order &order : orders)
    for (const OrderLine &line : order.lines)
      ids.push_back(line.product);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::int64_t total(const Cart &cart, const std::vector<Product> &products) {
  std::unordered_map<ProductId, std::int64_t> prices;
  for (const Product &product : products)
    prices.emplace(product.id, product.cents);
  std::int64_t cents = 0;
  for (const CartItem &item : cart.items) {
    auto price = prices.find(item.product);
    if (price != prices.end())
      cents += price->second * item.quantity;
  }
  return cents;
}

void dropSoldOut(Cart &cart, const std::vector<ProductId> &soldOut) {
  auto gone = [&](const CartItem &item) {
    return std::binary_search(soldOut.begin(), soldOut.end(), item.product);
  };
  cart.items.erase(
      std::remove_if(cart.items.begin(), cart.items.end(), gone),
      cart.items.end());
}

std::string csv(const std::vector<Order> &orders) {
  std::string text = "id,customer\n";
  for (const Order &order : orders) {
    text += std::to_string(order.id);
    text += ',';
    text += csvField(order.customer.name);
    text += '\n';
  }
  return text;
}

} // namespace shop::good
