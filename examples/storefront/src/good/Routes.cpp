#include "good/Shop.h"
#include "web/Json.h"

#include <chrono>
#include <httplib.h>
#include <thread>

namespace shop::good {

void addRoutes(httplib::Server &server, Services &services) {
  server.Get("/good/orders", [&](const httplib::Request &request,
                                 httplib::Response &response) {
    int limit = 50;
    if (request.has_param("limit"))
      limit = std::stoi(request.get_param_value("limit"));
    response.set_content(
        toJson(recentOrders(services.repository, limit)),
        "application/json");
  });
  server.Get("/good/orders.csv",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(
                   csv(recentOrders(services.repository, 1000)), "text/csv");
             });
  server.Get("/good/newsletter",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(newsletter(services.repository),
                                    "text/plain");
             });
  server.Get("/good/sales",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(salesReport(services), "text/csv");
             });
  server.Get("/good/audited",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(std::to_string(countAudited(services)),
                                    "text/plain");
             });
  server.Get("/good/placed",
             [&](const httplib::Request &, httplib::Response &response) {
               Dashboard dashboard(services.events);
               std::this_thread::sleep_for(std::chrono::seconds(5));
               response.set_content(std::to_string(dashboard.placed()),
                                    "text/plain");
             });
  server.Post("/good/orders", [&](const httplib::Request &request,
                                httplib::Response &response) {
    logVisit(services.worker, request);
    placeOrder(services, Order(), request.get_param_value("email"));
    response.status = 201;
  });
}

} // namespace shop::good
