#include "good/Shop.h"
#include "web/Mail.h"

namespace shop::good {

Dashboard::Dashboard(Events &events)
    : connection_(events.orderPlaced.connect(
          [this](const Order &) { ++placed_; })) {}

void placeOrder(Services &services, const Order &order,
                const std::string &email) {
  boost::signals2::scoped_connection receipt =
      services.events.orderPlaced.connect(
          [id = order.id, email](const Order &placed) {
            if (placed.id == id)
              sendReceipt(email, placed);
          });
  services.repository.save(order);
  services.events.orderPlaced(order);
}

} // namespace shop::good
