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

/// The connection in \p Holder is closed by a call in the function.
bool closedHere(const Program &P, const Function &F, const AccessPath &Holder) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    for (const CallEffect &E : P.effects(F, C))
      if (E.Does.Kind == EffectKind::Close &&
          (E.Does.Subject == Holder || !E.Does.Subject.known()))
        return true;
  return false;
}

std::optional<Opening> judge(const Program &P, const Function &F,
                             Index Position, const CallEffect &Seen) {
  const Call &C = F.Calls[Position];
  const Effect &D = Seen.Does;
  // Stored or returned further down: not ours to close.
  if (D.Kind != EffectKind::Connect || D.Looped || D.Memo || D.ErrorPath ||
      D.Sure == Confidence::Low)
    return std::nullopt;
  // Held by a local of ours, which dies with the call.
  const AccessPath &Holder = D.Subject;
  if (Holder.Base != Root::Local || !Holder.Fields.empty())
    return std::nullopt;
  const Local &Variable = F.Locals[Holder.Position];
  if (Variable.Static || Variable.Reference || Variable.Escapes)
    return std::nullopt;
  bool ByHand = Variable.Pointer || D.Lifetime == "registry" ||
                (D.Lifetime == "handle" && Variable.Type.empty());
  if (ByHand && !closedHere(P, F, Holder))
    return std::nullopt;
  // if (!conn) conn = ...: once, whoever calls.
  for (Index G : C.Guards)
    if (F.Guards[G].Kind == GuardKind::Memo ||
        F.Guards[G].Kind == GuardKind::ErrorPath)
      return std::nullopt;

  Opening O;
  O.Call = Position;
  O.Does = D;
  O.Sure = D.Sure;
  for (Index L : loopsAround(F, C.Loop)) {
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
  const Local &Variable = F.Locals[O.Does.Subject.Position];
  Found.Check = "connection-per-call";
  Found.Where = Level::Database;
  Found.Sure = O.Sure;
  Found.Runs = P.addressTaken(F) || F.Kind == EntityKind::Lambda
                   ? Heat::Handler
                   : Heat::Ordinary;
  Found.Function = F.Name;
  Found.At = P.point(C.Where);
  std::string In = F.Kind == EntityKind::Lambda
                       ? "the lambda"
                       : "'" + shortName(F.Name) + "'";
  std::string Held =
      Variable.Name.empty() ? "a connection" : "connection '" + Variable.Name + "'";
  if (O.Loop != None) {
    Found.Degree = 2;
    Found.Message = Held + " is opened and closed once per " +
                    element(P, F, O.Loop);
    Found.Growth = growth(P, F, {O.Loop}, "") + " connections";
    Found.Suggestion = "open it once before the loop, or take it from a pool";
    Found.Path.push_back(loopStep(P, F, O.Loop));
  } else {
    Found.Degree = 1;
    Found.Message =
        Held + " is opened and closed in every call of " + In;
    Found.Growth = "one connection per call of " + In;
    Found.Suggestion = "take it from a pool, or keep one open and pass it in";
  }
  if (!Variable.Name.empty())
    Found.Path.push_back({P.point(Variable.Where),
                          "'" + Variable.Name + "' ends with this scope"});
  for (Step &S : P.path(F, O.Does))
    Found.Path.push_back(std::move(S));
  return Found;
}

} // namespace

void checkConnectionPerCall(const Program &P, const Function &F,
                            std::vector<Finding> &Out) {
  std::vector<AccessPath> Said;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    for (const CallEffect &E : P.effects(F, C))
      if (std::optional<Opening> O = judge(P, F, C, E)) {
        if (std::find(Said.begin(), Said.end(), O->Does.Subject) != Said.end())
          continue;
        Said.push_back(O->Does.Subject);
        Out.push_back(say(P, F, *O));
      }
}

} // namespace perfidy
