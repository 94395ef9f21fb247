//===- Fate.cpp - where a callable goes -----------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Fate.h"
#include "analysis/summary/Words.h"
#include "checks/Lifetime.h"
#include "checks/Wording.h"
#include <algorithm>
#include <set>

namespace perfidy {

namespace {

/// "submit", "enqueue", "runLater": names of what takes work.
bool takesWork(const std::string &Name) {
  static const std::set<std::string> Verbs = {
      "submit", "enqueue", "push",   "post",  "schedule", "dispatch",
      "defer",  "async",   "spawn",  "queue", "execute",  "add",
      "later",  "start",   "launch", "delay", "emplace"};
  std::vector<std::string> Words = wordsOf(shortName(Name));
  return std::any_of(Words.begin(), Words.end(), [](const std::string &Word) {
    return Verbs.count(Word) != 0;
  });
}

/// What the local points to is kept elsewhere too, or freed by somebody else.
bool handedOn(const Function &In, const AccessPath &Holder) {
  if (In.Locals[Holder.Position].Escapes)
    return true;
  for (const Keep &S : In.Keeps)
    if (S.What.Path == Holder && S.Into.Base != Root::Local)
      return true;
  return In.Locals[Holder.Position].Pointer &&
         std::none_of(In.Calls.begin(), In.Calls.end(), [&](const Call &C) {
           return C.Form == CallForm::Destructor && C.Receiver.Path == Holder;
         });
}

/// A slot that outlives the function: not one of its own locals, unless that
/// is a pointer to an object that others hold too.
bool livesOn(const Function &In, const AccessPath &Into) {
  switch (Into.Base) {
  case Root::This:
  case Root::Global:
  case Root::Result:
  case Root::Parameter:
    return true;
  case Root::Local:
    if (std::find(In.Returns.begin(), In.Returns.end(), Into) !=
        In.Returns.end())
      return true;
    if (In.Locals[Into.Position].Pointer || In.Locals[Into.Position].Owns)
      return !Into.Fields.empty() || handedOn(In, Into);
    return false;
  case Root::Unknown:
    break;
  }
  return false;
}

void takenBy(const Function &Around, Index Taker, Fate &Goes) {
  Goes.Taker = &Around.Calls[Taker];
  Goes.TakerAt = Taker;
}

/// What a model says of the call by which the callable runs later.
void runsLater(const Function &Around, const Call &Runs, Fate &Goes) {
  Goes.Later = true;
  Goes.Completes |= Runs.Completes;
  Goes.Timer |= Runs.Timer;
  Goes.Joins |= Runs.Joins;
  if (Runs.Taker != None)
    takenBy(Around, Runs.Taker, Goes);
}

/// Call \p Taker is handed the callable as \p Argument: does it keep it?
void handedTo(const Program &P, const Function &Around, Index Taker,
              Index Argument, Fate &Goes) {
  const Call &C = Around.Calls[Taker];
  if (P.targets(C).empty()) {
    if (Goes.Later || C.System || !C.Role.empty() ||
        !C.Arguments[Argument].HandedOver || C.Form == CallForm::Constructor ||
        !takesWork(C.Name))
      return;
    Goes.Guessed = true;
  } else if (!P.keeps(C, Argument)) {
    return;
  }
  Goes.Later = true;
  if (!Goes.Taker)
    takenBy(Around, Taker, Goes);
}

} // namespace

Fate fateOf(const Program &P, const Function &Lambda, const Function &Around) {
  Fate Result;
  for (const Keep &S : Around.Keeps)
    if (S.What.Callable == Lambda.Usr && livesOn(Around, S.Into)) {
      Result.Later = true;
      Result.Into = &S;
    }
  for (const Registration &R : Around.Registrations)
    if (R.Adds && R.Handler == Lambda.Usr) {
      Result.Later = true;
      Result.As = &R;
      Result.Completes |= R.Once;
      takenBy(Around, R.Call, Result);
    }
  for (Index I = 0; I < static_cast<Index>(Around.Calls.size()); ++I) {
    const Call &C = Around.Calls[I];
    if (C.Form == CallForm::Implicit) {
      if (C.Callee == Lambda.Usr && C.Later)
        runsLater(Around, C, Result);
      continue;
    }
    for (Index A = 0; A < static_cast<Index>(C.Arguments.size()); ++A)
      if (C.Arguments[A].Callable == Lambda.Usr && !C.Later)
        handedTo(P, Around, I, A, Result);
  }
  return Result;
}

Fate fateOf(const Program &P, const Bound &Made, const Function &Around) {
  Fate Result;
  if (Made.Taker == None ||
      Made.Argument >= Around.Calls[Made.Taker].Arguments.size())
    return Result;
  for (const Call &C : Around.Calls)
    if (C.Form == CallForm::Implicit && C.Later && C.Taker == Made.Taker)
      runsLater(Around, C, Result);
  if (!Result.Later)
    handedTo(P, Around, Made.Taker, Made.Argument, Result);
  return Result;
}

bool waitedFor(const Program &P, const Function &Around, const Fate &Goes) {
  if (!Goes.Taker)
    return false;
  if (Goes.As && Goes.As->Scoped && Goes.As->Fate == TokenFate::Kept &&
      Goes.As->Token.Path.Base == Root::Local &&
      !Around.Locals[Goes.As->Token.Path.Position].Escapes)
    return true; // the token ends with the function
  const AccessPath &Made = Goes.Taker->Target;
  if (Made.known() && std::any_of(Around.Calls.begin() + Goes.TakerAt,
                                  Around.Calls.end(), [&](const Call &C) {
                                    return C.Role == "detach" &&
                                           C.Receiver.Path == Made;
                                  }))
    return false; // on one way at least
  if (Goes.Joins) {
    if (!Made.known()) // it dies at the end of the statement, if nobody has it
      return std::none_of(
          Around.Calls.begin(), Around.Calls.end(), [&](const Call &C) {
            const AccessPath &In = C.Receiver.Path;
            bool Own =
                In.Base == Root::Local && !Around.Locals[In.Position].Escapes;
            return !Own && std::any_of(C.Arguments.begin(), C.Arguments.end(),
                                       [&](const Value &V) {
                                         return V.Path.Base == Root::Result &&
                                                V.Path.Position == Goes.TakerAt;
                                       });
          });
    if (Made.Base == Root::Local && !Around.Locals[Made.Position].Escapes)
      return true;
  }
  std::vector<AccessPath> Involved;
  if (Goes.Taker->Form != CallForm::Constructor && Goes.Taker->Role != "defer")
    Involved.push_back(Goes.Taker->Receiver.Path);
  if (Goes.Taker->Runner->Path.known())
    Involved.push_back(Goes.Taker->Runner->Path);
  // What no model names may be given its pool: a class of the project's.
  if (Goes.Taker->Role.empty())
    for (const Value &Argument : Goes.Taker->Arguments)
      if (const AccessPath &Path = Argument.Path;
          Argument.Callable.empty() && Path.Base == Root::Local &&
          P.findClass(Around.Locals[Path.Position].Type))
        Involved.push_back(Path);
  // A pool or loop of the function's own is gone before its locals are.
  for (const AccessPath &Path : Involved)
    if (Path.Base == Root::Local && Path.Fields.empty()) {
      const Local &Taking = Around.Locals[Path.Position];
      if (Taking.Fresh && !Taking.Pointer && !Taking.Reference &&
          !Taking.Owns && !Taking.Escapes && !Taking.Static)
        return true;
    }
  Involved.push_back(Made);
  for (size_t I = static_cast<size_t>(Goes.TakerAt) + 1;
       I < Around.Calls.size(); ++I) {
    const Call &After = Around.Calls[I];
    if (After.Role == "wait")
      return true;
    if (After.Form == CallForm::Implicit || After.Later)
      continue;
    for (const AccessPath &Path : Involved) {
      if (Path.Base != Root::Local)
        continue;
      AccessPath Whole;
      Whole.Base = Path.Base;
      Whole.Position = Path.Position;
      if (isPrefix(Whole, After.Receiver.Path) ||
          isPrefix(Whole, After.Subject->Path))
        return true;
    }
  }
  return false;
}

bool isReturned(const Function &Around, const Fate &Goes) {
  if (Goes.Into && Goes.Into->Into.Base == Root::Result)
    return true;
  if (!Goes.Taker)
    return false;
  return std::any_of(
      Around.Returns.begin(), Around.Returns.end(),
      [&](const AccessPath &Path) {
        return (Path.Base == Root::Result && Path.Position == Goes.TakerAt) ||
               (Goes.Taker->Target.known() && Path == Goes.Taker->Target);
      });
}

bool isHandler(const Program &P, const Function &F, int Depth) {
  if (P.heat(F) == Heat::Handler || P.addressTaken(F) || F.Event)
    return true;
  if (Depth > 3)
    return false;
  if (F.Kind == EntityKind::Lambda) {
    const Function *Around = P.find(F.Parent);
    if (Around && fateOf(P, F, *Around).Later)
      return true;
  }
  // A handler hands on what it was given.
  const auto &Sites = P.callers(F);
  return std::any_of(Sites.begin(), Sites.end(), [&](const auto &S) {
    const Call &C = S.Caller->Calls[S.Call];
    return S.Caller != &F && !C.Later &&
           std::any_of(
               C.Arguments.begin(), C.Arguments.end(),
               [](const Value &V) { return V.Path.Base == Root::Parameter; }) &&
           isHandler(P, *S.Caller, Depth + 1);
  });
}

} // namespace perfidy
