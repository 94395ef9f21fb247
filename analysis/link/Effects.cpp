//===- Effects.cpp - what functions do, bottom-up -------------------------===//
//
// Part of Perfidy.
//
// Problem: a loop's query stands functions and files away. Idea: every
// function gets a short list of effects in terms of its own parameters; a call
// translates its callee's list into the caller's terms. Components of the call
// graph come callees first, so one pass is enough; within a cycle the lists
// are computed again until they no longer change.
//
// Cost: linear in calls times the length of a list, which is capped. Gives up:
// effects beyond the cap, paths through function pointers, and what depends on
// the state of an object rather than on its kind.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Impl.h"
#include "analysis/summary/Sql.h"
#include <algorithm>
#include <bit>
#include <optional>

namespace perfidy {

namespace {

constexpr size_t MostEffects = 32; ///< but for queries
constexpr size_t MostOfOneKind = 8;
constexpr size_t MostQueries = 16;
constexpr int MostRounds = 6;
constexpr size_t MostWrites = 64;

void addAll(std::vector<Index> &To, const std::vector<Index> &From) {
  for (Index I : From)
    if (!contains(To, I))
      To.push_back(I);
}

void addAll(std::vector<AccessPath> &To, const std::vector<AccessPath> &From) {
  for (const AccessPath &P : From)
    if (std::find(To.begin(), To.end(), P) == To.end())
      To.push_back(P);
}

/// What matters of an input outside of its function: which parameter, or which
/// field of the object. Globals vary with no loop.
void addInputs(Few<AccessPath> &To, const std::vector<AccessPath> &From) {
  for (const AccessPath &P : From) {
    if (P.Base != Root::Parameter && P.Base != Root::This)
      continue;
    AccessPath Whole;
    Whole.Base = P.Base;
    Whole.Position = P.Position;
    if (P.Base == Root::This && !P.Fields.empty())
      Whole.Fields.push_back(P.Fields.front());
    if (std::find(To.begin(), To.end(), Whole) == To.end())
      To.push_back(std::move(Whole));
  }
}

Mapped fromValue(const Value &V, const AccessPath &Path) {
  Mapped M;
  M.Path = V.Path;
  if (M.Path.known())
    M.Path.Fields.insert(M.Path.Fields.end(), Path.Fields.begin(),
                         Path.Fields.end());
  M.Varies = V.Varies;
  M.OtherObject = V.OtherObject;
  M.Inputs = V.Inputs;
  M.ChosenBy = V.ChosenBy;
  M.Spelling = V.Spelling;
  return M;
}

/// A call's own effect as its model says; none for calls no model knows.
std::optional<EffectKind> kindOf(const Function &F, const Call &C) {
  const std::string &Role = C.Role;
  if (Role.empty()) // most calls
    return std::nullopt;
  if (Role == "query.execute") {
    switch (sqlKind(C.Sql.value_or(""))) {
    case SqlKind::Begin:
      return EffectKind::Begin;
    case SqlKind::Commit:
      return EffectKind::Commit;
    case SqlKind::Rollback:
      return EffectKind::Rollback;
    default:
      return EffectKind::Query;
    }
  }
  if (Role == "query.prepare")
    return EffectKind::Prepare;
  if (Role == "query.step") {
    // One function steps and starts over: an execution. Else it fetches rows.
    for (const Call &Other : F.Calls)
      if ((Other.Role == "query.reset" || Other.Role == "query.bind") &&
          Other.Subject->Path.known() &&
          Other.Subject->Path == C.Subject->Path &&
          !(C.InCondition && C.Loop != None &&
            !contains(loopsAround(F, Other.Loop), C.Loop)))
        return EffectKind::Query;
    return EffectKind::Fetch;
  }
  if (Role == "query.fetch")
    return EffectKind::Fetch;
  if (Role == "transaction.begin")
    return EffectKind::Begin;
  if (Role == "transaction.commit")
    return EffectKind::Commit;
  if (Role == "transaction.rollback")
    return EffectKind::Rollback;
  if (Role == "connection.open")
    return EffectKind::Connect;
  if (Role == "connection.close")
    return EffectKind::Close;
  if (Role == "wait")
    return EffectKind::Wait;
  if (Role == "container.lookup")
    return EffectKind::Lookup;
  if (Role == "container.measure" || Role == "container.traverse")
    return EffectKind::Traverse;
  if (Role == "container.concat")
    return EffectKind::Concat;
  if (Role == "container.rebuild")
    return EffectKind::Rebuild;
  if (Role == "text.replace" && C.At == Place::Front)
    return EffectKind::FrontWork;
  if (Role == "container.sort")
    return EffectKind::Sort;
  if (Role == "container.append")
    return EffectKind::Append;
  if (Role == "container.prepend")
    return EffectKind::FrontWork;
  if (Role == "container.insert" || Role == "container.erase")
    if (C.At == Place::Front || C.At == Place::Middle)
      return EffectKind::FrontWork;
  if (Role == "invoke")
    return EffectKind::Invoke;
  return std::nullopt;
}

std::optional<CallEffect> ownEffect(const Function &F, Index Position) {
  const Call &C = F.Calls[Position];
  std::optional<EffectKind> Kind = kindOf(F, C);
  if (!Kind)
    return std::nullopt;
  CallEffect E;
  Effect &D = E.Does;
  D.Kind = *Kind;
  D.Database = C.Database;
  D.Library = C.Library;
  D.What = C.Name;
  D.Lifetime = C.Lifetime;
  D.Prepared = C.Prepared || C.Role == "query.step";
  D.At = C.Where;
  D.Through = Position;
  addInputs(D.Inputs, C.Key->Inputs);
  D.Sql = C.Sql.value_or("");
  if (!C.Sql)
    D.SqlFrom = C.SqlPath;
  E.Varies = C.Key->Varies;
  E.FixedExtent = C.FixedExtent;
  if (*Kind == EffectKind::FrontWork) {
    if (C.Role == "container.erase")
      D.Spot = C.Spot->Path;
    D.Keyed = C.Role == "container.erase" && C.Spot->Spelling.empty() &&
              (!C.Key->Spelling.empty() || !C.Key->Callable.empty());
  }
  const Value &Subject = *Kind == EffectKind::Invoke ? C.Receiver : *C.Subject;
  D.Subject = Subject.Path;
  D.Name = Subject.Spelling;
  E.OtherObject = Subject.OtherObject;
  addInputs(D.ChosenBy, Subject.ChosenBy);
  if (*Kind == EffectKind::Connect) {
    if (C.Target.known())
      D.Subject = C.Target;
    D.Fresh = C.Form == CallForm::Constructor || C.Form == CallForm::Plain;
  }
  D.Connection = C.Connection->Path;
  E.OtherConnection = C.Connection->OtherObject;
  return E;
}

/// Text handed to a function nobody has seen the body of: a query, maybe.
std::optional<CallEffect> genericQuery(const Function &F, Index Position) {
  const Call &C = F.Calls[Position];
  if (C.TextResult || C.Form == CallForm::Constructor)
    return std::nullopt;
  for (const Value &Argument : C.Arguments) {
    if (!Argument.Text)
      continue;
    SqlKind Kind = sqlKind(*Argument.Text);
    if (Kind == SqlKind::None)
      continue;
    CallEffect E;
    E.Does.Kind = Kind == SqlKind::Begin      ? EffectKind::Begin
                  : Kind == SqlKind::Commit   ? EffectKind::Commit
                  : Kind == SqlKind::Rollback ? EffectKind::Rollback
                                              : EffectKind::Query;
    E.Does.What = C.Name;
    E.Does.Sql = *Argument.Text;
    E.Does.At = C.Where;
    E.Does.Through = Position;
    E.Does.Sure = Confidence::Medium;
    for (const Value &Given : C.Arguments) {
      addInputs(E.Does.Inputs, Given.Inputs);
      addAll(E.Varies, Given.Varies);
    }
    return E;
  }
  return std::nullopt;
}

/// The call's arguments rule out that the effect happens: save(x, false) where
/// only "if (update)" saves. Needs that depend on the caller's own parameters
/// stay in \p Left.
bool ruledOut(const Call &C, const Function &Target, const Effect &E,
              std::vector<Need> &Left) {
  for (const Need &N : E.Needs) {
    std::optional<int64_t> Given;
    if (N.Parameter < static_cast<Index>(C.Arguments.size())) {
      const Value &Argument = C.Arguments[N.Parameter];
      Given = Argument.Constant;
      if (!Given && Argument.Path.Base == Root::Parameter &&
          Argument.Path.Fields.empty())
        Left.push_back({Argument.Path.Position, N.Constant, N.Equal});
    } else if (N.Parameter < static_cast<Index>(Target.Parameters.size())) {
      Given = Target.Parameters[N.Parameter].Default;
    }
    if (Given && (*Given == N.Constant) != N.Equal)
      return true;
  }
  return false;
}

} // namespace

bool sameStatement(const Effect &A, const Effect &B) {
  std::string_view Name = A.Name;
  if (!A.Subject.known() && Name.starts_with('"'))
    return !B.Subject.known() && Name == std::string_view(B.Name);
  return A.Subject == B.Subject;
}

/// The texts of statements that are compiled and executed in one function, each
/// by its name, go to the executions: who calls the function sees no more of
/// it.
static void nameTexts(std::vector<std::vector<CallEffect>> &All, size_t Calls) {
  auto Named = [](const Effect &D) {
    return !D.Subject.known() && std::string_view(D.Name).starts_with('"');
  };
  for (size_t C = 0; C < Calls; ++C)
    for (CallEffect &Seen : All[C]) {
      Effect &D = Seen.Does;
      if (D.Kind != EffectKind::Query || !D.Prepared || !D.Sql.empty() ||
          !Named(D))
        continue;
      for (size_t Other = 0; Other < Calls && D.Sql.empty(); ++Other)
        for (const CallEffect &Compiled : All[Other])
          if (Compiled.Does.Kind == EffectKind::Prepare &&
              sameStatement(Compiled.Does, D)) {
            D.Sql = Compiled.Does.Sql;
            break;
          }
    }
}

bool Program::Impl::changesIn(const Function &F, Index Loop,
                              const AccessPath &Field) const {
  auto Related = [&](const AccessPath &Path) {
    return isPrefix(Path, Field) || isPrefix(Field, Path);
  };
  const std::vector<AccessPath> &Own = F.Loops[Loop].Changes;
  if (std::any_of(Own.begin(), Own.end(), Related))
    return true;
  for (const Call &C : F.Calls)
    if (contains(loopsAround(F, C.Loop), Loop))
      for (FunctionId Target : targets(F, C)) {
        const std::vector<AccessPath> &Below = Writes[Target];
        if (Below.size() >= MostWrites)
          return true; // and more
        for (const AccessPath &Written : Below)
          if (Related(mapPath(C, Written).Path))
            return true;
      }
  return false;
}

std::string Program::Impl::returnedText(const Function &F,
                                        const AccessPath &Path) const {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    const Call &Made = F.Calls[C];
    bool Is = Path.Base == Root::Result
                  ? Path.Position == C && Path.Fields.empty()
                  : Path.known() && Made.Target == Path;
    // An accessor's result is named by its object: "table.insertSql()".
    if (!Is && !Path.Fields.empty() && Made.Receiver.Path.known() &&
        Path.Fields.back().ends_with(")")) {
      AccessPath Object = Path;
      Object.Fields.pop_back();
      std::string_view Name = Path.Fields.back();
      Is = Object == Made.Receiver.Path &&
           ("::" + Made.Name)
               .ends_with("::" + std::string(Name.substr(0, Name.find('('))));
    }
    if (Is)
      for (FunctionId Target : targets(F, Made))
        if (!Functions[Target].ReturnsText.empty())
          return Functions[Target].ReturnsText;
  }
  return "";
}

CallEffect Program::Impl::translate(const Function &F, const Call &C,
                                    Index Position, const Function &Target,
                                    const Effect &E,
                                    uint32_t EffectPosition) const {
  CallEffect Result{E, {}, {}, {}, {}, false, false};
  Effect &D = Result.Does;
  D.At = C.Where;
  D.Through = Position;
  D.Next = Target.Usr;
  D.NextEffect = EffectPosition;
  D.Inputs.clear();
  D.Needs.clear();
  if (E.Subject.known()) {
    Mapped M = mapPath(C, E.Subject);
    D.Subject = M.Path;
    Result.OtherObject = M.OtherObject;
    // The object itself: a class that is a container.
    bool Whole =
        E.Subject.Base == Root::Parameter || E.Subject.Base == Root::This;
    if (!M.Spelling.empty() && Whole && E.Subject.Fields.empty())
      D.Name = M.Spelling;
    D.ChosenBy.clear();
    addInputs(D.ChosenBy, M.ChosenBy);
    // Which of many it is depends on arguments: with them it is another one.
    for (const AccessPath &Input : E.ChosenBy) {
      Mapped Chooser = mapPath(C, Input);
      addAll(Result.OtherObject, Chooser.Varies);
      addInputs(D.ChosenBy, Chooser.Inputs);
      addInputs(D.ChosenBy, {Chooser.Path});
    }
  }
  if (E.Remembered.known()) {
    Mapped M = mapPath(C, E.Remembered);
    D.Remembered = M.Path;
    Result.OtherMemory = M.OtherObject;
  }
  if (E.Connection.known()) {
    Mapped M = mapPath(C, E.Connection);
    D.Connection = M.Path;
    Result.OtherConnection = M.OtherObject;
  }
  if (E.Spot.known())
    D.Spot = mapPath(C, E.Spot).Path;
  for (const AccessPath &Input : E.Inputs) {
    Mapped M = mapPath(C, Input);
    // A field of ours that no round assigns, whatever else the calls change.
    if (M.Path.Base == Root::This && M.Path.Fields.size() == 1 &&
        M.Path == Input) {
      std::erase_if(M.Varies,
                    [&](Index L) { return !changesIn(F, L, M.Path); });
      M.Inputs.clear();
    }
    addAll(Result.Varies, M.Varies);
    addInputs(D.Inputs, M.Inputs);
    addInputs(D.Inputs, {M.Path});
  }
  // run(format, ...): what stands behind the parameters goes into the text.
  size_t Named = Target.Parameters.size();
  auto IsLast = [&](const AccessPath &Path) {
    return Path.Base == Root::Parameter &&
           Path.Position == static_cast<Index>(Named) - 1;
  };
  if (Target.Kind != EntityKind::Lambda && Named > 0 &&
      C.Arguments.size() > Named &&
      (IsLast(E.SqlFrom) ||
       std::any_of(E.Inputs.begin(), E.Inputs.end(), IsLast)))
    for (size_t I = Named; I < C.Arguments.size(); ++I) {
      const Value &Given = C.Arguments[I];
      addAll(Result.Varies, Given.Varies);
      addInputs(D.Inputs, Given.Inputs);
      addInputs(D.Inputs, {Given.Path});
    }
  if (E.SqlFrom.known()) {
    D.SqlFrom = {};
    if (E.SqlFrom.Base == Root::Parameter &&
        E.SqlFrom.Position < static_cast<Index>(C.Arguments.size())) {
      const Value &Given = C.Arguments[E.SqlFrom.Position];
      if (Given.Text)
        D.Sql = *Given.Text;
      else if (std::string T = returnedText(F, Given.Path); !T.empty())
        D.Sql = T;
      else
        D.SqlFrom = Given.Path;
    } else {
      D.SqlFrom = mapPath(C, E.SqlFrom).Path;
    }
  }
  // The wrapper's text is known now, and with it what the query is.
  if (D.Kind == EffectKind::Query && !D.Sql.empty() && E.Sql.empty())
    switch (sqlKind(D.Sql)) {
    case SqlKind::Begin:
      D.Kind = EffectKind::Begin;
      break;
    case SqlKind::Commit:
      D.Kind = EffectKind::Commit;
      break;
    case SqlKind::Rollback:
      D.Kind = EffectKind::Rollback;
      break;
    default:
      break;
    }
  if (D.Kind == EffectKind::Connect) {
    bool Made = Target.Kind == EntityKind::Constructor && E.Stored &&
                E.Subject.Base == Root::This;
    D.Fresh = E.Returned || Made;
    if (D.Fresh) // the object made is the connection
      D.Subject = C.Target;
    D.Returned = D.Stored = false;
  }
  return Result;
}

namespace {
/// How a lambda's parameters are bound when somebody else calls it: what it is
/// called with is unknown, what it captured is not.
Call lambdaCall(const Call &C, const Value &Given, const Function &Lambda) {
  Call Bound = C;
  Bound.Arguments.clear();
  size_t Explicit = Lambda.Parameters.size() >= Given.Captures.size()
                        ? Lambda.Parameters.size() - Given.Captures.size()
                        : 0;
  Bound.Arguments.resize(Explicit);
  Bound.Arguments.insert(Bound.Arguments.end(), Given.Captures.begin(),
                         Given.Captures.end());
  Bound.Receiver = {};
  Bound.Receiver.Path.Base = Root::This;
  return Bound;
}

} // namespace

Mapped mapPath(const Call &C, const AccessPath &Path) {
  if (Path.Base == Root::Parameter) {
    if (Path.Position < 0 ||
        Path.Position >= static_cast<Index>(C.Arguments.size()))
      return {};
    return fromValue(C.Arguments[Path.Position], Path);
  }
  if (Path.Base == Root::This)
    return fromValue(C.Receiver, Path);
  Mapped M;
  if (Path.Base == Root::Global)
    M.Path = Path;
  return M;
}

std::vector<CallEffect> Program::Impl::callEffects(const Function &F,
                                                   Index Position) const {
  std::vector<CallEffect> Result;
  callEffects(F, Position, Result);
  return Result;
}

void Program::Impl::callEffects(const Function &F, Index Position,
                                std::vector<CallEffect> &Result) const {
  Result.clear();
  const Call &C = F.Calls[Position];
  if (C.Later)
    return;
  if (std::optional<CallEffect> Own = ownEffect(F, Position)) {
    Own->FixedExtent |= fixed(F, C.Subject);
    if (Own->Does.Sql.empty())
      Own->Does.Sql = returnedText(F, Own->Does.SqlFrom);
    Result.push_back(std::move(*Own));
  }
  if (!C.Role.empty() && C.Role != "iterate" && C.Role != "forward")
    return;

  std::span<const FunctionId> Targets = targets(F, C);
  if (Targets.empty()) {
    if (C.Role.empty())
      if (std::optional<CallEffect> Query = genericQuery(F, Position))
        Result.push_back(std::move(*Query));
    return;
  }

  size_t Most = Result.size();
  for (FunctionId Id : Targets)
    Most += Effects[Id].size();
  Result.reserve(Most);
  for (FunctionId Id : Targets) {
    const Function &Target = Functions[Id];
    const std::vector<Effect> &Below = Effects[Id];
    for (uint32_t I = 0; I < Below.size(); ++I) {
      const Effect &E = Below[I];
      if (E.Kind == EffectKind::Invoke && E.Subject.Base == Root::Parameter &&
          E.Subject.Fields.empty() &&
          E.Subject.Position < static_cast<Index>(C.Arguments.size())) {
        const Value &Given = C.Arguments[E.Subject.Position];
        const Function *Run =
            Given.Callable.empty() ? nullptr : find(Given.Callable);
        if (Run) {
          Call Bound = lambdaCall(C, Given, *Run);
          Index Explicit = static_cast<Index>(Bound.Arguments.size() -
                                              Given.Captures.size());
          const std::vector<Effect> &Inner = Effects[id(*Run)];
          for (uint32_t J = 0; J < Inner.size(); ++J) {
            // Which of many containers it is comes with the element.
            if (std::any_of(Inner[J].ChosenBy.begin(), Inner[J].ChosenBy.end(),
                            [&](const AccessPath &P) {
                              return P.Base == Root::Parameter &&
                                     P.Position < Explicit;
                            }))
              continue;
            CallEffect Through =
                translate(F, Bound, Position, *Run, Inner[J], J);
            for (const AccessPath &Input : Inner[J].Inputs)
              if (Input.Base == Root::Parameter && Input.Position < Explicit)
                Through.VariesWhereIterated = true;
            if (E.Looped) {
              Through.Does.Iterated = true;
              Through.Does.Over = E.Over;
            }
            Through.Does.Conditions += E.Conditions;
            Through.Does.ErrorPath |= E.ErrorPath;
            Result.push_back(std::move(Through));
          }
          continue;
        }
        if (Given.Path.Base != Root::Parameter)
          continue;
      }
      std::vector<Need> Left;
      if (ruledOut(C, Target, E, Left))
        continue;
      Result.push_back(translate(F, C, Position, Target, E, I));
      Result.back().Does.Needs = std::move(Left);
    }
  }

  // Overriders that disagree: sure only if most of them do it.
  if (Targets.size() > 1) {
    std::array<size_t, 8 * sizeof(EffectKinds)> Having{};
    size_t Doing = 0;
    for (FunctionId Id : Targets) {
      Doing += !Functions[Id].Calls.empty() || !Functions[Id].Writes.empty();
      EffectKinds Its = 0;
      // What one does only because it comes back to here, through a visitor
      // that may be any of them, is no second opinion.
      for (const Effect &E : Effects[Id])
        if (E.Sure != Confidence::Low)
          Its |= only(E.Kind);
      for (; Its; Its &= Its - 1)
        ++Having[std::countr_zero(Its)];
    }
    for (CallEffect &E : Result) {
      size_t Count = Having[unsigned(E.Does.Kind)];
      if (Count * 2 <= Doing)
        E.Does.Sure = Confidence::Low;
      else if (Count < Doing)
        E.Does.Sure = std::min(E.Does.Sure, Confidence::Medium);
    }
  }
}

bool Program::Impl::mayDo(const Function &F, Index Position,
                          EffectKind Kind) const {
  constexpr EffectKinds Statements =
      only(EffectKind::Query) | only(EffectKind::Begin) |
      only(EffectKind::Commit) | only(EffectKind::Rollback);
  const Call &C = F.Calls[Position];
  if (C.Later)
    return false;
  // Which statement it is shows when the caller gives the text.
  EffectKinds Wanted = only(Kind);
  if (Wanted & Statements)
    Wanted |= only(EffectKind::Query);
  if (std::optional<EffectKind> Own = kindOf(F, C); Own && only(*Own) & Wanted)
    return true;
  if (!C.Role.empty() && C.Role != "iterate" && C.Role != "forward")
    return false;
  std::span<const FunctionId> Its = targets(F, C);
  EffectKinds Below = 0;
  for (FunctionId Id : Its)
    Below |= Kinds[Id];
  if (Its.empty())
    for (const Value &Argument : C.Arguments)
      if (Argument.Text)
        Below |= Statements;
  if (Below & only(EffectKind::Invoke))
    for (const Value &Argument : C.Arguments)
      if (!Argument.Callable.empty())
        if (const Function *Run = find(Argument.Callable))
          Below |= Kinds[id(*Run)];
  return Below & Wanted;
}

bool Program::mayDo(const Function &Caller, Index Call, EffectKind Kind) const {
  return Self->mayDo(Caller, Call, Kind);
}

CallEffects Program::Impl::settledEffects(const Function &F, Index Call) const {
  Remembered &Slot = Asked[id(F) % Asked.size()];
  {
    std::lock_guard Lock(Slot.Guard);
    if (Slot.Of == &F && Slot.ByCall[Call])
      return CallEffects(Slot.ByCall[Call]);
  }
  auto Made =
      std::make_shared<const std::vector<CallEffect>>(callEffects(F, Call));
  std::lock_guard Lock(Slot.Guard);
  if (Slot.Of != &F) {
    Slot.Of = &F;
    Slot.ByCall.assign(F.Calls.size(), nullptr);
  }
  Slot.ByCall[Call] = Made;
  return CallEffects(std::move(Made));
}

/// For the caller "s = f(s)" adds to s only if f returns its parameter with
/// more put to it. What replaces it before is another transformation.
static bool accumulates(const Function &F, Index Position, Effect &D) {
  auto Returned = [&](const AccessPath &Path) {
    return Path.known() && std::find(F.Returns.begin(), F.Returns.end(),
                                     Path) != F.Returns.end();
  };
  AccessPath Result;
  Result.Base = Root::Result;
  Result.Position = Position;
  const Parameter *Copy = nullptr;
  if (D.Subject.Base == Root::Parameter && D.Subject.Fields.empty())
    Copy = &F.Parameters[D.Subject.Position];
  if (Copy && Copy->Replaced)
    return false;
  if (D.Kind == EffectKind::Rebuild) {
    if (!Copy || !Copy->ByValue)
      return true;
    D.Kind = EffectKind::Concat;
    return Returned(D.Subject);
  }
  // a + b + c: what the first makes the second adds to.
  for (Index C = Position; C < static_cast<Index>(F.Calls.size()); ++C)
    if (F.Calls[C].Role == "container.concat" &&
        F.Calls[C].Subject->Path == Result)
      Result.Position = C;
  return Returned(Result) || Returned(F.Calls[Result.Position].Target);
}

/// Adds to the effects of one function what its calls do now.
/// True if that changed the list.
bool Program::Impl::summarize(FunctionId Id) {
  const Function &F = Functions[Id];
  std::vector<Effect> List;
  std::vector<std::vector<CallEffect>> &All = OfCalls;
  if (All.size() < F.Calls.size())
    All.resize(F.Calls.size());
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    callEffects(F, C, All[C]);
  nameTexts(All, F.Calls.size());
  std::vector<Nature> &Natures = this->Natures[Id];
  Natures = natures(F, All);

  auto Exported = [&](const AccessPath &Path) {
    return Path.Base == Root::Parameter || Path.Base == Root::This ||
           Path.Base == Root::Global;
  };
  size_t Queries = 0;
  auto Add = [&](Effect D) {
    size_t OfKind = 0;
    for (Effect &Other : List) {
      OfKind += Other.Kind == D.Kind;
      if (Other.Kind == D.Kind && Other.Database == D.Database &&
          Other.Subject == D.Subject && Other.SqlFrom == D.SqlFrom &&
          Other.Looped == D.Looped && Other.Memo == D.Memo &&
          Other.Flush == D.Flush && Other.ErrorPath == D.ErrorPath &&
          Other.Rare == D.Rare && Other.Selected == D.Selected &&
          Other.Returned == D.Returned && Other.Stored == D.Stored &&
          Other.Sure == D.Sure && Other.Scoped == D.Scoped &&
          Other.Needs == D.Needs &&
          // A loop that runs the lambda points into it, at each of them.
          (F.Kind != EntityKind::Lambda || Other.At == D.At) &&
          Other.Sql.empty() == D.Sql.empty() &&
          (Other.Sql == D.Sql ||
           sqlIsOfSchema(Other.Sql) == sqlIsOfSchema(D.Sql))) {
        addInputs(Other.Inputs, D.Inputs);
        if (D.Conditions < Other.Conditions) {
          D.Inputs = Other.Inputs;
          Other = D; // the likelier of two ways
        }
        return;
      }
    }
    bool Query = D.Kind == EffectKind::Query;
    if (Query ? OfKind < MostQueries
              : List.size() - Queries < MostEffects && OfKind < MostOfOneKind) {
      Queries += Query;
      List.push_back(std::move(D));
      return;
    }
    if (!Query)
      return;
    // Full: what is likelier takes the place of what is not.
    auto Doubt = [](const Effect &E) {
      constexpr unsigned Seldom = 4;
      return E.Conditions +
             Seldom * (E.Rare + E.ErrorPath + E.Selected + E.Looped);
    };
    auto Worst = List.end();
    for (auto It = List.begin(); It != List.end(); ++It)
      if (It->Kind == D.Kind &&
          (Worst == List.end() || Doubt(*It) > Doubt(*Worst)))
        Worst = It;
    if (Doubt(D) < Doubt(*Worst))
      *Worst = std::move(D);
  };

  // Does any callee below the guard write what the guard reads?
  auto FillsMemory = [&](const Guard &G, const Call &C) {
    for (FunctionId Target : targets(F, C))
      for (const AccessPath &Written : Writes[Target]) {
        AccessPath Path = mapPath(C, Written).Path;
        for (const AccessPath &Read : G.Reads)
          if (isPrefix(Path, Read) || isPrefix(Read, Path))
            return true;
      }
    return false;
  };

  auto ApplyGuards = [&](Effect &D, const std::vector<Index> &Guards,
                         const Call *C) {
    bool Conditional = false;
    for (Index G : Guards) {
      const Guard &Above = F.Guards[G];
      for (const Need &N : Above.Needs)
        if (std::find(D.Needs.begin(), D.Needs.end(), N) == D.Needs.end())
          D.Needs.push_back(N);
      switch (Above.Kind) {
      case GuardKind::Once:
      case GuardKind::Memo:
        D.Memo = true;
        D.Remembered =
            Exported(Above.Subject.Path) ? Above.Subject.Path : AccessPath();
        break;
      case GuardKind::Flush:
        D.Flush = true;
        break;
      case GuardKind::ErrorPath:
        D.ErrorPath = true;
        break;
      case GuardKind::Selected:
        D.Selected = true;
        Conditional = true;
        break;
      case GuardKind::Rare:
        D.Rare = true;
        Conditional = true;
        break;
      case GuardKind::Condition:
        Conditional = true;
        [[fallthrough]];
      case GuardKind::Passed:
        if (C && !Above.Reads.empty() && FillsMemory(Above, *C)) {
          D.Memo = true;
          D.Remembered = Above.Reads.front();
        }
        break;
      }
    }
    D.Conditions += Conditional;
  };

  for (Index Position = 0; Position < static_cast<Index>(F.Calls.size());
       ++Position) {
    const Call &C = F.Calls[Position];
    for (CallEffect &Seen : All[Position]) {
      Effect &D = Seen.Does;
      if (D.Iterated)
        D.Looped = true;
      for (Index L : loopsAround(F, C.Loop)) {
        if (Natures[L] == Nature::Once || Natures[L] == Nature::Retry ||
            contains(C.Leaves, L) || contains(C.LeavesOnSuccess, L))
          continue;
        if (D.Selected) { // one of the loop's elements: once per search
          D.Selected = false;
          continue;
        }
        D.Looped = true;
        if (D.Over.empty())
          D.Over = F.Loops[L].Range.Spelling;
      }
      D.Iterated = false;
      ApplyGuards(D, C.Guards, &C);

      switch (D.Kind) {
      case EffectKind::Lookup:
      case EffectKind::FrontWork:
      case EffectKind::Sort:
      case EffectKind::Append:
      case EffectKind::Traverse:
      case EffectKind::Rebuild:
      case EffectKind::Concat:
        // Of a container of ours nobody outside can have more than one.
        if (D.Looped && D.Kind != EffectKind::Append)
          continue;
        if (!Exported(D.Subject) || Seen.FixedExtent)
          continue;
        if (D.Kind == EffectKind::Lookup && D.Inputs.empty())
          continue;
        if ((D.Kind == EffectKind::Rebuild || D.Kind == EffectKind::Concat) &&
            !accumulates(F, Position, D))
          continue;
        if (D.Spot.Base != Root::Parameter || !D.Spot.Fields.empty())
          D.Spot = {};
        break;
      case EffectKind::Invoke:
        if (D.Subject.Base != Root::Parameter)
          continue;
        break;
      case EffectKind::Connect: {
        auto &Returned = F.Returns;
        AccessPath Result;
        Result.Base = Root::Result;
        Result.Position = Position;
        bool IsResult = std::find(Returned.begin(), Returned.end(), Result) !=
                        Returned.end();
        if (IsResult ||
            (D.Subject.Base == Root::Local && D.Subject.Fields.empty() &&
             std::find(Returned.begin(), Returned.end(), D.Subject) !=
                 Returned.end())) {
          D.Returned = true;
          D.Subject = {};
        } else if (Exported(D.Subject)) {
          D.Stored = true;
        } else {
          D.Scoped = D.Scoped || endsWithScope(F, Position, D);
          D.Subject = {};
        }
        break;
      }
      default:
        if (!Exported(D.Subject))
          D.Subject = {};
        break;
      }
      if (D.SqlFrom.known() && !Exported(D.SqlFrom))
        D.SqlFrom = {};
      if (D.Connection.known() && !Exported(D.Connection))
        D.Connection = {};
      Add(std::move(D));
    }
  }

  // Loops over a parameter or field: who calls this in a condition pays for
  // all of it in every round.
  for (const Loop &L : F.Loops) {
    if (L.Parent != None || L.Bound != BoundKind::SizeOf ||
        !Exported(L.Range.Path) || L.Form == LoopForm::Algorithm)
      continue;
    Effect D;
    D.Kind = EffectKind::Traverse;
    D.Subject = L.Range.Path;
    D.Name = L.Range.Spelling;
    D.At = L.Begin;
    ApplyGuards(D, L.Guards, nullptr);
    Add(std::move(D));
  }
  for (const Search &S : searchesOf(F)) {
    bool Nested = F.Loops[S.Loop].Parent != None;
    if (Nested || !Exported(S.Container) || S.Key->Inputs.empty())
      continue;
    if (F.Loops[S.Loop].Bound == BoundKind::Const ||
        fixed(F, F.Loops[S.Loop].Range))
      continue;
    Effect D;
    D.Kind = EffectKind::Lookup;
    D.Subject = S.Container;
    D.Name = S.Name;
    addInputs(D.Inputs, S.Key->Inputs);
    addInputs(D.ChosenBy, S.ChosenBy);
    D.At = F.Loops[S.Loop].Begin;
    ApplyGuards(D, F.Loops[S.Loop].Guards, nullptr);
    Add(std::move(D));
  }

  auto Same = [](const Effect &A, const Effect &B) {
    return A.Kind == B.Kind && A.Subject == B.Subject && A.Looped == B.Looped &&
           A.Memo == B.Memo && A.Inputs == B.Inputs && A.SqlFrom == B.SqlFrom;
  };
  const std::vector<Effect> &Old = Effects[Id];
  bool Changed = Old.size() != List.size() ||
                 !std::equal(Old.begin(), Old.end(), List.begin(), Same);
  // Exactly as long as needed: most of a big program's memory are these.
  Effects[Id] = std::vector<Effect>(std::make_move_iterator(List.begin()),
                                    std::make_move_iterator(List.end()));
  return Changed;
}

/// The connection in \p Holder is closed, or what holds it deleted, here.
bool Program::Impl::closes(const Function &F, const AccessPath &Holder,
                           bool Registered) const {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!Registered && F.Calls[C].Form == CallForm::Destructor &&
        F.Calls[C].Receiver.Path == Holder)
      return true;
    for (const CallEffect &E : callEffects(F, C))
      if (E.Does.Kind == EffectKind::Close &&
          (isPrefix(Holder, E.Does.Subject) || !E.Does.Subject.known()))
        return true;
  }
  return false;
}

bool Program::Impl::endsWithScope(const Function &F, Index Call,
                                  const Effect &D) const {
  const AccessPath &Holder = D.Subject;
  if (!Holder.known())
    return F.Calls[Call].Temporary && D.Fresh;
  if (Holder.Base != Root::Local)
    return false;
  const Local &Variable = F.Locals[Holder.Position];
  if (Variable.Static || Variable.Reference || Variable.Escapes)
    return false;
  if (!Holder.Fields.empty() && Variable.Pointer)
    return false; // somebody else's object
  bool ByHand = Variable.Pointer || D.Lifetime == "registry" ||
                (D.Lifetime != "raii" && D.Next.empty() && !Variable.Owns);
  // One that is kept by its name does not end with the object that names it.
  bool Registered = D.Lifetime == "registry" && !Variable.Pointer;
  if (ByHand && !closes(F, Holder, Registered))
    return false;
  // Some connect when they are first used, not when they are made.
  return D.Lifetime != "lazy" ||
         std::any_of(F.Calls.begin(), F.Calls.end(), [&](const struct Call &C) {
           return C.Role == "http.request" &&
                  isPrefix(Holder, C.Connection->Path);
         });
}

bool Program::endsWithScope(const Function &F, Index Call,
                            const Effect &E) const {
  return Self->endsWithScope(F, Call, E);
}

void Program::Impl::propagate() {
  Effects.assign(Functions.size(), {});
  Writes.assign(Functions.size(), {});
  Natures.assign(Functions.size(), {});
  auto CollectWrites = [&](FunctionId Id) {
    const Function &F = Functions[Id];
    std::vector<AccessPath> All = F.Writes;
    for (const Call &C : F.Calls)
      for (FunctionId Target : targets(F, C))
        for (const AccessPath &Written : Writes[Target]) {
          if (All.size() >= MostWrites)
            break;
          AccessPath Path = mapPath(C, Written).Path;
          if (Path.Base == Root::This || Path.Base == Root::Global)
            addAll(All, std::vector<AccessPath>{Path});
        }
    Writes[Id] = std::move(All);
  };
  for (const std::vector<FunctionId> &Component : Order) {
    for (FunctionId Id : Component)
      if (hasEffects(Id)) {
        Effects[Id] = past(Id)->Effects;
        Writes[Id] = past(Id)->Writes;
      } else {
        CollectWrites(Id);
      }
    for (int Round = 0; Round < MostRounds; ++Round) {
      bool Changed = false;
      for (FunctionId Id : Component)
        Changed |= !hasEffects(Id) && summarize(Id);
      if (!Changed || (Component.size() == 1 && !Recursive[Component[0]]))
        break;
    }
  }
  // In a cycle the last to be summed up may have changed what the first waits
  // for.
  for (FunctionId Id = 0; Id < Functions.size(); ++Id) {
    const Function &F = Functions[Id];
    if (!hasEffects(Id) && !Recursive[Id])
      continue;
    if (hasEffects(Id) && past(Id)->Natures.size() == F.Loops.size()) {
      Natures[Id] = past(Id)->Natures;
      continue;
    }
    std::vector<std::vector<CallEffect>> All;
    if (!F.Loops.empty())
      for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
        All.push_back(callEffects(F, C));
    Natures[Id] = natures(F, All);
  }
  OfCalls = {};
  Kinds.assign(Functions.size(), 0);
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    for (const Effect &E : Effects[Id])
      Kinds[Id] |= only(E.Kind);
}

} // namespace perfidy
