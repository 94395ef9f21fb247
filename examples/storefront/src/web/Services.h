// What a request handler may use.
#ifndef STOREFRONT_WEB_SERVICES_H
#define STOREFRONT_WEB_SERVICES_H

#include "domain/Events.h"
#include "storage/AuditLog.h"
#include "storage/Pool.h"
#include "storage/Repository.h"
#include "web/Worker.h"

#include <string>

namespace shop {

struct Services {
  std::string database; ///< address of the PostgreSQL server
  Pool &pool;
  Repository &repository;
  AuditLog &audit;
  Events &events;
  Worker &worker;
};

} // namespace shop

#endif
