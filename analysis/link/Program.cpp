//===- Program.cpp - many TU summaries as one program ---------------------===//
//
// Part of Perfidy. Entities are merged by USR, file tables become one, calls
// are resolved: directly, or through all overriders seen in the program.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Program.h"
#include "analysis/link/Impl.h"
#include <algorithm>
#include <map>
#include <set>

namespace perfidy {

bool contains(const std::vector<Index> &List, Index Position) {
  return std::find(List.begin(), List.end(), Position) != List.end();
}

std::vector<Index> loopsAround(const Function &F, Index Loop) {
  std::vector<Index> Around;
  for (; Loop != None; Loop = F.Loops[Loop].Parent)
    Around.push_back(Loop);
  return Around;
}

Program::Program() : Self(std::make_unique<Impl>()) {}
Program::Program(Program &&) noexcept = default;
Program &Program::operator=(Program &&) noexcept = default;
Program::~Program() = default;

Program Program::link(std::vector<TUSummary> Summaries, std::string Root,
                      std::unordered_map<std::string, Settled> Known) {
  Program P;
  P.Self->Root = std::move(Root);
  P.Self->merge(std::move(Summaries));
  P.Self->recall(std::move(Known));
  P.Self->checkCaptures();
  P.Self->resolve();
  P.Self->Order = P.Self->components();
  P.Self->propagate();
  P.Self->findListenings();
  P.Self->findStartup();
  P.Self->findHandlers();
  return P;
}

void Program::Impl::merge(std::vector<TUSummary> Summaries) {
  std::sort(Summaries.begin(), Summaries.end(),
            [](const TUSummary &A, const TUSummary &B) {
              return A.MainFile < B.MainFile;
            });
  std::map<std::string, Index> FileIds;
  std::unordered_set<SharedText> Seen;
  std::unordered_set<std::string> TakenUsrs;
  if (Summaries.size() <= 2) // a file at hand and what is around it
    for (const TUSummary &Summary : Summaries)
      Functions.reserve(Functions.capacity() + Summary.Functions.size());
  for (TUSummary &Summary : Summaries) {
    std::vector<Index> NewIndex;
    for (File &F : Summary.Files) {
      auto [It, New] =
          FileIds.try_emplace(F.Path, static_cast<Index>(Files.size()));
      if (New)
        Files.push_back(F);
      else
        Files[It->second].Test |= F.Test;
      NewIndex.push_back(It->second);
    }
    FixedMembers.insert(Summary.Filled.begin(), Summary.Filled.end());
    for (std::string &Usr : Summary.AddressTaken)
      TakenUsrs.insert(std::move(Usr));
    for (Class &C : Summary.Classes) {
      if (C.Where.valid())
        C.Where.File = NewIndex[C.Where.File];
      auto [It, New] = Classes.try_emplace(C.Name, C);
      // Two classes of one name: nothing said of either would be sure.
      if (!New && (It->second.Where.File != C.Where.File ||
                   It->second.Where.Line != C.Where.Line))
        Ambiguous.insert(It->second.Name);
    }
    for (Remark &Each : Summary.Remarks) {
      forEachPlace(Each, [&](Location &Where) {
        if (Where.valid())
          Where.File = NewIndex[Where.File];
      });
      Remarks.push_back(std::move(Each));
    }
    for (Function &F : Summary.Functions) {
      if (!Seen.insert(F.Usr).second)
        continue;
      forEachPlace(F, [&](Location &Where) {
        if (Where.File != None)
          Where.File = NewIndex[Where.File];
      });
      Functions.push_back(std::move(F));
    }
    Summary.Functions = {};
  }
  Functions.shrink_to_fit();
  for (const TUSummary &Summary : Summaries)
    for (const std::string &Member : Summary.Grown)
      FixedMembers.erase(Member);
  auto InOrder = [](const Function &A, const Function &B) {
    return A.Usr < B.Usr;
  };
  if (!std::is_sorted(Functions.begin(), Functions.end(), InOrder))
    std::sort(Functions.begin(), Functions.end(), InOrder);
  Taken.assign(Functions.size(), 0);
  for (FunctionId Id = 0; Id < Functions.size(); ++Id) {
    ByUsr.emplace(Functions[Id].Usr, Id);
    Taken[Id] = TakenUsrs.count(Functions[Id].Usr) != 0;
    if (!Functions[Id].Class.empty())
      Methods[Functions[Id].Class].push_back(&Functions[Id]);
    if (!Functions[Id].Parent.empty())
      Lambdas[Functions[Id].Parent].push_back(&Functions[Id]);
  }
}

/// What a lambda captured is in terms of the function around it, which may
/// come from another summary than one thinks: it must point somewhere.
void Program::Impl::checkCaptures() {
  for (Function &F : Functions) {
    if (F.Captures.empty())
      continue;
    const Function *Around = find(F.Parent);
    auto Fits = [&](const AccessPath &Path) {
      size_t Size = !Around                        ? 0
                    : Path.Base == Root::Local     ? Around->Locals.size()
                    : Path.Base == Root::Result    ? Around->Calls.size()
                    : Path.Base == Root::Parameter ? Around->Parameters.size()
                                                   : 1;
      bool Counted = Path.Base == Root::Local || Path.Base == Root::Result ||
                     Path.Base == Root::Parameter;
      return !Counted ||
             (Path.Position >= 0 && static_cast<size_t>(Path.Position) < Size);
    };
    for (Capture &C : F.Captures) {
      if (!Fits(C.Of.Path) ||
          !std::all_of(C.Of.Inputs.begin(), C.Of.Inputs.end(), Fits))
        C.Of = {};
      if (!Fits(C.Borrowed))
        C.Borrowed = {};
    }
  }
}

void Program::Impl::resolve() {
  // An override of an override is an overrider too. The chain is followed
  // through methods with a body only: declarations alone are not in summaries.
  for (FunctionId Id = 0; Id < Functions.size(); ++Id) {
    std::vector<SharedText> Pending = Functions[Id].Overrides;
    std::unordered_set<SharedText> Done;
    while (!Pending.empty()) {
      SharedText Base = Pending.back();
      Pending.pop_back();
      if (!Done.insert(Base).second)
        continue;
      Overriders[Base].push_back(Id);
      if (const Function *F = find(Base))
        Pending.insert(Pending.end(), F->Overrides.begin(), F->Overrides.end());
    }
  }
  FirstTarget.push_back(0);
  for (const Function &F : Functions) {
    FirstCall.push_back(FirstTarget.size() - 1);
    for (const Call &C : F.Calls) {
      std::vector<FunctionId> Its = targetIds(C);
      Targets.insert(Targets.end(), Its.begin(), Its.end());
      FirstTarget.push_back(Targets.size());
    }
  }
  Callers.resize(Functions.size());
  for (const Function &F : Functions)
    for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
      for (FunctionId Target : targets(F, F.Calls[C]))
        Callers[Target].push_back({&F, C});
      for (const Value &Argument : F.Calls[C].Arguments)
        if (!Argument.Callable.empty())
          if (const Function *Lambda = find(Argument.Callable))
            Callers[id(*Lambda)].push_back({&F, C});
    }
}

std::vector<FunctionId> Program::Impl::targetIds(const Call &C) const {
  std::vector<FunctionId> Ids;
  if (C.Callee.empty())
    return Ids;
  auto It = ByUsr.find(C.Callee);
  if (It != ByUsr.end())
    Ids.push_back(It->second);
  if (C.Virtual) {
    auto Below = Overriders.find(C.Callee);
    if (Below != Overriders.end())
      Ids.insert(Ids.end(), Below->second.begin(), Below->second.end());
  }
  return Ids;
}

std::vector<const Function *> Program::targets(const Call &C) const {
  std::vector<const Function *> Result;
  for (FunctionId Id : Self->targetIds(C))
    Result.push_back(&Self->Functions[Id]);
  return Result;
}

//===----------------------------------------------------------------------===//
// Start-up: a greatest fixed point. Everything with a known caller is presumed
// to run at start-up only, until a caller shows otherwise.
//===----------------------------------------------------------------------===//

void Program::Impl::findStartup() {
  Startup.assign(Functions.size(), 1);
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    if (hasPlace(Id))
      Startup[Id] = past(Id)->Startup;
  auto IsRoot = [&](const Function &F) {
    return F.Kind == EntityKind::Main || F.StaticInit;
  };
  // A test that calls something again and again says nothing of the program.
  std::vector<char> Test(Functions.size());
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    Test[Id] = isTest(Functions[Id]);
  bool Changed = true;
  while (Changed) {
    Changed = false;
    for (FunctionId Id = 0; Id < Functions.size(); ++Id) {
      const Function &F = Functions[Id];
      if (!Startup[Id] || IsRoot(F) || hasPlace(Id))
        continue;
      // Nobody calls it that we know of: a library, a callback.
      bool Once =
          !Taken[Id] && std::any_of(Callers[Id].begin(), Callers[Id].end(),
                                    [&](const Site &S) {
                                      return Test[Id] || !Test[id(*S.Caller)];
                                    });
      for (const Site &S : Callers[Id]) {
        if (!Once)
          break;
        if (Test[id(*S.Caller)] && !Test[Id])
          continue;
        const Call &C = S.Caller->Calls[S.Call];
        bool Repeats = false;
        for (Index L : loopsAround(*S.Caller, C.Loop))
          Repeats |= S.Caller->Loops[L].Bound != BoundKind::Const &&
                     !S.Caller->Loops[L].OneShot;
        // A lambda that is handed on runs whenever its taker likes.
        bool HandedOn = C.Callee != F.Usr && F.Kind == EntityKind::Lambda;
        if (Repeats || C.Later || HandedOn || !Startup[id(*S.Caller)])
          Once = false;
      }
      if (!Once) {
        Startup[Id] = 0;
        Changed = true;
      }
    }
  }
}

/// A server's request is given to it: a framework calls it, whoever does not.
static bool serves(const Function &F) {
  return std::any_of(F.Parameters.begin(), F.Parameters.end(),
                     [](const Parameter &P) { return P.Served; });
}

void Program::Impl::findHandlers() {
  Handler.assign(Functions.size(), 0);
  std::vector<FunctionId> Pending;
  auto Reach = [&](FunctionId Id) {
    if (!Handler[Id]) {
      Handler[Id] = 1;
      Pending.push_back(Id);
    }
  };
  for (const Function &F : Functions)
    for (const Call &C : F.Calls)
      if (C.Role == "handler.register" && C.Later)
        for (FunctionId Id : targets(F, C))
          Reach(Id);
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    if ((hasPlace(Id) && past(Id)->Handler) || serves(Functions[Id]))
      Reach(Id);
  while (!Pending.empty()) {
    FunctionId Id = Pending.back();
    Pending.pop_back();
    for (const Call &C : Functions[Id].Calls)
      for (FunctionId Target : targets(Functions[Id], C))
        Reach(Target);
  }
}

Heat Program::heat(const Function &F) const {
  FunctionId Id = Self->id(F);
  if (Self->Handler[Id])
    return Heat::Handler;
  return Self->Startup[Id] ? Heat::Startup : Heat::Ordinary;
}

bool Program::onlyAtStartup(const Function &F) const {
  return Self->Startup[Self->id(F)];
}

//===----------------------------------------------------------------------===//
// Access
//===----------------------------------------------------------------------===//

const std::vector<Function> &Program::functions() const {
  return Self->Functions;
}
const std::vector<File> &Program::files() const { return Self->Files; }
const std::vector<Remark> &Program::remarks() const { return Self->Remarks; }
const Function *Program::find(const std::string &Usr) const {
  return Self->find(Usr);
}
const std::vector<Effect> &Program::effects(const Function &F) const {
  return Self->Effects[Self->id(F)];
}
CallEffects Program::effects(const Function &Caller, Index Call) const {
  return Self->settledEffects(Caller, Call);
}
const std::vector<Program::Site> &Program::callers(const Function &F) const {
  return Self->Callers[Self->id(F)];
}
bool Program::addressTaken(const Function &F) const {
  return Self->Taken[Self->id(F)];
}
bool Program::recursive(const Function &F) const {
  return Self->Recursive[Self->id(F)];
}
Nature Program::nature(const Function &F, Index Loop) const {
  return Self->Natures[Self->id(F)][Loop];
}

bool Program::isTest(const Function &F) const { return Self->isTest(F); }

bool Program::Impl::isTest(const Function &F) const {
  if (F.Test)
    return true;
  if (!F.Where.valid())
    return false;
  const File &In = Files[F.Where.File];
  if (In.Test)
    return true;
  // A folder or file named for tests.
  static constexpr std::string_view Words[] = {
      "test",      "tests", "testing",  "unittest",
      "unittests", "gtest", "autotests"};
  std::string_view Path = In.Path;
  if (!Root.empty() && Path.starts_with(Root))
    Path.remove_prefix(Root.size());
  size_t Begin = 0;
  while (Begin <= Path.size()) {
    size_t End = Path.find('/', Begin);
    if (End == std::string_view::npos) {
      std::string_view Name = Path.substr(Begin);
      Name = Name.substr(0, Name.find('.'));
      return Name.starts_with("test_") || Name.ends_with("_test") ||
             Name.ends_with("_tests") || Name.starts_with("tst_") ||
             Name.ends_with("_unittest");
    }
    for (std::string_view Word : Words)
      if (Path.substr(Begin, End - Begin) == Word)
        return true;
    Begin = End + 1;
  }
  return false;
}

SourcePoint Program::point(const Location &L) const {
  SourcePoint P;
  if (!L.valid())
    return P;
  P.File = Self->Files[L.File].Path;
  P.Line = L.Line;
  P.Column = L.Column;
  P.Offset = L.Offset;
  return P;
}

namespace {
/// "AbstractSqlStorage::logDb" -> itself; lambdas by their function.
std::string nameOf(const Function &F) {
  return F.Kind == EntityKind::Lambda ? "the lambda" : "'" + F.Name + "'";
}

std::string deed(const Effect &E) {
  std::string What = E.What.empty() ? "" : " through '" + E.What + "'";
  switch (E.Kind) {
  case EffectKind::Query:
    return "runs a query" + What;
  case EffectKind::Prepare:
    return "prepares a statement" + What;
  case EffectKind::Begin:
    return "begins a transaction" + What;
  case EffectKind::Commit:
    return "commits" + What;
  case EffectKind::Rollback:
    return "rolls back" + What;
  case EffectKind::Connect:
    return "opens a connection" + What;
  case EffectKind::Close:
    return "closes the connection" + What;
  case EffectKind::Fetch:
    return "fetches a row" + What;
  case EffectKind::Wait:
    return "waits" + What;
  case EffectKind::Lookup:
    return "searches '" + E.Name + "' from its start";
  case EffectKind::FrontWork:
    return "moves the elements of '" + E.Name + "'";
  case EffectKind::Traverse:
    return "walks all of '" + E.Name + "'";
  case EffectKind::Concat:
  case EffectKind::Rebuild:
    return "copies all of '" + E.Name + "'";
  case EffectKind::Sort:
    return "sorts '" + E.Name + "'";
  case EffectKind::Append:
    return "appends to '" + E.Name + "'";
  case EffectKind::Invoke:
    return "runs the callable it is given";
  }
  return "";
}
} // namespace

std::vector<Step> Program::path(const Effect &E) const {
  std::vector<Step> Steps;
  const Effect *Now = &E;
  // Functions that call each other can each name the other as the one that does
  // it: round once is enough.
  std::set<const Effect *> Seen;
  while (Steps.size() < 24 && Seen.insert(Now).second) {
    if (Now->Next.empty()) {
      Steps.push_back({point(Now->At), deed(*Now) + " here"});
      break;
    }
    const Function *Next = Self->find(Now->Next);
    if (!Next)
      break;
    Steps.push_back({point(Now->At), "calls " + nameOf(*Next)});
    const std::vector<Effect> &Below = Self->Effects[Self->id(*Next)];
    if (Now->NextEffect >= Below.size())
      break;
    Now = &Below[Now->NextEffect];
  }
  return Steps;
}

} // namespace perfidy
