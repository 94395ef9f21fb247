//===- Database.cpp - SQLite, owned and with errors as exceptions ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Database.h"
#include <filesystem>
#include <sqlite3.h>
#include <utility>

namespace perfidy {

using Kind = DatabaseError::Kind;

static Kind kindOf(int Code) {
  switch (Code & 0xff) {
  case SQLITE_NOTADB:
    return Kind::Foreign;
  case SQLITE_CORRUPT:
  case SQLITE_FORMAT:
    return Kind::Damaged;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return Kind::Busy;
  case SQLITE_FULL:
  case SQLITE_READONLY:
    return Kind::Unwritable;
  case SQLITE_IOERR:
    // A file cut off below what its header promises.
    return Code == SQLITE_IOERR_SHORT_READ ? Kind::Damaged : Kind::Unwritable;
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
    return Kind::Absent;
  default:
    return Kind::Other;
  }
}

[[noreturn]] static void fail(sqlite3 *Of, const std::string &File) {
  int Code = Of ? sqlite3_extended_errcode(Of) : SQLITE_NOMEM;
  throw DatabaseError(kindOf(Code),
                      File + ": " + (Of ? sqlite3_errmsg(Of) : "no memory"));
}

//===----------------------------------------------------------------------===//
// Statement
//===----------------------------------------------------------------------===//

Statement::Statement(Statement &&From) noexcept
    : Handle(std::exchange(From.Handle, nullptr)), File(From.File) {}

Statement &Statement::operator=(Statement &&From) noexcept {
  std::swap(Handle, From.Handle);
  std::swap(File, From.File);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(Handle); }

Statement &Statement::bind(int At, int64_t Number) {
  sqlite3_bind_int64(Handle, At, Number);
  return *this;
}

Statement &Statement::bindText(int At, std::string_view Text) {
  sqlite3_bind_text(Handle, At, Text.data() ? Text.data() : "",
                    static_cast<int>(Text.size()), SQLITE_STATIC);
  return *this;
}

Statement &Statement::bindBlob(int At, std::string_view Data) {
  sqlite3_bind_blob64(Handle, At, Data.data() ? Data.data() : "", Data.size(),
                      SQLITE_STATIC);
  return *this;
}

bool Statement::step() {
  switch (sqlite3_step(Handle)) {
  case SQLITE_ROW:
    return true;
  case SQLITE_DONE:
    sqlite3_reset(Handle);
    return false;
  default:
    sqlite3 *Of = sqlite3_db_handle(Handle);
    int Code = sqlite3_extended_errcode(Of);
    std::string Text = *File + ": " + sqlite3_errmsg(Of);
    sqlite3_reset(Handle);
    throw DatabaseError(kindOf(Code), Text);
  }
}

void Statement::run() {
  while (step())
    ;
}

void Statement::reset() { sqlite3_reset(Handle); }

int64_t Statement::number(int Column) const {
  return sqlite3_column_int64(Handle, Column);
}

std::string_view Statement::text(int Column) const {
  auto *Text =
      reinterpret_cast<const char *>(sqlite3_column_text(Handle, Column));
  return Text ? std::string_view(Text,
                                 size_t(sqlite3_column_bytes(Handle, Column)))
              : std::string_view();
}

std::string_view Statement::blob(int Column) const {
  auto *Data = static_cast<const char *>(sqlite3_column_blob(Handle, Column));
  return Data ? std::string_view(Data,
                                 size_t(sqlite3_column_bytes(Handle, Column)))
              : std::string_view();
}

//===----------------------------------------------------------------------===//
// Database
//===----------------------------------------------------------------------===//

/// A name as SQLite's URIs want it.
static std::string uri(const std::string &File, const char *Query) {
  std::string Result = "file:";
  for (char C : File)
    if (C == '%' || C == '?' || C == '#') {
      constexpr char Digits[] = "0123456789ABCDEF";
      Result += '%';
      Result += Digits[static_cast<unsigned char>(C) >> 4];
      Result += Digits[C & 15];
    } else {
      Result += C;
    }
  return Result + Query;
}

Database::Database(const std::string &Name, Access How, int Patience)
    : File(std::make_unique<std::string>(Name)) {
  int Flags = How == Access::Read ? SQLITE_OPEN_READONLY
                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Flags |= SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  auto Open = [&](const char *Query) {
    sqlite3_close_v2(std::exchange(Handle, nullptr));
    int Code =
        sqlite3_open_v2(uri(Name, Query).c_str(), &Handle, Flags, nullptr);
    if (Code == SQLITE_OK) {
      sqlite3_extended_result_codes(Handle, 1);
      sqlite3_busy_timeout(Handle, Patience);
      // Reads the header, and the write-ahead log with it.
      Code = sqlite3_exec(Handle, "PRAGMA schema_version", nullptr, nullptr,
                          nullptr);
    }
    return Code & 0xff;
  };
  int Code = Open("");
  // A reader of a write-ahead log makes a small file beside the database to be
  // seen by writers. Where it may not, nobody writes: a store that is mounted
  // or installed for reading only.
  std::error_code Ignored;
  if (How == Access::Read &&
      (Code == SQLITE_CANTOPEN || Code == SQLITE_READONLY) &&
      std::filesystem::exists(Name, Ignored) &&
      !std::filesystem::exists(Name + "-wal", Ignored))
    Code = Open("?immutable=1");
  if (Code != SQLITE_OK) {
    int Extended = Handle ? sqlite3_extended_errcode(Handle) : SQLITE_NOMEM;
    std::string Text =
        Name + ": " + (Handle ? sqlite3_errmsg(Handle) : "no memory");
    sqlite3_close_v2(std::exchange(Handle, nullptr));
    throw DatabaseError(kindOf(Extended), Text);
  }
}

Database::Database(Database &&From) noexcept
    : File(std::move(From.File)), Handle(std::exchange(From.Handle, nullptr)) {}

Database &Database::operator=(Database &&From) noexcept {
  std::swap(File, From.File);
  std::swap(Handle, From.Handle);
  return *this;
}

Database::~Database() { sqlite3_close_v2(Handle); }

Statement Database::prepare(std::string_view Sql) {
  sqlite3_stmt *Result = nullptr;
  if (sqlite3_prepare_v3(Handle, Sql.data(), static_cast<int>(Sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &Result,
                         nullptr) != SQLITE_OK)
    fail(Handle, *File);
  return Statement(Result, File.get());
}

void Database::run(const char *Sql) {
  if (sqlite3_exec(Handle, Sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(Handle, *File);
}

int64_t Database::pragma(const std::string &Name) {
  Statement Ask = prepare("PRAGMA " + Name);
  int64_t Result = Ask.step() ? Ask.number(0) : 0;
  Ask.reset();
  return Result;
}

int64_t Database::lastId() const { return sqlite3_last_insert_rowid(Handle); }

//===----------------------------------------------------------------------===//
// Transaction
//===----------------------------------------------------------------------===//

Transaction::Transaction(Database &Of, Database::Access How) : Of(&Of) {
  Of.run(How == Database::Access::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (!Of)
    return;
  try {
    Of->run("ROLLBACK");
  } catch (const DatabaseError &) {
    // SQLite has rolled back by itself: a full disk does that.
  }
}

void Transaction::commit() {
  Of->run("COMMIT");
  Of = nullptr;
}

} // namespace perfidy
