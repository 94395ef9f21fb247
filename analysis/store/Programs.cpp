//===- Programs.cpp - keeps linked programs -------------------------------===//
//
// Part of Perfidy. The writing side; Slice.cpp reads.
//
// Ids of entities stay the same from one link to the next, and rows that would
// not change are not written: a scan after one edit writes a few rows.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Programs.h"
#include "analysis/store/EffectFields.h"
#include "analysis/store/Identity.h"
#include "analysis/store/Rows.h"
#include <algorithm>
#include <ctime>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace perfidy {

/// Units in the order in which the linker takes them.
static std::vector<size_t> linkOrder(const std::vector<PackedUnit> &Units) {
  std::vector<size_t> Order(Units.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::stable_sort(Order.begin(), Order.end(), [&](size_t A, size_t B) {
    return Units[A].MainFile < Units[B].MainFile;
  });
  return Order;
}

Origins originsOf(const std::vector<PackedUnit> &Units,
                  const std::vector<int64_t> &Ids) {
  Origins Result;
  for (size_t I : linkOrder(Units))
    for (const PackedFunction &Each : Units[I].Functions)
      Result.try_emplace(Each.Usr, Origin{Each.Id, Ids[I]});
  return Result;
}

std::optional<KnownProgram> knownProgram(FactStore &In,
                                         const std::string &Database) {
  Statement One = In.data().prepare(
      "SELECT whole, key, judgement FROM program WHERE database = ?");
  if (!One.bindText(1, Database).step() || One.text(2) != judgementIdentity())
    return std::nullopt;
  return KnownProgram{One.number(0) != 0, digestColumn(One, 1, In.file())};
}

namespace {

/// A program as numbers: entities and who calls whom.
struct Numbered {
  std::map<std::string, int64_t> Ids; ///< by USR
  std::vector<int64_t> Graph;         ///< id, count, targets ... by id
  std::vector<int64_t> Registering;   ///< put listeners on or take them off
  std::vector<int64_t> Removing;      ///< of these, those that take off
  using Lists = std::map<std::string, std::vector<int64_t>>;
  Lists Wanted; ///< callers
  Lists Overridden;
  Lists Methods;  ///< by class, as Program::methods()
  Lists Changing; ///< by field: those that put something in, or write it
  Lists Handling; ///< by handler: those that register it for more than once
};

} // namespace

static void sortUnique(std::vector<int64_t> &Numbers) {
  std::sort(Numbers.begin(), Numbers.end());
  Numbers.erase(std::unique(Numbers.begin(), Numbers.end()), Numbers.end());
}

/// What is asked about functions anywhere when lives of objects are compared:
/// SliceLives.cpp.
static void addLives(const Function &F, int64_t Id, Numbered &To) {
  if (!F.Class.empty())
    To.Methods[F.Class].push_back(Id);
  auto Add = [&](const AccessPath &Path) {
    for (const SharedText &Field : Path.Fields)
      if (Field != "[]")
        To.Changing[Field].push_back(Id);
  };
  for (const Keep &Each : F.Keeps)
    Add(Each.Into);
  for (const AccessPath &Each : F.Writes)
    Add(Each);
  bool Removes = false;
  for (const Registration &Each : F.Registrations) {
    Removes |= !Each.Adds;
    if (Each.Adds && !Each.Once && !Each.Handler.empty())
      To.Handling[Each.Handler].push_back(Id);
  }
  if (!F.Registrations.empty())
    To.Registering.push_back(Id);
  if (Removes)
    To.Removing.push_back(Id);
}

static Numbered number(const Program &P, std::map<std::string, int64_t> Old) {
  Numbered Result;
  int64_t Next = 1;
  for (const auto &[Unused, Id] : Old)
    Next = std::max(Next, Id + 1);
  for (const Function &F : P.functions()) {
    auto Known = Old.find(F.Usr);
    Result.Ids[F.Usr] = Known == Old.end() ? Next++ : Known->second;
  }
  auto IdOf = [&](const Function &F) { return Result.Ids.at(F.Usr); };
  std::map<int64_t, std::vector<int64_t>> Targets;
  for (const Function &F : P.functions()) {
    int64_t Id = IdOf(F);
    addLives(F, Id, Result);
    std::vector<int64_t> &Edges = Targets[Id];
    for (const Call &C : F.Calls) {
      for (const Function *Target : P.targets(C))
        Edges.push_back(IdOf(*Target));
      for (const Value &Argument : C.Arguments)
        if (!Argument.Callable.empty())
          if (const Function *Run = P.find(Argument.Callable))
            Edges.push_back(IdOf(*Run));
      if (!C.Callee.empty() && !C.System && !P.find(C.Callee))
        Result.Wanted[C.Callee].push_back(Id);
    }
    sortUnique(Edges);
    // Overriders of overriders too; the way there is through methods with a
    // body, as in the linker.
    std::set<std::string> Seen;
    std::vector<const std::string *> Pending;
    for (const std::string &Base : F.Overrides)
      Pending.push_back(&Base);
    while (!Pending.empty()) {
      const std::string &Base = *Pending.back();
      Pending.pop_back();
      if (!Seen.insert(Base).second)
        continue;
      Result.Overridden[Base].push_back(Id);
      if (const Function *Above = P.find(Base))
        for (const std::string &Higher : Above->Overrides)
          Pending.push_back(&Higher);
    }
  }
  for (Numbered::Lists *Lists :
       {&Result.Wanted, &Result.Methods, &Result.Changing, &Result.Handling})
    for (auto &[Unused, List] : *Lists)
      sortUnique(List);
  for (std::vector<int64_t> *List : {&Result.Registering, &Result.Removing}) {
    std::sort(List->begin(), List->end());
    Result.Graph.push_back(static_cast<int64_t>(List->size()));
    Result.Graph.insert(Result.Graph.end(), List->begin(), List->end());
  }
  for (const auto &[Id, Edges] : Targets) {
    Result.Graph.push_back(Id);
    Result.Graph.push_back(static_cast<int64_t>(Edges.size()));
    Result.Graph.insert(Result.Graph.end(), Edges.begin(), Edges.end());
  }
  return Result;
}

/// Effects with a file table of their own, so that they stay the same bytes
/// when other files come and go.
static std::string settledBlob(const Program &P, Settled &Of) {
  std::map<Index, Index> New;
  for (Effect &E : Of.Effects) {
    if (!E.At.valid())
      continue;
    auto [At, IsNew] =
        New.try_emplace(E.At.File, static_cast<Index>(Of.Files.size()));
    if (IsNew)
      Of.Files.push_back(P.files()[size_t(E.At.File)].Path);
    E.At.File = At->second;
  }
  return packed(Of);
}

static void
writeLists(Database &Data, int64_t Program, const char *Table, const char *Key,
           const char *Column,
           const std::map<std::string, std::vector<int64_t>> &Lists) {
  std::string Where =
      std::string(" WHERE program = ") + std::to_string(Program);
  std::map<std::string, std::string> Old;
  {
    Statement All = Data.prepare(std::string("SELECT ") + Key + ", " + Column +
                                 " FROM " + Table + Where);
    while (All.step())
      Old.emplace(All.text(0), All.blob(1));
  }
  Statement Put =
      Data.prepare(std::string("INSERT OR REPLACE INTO ") + Table +
                   "(program, " + Key + ", " + Column + ") VALUES(?, ?, ?)");
  for (const auto &[Name, List] : Lists) {
    std::string Blob = packNumbers(List);
    auto Known = Old.find(Name);
    bool Same = Known != Old.end() && Known->second == Blob;
    if (Known != Old.end())
      Old.erase(Known);
    if (!Same)
      Put.bind(1, Program).bindText(2, Name).bindBlob(3, Blob).run();
  }
  Statement Delete = Data.prepare(std::string("DELETE FROM ") + Table + Where +
                                  " AND " + Key + " = ?");
  for (const auto &[Name, Unused] : Old)
    Delete.bindText(1, Name).run();
}

/// All classes of the program, each as often as it stands in another place.
static KnownClasses classesOf(const std::vector<PackedUnit> &Units) {
  KnownClasses Result;
  std::map<std::string, Index> FileIds;
  std::set<std::tuple<std::string, Index, uint32_t>> Seen;
  for (const PackedUnit &Unit : Units)
    for (Class Each : Unit.Classes) {
      if (Each.Where.valid()) {
        const std::string &Path = Unit.Files[size_t(Each.Where.File)].Path;
        auto [At, IsNew] =
            FileIds.try_emplace(Path, static_cast<Index>(Result.Files.size()));
        if (IsNew)
          Result.Files.push_back(Path);
        Each.Where.File = At->second;
      }
      if (Seen.emplace(Each.Name, Each.Where.File, Each.Where.Line).second)
        Result.Classes.push_back(std::move(Each));
    }
  return Result;
}

void saveProgram(FactStore &In, const ProgramName &Name, const Program &P,
                 const Origins &From, const std::vector<PackedUnit> &Units,
                 const std::vector<FactStore::Wanted> &Ids) {
  Database &Data = In.data();
  std::vector<Settled> AllSettled = P.settled();

  // Who takes an address: two units are enough to know that it is taken
  // whatever one of them says now.
  std::unordered_map<std::string_view, std::vector<int64_t>> Takers;
  KnownFacts Facts;
  std::vector<std::string> &Tests = Facts.Tests;
  std::map<std::string, std::vector<int64_t>> Filled, Grown;
  auto Say = [](auto &Into, const std::vector<std::string> &Names, int64_t By) {
    for (const std::string &Name : Names)
      if (std::vector<int64_t> &Its = Into[Name]; Its.size() < 2)
        Its.push_back(By);
  };
  for (size_t I = 0; I < Units.size(); ++I) {
    for (const std::string &Usr : Units[I].AddressTaken)
      if (std::vector<int64_t> &Its = Takers[Usr]; Its.size() < 2)
        Its.push_back(Ids[I].Id);
    for (const File &Each : Units[I].Files)
      if (Each.Test)
        Tests.push_back(Each.Path);
    Say(Filled, Units[I].Filled, Ids[I].Id);
    Say(Grown, Units[I].Grown, Ids[I].Id);
  }
  for (auto &[Name, By] : Filled)
    Facts.Filled.push_back({Name, std::move(By)});
  for (auto &[Name, By] : Grown)
    Facts.Grown.push_back({Name, std::move(By)});
  std::string ClassesBlob = packed(classesOf(Units));
  std::sort(Tests.begin(), Tests.end());
  Tests.erase(std::unique(Tests.begin(), Tests.end()), Tests.end());

  Transaction Write(Data, Database::Access::Write);
  // Rows must be those that were linked.
  Statement Check = Data.prepare("SELECT facts FROM unit WHERE id = ?");
  for (const FactStore::Wanted &Each : Ids) {
    if (!Check.bind(1, Each.Id).step() || Check.blob(0) != Each.Facts.octets())
      throw StoreError(StoreError::Kind::Changed,
                       In.file() + ": a unit has been read anew");
    Check.reset();
  }

  // The program's row first: it gives the id.
  Data.prepare("INSERT INTO program(database, folder, root, whole, scanned, "
               "judgement, key, units, graph, facts, classes, sum) "
               "VALUES(?, '', '', 0, 0, '', x'', x'', x'', x'', x'', x'') "
               "ON CONFLICT(database) DO NOTHING")
      .bindText(1, Name.Database)
      .run();
  Statement Find = Data.prepare("SELECT id FROM program WHERE database = ?");
  Find.bindText(1, Name.Database).step();
  int64_t Id = Find.number(0);
  Find.reset();

  std::map<std::string, int64_t> Old;
  std::unordered_map<int64_t, std::string> OldSums;
  {
    Statement All =
        Data.prepare("SELECT usr, id, sum FROM entity WHERE program = ?");
    All.bind(1, Id);
    while (All.step()) {
      Old.emplace(All.text(0), All.number(1));
      OldSums.emplace(All.number(1), All.blob(2));
    }
  }
  Numbered Now = number(P, Old);

  Statement Delete =
      Data.prepare("DELETE FROM entity WHERE program = ? AND id = ?");
  for (const auto &[Usr, Entity] : Old)
    if (!Now.Ids.count(Usr))
      Delete.bind(1, Id).bind(2, Entity).run();
  Statement Put = Data.prepare(
      "INSERT OR REPLACE INTO entity(program, id, usr, function, unit, takers, "
      "settled, sum) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  for (size_t I = 0; I < P.functions().size(); ++I) {
    const Function &F = P.functions()[I];
    int64_t Entity = Now.Ids.at(F.Usr);
    auto Origin = From.find(F.Usr);
    if (Origin == From.end() || !Origin->second.Function)
      throw StoreError(StoreError::Kind::Changed,
                       In.file() + ": a function is not kept");
    std::string Blob = settledBlob(P, AllSettled[I]);
    auto Taking = Takers.find(F.Usr);
    std::string TakersBlob = packNumbers(
        Taking == Takers.end() ? std::vector<int64_t>() : Taking->second);
    std::string Places =
        packNumbers({Origin->second.Function, Origin->second.Unit});
    Digest Sum = sumOf({F.Usr, Places, TakersBlob, Blob});
    auto Known = OldSums.find(Entity);
    if (Known != OldSums.end() && Known->second == Sum.octets())
      continue;
    Put.bind(1, Id)
        .bind(2, Entity)
        .bindText(3, F.Usr)
        .bind(4, Origin->second.Function)
        .bind(5, Origin->second.Unit)
        .bindBlob(6, TakersBlob)
        .bindBlob(7, Blob)
        .bindBlob(8, Sum.octets())
        .run();
  }
  writeLists(Data, Id, "wanted", "usr", "callers", Now.Wanted);
  writeLists(Data, Id, "overridden", "usr", "below", Now.Overridden);
  writeLists(Data, Id, "method", "class", "functions", Now.Methods);
  writeLists(Data, Id, "changing", "field", "functions", Now.Changing);
  writeLists(Data, Id, "handling", "name", "functions", Now.Handling);

  Data.prepare("DELETE FROM member WHERE program = ?").bind(1, Id).run();
  Statement Member = Data.prepare(
      "INSERT OR REPLACE INTO member(program, path, unit) VALUES(?, ?, ?)");
  std::vector<int64_t> UnitIds;
  for (size_t I = 0; I < Units.size(); ++I) {
    Member.bind(1, Id).bindText(2, Units[I].MainFile).bind(3, Ids[I].Id).run();
    UnitIds.push_back(Ids[I].Id);
  }
  std::sort(UnitIds.begin(), UnitIds.end());

  std::string UnitsBlob = packNumbers(UnitIds);
  std::string Graph = compress(packNumbers(Now.Graph));
  std::string FactsBlob = packed(Facts);
  std::string Judgement = judgementIdentity();
  Digest Sum =
      sumOf({Name.Root, Judgement, UnitsBlob, Graph, FactsBlob, ClassesBlob});
  Data.prepare("UPDATE program SET folder = ?, root = ?, whole = ?, "
               "scanned = ?, judgement = ?, key = ?, units = ?, graph = ?, "
               "facts = ?, classes = ?, sum = ? WHERE id = ?")
      .bindText(1, Name.Folder)
      .bindText(2, Name.Root)
      .bind(3, Name.Whole)
      .bind(4, int64_t(std::time(nullptr)))
      .bindText(5, Judgement)
      .bindBlob(6, Name.Key.octets())
      .bindBlob(7, UnitsBlob)
      .bindBlob(8, Graph)
      .bindBlob(9, FactsBlob)
      .bindBlob(10, ClassesBlob)
      .bindBlob(11, Sum.octets())
      .bind(12, Id)
      .run();
  Write.commit();
}

} // namespace perfidy
