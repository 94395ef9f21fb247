#include "storage/AuditLog.h"

#include <stdexcept>

namespace shop {

AuditLog::AuditLog(const std::string &file) {
  if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK)
    throw std::runtime_error("cannot open " + file);
  run("CREATE TABLE IF NOT EXISTS audit (at INTEGER, who INTEGER, what TEXT,"
      " seen INTEGER DEFAULT 0)");
}

AuditLog::~AuditLog() { sqlite3_close(db_); }

void AuditLog::run(const char *sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db_));
}

Statement::Statement(AuditLog &log, const char *sql) {
  if (sqlite3_prepare_v2(log.handle(), sql, -1, &statement_, nullptr) !=
      SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(log.handle()));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(int position, std::int64_t value) {
  sqlite3_bind_int64(statement_, position, value);
}

void Statement::bind(int position, const std::string &value) {
  sqlite3_bind_text(statement_, position, value.data(),
                    static_cast<int>(value.size()), SQLITE_TRANSIENT);
}

void Statement::execute() {
  sqlite3_step(statement_);
  sqlite3_reset(statement_);
}

} // namespace shop
