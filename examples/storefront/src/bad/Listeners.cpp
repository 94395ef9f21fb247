#include "bad/Shop.h"
#include "web/Mail.h"

namespace shop::bad {

Dashboard::Dashboard(Events &events) {
  events.orderPlaced.connect([this](const Order &) { ++placed_; }); // expect: unbalanced-listener
}

void placeOrder(Services &services, const Order &order,
                const std::string &email) {
  services.events.orderPlaced.connect([id = order.id, email](const Order &placed) {
    if (placed.id == id)
      sendReceipt(email, placed);
  });
  services.repository.save(order);
  services.events.orderPlaced(order);
}

} // namespace shop::bad
