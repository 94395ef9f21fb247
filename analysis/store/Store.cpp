//===- Store.cpp - translation units in the store -------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Store.h"
#include "analysis/store/Rows.h"
#include <algorithm>

namespace perfidy {

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

int64_t FactStore::currentRun() {
  Statement &Last = prepared("SELECT ifnull(max(id), 0) + 1 FROM run");
  Last.step();
  int64_t Result = Last.number(0);
  Last.reset();
  return Result;
}

int64_t FactStore::save(const Key &Of, PackedUnit &Unit,
                        const std::vector<FileState> &Reads) {
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
    Digest State = digestOf(ReadsBlob);
    Digest Sum = sumOf({Of.Path, Of.All.octets(), Facts.octets(), Unit.Error,
                        ReadsBlob, FunctionsBlob, HeaderBlob});
    Statement &Add = prepared(
        "INSERT INTO unit(path, key, state, tool, used, facts, error, reads, "
        "functions, header, sum) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(path, key, state) DO UPDATE SET used = excluded.used, "
        "facts = excluded.facts, error = excluded.error, "
        "reads = excluded.reads, functions = excluded.functions, "
        "header = excluded.header, sum = excluded.sum RETURNING id");
    Add.bindText(1, Of.Path)
        .bindBlob(2, Of.All.octets())
        .bindBlob(3, State.octets())
        .bindBlob(4, Of.Tool.octets())
        .bind(5, currentRun())
        .bindBlob(6, Facts.octets())
        .bindText(7, Unit.Error)
        .bindBlob(8, ReadsBlob)
        .bindBlob(9, FunctionsBlob)
        .bindBlob(10, HeaderBlob)
        .bindBlob(11, Sum.octets());
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

} // namespace perfidy
