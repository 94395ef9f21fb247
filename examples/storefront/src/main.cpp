// A web shop in one process: HTTP in front, PostgreSQL and a SQLite file behind.
#include "bad/Shop.h"
#include "good/Shop.h"
#include "storage/PgRepository.h"

#include <atomic>
#include <cstdlib>
#include <httplib.h>
#include <iostream>

int main() {
  const char *address = std::getenv("STOREFRONT_DATABASE");
  const std::string database = address ? address : "dbname=storefront";

  shop::Pool pool(database);
  shop::PgRepository repository(pool);
  shop::AuditLog audit("audit.db");
  shop::Events events;
  std::atomic<long> placed = 0;
  boost::signals2::scoped_connection counter =
      events.orderPlaced.connect([&](const shop::Order &) { ++placed; });

  shop::Worker worker;
  shop::Services services{database, pool,   repository,
                          audit,    events, worker};
  httplib::Server server;
  shop::bad::addRoutes(server, services);
  shop::good::addRoutes(server, services);
  server.Get("/placed",
             [&](const httplib::Request &, httplib::Response &response) {
               response.set_content(std::to_string(placed.load()),
                                    "text/plain");
             });

  std::cout << "http://localhost:8080/\n";
  return server.listen("localhost", 8080) ? 0 : 1;
}
