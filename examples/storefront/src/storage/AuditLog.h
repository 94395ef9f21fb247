// The audit log: a SQLite file beside the server.
#ifndef STOREFRONT_STORAGE_AUDITLOG_H
#define STOREFRONT_STORAGE_AUDITLOG_H

#include "domain/Model.h"

#include <sqlite3.h>
#include <string>

namespace shop {

/// Owns the file's handle.
class AuditLog {
public:
  explicit AuditLog(const std::string &file);
  ~AuditLog();
  AuditLog(const AuditLog &) = delete;
  AuditLog &operator=(const AuditLog &) = delete;

  sqlite3 *handle() const { return db_; }
  void run(const char *sql);

private:
  sqlite3 *db_ = nullptr;
};

/// A compiled statement.
class Statement {
public:
  Statement(AuditLog &log, const char *sql);
  ~Statement();
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;

  void bind(int position, std::int64_t value);
  void bind(int position, const std::string &value);
  /// Runs it and makes it ready to be bound again.
  void execute();

private:
  sqlite3_stmt *statement_ = nullptr;
};

} // namespace shop

#endif
