// The good half: the same results as its twin in namespace bad, without the cost.
#ifndef STOREFRONT_GOOD_SHOP_H
#define STOREFRONT_GOOD_SHOP_H

#include "web/Services.h"

namespace httplib {
class Server;
struct Request;
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

// Listeners.cpp
/// Counts the orders that are placed while it exists.
class Dashboard {
public:
  explicit Dashboard(Events &events);
  long placed() const { return placed_; }

private:
  long placed_ = 0;
  boost::signals2::scoped_connection connection_;
};
void placeOrder(Services &services, const Order &order,
                const std::string &email);

// Visits.cpp
void logVisit(Worker &worker, const httplib::Request &request);

// Routes.cpp
void addRoutes(httplib::Server &server, Services &services);

} // namespace shop::good

#endif
