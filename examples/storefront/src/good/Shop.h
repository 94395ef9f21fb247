// The good half: the same results as its twin in namespace bad, without the cost.
#ifndef STOREFRONT_GOOD_SHOP_H
#define STOREFRONT_GOOD_SHOP_H

#include "web/Services.h"

namespace httplib {
class Server;
}

namespace shop::good {

// Catalog.cpp
std::vector<std::string> allTags(const std::vector<Product> &products);
std::vector<ProductId> distinctProducts(const std::vector<Order> &orders);
std::int64_t total(const Cart &cart, const std::vector<Product> &products);
void dropSoldOut(Cart &cart, const std::vector<ProductId> &soldOut);
std::string csv(const std::vector<Order> &orders);

// Orders.cpp
std::vector<Order> recentOrders(Repository &repository, int limit);
std::string newsletter(Repository &repository);
double grandTotal(Repository &repository, const std::vector<Order> &orders);
void import(Repository &repository, const std::vector<Order> &orders);

// Audit.cpp
void append(AuditLog &log, const std::vector<AuditEntry> &entries);
void markSeen(AuditLog &log, const std::vector<AuditEntry> &entries);

// Reports.cpp
std::string salesReport(const Services &services);
std::int64_t countAudited(const Services &services);

// Routes.cpp
void addRoutes(httplib::Server &server, Services &services);

} // namespace shop::good

#endif
