//===- Database.h - SQLite, owned and with errors as exceptions -*- C++ -*-===//
//
// Part of Perfidy. Nothing here knows what is stored.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_DATABASE_H
#define PERFIDY_ANALYSIS_STORE_DATABASE_H

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace perfidy {

/// What SQLite says went wrong; the text names the file.
class DatabaseError : public std::runtime_error {
public:
  enum class Kind {
    Absent,     ///< there is no such file, or it cannot be opened
    Foreign,    ///< the file is no SQLite database
    Damaged,    ///< it was one
    Busy,       ///< others held it longer than we wait
    Unwritable, ///< the disk is full, the file or folder cannot be written
    Other,
  };
  Kind What;
  DatabaseError(Kind What, const std::string &Text)
      : std::runtime_error(Text), What(What) {}
};

/// A prepared statement. Bound text and blobs must live until the next step()
/// that returns false, or reset(). Columns are valid until the next step().
class Statement {
  friend class Database;
  sqlite3_stmt *Handle = nullptr;
  const std::string *File = nullptr; ///< the database's name, for errors
  Statement(sqlite3_stmt *Handle, const std::string *File)
      : Handle(Handle), File(File) {}

public:
  Statement() = default;
  Statement(Statement &&From) noexcept;
  Statement &operator=(Statement &&From) noexcept;
  ~Statement();

  /// Parameters count from 1.
  Statement &bind(int At, int64_t Number);
  Statement &bindText(int At, std::string_view Text);
  Statement &bindBlob(int At, std::string_view Data);
  /// True if there is a row; after the last the statement is reset.
  bool step();
  /// For statements without rows: runs it once and makes it ready again.
  void run();
  void reset();

  int64_t number(int Column) const;
  std::string_view text(int Column) const;
  std::string_view blob(int Column) const;
};

/// One connection. Used by one thread, and by no process forked from the one
/// that opened it.
class Database {
  std::unique_ptr<std::string> File; ///< statements point to it
  sqlite3 *Handle = nullptr;

public:
  enum class Access { Read, Write };

  Database() = default;
  /// Opens \p File; with Access::Write it is made if it is not there. Waits up
  /// to \p Patience milliseconds for others' locks, here and in every call.
  /// Reading never waits for a writer (WAL) and never changes the file.
  Database(const std::string &File, Access How, int Patience);
  Database(Database &&From) noexcept;
  Database &operator=(Database &&From) noexcept;
  ~Database();

  explicit operator bool() const { return Handle != nullptr; }
  const std::string &file() const { return *File; }

  Statement prepare(std::string_view Sql);
  /// Any number of statements without rows.
  void run(const char *Sql);
  /// "PRAGMA name": its first column.
  int64_t pragma(const std::string &Name);
  int64_t lastId() const;
};

/// Rolled back unless committed.
class Transaction {
  Database *Of;

public:
  /// Write takes the write lock at once, so that what is read in it is still
  /// true when it is written; Read holds one view of the data until the end.
  Transaction(Database &Of, Database::Access How);
  Transaction(const Transaction &) = delete;
  Transaction &operator=(const Transaction &) = delete;
  ~Transaction();
  void commit();
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_DATABASE_H
