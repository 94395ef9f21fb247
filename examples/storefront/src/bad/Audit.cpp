#include "bad/Shop.h"

namespace shop::bad {

void append(AuditLog &log, const std::vector<AuditEntry> &entries) {
  log.run("BEGIN");
  for (const AuditEntry &entry : entries) {
    Statement insert(log, "INSERT INTO audit (at, who, what) VALUES (?, ?, ?)"); // expect: query-in-loop
    insert.bind(1, entry.at);
    insert.bind(2, entry.who);
    insert.bind(3, entry.what);
    insert.execute();
  }
  log.run("COMMIT");
}

void markSeen(AuditLog &log, const std::vector<AuditEntry> &entries) {
  sqlite3_stmt *update = nullptr;
  sqlite3_prepare_v2(log.handle(), "UPDATE audit SET seen = 1 WHERE at = ?", -1,
                     &update, nullptr);
  for (const AuditEntry &entry : entries) {
    sqlite3_bind_int64(update, 1, entry.at);
    sqlite3_step(update); // expect: query-in-loop
    sqlite3_reset(update);
  }
  sqlite3_finalize(update);
}

} // namespace shop::bad
