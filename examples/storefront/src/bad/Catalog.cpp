#include "bad/Shop.h"
#include "domain/Text.h"

#include <algorithm>

namespace shop::bad {

std::vector<std::string> allTags(const std::vector<Product> &products) {
  std::vector<std::string> tags;
  for (const Product &product : products)
    for (const std::string &tag : product.tags)
      if (!contains(tags, tag)) // expect: quadratic-loop
        tags.push_back(tag);
  return tags;
}

std::vector<ProductId> distinctProducts(const std::vector<Order> &orders) {
  std::vector<ProductId> ids;
  for (const Order &order : orders) {
    for (const OrderLine &line : order.lines) {
      auto known = std::find(ids.begin(), ids.end(), line.product); // expect: quadratic-loop
      if (known == ids.end())
        ids.push_back(line.product);
    }
  }
  return ids;
}

std::int64_t total(const Cart &cart, const std::vector<Product> &products) {
  std::int64_t cents = 0;
  for (const CartItem &item : cart.items) {
    for (const Product &product : products) { // expect: quadratic-loop
      if (product.id == item.product) {
        cents += product.cents * item.quantity;
        break;
      }
    }
  }
  return cents;
}

void dropSoldOut(Cart &cart, const std::vector<ProductId> &soldOut) {
  for (auto item = cart.items.begin(); item != cart.items.end();) {
    if (std::binary_search(soldOut.begin(), soldOut.end(), item->product))
      item = cart.items.erase(item); // expect: quadratic-loop
    else
      ++item;
  }
}

std::string csv(const std::vector<Order> &orders) {
  std::string text = "id,customer\n";
  for (const Order &order : orders) {
    text = text + std::to_string(order.id) + ','; // expect: quadratic-loop
    text += csvField(order.customer.name);
    text += '\n';
  }
  return text;
}

} // namespace shop::bad
