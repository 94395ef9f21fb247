#include "web/Json.h"

namespace shop {

std::string quote(const std::string &text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  out += '"';
  return out;
}

std::string toJson(const Order &order) {
  std::string out = "{\"id\":" + std::to_string(order.id) +
                    ",\"customer\":" + quote(order.customer.name) +
                    ",\"lines\":[";
  const char *separator = "";
  for (const OrderLine &line : order.lines) {
    out += separator;
    out += "{\"product\":";
    out += std::to_string(line.product);
    out += ",\"quantity\":";
    out += std::to_string(line.quantity);
    out += '}';
    separator = ",";
  }
  out += "]}";
  return out;
}

std::string toJson(const std::vector<Order> &orders) {
  std::string out = "[";
  const char *separator = "";
  for (const Order &order : orders) {
    out += separator;
    out += toJson(order);
    separator = ",";
  }
  out += ']';
  return out;
}

} // namespace shop
