//===- Slice.cpp - the part of a program that one file needs --------------===//
//
// Part of Perfidy.
//
// Problem: a file's verdicts rest on functions of other files, few of all, and
// on what was found out about them, of which the file as it is now may have
// made some untrue. Idea: the call graph is small, so all of it is read. On it:
//
//   changed   functions of the file whose facts are not those that were linked,
//             new ones, and those that have gone;
//   undone    functions that reach a changed one: their effects are worked out
//             again, if the file reaches them;
//   moved     functions that a changed one reaches, or has reached: when they
//             run is worked out again, if it is the file's or leads to it.
//
// A file that puts listeners on or whose lambdas hold objects is judged by who
// takes them off, anywhere: SliceLives.cpp.
//
// Everything else is taken as the last scan left it: of a function that is
// called, its facts and effects; below it, only the steps of paths that a
// finding may show. In a file that has not changed nothing is undone or moved.
//
// Cost: the graph, a lookup a function of the file, and a row for each function
// of another file that the file calls. Gives up: an edit in a third file that
// no scan has seen.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Identity.h"
#include "analysis/store/Slicer.h"
#include "analysis/summary/Serialize.h"
#include <algorithm>

namespace perfidy {

Graph::Graph(std::string_view Blob, const std::string &File) {
  std::vector<int64_t> Numbers;
  try {
    Numbers = unpackNumbers(expand(Blob), File);
  } catch (const StoreError &) {
    throw;
  } catch (const std::exception &Error) {
    failDamaged(File, Error.what());
  }
  size_t At = 0;
  /// A count and so many numbers.
  auto Each = [&](auto Take) {
    size_t Count = At < Numbers.size() ? size_t(Numbers[At++]) : ~size_t(0);
    if (Count > Numbers.size() - At)
      failDamaged(File, "the call graph cannot be read");
    for (size_t End = At + Count; At < End; ++At)
      Take(Numbers[At]);
  };
  Each([&](int64_t Id) { Registering.insert(Id); });
  Each([&](int64_t Id) { Removing.insert(Id); });
  while (At < Numbers.size()) {
    int64_t Id = Numbers[At++];
    std::vector<int64_t> &Edges = Callees[Id];
    Each([&](int64_t Target) {
      Edges.push_back(Target);
      Callers[Target].push_back(Id);
    });
  }
}

std::optional<Entity> Slicer::entity(const std::string &Usr) {
  if (!ByUsr.bind(1, Program).bindText(2, Usr).step())
    return std::nullopt;
  Entity Result{ByUsr.number(0), Usr, ByUsr.number(1),
                unpackNumbers(ByUsr.blob(2), From.file()),
                digestColumn(ByUsr, 3, From.file())};
  ByUsr.reset();
  return Result;
}

int64_t Slicer::idOf(const std::string &Usr) {
  auto [Known, IsNew] = IdByUsr.try_emplace(Usr);
  if (IsNew)
    if (std::optional<Entity> Found = entity(Usr))
      Known->second = Found->Id;
  return Known->second;
}

std::vector<int64_t> Slicer::list(Statement &Of, const std::string &Name) {
  std::vector<int64_t> Result;
  if (Of.bind(1, Program).bindText(2, Name).step()) {
    Result = unpackNumbers(Of.blob(0), From.file());
    Of.reset();
  }
  return Result;
}

Slicer::Loaded &Slicer::load(int64_t Id) {
  auto [At, IsNew] = Read.try_emplace(Id);
  Loaded &Into = At->second;
  if (!IsNew)
    return Into;
  if (!Row.bind(1, Program).bind(2, Id).step())
    failDamaged(From.file(), "an entity has gone");
  std::string Places = packNumbers({Row.number(1), Row.number(2)});
  if (sumOf({Row.text(0), Places, Row.blob(3), Row.blob(4)}).octets() !=
      Row.blob(5))
    failDamaged(From.file(), "an entity is not what was written");
  try {
    Into.Facts = unpack(Row.blob(6), digestColumn(Row, 7, From.file()),
                        Into.Files, Parts);
  } catch (const StoreError &) {
    throw;
  } catch (const std::exception &Error) {
    failDamaged(From.file(), Error.what());
  }
  unpacked(Row.blob(4), Into.Past, From.file());
  for (const Effect &E : Into.Past.Effects)
    if (E.At.valid() &&
        (E.At.File < 0 || size_t(E.At.File) >= Into.Past.Files.size()))
      failDamaged(From.file(), "an effect names no file");
  Into.Past.Outside = true;
  // Of those who take its address the file at hand speaks for itself.
  std::vector<int64_t> Takers = unpackNumbers(Row.blob(3), From.file());
  Into.Past.Taken = taken(Takers);
  Row.reset();
  return Into;
}

bool Slicer::taken(const std::vector<int64_t> &Takers) const {
  return std::any_of(Takers.begin(), Takers.end(),
                     [&](int64_t Taker) { return Taker != Unit; });
}

/// Finds the program: the latest that reads the file, else the latest whose
/// sources lie around it, the nearest first.
bool Slicer::choose() {
  Statement All = From.data().prepare(
      "SELECT p.id, p.folder, p.root, p.judgement, p.graph, p.facts, p.sum, "
      "p.units, coalesce(m.unit, 0), p.scanned, p.classes FROM program p LEFT "
      "JOIN member "
      "m ON m.program = p.id AND m.path = ? ORDER BY p.id");
  All.bindText(1, Fresh.MainFile);
  std::tuple<bool, size_t, int64_t> Best = {false, 0, -1};
  bool Any = false;
  while (All.step()) {
    std::string_view Folder = All.text(1);
    bool Member = All.number(8) != 0;
    bool Around =
        !Folder.empty() && Fresh.MainFile.starts_with(Folder) &&
        Fresh.MainFile.size() > Folder.size() &&
        (Folder.ends_with('/') || Fresh.MainFile[Folder.size()] == '/');
    std::tuple<bool, size_t, int64_t> This = {
        Member, Member ? 0 : Folder.size(), All.number(9)};
    if ((!Member && !Around) || (Any && This <= Best))
      continue;
    Any = true;
    Best = This;
    if (All.text(3) != judgementIdentity()) {
      Program = -1;
      continue;
    }
    if (All.blob(6) != sumOf({All.text(2), All.text(3), All.blob(7),
                              All.blob(4), All.blob(5), All.blob(10)})
                           .octets())
      failDamaged(From.file(), "a program is not what was written");
    Program = All.number(0);
    Unit = All.number(8);
    Result.Root = All.text(2);
    GraphBlob = All.blob(4);
    ClassesBlob = All.blob(10);
    Facts = {};
    unpacked(All.blob(5), Facts, From.file());
  }
  if (Program == -1)
    throw StoreError(StoreError::Kind::Version,
                     From.file() + ": was written by another build of perfidy "
                                   "than this module; run `perfidy scan` of "
                                   "the same build again");
  return Any;
}

void Slicer::matchFresh() {
  for (const Function &F : Fresh.Functions) {
    FreshByUsr.emplace(F.Usr, &F);
    if (std::optional<Entity> Found = entity(F.Usr)) {
      FreshIds.insert(Found->Id);
      FreshById.emplace(Found->Id, &F);
      IdByUsr[F.Usr] = Found->Id;
      FreshEntities.emplace(F.Usr, std::move(*Found));
    }
  }
}

/// Functions that the unit had where the file now has none.
void Slicer::findGone() {
  if (!Unit)
    return;
  std::set<std::string_view> Files;
  for (const File &Each : Fresh.Files)
    Files.insert(Each.Path);
  std::vector<int64_t> Candidates;
  Statement All = From.data().prepare(
      "SELECT id FROM entity WHERE program = ? AND unit = ?");
  All.bind(1, Program).bind(2, Unit);
  while (All.step())
    if (!FreshIds.count(All.number(0)))
      Candidates.push_back(All.number(0));
  for (int64_t Id : Candidates) {
    const Loaded &Old = load(Id);
    const Location &Where = Old.Facts.Where;
    if (Where.valid() && Files.count(Old.Files[size_t(Where.File)]))
      Gone.insert(Id);
  }
}

/// What a function that is not as it was can call, among other files'
/// functions.
std::vector<int64_t> Slicer::targetsOf(const Function &F) {
  std::vector<int64_t> Result;
  auto Add = [&](const std::string &Usr) {
    if (int64_t Id = idOf(Usr))
      Result.push_back(Id);
  };
  for (const Call &C : F.Calls) {
    if (!C.Callee.empty() && !C.System) {
      Add(C.Callee);
      if (C.Virtual)
        for (int64_t Id : list(Overridden, C.Callee))
          Result.push_back(Id);
    }
    for (const Value &Argument : C.Arguments)
      if (!Argument.Callable.empty())
        Add(Argument.Callable);
  }
  return Result;
}

/// Whoever calls what \p F overrides reaches \p F.
void Slicer::addBases(const Function &F, const Graph &Calls, Ids &To) {
  std::vector<SharedText> Pending = F.Overrides;
  std::set<SharedText> Seen;
  while (!Pending.empty()) {
    SharedText Base = std::move(Pending.back());
    Pending.pop_back();
    if (!Seen.insert(Base).second)
      continue;
    for (int64_t Caller : list(Wanted, Base))
      To.insert(Caller);
    int64_t Id = idOf(Base);
    if (!Id)
      continue;
    for (int64_t Caller : Calls.callers(Id))
      To.insert(Caller);
    auto Now = FreshByUsr.find(Base);
    const Function &Above =
        Now == FreshByUsr.end() ? load(Id).Facts : *Now->second;
    Pending.insert(Pending.end(), Above.Overrides.begin(),
                   Above.Overrides.end());
  }
}

void Slicer::slice() {
  Graph Calls(GraphBlob, From.file());
  Result.Entities = Calls.Callees.size();
  matchFresh();
  findGone();

  auto Callees = [&](int64_t Id) -> const std::vector<int64_t> & {
    return Calls.callees(Id);
  };
  auto Callers = [&](int64_t Id) -> const std::vector<int64_t> & {
    return Calls.callers(Id);
  };
  // Where the file begins to change what was known.
  Ids Changed = Gone, Undoing = Gone, Moving;
  Ids Called; ///< by functions of the file
  std::vector<const Function *> New, Altered;
  for (const Function &F : Fresh.Functions) {
    auto Known = FreshEntities.find(F.Usr);
    if (Known != FreshEntities.end() && Known->second.Shape == shapeOf(F)) {
      for (int64_t Target : Calls.callees(Known->second.Id))
        Called.insert(Target);
      continue;
    }
    Altered.push_back(&F);
    for (int64_t Target : targetsOf(F)) {
      Called.insert(Target);
      Moving.insert(Target);
    }
    if (Known != FreshEntities.end()) {
      Changed.insert(Known->second.Id);
      Undoing.insert(Known->second.Id);
    } else {
      New.push_back(&F);
      for (int64_t Caller : list(Wanted, F.Usr))
        Undoing.insert(Caller);
    }
    addBases(F, Calls, Undoing);
  }
  for (int64_t Id : Changed)
    for (int64_t Target : Calls.callees(Id))
      Moving.insert(Target);

  // undone, of those that the file reaches.
  Ids Undone;
  if (!Undoing.empty()) {
    Ids Below = Graph::reach(Called, Callees);
    for (int64_t Id : Graph::reach(Undoing, Callers))
      if (Below.count(Id))
        Undone.insert(Id);
  }
  // moved, of those that lead to the file.
  Ids Moved;
  if (!Moving.empty() || !New.empty()) {
    Ids Above = Graph::reach(FreshIds, Callers);
    for (int64_t Id : Graph::reach(Moving, Callees))
      if (Above.count(Id))
        Moved.insert(Id);
  }

  auto IsFresh = [&](int64_t Id) { return FreshIds.count(Id) != 0; };
  Ids Needed = Called;
  auto AddCallees = [&](int64_t Id) {
    for (int64_t Target : Calls.callees(Id))
      Needed.insert(Target);
  };
  for (int64_t Id : Undone) {
    Needed.insert(Id);
    AddCallees(Id);
  }
  Ids Askers; ///< functions whose callers decide something
  for (int64_t Id : Moved) {
    if (!IsFresh(Id)) {
      Needed.insert(Id);
      AddCallees(Id);
    }
    Askers.insert(Id);
  }
  Ids Deciding; // callers of those, with what they call: transactions
  for (int64_t Id : Askers)
    for (int64_t Caller : Calls.callers(Id))
      Deciding.insert(Caller);
  for (const Function *F : New) {
    for (int64_t Caller : list(Wanted, F->Usr))
      Deciding.insert(Caller);
    addBases(*F, Calls, Deciding);
  }
  for (int64_t Id : Deciding)
    if (!IsFresh(Id)) {
      Needed.insert(Id);
      AddCallees(Id);
    }
  // That somebody calls it is a fact about every function.
  for (int64_t Id : FreshIds) {
    const std::vector<int64_t> &Its = Calls.callers(Id);
    bool Seen = std::any_of(Its.begin(), Its.end(), [&](int64_t Caller) {
      return (IsFresh(Caller) && !Changed.count(Caller)) ||
             (Needed.count(Caller) && !Gone.count(Caller));
    });
    for (int64_t Caller : Its) {
      if (Seen || Gone.count(Caller) || IsFresh(Caller))
        continue;
      Needed.insert(Caller);
      Seen = true;
    }
  }

  Ids Shown = Needed; // findings may lead through what these do
  addLives(Calls, Altered, Needed);

  for (int64_t Id : Needed)
    if (!IsFresh(Id) && !Gone.count(Id)) {
      Loaded &Each = load(Id);
      Each.Past.HasEffects = !Undone.count(Id);
      Each.Past.HasPlace = !Moved.count(Id);
    }
  // What was read to see whether it has gone, or where a base leads.
  std::erase_if(Read, [&](const auto &Each) {
    return IsFresh(Each.first) || Gone.count(Each.first) ||
           !Needed.count(Each.first);
  });

  // The file's own functions, as far as others decide.
  for (const auto &[Usr, Known] : FreshEntities) {
    Settled Past;
    Past.Taken = taken(Known.Takers);
    bool Same = !Changed.count(Known.Id);
    Statement &Asked = Row;
    if (!Asked.bind(1, Program).bind(2, Known.Id).step())
      failDamaged(From.file(), "an entity has gone");
    Settled Old;
    unpacked(Asked.blob(4), Old, From.file());
    Asked.reset();
    // A cycle that the file is part of: as it was, or through what is not here.
    if (Same)
      Past.Recursive = Old.Recursive;
    else if (Old.Recursive) {
      Ids Targets;
      for (int64_t Target : targetsOf(*FreshByUsr.at(Usr)))
        Targets.insert(Target);
      Past.Recursive = Graph::reach(Targets, Callees).count(Known.Id) != 0;
    }
    if (!Moved.count(Known.Id)) {
      Past.HasPlace = true;
      Past.Startup = Old.Startup;
      Past.Handler = Old.Handler;
      Past.InTransaction = Old.InTransaction;
    }
    Past.Handles = Handled.count(FreshByUsr.at(Usr)->Usr) != 0;
    Result.Known.emplace(std::string(Usr), std::move(Past));
  }
  for (const Function *F : New)
    if (Handled.count(F->Usr))
      Result.Known[F->Usr].Handles = true;
  followPaths(Shown);
}

/// Reads the functions that a finding's path may lead through from \p From.
void Slicer::followPaths(const Ids &From) {
  std::set<std::pair<int64_t, uint32_t>> Seen;
  std::vector<std::pair<int64_t, uint32_t>> Pending;
  auto Follow = [&](const Effect &E) {
    if (E.Next.empty() || FreshByUsr.count(E.Next))
      return;
    int64_t Id = idOf(E.Next);
    if (Id && !Gone.count(Id) && Seen.insert({Id, E.NextEffect}).second)
      Pending.push_back({Id, E.NextEffect});
  };
  for (const auto &[Id, Each] : Read)
    if (From.count(Id))
      for (const Effect &E : Each.Past.Effects)
        Follow(E);
  while (!Pending.empty()) {
    auto [Id, Position] = Pending.back();
    Pending.pop_back();
    Loaded &Each = load(Id);
    if (Position < Each.Past.Effects.size())
      Follow(Each.Past.Effects[Position]);
  }
}

/// The file's place in what the slice has.
Index Slicer::fileIn(std::map<std::string, Index> &FileIds,
                     const std::string &Path) {
  std::vector<File> &All = Result.Around.Files;
  auto [At, IsNew] = FileIds.try_emplace(Path, static_cast<Index>(All.size()));
  if (IsNew)
    All.push_back({Path, std::binary_search(Facts.Tests.begin(),
                                            Facts.Tests.end(), Path)});
  return At->second;
}

/// All classes but those of files that the file at hand has read itself.
void Slicer::addClasses(std::map<std::string, Index> &FileIds) {
  std::set<std::string_view> Own;
  for (const File &Each : Fresh.Files)
    Own.insert(Each.Path);
  for (Class &Each : Classes->Classes) {
    if (Each.Where.File < 0 ||
        Each.Where.File >= static_cast<Index>(Classes->Files.size()))
      failDamaged(From.file(), "a class is in no file");
    const std::string &Path = Classes->Files[size_t(Each.Where.File)];
    if (Own.count(Path))
      continue;
    Each.Where.File = fileIn(FileIds, Path);
    Result.Around.Classes.push_back(std::move(Each));
  }
}

void Slicer::build() {
  std::map<std::string, Index> FileIds;
  for (auto &[Id, Each] : Read) {
    std::vector<Index> NewIndex;
    for (const std::string &Path : Each.Files)
      NewIndex.push_back(fileIn(FileIds, Path));
    Function &F = Each.Facts;
    remapFiles(F, NewIndex);
    Result.Known.emplace(F.Usr, std::move(Each.Past));
    Result.Around.Functions.push_back(std::move(F));
  }
  // A header that some other file has shown to be a test's.
  for (const File &Each : Fresh.Files)
    if (std::binary_search(Facts.Tests.begin(), Facts.Tests.end(), Each.Path) &&
        Each.Path != Fresh.MainFile && !FileIds.count(Each.Path))
      Result.Around.Files.push_back({Each.Path, true});
  auto Add = [&](const std::vector<Said> &From, std::vector<std::string> &To) {
    for (const Said &Each : From)
      if (taken(Each.By))
        To.push_back(Each.Name);
  };
  Add(Facts.Filled, Result.Around.Filled);
  Add(Facts.Grown, Result.Around.Grown);
  if (Classes)
    addClasses(FileIds);
  Result.Read = Read.size();
}

std::optional<Slice> Slicer::run() {
  Transaction View(From.data(), Database::Access::Read);
  if (!choose())
    return std::nullopt;
  ByUsr = From.data().prepare(
      "SELECT e.id, e.unit, e.takers, f.shape FROM entity e JOIN function f ON "
      "f.id = e.function WHERE e.program = ? AND e.usr = ?");
  Row = From.data().prepare(
      "SELECT e.usr, e.function, e.unit, e.takers, e.settled, e.sum, c.packed, "
      "f.facts FROM entity e JOIN function f ON f.id = e.function JOIN content "
      "c ON c.function = e.function WHERE e.program = ? AND e.id = ?");
  Wanted = From.data().prepare(
      "SELECT callers FROM wanted WHERE program = ? AND usr = ?");
  Overridden = From.data().prepare(
      "SELECT below FROM overridden WHERE program = ? AND usr = ?");
  Methods = From.data().prepare(
      "SELECT functions FROM method WHERE program = ? AND class = ?");
  Changing = From.data().prepare(
      "SELECT functions FROM changing WHERE program = ? AND field = ?");
  Handling = From.data().prepare(
      "SELECT functions FROM handling WHERE program = ? AND name = ?");
  slice();
  build();
  return std::move(Result);
}

std::optional<Slice> sliceFor(FactStore &From, const TUSummary &Fresh) {
  return Slicer(From, Fresh).run();
}

} // namespace perfidy
