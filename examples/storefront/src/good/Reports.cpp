#include "good/Shop.h"

namespace shop::good {

std::string salesReport(const Services &services) {
  auto connection = services.pool.acquire();
  pqxx::work transaction(*connection);
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

std::int64_t countAudited(const Services &services) {
  std::int64_t count = 0;
  sqlite3_exec(
      services.audit.handle(), "SELECT count(*) FROM audit",
      [](void *out, int, char **columns, char **) {
        *static_cast<std::int64_t *>(out) = std::stoll(columns[0]);
        return 0;
      },
      &count, nullptr);
  return count;
}

} // namespace shop::good
