// Letters to customers.
#ifndef STOREFRONT_WEB_MAIL_H
#define STOREFRONT_WEB_MAIL_H

#include "domain/Model.h"

namespace shop {

void sendReceipt(const std::string &email, const Order &order);

} // namespace shop

#endif
