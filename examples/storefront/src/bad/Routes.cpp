#include "bad/Shop.h"
#include "web/Json.h"

#include <chrono>
#include <httplib.h>
#include <thread>

namespace shop::bad {

void addRoutes(httplib::Server &server, Services &services) {
  server.Get("/bad/orders", [&](const httplib::Request &request,
                                httplib::Response &response) {
    int limit = 50;
    if (request.has_param("limit"))
      limit = std::stoi(request.get_param_value("limit"));
    response.set_content(
        toJson(recentOrders(services.repository, limit)),
        "application/json");
  });
  server.Get("/bad/orders.csv",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(
                   csv(recentOrders(services.repository, 1000)), "text/csv");
             });
  server.Get("/bad/newsletter",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(newsletter(services.repository),
                                    "text/plain");
             });
  server.Get("/bad/sales",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(salesReport(services), "text/csv");
             });
  server.Get("/bad/audited",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(std::to_string(countAudited(services)),
                                    "text/plain");
             });
  server.Get("/bad/placed",
             [&](const httplib::Request &, httplib::Response &response) {
               Dashboard dashboard(services.events);
               std::this_thread::sleep_for(std::chrono::seconds(5));
               response.set_content(std::to_string(dashboard.placed()),
                                    "text/plain");
             });
  server.Post("/bad/orders", [&](const httplib::Request &request,
                               httplib::Response &response) {
    logVisit(services.worker, request);
    placeOrder(services, Order(), request.get_param_value("email")); // expect: unbalanced-listener
    response.status = 201;
  });
}

} // namespace shop::bad
