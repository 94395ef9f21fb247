// What other parts of the shop may listen to.
#ifndef STOREFRONT_DOMAIN_EVENTS_H
#define STOREFRONT_DOMAIN_EVENTS_H

#include "domain/Model.h"

#include <boost/signals2/connection.hpp>
#include <boost/signals2/signal.hpp>

namespace shop {

struct Events {
  boost::signals2::signal<void(const Order &)> orderPlaced;
};

} // namespace shop

#endif
