//===- ConnectionPerCallCheck.cpp - connect, use, close, again ------------===//
//
// Part of Perfidy. See docs/checks/connection-per-call.md.
//
//===----------------------------------------------------------------------===//
#include "checks/ConnectionPerCallCheck.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>

namespace perfidy {

namespace {

struct Opening {
  Index Call = None;
  Effect Does;
  Index Loop = None; ///< it stands in, if that repeats it
  Confidence Sure = Confidence::High;
};

//===----------------------------------------------------------------------===//
// Decide
//===----------------------------------------------------------------------===//

/// Rows are what the loop works off.
bool fetches(const Program &P, const Function &F, Index Loop) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    if (within(F, F.Calls[C].Loop, Loop))
      for (const CallEffect &E : P.effects(F, C))
        if (E.Does.Kind == EffectKind::Fetch)
          return true;
  return false;
}

/// The function serves from here on, or works until there is no more work:
/// what it opens, it opens once.
bool servesAfter(const Program &P, const Function &F, const Call &C) {
  for (Index L = 0; L < static_cast<Index>(F.Loops.size()); ++L) {
    const Loop &Here = F.Loops[L];
    bool Endless = Here.Condition == ConditionKind::None &&
                   Here.Form != LoopForm::RangeFor &&
                   Here.Form != LoopForm::Algorithm && !fetches(P, F, L);
    if ((P.nature(F, L) == Nature::Service || Endless) && !within(F, C.Loop, L))
      return true;
  }
  return false;
}

/// Closed by hand in the same loop that opens it.
bool closedWithin(const Program &P, const Function &F, const AccessPath &Holder,
                  Index Loop) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    if (within(F, F.Calls[C].Loop, Loop))
      for (const CallEffect &E : P.effects(F, C))
        if (E.Does.Kind == EffectKind::Close && E.Does.Subject == Holder)
          return true;
  return false;
}

std::optional<Opening> judge(const Program &P, const Function &F,
                             Index Position, const CallEffect &Seen) {
  const Call &C = F.Calls[Position];
  const Effect &D = Seen.Does;
  if (D.Kind != EffectKind::Connect || D.Looped || D.Memo || D.ErrorPath ||
      D.Scoped || D.Sure == Confidence::Low)
    return std::nullopt;
  if (!P.endsWithScope(F, Position, D) || servesAfter(P, F, C))
    return std::nullopt;
  // if (!conn) conn = ...: once, whoever calls.
  for (Index G : C.Guards)
    if (F.Guards[G].Kind == GuardKind::Memo ||
        F.Guards[G].Kind == GuardKind::Once ||
        F.Guards[G].Kind == GuardKind::ErrorPath)
      return std::nullopt;

  Opening O;
  O.Call = Position;
  O.Does = D;
  O.Sure = D.Sure;
  Index Home = D.Subject.Base == Root::Local ? F.Locals[D.Subject.Position].Loop
                                             : C.Loop;
  for (Index L : loopsAround(F, C.Loop)) {
    if (!within(F, Home, L) && !closedWithin(P, F, D.Subject, L))
      continue; // it outlives the loop: opened there at most once
    Nature Kind = P.nature(F, L);
    if (Kind == Nature::Once || Kind == Nature::Retry ||
        contains(C.Leaves, L) || contains(C.LeavesOnSuccess, L) ||
        contains(C.Decides, L) ||
        (F.Loops[L].Bound == BoundKind::Const && F.Loops[L].Count < 5))
      continue;
    O.Loop = L;
    break;
  }
  if (O.Loop == None) {
    if (F.Kind == EntityKind::Main || F.StaticInit || P.onlyAtStartup(F))
      return std::nullopt;
    // Nobody that we see calls it: a handler or a library's entry, most likely,
    // but it may be a tool's only step.
    if (P.callers(F).empty() && !P.addressTaken(F) && F.Overrides.empty() &&
        F.Kind != EntityKind::Lambda)
      O.Sure = std::min(O.Sure, Confidence::Medium);
  }
  // Whatever it leaves behind, an object ends once.
  if (O.Loop == None && F.Kind == EntityKind::Destructor &&
      P.heat(F) != Heat::Handler)
    O.Sure = Confidence::Low;
  if (D.Conditions + (D.Rare ? 1 : 0) >= 2)
    O.Sure = lower(O.Sure);
  return O;
}

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

Finding say(const Program &P, const Function &F, const Opening &O) {
  Finding Found;
  const Call &C = F.Calls[O.Call];
  const AccessPath &Holder = O.Does.Subject;
  const Local *Variable = Holder.known() ? &F.Locals[Holder.Position] : nullptr;
  Found.Check = "connection-per-call";
  Found.Where = Level::Database;
  Found.Sure = O.Sure;
  Found.Runs = P.heat(F);
  Found.Function = F.Name;
  Found.At = P.point(C.Where);
  std::string In = F.Kind == EntityKind::Lambda ? "the lambda"
                                                : "'" + shortName(F.Name) + "'";
  std::string Held =
      Variable ? "connection '" + Variable->Name + "'" : "a connection";
  if (O.Loop != None) {
    Found.Degree = 2;
    Found.Message =
        Held + " is opened and closed once per " + element(P, F, O.Loop);
    Found.Growth = growth(P, F, {O.Loop}, "") + " connections";
    Found.Suggestion = "open it once before the loop, or take it from a pool";
    Found.Path.push_back(loopStep(P, F, O.Loop));
  } else {
    Found.Degree = 1;
    Found.Message = Held + " is opened and closed in every call of " + In;
    Found.Growth = "one connection per call of " + In;
    Found.Suggestion = "take it from a pool, or keep one open and pass it in";
  }
  if (Variable)
    Found.Path.push_back({P.point(Variable->Where),
                          "'" + Variable->Name + "' ends with this scope"});
  for (Step &S : P.path(O.Does))
    Found.Path.push_back(std::move(S));
  return Found;
}

} // namespace

void checkConnectionPerCall(const Program &P, const Function &F,
                            std::vector<Finding> &Out) {
  std::vector<AccessPath> Said;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!P.mayDo(F, C, EffectKind::Connect))
      continue;
    for (const CallEffect &E : P.effects(F, C))
      if (std::optional<Opening> O = judge(P, F, C, E)) {
        const AccessPath &Holder = O->Does.Subject;
        if (Holder.known()) {
          if (std::find(Said.begin(), Said.end(), Holder) != Said.end())
            continue;
          Said.push_back(Holder);
        }
        Out.push_back(say(P, F, *O));
      }
  }
}

} // namespace perfidy
