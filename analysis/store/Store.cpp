//===- Store.cpp - what scans keep for each other -------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Store.h"
#include "analysis/store/FindingFields.h"
#include "analysis/store/Rows.h"
#include <algorithm>
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
    key BLOB NOT NULL, facts BLOB NOT NULL, error TEXT NOT NULL,
    reads BLOB NOT NULL, functions BLOB NOT NULL, header BLOB NOT NULL,
    sum BLOB NOT NULL, UNIQUE(path, key));
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

//===----------------------------------------------------------------------===//
// Opening
//===----------------------------------------------------------------------===//

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
            File + ": the store is held by another process"};
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

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::string packNumbers(const std::vector<int64_t> &Numbers) {
  std::string Blob;
  uint64_t Last = 0;
  for (int64_t Number : Numbers) {
    int64_t Step = static_cast<int64_t>(static_cast<uint64_t>(Number) - Last);
    uint64_t Left = static_cast<uint64_t>(Step) << 1 ^
                    static_cast<uint64_t>(Step >> 63); // small if near zero
    for (; Left >= 0x80; Left >>= 7)
      Blob += char(Left | 0x80);
    Blob += char(Left);
    Last = static_cast<uint64_t>(Number);
  }
  return Blob;
}

std::vector<int64_t> unpackNumbers(std::string_view Blob,
                                   const std::string &File) {
  std::vector<int64_t> Numbers;
  Numbers.reserve(Blob.size());
  uint64_t Last = 0, Read = 0;
  unsigned Shift = 0;
  for (char C : Blob) {
    auto Byte = static_cast<unsigned char>(C);
    if (Shift > 63)
      failDamaged(File, "a list of numbers cannot be read");
    Read |= uint64_t(Byte & 0x7f) << Shift;
    Shift += 7;
    if (Byte & 0x80)
      continue;
    Last += Read >> 1 ^ (~(Read & 1) + 1);
    Numbers.push_back(static_cast<int64_t>(Last));
    Read = Shift = 0;
  }
  if (Shift != 0)
    failDamaged(File, "a list of numbers ends early");
  return Numbers;
}

//===----------------------------------------------------------------------===//
// Files and units
//===----------------------------------------------------------------------===//

static std::string_view contentOf(const FileState &State) {
  return State.Absent ? std::string_view() : State.Content.octets();
}

std::vector<KnownFile> FactStore::files() {
  std::vector<KnownFile> Result;
  Statement All =
      Data.prepare("SELECT id, path, content, size, modified FROM file");
  while (All.step()) {
    KnownFile &Each = Result.emplace_back();
    Each.Id = All.number(0);
    Each.State.Path = All.text(1);
    Each.State.Absent = All.blob(2).empty();
    if (!Each.State.Absent)
      Each.State.Content = digestColumn(All, 2, file());
    Each.State.Size = static_cast<uint64_t>(All.number(3));
    Each.State.Modified = All.number(4);
  }
  return Result;
}

/// Of the unit in the row: path, key, facts, error, reads, functions, header,
/// sum from column \p First on.
static void demandWhole(const Statement &Row, int First,
                        const std::string &File) {
  Digest Sum = sumOf({Row.text(First), Row.blob(First + 1), Row.blob(First + 2),
                      Row.text(First + 3), Row.blob(First + 4),
                      Row.blob(First + 5), Row.blob(First + 6)});
  if (Row.blob(First + 7) != Sum.octets())
    failDamaged(File, "an entry is not what was written");
}

std::vector<KnownUnit> FactStore::units() {
  std::vector<KnownUnit> Result;
  Statement All = Data.prepare("SELECT id, path, key, facts, error, reads, "
                               "functions, header, sum FROM unit");
  while (All.step()) {
    demandWhole(All, 1, file());
    KnownUnit &Each = Result.emplace_back();
    Each.Id = All.number(0);
    Each.Path = All.text(1);
    Each.Key = digestColumn(All, 2, file());
    Each.Facts = digestColumn(All, 3, file());
    Each.Error = All.text(4);
    Each.Reads = unpackNumbers(All.blob(5), file());
  }
  return Result;
}

namespace {
/// What a unit has beside its functions.
struct Header {
  std::string MainFile;
  std::vector<File> Files;
  std::vector<Class> Classes;
  std::vector<std::string> Filled, Grown;
  std::vector<std::string> AddressTaken;
  std::vector<Remark> Remarks;
};
} // namespace
// clang-format off
PERFIDY_FIELDS(Header, (), MainFile, Files, Classes, Filled, Grown, AddressTaken, Remarks)
// clang-format on

std::vector<PackedUnit> FactStore::load(const std::vector<Wanted> &Units) {
  struct Named {
    std::string Usr;
    Digest Facts, Shape;
  };
  std::unordered_map<int64_t, Named> Functions;
  Statement All = Data.prepare("SELECT id, facts, shape, usr FROM function");
  while (All.step())
    Functions[All.number(0)] = {std::string(All.text(3)),
                                digestColumn(All, 1, file()),
                                digestColumn(All, 2, file())};

  std::vector<PackedUnit> Result;
  Statement One = Data.prepare("SELECT path, key, facts, error, reads, "
                               "functions, header, sum FROM unit WHERE id = ?");
  for (const Wanted &Each : Units) {
    if (!One.bind(1, Each.Id).step())
      throw StoreError(StoreError::Kind::Changed, file() + ": a unit has gone");
    demandWhole(One, 0, file());
    if (digestColumn(One, 2, file()) != Each.Facts)
      throw StoreError(StoreError::Kind::Changed,
                       file() + ": a unit has been read anew");
    Header Rest;
    unpacked(One.blob(6), Rest, file());
    PackedUnit &Unit = Result.emplace_back();
    Unit.MainFile = std::move(Rest.MainFile);
    auto Demand = [&](const Location &Where, const char *Otherwise) {
      if (Where.File < None ||
          Where.File >= static_cast<Index>(Rest.Files.size()))
        failDamaged(file(), Otherwise);
    };
    for (const Class &Each : Rest.Classes)
      Demand(Each.Where, "a class is in no file");
    for (const Remark &Each : Rest.Remarks)
      forEachPlace(Each, [&](const Location &Where) {
        Demand(Where, "a remark is in no file");
      });
    Unit.Files = std::move(Rest.Files);
    Unit.Classes = std::move(Rest.Classes);
    Unit.Filled = std::move(Rest.Filled);
    Unit.Grown = std::move(Rest.Grown);
    Unit.AddressTaken = std::move(Rest.AddressTaken);
    Unit.Remarks = std::move(Rest.Remarks);
    Unit.Error = One.text(3);
    for (int64_t Function : unpackNumbers(One.blob(5), file())) {
      auto Known = Functions.find(Function);
      if (Known == Functions.end())
        failDamaged(file(), "a function has gone");
      Unit.Functions.push_back({Known->second.Usr, Known->second.Facts,
                                Known->second.Shape, "", Function});
    }
    if (Unit.digest() != Each.Facts)
      failDamaged(file(), "the facts of " + Unit.MainFile +
                              " are not those that were kept");
    One.reset();
  }
  return Result;
}

Statement &FactStore::prepared(const char *Sql) {
  auto [Known, IsNew] = Prepared.try_emplace(Sql);
  if (IsNew)
    Known->second = Data.prepare(Sql);
  Known->second.reset();
  return Known->second;
}

std::string FactStore::content(int64_t Function) {
  Statement &One = prepared("SELECT packed FROM content WHERE function = ?");
  if (!One.bind(1, Function).step())
    failDamaged(file(), "a function's facts have gone");
  std::string Result(One.blob(0));
  One.reset();
  return Result;
}

void FactStore::forgetIfOthersWrote() {
  int64_t Now = Data.pragma("data_version");
  if (Now == SeenVersion)
    return;
  SeenVersion = Now;
  FileIds.clear();
  FunctionIds.clear();
}

int64_t FactStore::fileId(const FileState &State) {
  std::string Name = State.Path + '\0' + std::string(contentOf(State));
  auto [Known, IsNew] = FileIds.try_emplace(Name);
  if (!IsNew)
    return Known->second;
  Statement &Add = prepared(
      "INSERT INTO file(path, content, size, modified) VALUES(?, ?, ?, ?) "
      "ON CONFLICT(path, content) DO UPDATE SET size = excluded.size, "
      "modified = excluded.modified RETURNING id");
  Add.bindText(1, State.Path)
      .bindBlob(2, contentOf(State))
      .bind(3, static_cast<int64_t>(State.Size))
      .bind(4, State.Modified);
  Add.step();
  Known->second = Add.number(0);
  Add.step();
  return Known->second;
}

int64_t FactStore::functionId(const PackedFunction &Which) {
  auto [Known, IsNew] =
      FunctionIds.try_emplace(std::string(Which.Facts.octets()));
  if (!IsNew)
    return Known->second;
  Statement &Find = prepared("SELECT id FROM function WHERE facts = ?");
  if (Find.bindBlob(1, Which.Facts.octets()).step()) {
    Known->second = Find.number(0);
    Find.reset();
    return Known->second;
  }
  prepared("INSERT INTO function(facts, shape, usr) VALUES(?, ?, ?)")
      .bindBlob(1, Which.Facts.octets())
      .bindBlob(2, Which.Shape.octets())
      .bindText(3, Which.Usr)
      .run();
  Known->second = Data.lastId();
  prepared("INSERT OR REPLACE INTO content(function, packed) VALUES(?, ?)")
      .bind(1, Known->second)
      .bindBlob(2, Which.Content)
      .run();
  return Known->second;
}

int64_t FactStore::save(const std::string &Path, const Digest &Key,
                        PackedUnit &Unit, const std::vector<FileState> &Reads) {
  Transaction Write(Data, Database::Access::Write);
  // Inside: nobody can write between the question and what we do with it.
  forgetIfOthersWrote();
  try {
    std::vector<int64_t> Files, Functions;
    for (const FileState &Each : Reads)
      Files.push_back(fileId(Each));
    std::sort(Files.begin(), Files.end());
    Files.erase(std::unique(Files.begin(), Files.end()), Files.end());
    for (PackedFunction &Each : Unit.Functions)
      Functions.push_back(Each.Id = functionId(Each));

    std::string ReadsBlob = packNumbers(Files);
    std::string FunctionsBlob = packNumbers(Functions);
    std::string HeaderBlob =
        packed(Header{Unit.MainFile, Unit.Files, Unit.Classes, Unit.Filled,
                      Unit.Grown, Unit.AddressTaken, Unit.Remarks});
    Digest Facts = Unit.digest();
    Digest Sum = sumOf({Path, Key.octets(), Facts.octets(), Unit.Error,
                        ReadsBlob, FunctionsBlob, HeaderBlob});
    Statement Add = Data.prepare(
        "INSERT INTO unit(path, key, facts, error, reads, functions, header, "
        "sum) VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(path, key) DO UPDATE "
        "SET facts = excluded.facts, error = excluded.error, "
        "reads = excluded.reads, functions = excluded.functions, "
        "header = excluded.header, sum = excluded.sum RETURNING id");
    Add.bindText(1, Path)
        .bindBlob(2, Key.octets())
        .bindBlob(3, Facts.octets())
        .bindText(4, Unit.Error)
        .bindBlob(5, ReadsBlob)
        .bindBlob(6, FunctionsBlob)
        .bindBlob(7, HeaderBlob)
        .bindBlob(8, Sum.octets());
    Add.step();
    int64_t Id = Add.number(0);
    Add.step();
    Write.commit();
    return Id;
  } catch (...) {
    FileIds.clear(); // ids that are rolled back
    FunctionIds.clear();
    for (PackedFunction &Each : Unit.Functions)
      Each.Id = 0;
    throw;
  }
}

void FactStore::refresh(const std::vector<KnownFile> &Same) {
  Transaction Write(Data, Database::Access::Write);
  Statement Set = Data.prepare(
      "UPDATE file SET size = ?, modified = ? WHERE id = ? AND content = ?");
  for (const KnownFile &Each : Same)
    Set.bind(1, static_cast<int64_t>(Each.State.Size))
        .bind(2, Each.State.Modified)
        .bind(3, Each.Id)
        .bindBlob(4, contentOf(Each.State))
        .run();
  Write.commit();
}

/// Deletes the rows of \p Table whose \p Column is not in \p Used.
static void keepOnly(Database &Data, const char *Table, const char *Column,
                     const std::vector<int64_t> &Used) {
  // Both in ascending order: one walk.
  std::vector<int64_t> Gone;
  Statement All = Data.prepare(std::string("SELECT ") + Column + " FROM " +
                               Table + " ORDER BY " + Column);
  auto Next = Used.begin();
  while (All.step()) {
    int64_t Id = All.number(0);
    while (Next != Used.end() && *Next < Id)
      ++Next;
    if (Next == Used.end() || *Next != Id)
      Gone.push_back(Id);
  }
  Statement Delete = Data.prepare(std::string("DELETE FROM ") + Table +
                                  " WHERE " + Column + " = ?");
  for (int64_t Id : Gone)
    Delete.bind(1, Id).run();
}

static void sortUnique(std::vector<int64_t> &Numbers) {
  std::sort(Numbers.begin(), Numbers.end());
  Numbers.erase(std::unique(Numbers.begin(), Numbers.end()), Numbers.end());
}

void FactStore::prune(const std::vector<int64_t> &Kept) {
  Transaction Write(Data, Database::Access::Write);
  std::vector<int64_t> Units = Kept, Files, Functions;
  // Programs of compile databases that are gone are no programs.
  Statement Programs = Data.prepare("SELECT id, database, units FROM program");
  std::vector<int64_t> Left;
  while (Programs.step()) {
    std::error_code Error;
    if (!fs::exists(std::string(Programs.text(1)), Error) && !Error)
      continue;
    Left.push_back(Programs.number(0));
    for (int64_t Unit : unpackNumbers(Programs.blob(2), file()))
      Units.push_back(Unit);
  }
  sortUnique(Left);
  for (const char *Table : {"member", "entity", "wanted", "overridden",
                            "method", "changing", "handling"}) {
    std::string List;
    for (int64_t Id : Left)
      List += (List.empty() ? "" : ",") + std::to_string(Id);
    Data.run((std::string("DELETE FROM ") + Table + " WHERE program NOT IN (" +
              List + ")")
                 .c_str());
  }
  keepOnly(Data, "program", "id", Left);
  sortUnique(Units);
  keepOnly(Data, "unit", "id", Units);

  Statement All = Data.prepare("SELECT reads, functions FROM unit");
  while (All.step()) {
    for (int64_t Id : unpackNumbers(All.blob(0), file()))
      Files.push_back(Id);
    for (int64_t Id : unpackNumbers(All.blob(1), file()))
      Functions.push_back(Id);
    // Headers are read by many: keep the lists from growing with that.
    if (Files.size() > 4'000'000)
      sortUnique(Files);
    if (Functions.size() > 4'000'000)
      sortUnique(Functions);
  }
  // Entities of a program hold functions until the program is linked again.
  Statement Entities = Data.prepare("SELECT DISTINCT function FROM entity");
  while (Entities.step())
    Functions.push_back(Entities.number(0));
  sortUnique(Files);
  sortUnique(Functions);
  keepOnly(Data, "file", "id", Files);
  keepOnly(Data, "function", "id", Functions);
  keepOnly(Data, "content", "function", Functions);
  Data.run("DELETE FROM verdict WHERE key NOT IN (SELECT verdict FROM run)");
  Write.commit();
  FileIds.clear();
  FunctionIds.clear();
}

//===----------------------------------------------------------------------===//
// Findings and runs
//===----------------------------------------------------------------------===//

std::optional<std::vector<Finding>> FactStore::verdict(const Digest &Key) {
  Statement One =
      Data.prepare("SELECT findings, sum FROM verdict WHERE key = ?");
  if (!One.bindBlob(1, Key.octets()).step())
    return std::nullopt;
  if (One.blob(1) != sumOf({Key.octets(), One.blob(0)}).octets())
    failDamaged(file(), "findings are not what was written");
  Verdict Kept;
  unpacked(One.blob(0), Kept, file());
  return std::move(Kept.Findings);
}

void FactStore::saveVerdict(const Digest &Key,
                            const std::vector<Finding> &Findings) {
  std::string Blob = packed(Verdict{Findings});
  Digest Sum = sumOf({Key.octets(), Blob});
  Transaction Write(Data, Database::Access::Write);
  Data.prepare("INSERT OR REPLACE INTO verdict(key, findings, sum) "
               "VALUES(?, ?, ?)")
      .bindBlob(1, Key.octets())
      .bindBlob(2, Blob)
      .bindBlob(3, Sum.octets())
      .run();
  Write.commit();
}

void FactStore::record(const PastRun &Run) {
  Transaction Write(Data, Database::Access::Write);
  Data.prepare("INSERT INTO run(started, database, verdict, units, read, "
               "failed) VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, Run.Started)
      .bindText(2, Run.Database)
      .bindBlob(3, Run.Verdict.octets())
      .bind(4, static_cast<int64_t>(Run.Units))
      .bind(5, static_cast<int64_t>(Run.Read))
      .bind(6, static_cast<int64_t>(Run.Failed))
      .run();
  Data.run("DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - 100");
  Write.commit();
}

std::vector<PastRun> FactStore::runs() {
  std::vector<PastRun> Result;
  Statement All = Data.prepare("SELECT id, started, database, verdict, units, "
                               "read, failed FROM run ORDER BY id DESC");
  while (All.step())
    Result.push_back({All.number(0), All.number(1), std::string(All.text(2)),
                      digestColumn(All, 3, file()), uint64_t(All.number(4)),
                      uint64_t(All.number(5)), uint64_t(All.number(6))});
  return Result;
}

} // namespace perfidy
