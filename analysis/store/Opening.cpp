//===- Opening.cpp - finding, making and replacing a store ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Store.h"
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace fs = std::filesystem;

namespace perfidy {

/// "PrFy": SQLite files say whose they are.
static constexpr int64_t ApplicationId = 0x50724679;
static constexpr int Patience = 60'000;
static constexpr int ReadersPatience = 2'000;

static constexpr char Schema[] = R"sql(
  CREATE TABLE file(id INTEGER PRIMARY KEY, path TEXT NOT NULL,
    content BLOB NOT NULL,               -- digest; empty: not there
    size INTEGER NOT NULL, modified INTEGER NOT NULL,
    UNIQUE(path, content));
  CREATE TABLE function(id INTEGER PRIMARY KEY, facts BLOB NOT NULL UNIQUE,
    shape BLOB NOT NULL, usr TEXT NOT NULL);
  CREATE TABLE content(function INTEGER PRIMARY KEY, packed BLOB NOT NULL);
  CREATE TABLE unit(id INTEGER PRIMARY KEY, path TEXT NOT NULL,
    key BLOB NOT NULL, state BLOB NOT NULL, -- digest of reads
    tool BLOB NOT NULL, used INTEGER NOT NULL, -- by which run, the latest
    facts BLOB NOT NULL, error TEXT NOT NULL, reads BLOB NOT NULL,
    functions BLOB NOT NULL, header BLOB NOT NULL, sum BLOB NOT NULL,
    UNIQUE(path, key, state));
  CREATE TABLE verdict(key BLOB PRIMARY KEY, findings BLOB NOT NULL,
    sum BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE run(id INTEGER PRIMARY KEY, started INTEGER NOT NULL,
    database TEXT NOT NULL, verdict BLOB NOT NULL, units INTEGER NOT NULL,
    read INTEGER NOT NULL, failed INTEGER NOT NULL);
  CREATE TABLE program(id INTEGER PRIMARY KEY, database TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL, root TEXT NOT NULL, whole INTEGER NOT NULL,
    scanned INTEGER NOT NULL, judgement TEXT NOT NULL, key BLOB NOT NULL,
    units BLOB NOT NULL, graph BLOB NOT NULL, facts BLOB NOT NULL,
    classes BLOB NOT NULL, sum BLOB NOT NULL);
  CREATE TABLE member(program INTEGER NOT NULL, path TEXT NOT NULL,
    unit INTEGER NOT NULL, PRIMARY KEY(path, program)) WITHOUT ROWID;
  CREATE TABLE entity(program INTEGER NOT NULL, id INTEGER NOT NULL,
    usr TEXT NOT NULL, function INTEGER NOT NULL, unit INTEGER NOT NULL,
    takers BLOB NOT NULL, settled BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY(program, id));
  CREATE UNIQUE INDEX entity_usr ON entity(program, usr);
  CREATE INDEX entity_unit ON entity(program, unit);
  CREATE TABLE wanted(program INTEGER NOT NULL, usr TEXT NOT NULL,
    callers BLOB NOT NULL, PRIMARY KEY(program, usr)) WITHOUT ROWID;
  CREATE TABLE overridden(program INTEGER NOT NULL, usr TEXT NOT NULL,
    below BLOB NOT NULL, PRIMARY KEY(program, usr)) WITHOUT ROWID;
  CREATE TABLE method(program INTEGER NOT NULL, class TEXT NOT NULL,
    functions BLOB NOT NULL, PRIMARY KEY(program, class)) WITHOUT ROWID;
  CREATE TABLE changing(program INTEGER NOT NULL, field TEXT NOT NULL,
    functions BLOB NOT NULL, PRIMARY KEY(program, field)) WITHOUT ROWID;
  CREATE TABLE handling(program INTEGER NOT NULL, name TEXT NOT NULL,
    functions BLOB NOT NULL, PRIMARY KEY(program, name)) WITHOUT ROWID;
)sql";

void failDamaged(const std::string &File, const std::string &What) {
  throw StoreError(StoreError::Kind::Damaged,
                   File + ": the store is damaged: " + What);
}

/// What the first bytes of a file say; SQLite cannot be asked about a file it
/// does not open.
static bool looksOurs(const std::string &File) {
  std::ifstream In(File, std::ios::binary);
  char Header[100] = {};
  In.read(Header, sizeof Header);
  constexpr char Magic[] = "SQLite format 3";
  uint32_t Id = 0;
  for (int I = 68; I < 72; ++I)
    Id = Id << 8 | static_cast<unsigned char>(Header[I]);
  return std::memcmp(Header, Magic, sizeof Magic) == 0 && Id == ApplicationId;
}

static StoreError translate(const DatabaseError &Error,
                            const std::string &File) {
  using Kind = DatabaseError::Kind;
  switch (Error.What) {
  case Kind::Absent:
    return {StoreError::Kind::Absent,
            std::string(Error.what()) + " (the store)"};
  case Kind::Foreign:
    return {StoreError::Kind::Foreign,
            File + ": is no store of perfidy, nor any SQLite database"};
  case Kind::Damaged:
    if (looksOurs(File))
      return {StoreError::Kind::Damaged,
              File + ": the store is damaged or cut short"};
    return {StoreError::Kind::Foreign,
            File + ": is a damaged SQLite database, and no store of perfidy"};
  case Kind::Busy:
    return {StoreError::Kind::Busy,
            File +
                ": the store is held by another process, or lies where files "
                "cannot be locked"};
  case Kind::Unwritable:
    return {StoreError::Kind::Unwritable,
            std::string(Error.what()) + " (the store)"};
  case Kind::Other:
    break;
  }
  return {StoreError::Kind::Damaged,
          std::string(Error.what()) + " (the store)"};
}

static void demandOurs(Database &Data) {
  if (Data.pragma("application_id") != ApplicationId)
    throw StoreError(StoreError::Kind::Foreign,
                     Data.file() + ": is a SQLite database of another program, "
                                   "not a store of perfidy");
  if (int64_t Version = Data.pragma("user_version"); Version != StoreVersion)
    throw StoreError(StoreError::Kind::Version,
                     Data.file() + ": is a store of version " +
                         std::to_string(Version) + "; this perfidy has " +
                         std::to_string(StoreVersion));
}

static bool isNew(Database &Data) {
  return Data.pragma("application_id") == 0 &&
         Data.pragma("user_version") == 0 && Data.pragma("schema_version") == 0;
}

FactStore FactStore::openToWrite(const std::string &File) {
  std::error_code Error;
  fs::create_directories(fs::path(File).parent_path(), Error);
  if (Error)
    throw StoreError(
        StoreError::Kind::Unwritable,
        fs::path(File).parent_path().string() +
            ": cannot make the store's folder: " + Error.message());
  try {
    FactStore Result;
    Result.Data = Database(File, Database::Access::Write, Patience);
    Database &Data = Result.Data;
    if (isNew(Data)) {
      // Nobody is made to wait for a change of journal mode: who loses the
      // race for it tries again.
      for (int Tries = 0;; ++Tries)
        try {
          Data.run("PRAGMA journal_mode = WAL");
          break;
        } catch (const DatabaseError &Busy) {
          if (Busy.What != DatabaseError::Kind::Busy || Tries == 100)
            throw;
          std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
      Transaction Make(Data, Database::Access::Write);
      if (isNew(Data)) {
        Data.run(Schema);
        Data.run(
            ("PRAGMA user_version = " + std::to_string(StoreVersion)).c_str());
        Data.run(("PRAGMA application_id = " + std::to_string(ApplicationId))
                     .c_str());
      }
      Make.commit();
    }
    demandOurs(Data);
    // After a crash of the machine the last transactions may be missing; what
    // is there is whole. More is not asked of a cache.
    Data.run("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
             "PRAGMA cache_size = -65536");
    return Result;
  } catch (const DatabaseError &Error) {
    throw translate(Error, File);
  }
}

FactStore FactStore::openToRead(const std::string &File) {
  std::error_code Ignored;
  if (!fs::exists(File, Ignored))
    throw StoreError(StoreError::Kind::Absent,
                     File + ": no such file (the store)");
  // Whoever opens a pipe waits for somebody who writes.
  if (!fs::is_regular_file(File, Ignored))
    throw StoreError(StoreError::Kind::Foreign,
                     File + ": not a regular file, so no store");
  try {
    FactStore Result;
    Result.Data = Database(File, Database::Access::Read, ReadersPatience);
    // Made this moment by a scan that has not come further.
    if (isNew(Result.Data))
      throw StoreError(StoreError::Kind::Absent, File + ": the store is empty");
    demandOurs(Result.Data);
    return Result;
  } catch (const DatabaseError &Error) {
    throw translate(Error, File);
  }
}

std::string FactStore::setAside(const std::string &File,
                                const std::function<bool()> &StillBad) {
  // The folder is the lock: it is there, and nobody moves it.
  int Folder = open(fs::path(File).parent_path().c_str(),
                    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct Unlock {
    int Descriptor;
    ~Unlock() {
      if (Descriptor >= 0)
        close(Descriptor);
    }
  } Locked{Folder};
  if (Folder >= 0)
    while (flock(Folder, LOCK_EX) != 0 && errno == EINTR)
      ;
  if (!StillBad())
    return "";
  std::string To;
  std::error_code Error;
  for (int Number = 1; To.empty() || fs::exists(To, Error); ++Number)
    To = File + ".aside-" + std::to_string(Number);
  fs::rename(File, To, Error);
  if (Error)
    throw StoreError(StoreError::Kind::Unwritable,
                     File + ": cannot be moved aside: " + Error.message());
  for (const char *Suffix : {"-wal", "-shm"}) {
    if (fs::exists(File + Suffix, Error))
      fs::rename(File + Suffix, To + Suffix, Error);
  }
  return To;
}

} // namespace perfidy
