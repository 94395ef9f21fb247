#include "bad/Shop.h"

namespace shop::bad {

std::string salesReport(const Services &services) {
  pqxx::connection connection(services.database); // expect: connection-per-call
  pqxx::work transaction(connection);
  std::string report;
  for (const auto &row : transaction.exec(
           "SELECT product, sum(cents) FROM lines GROUP BY product")) {
    report += row[0].c_str();
    report += ',';
    report += row[1].c_str();
    report += '\n';
  }
  return report;
}

std::int64_t countAudited(const Services &) {
  AuditLog log("audit.db"); // expect: connection-per-call
  std::int64_t count = 0;
  sqlite3_exec(
      log.handle(), "SELECT count(*) FROM audit",
      [](void *out, int, char **columns, char **) {
        *static_cast<std::int64_t *>(out) = std::stoll(columns[0]);
        return 0;
      },
      &count, nullptr);
  return count;
}

} // namespace shop::bad
