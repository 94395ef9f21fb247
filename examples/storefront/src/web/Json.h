// Writes the shop's values as JSON.
#ifndef STOREFRONT_WEB_JSON_H
#define STOREFRONT_WEB_JSON_H

#include "domain/Model.h"

namespace shop {

std::string quote(const std::string &text);
std::string toJson(const Order &order);
std::string toJson(const std::vector<Order> &orders);

} // namespace shop

#endif
