//===- Repeats.cpp - is a listener put on again and again -----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Repeats.h"
#include "checks/Lifetime.h"
#include "checks/Pairing.h"
#include "checks/Phases.h"
#include "checks/Wording.h"
#include <algorithm>

namespace perfidy {

namespace {

//===----------------------------------------------------------------------===//
// Again for the same pair
//===----------------------------------------------------------------------===//

/// The listener is an object that is made where it is registered.
bool madeForIt(const Function &F, const Listening &L) {
  return L.Of->Fresh ||
         (L.In == &F && L.Listener.Base == Root::Local &&
          L.Listener.Fields.empty() && F.Locals[L.Listener.Position].Fresh);
}

/// It belongs to this, which it is given, and nothing of its own destroys it.
bool livesWithThis(const Program &P, const Registration &R) {
  if (std::none_of(R.Listener.Inputs.begin(), R.Listener.Inputs.end(), isSelf))
    return false;
  for (const Class *C : P.withBases(R.ListenerType))
    for (const Function *M : P.methods(C->Name))
      for (const Call &Each : M->Calls)
        if ((Each.Role == "destroy" || Each.Form == CallForm::Destructor) &&
            isSelf(Each.Receiver.Path))
          return false;
  return P.findClass(R.ListenerType) != nullptr;
}

/// The loop puts the same listener on the same emitter in each round.
bool sameInLoop(const Listening &L, const Call &C, Index Loop) {
  const Registration &R = *L.Of;
  // The same objects, whatever happens to them; the same values.
  const Few<SharedText> &Fields = L.Emitter.Fields;
  bool Accessor = !Fields.empty() && Fields.back().ends_with("()") &&
                  std::find(Fields.begin(), Fields.end(), "[]") == Fields.end();
  bool Same = (Accessor || !contains(R.Emitter.OtherObject, Loop)) &&
              !contains(R.Listener.OtherObject, Loop) &&
              !contains(R.EventGiven.Varies, Loop) &&
              L.Emitter.Base != Root::Local && L.Emitter.known();
  for (const Value &Argument : C.Arguments) {
    bool Object =
        Argument.Path == R.Listener.Path || Argument.Path == R.Emitter.Path;
    Same &= !contains(Argument.OtherObject, Loop) &&
            (Object || !contains(Argument.Varies, Loop));
    for (const Value &Captured : Argument.Captures)
      Same &= !contains(Captured.Varies, Loop);
  }
  return Same;
}

std::optional<Imbalance> accumulatesInLoop(const Program &P, const Function &F,
                                           const Listening &L) {
  if (L.In != &F)
    return std::nullopt;
  const Call &C = F.Calls[L.Call];
  for (Index Loop : loopsAround(F, C.Loop)) {
    Nature Kind = P.nature(F, Loop);
    if (Kind == Nature::Once || Kind == Nature::Retry ||
        contains(C.Leaves, Loop) || contains(C.LeavesOnSuccess, Loop) ||
        (F.Loops[Loop].Bound == BoundKind::Const && F.Loops[Loop].Count < 5) ||
        !sameInLoop(L, C, Loop) ||
        guardedBy(F, C.Guards, Loop, GuardKind::Memo))
      continue;
    Imbalance V;
    V.What = Fault::Accumulates;
    V.Loop = Loop;
    V.Sure = likely(F, C.Guards, Loop, 0);
    return V;
  }
  return std::nullopt;
}

/// The emitter is the same the next time that F runs.
bool sameEmitterAgain(const Program &P, const Function &F, const Listening &L) {
  const AccessPath &Path = L.Emitter;
  bool InLambda = F.Kind == EntityKind::Lambda;
  Life Emitter = InLambda && Path.Base == Root::Parameter ? Life::Unknown
                                                          : lifeOf(P, F, Path);
  // What a handler's lambda captured was there before the event.
  if (InLambda && isCaptured(F, Path))
    Emitter = Life::Outside;
  bool OfThis = Path.Base == Root::This;
  bool Lasting = Emitter == Life::Program ||
                 (Emitter == Life::Outside && (OfThis || InLambda)) ||
                 (Emitter == Life::Owned && OfThis);
  return Lasting && !replaceable(P, F, Path);
}

/// The function writes the path, or what holds it.
bool sets(const Function &By, const AccessPath &Path) {
  return std::any_of(
      By.Writes.begin(), By.Writes.end(), [&](const AccessPath &Written) {
        return !Written.Fields.empty() && isPrefix(Written, Path);
      });
}

/// Emitter or listener are made anew each time that F runs.
bool madeAnew(const Function &F, const Listening &L) {
  const Registration &R = *L.Of;
  for (const Keep &S : F.Keeps)
    if (isPrefix(S.Into, L.Emitter) && S.Into.Base == Root::This)
      return true;
  if (sets(F, L.Emitter) || sets(*L.In, R.Emitter.Path))
    return true;
  // A new listener each time, whose end takes the registration off.
  if (!R.EndsWithReceiver && !R.Tracked)
    return false;
  const AccessPath &There = R.Listener.Path;
  bool Lost = There.known() && !L.Listener.known() && L.In != &F;
  return Lost || sets(F, L.Listener) || sets(*L.In, There);
}

/// An event runs F, for the same listener or one that lasts.
std::optional<Imbalance> accumulatesByEvent(const Program &P, const Function &F,
                                            const Listening &L) {
  const Registration &R = *L.Of;
  // The listener must last, or its end leave the registration where it is.
  bool Lasts = L.Listener.Base == Root::This ||
               L.Listener.Base == Root::Global ||
               (madeForIt(F, L) && livesWithThis(P, R));
  if (L.Listener.known() && !Lasts && (R.EndsWithReceiver || R.Tracked))
    return std::nullopt;
  if (!L.Listener.known() && !L.Inline && L.Handler.empty())
    return std::nullopt;
  Imbalance V;
  V.What = Fault::Accumulates;
  V.PerEvent = shortName(F.Name);
  V.Sure = Confidence::Medium;
  // What fills several fields with new objects sets this up: for an event
  // that comes once.
  auto New = std::count_if(F.Keeps.begin(), F.Keeps.end(), [](const Keep &S) {
    return S.Fresh && !S.Appends && S.Into.Base == Root::This &&
           S.Into.Fields.size() == 1 && S.Guards.empty();
  });
  if (New > 1)
    V.Sure = Confidence::Low;
  for (Index G : F.Calls[L.Call].Guards)
    if (F.Guards[G].Kind == GuardKind::Condition)
      V.Sure = lower(V.Sure);
  return V;
}

//===----------------------------------------------------------------------===//
// When what it was made for is over
//===----------------------------------------------------------------------===//

/// A method of the class that ends what F begins.
const Function *endOfPhase(const Program &P, const Function &F) {
  for (const Class *C : P.withBases(F.Class))
    for (const Function *M : P.methods(C->Name))
      if (M->Kind == EntityKind::Method &&
          inverts(shortName(M->Name), shortName(F.Name)))
        return M;
  return nullptr;
}

/// Ends the phase and begins it again, on one object.
const Function *restarts(const Program &P, const Function &Begin,
                         const Function &End) {
  for (const Program::Site &S : P.callers(Begin)) {
    const AccessPath &On = S.Caller->Calls[S.Call].Receiver.Path;
    for (const Program::Site &Before : P.callers(End))
      if (Before.Caller == S.Caller && Before.Call < S.Call && On.known() &&
          S.Caller->Calls[Before.Call].Receiver.Path == On)
        return S.Caller;
  }
  return nullptr;
}

bool onlyInConstructors(const Program &P, const Function &F) {
  const auto &Sites = P.callers(F);
  return !Sites.empty() &&
         std::all_of(Sites.begin(), Sites.end(), [](const auto &S) {
           return S.Caller->Kind == EntityKind::Constructor;
         });
}

/// The field that a setter puts its parameter into, if that is the emitter.
bool replacesEmitter(const Function &F, const Listening &L) {
  if (!isSetter(shortName(F.Name)))
    return false;
  return std::any_of(F.Keeps.begin(), F.Keeps.end(), [&](const Keep &K) {
    return !K.Appends && K.Into.Base == Root::This &&
           K.Into.Fields.size() == 1 && K.What.Path.Base == Root::Parameter &&
           K.What.Path.Fields.empty() &&
           (L.Emitter == K.Into || L.Emitter == K.What.Path);
  });
}

} // namespace

std::optional<Imbalance> accumulates(const Program &P, const Function &F,
                                     const Listening &L) {
  const Registration &R = *L.Of;
  // A new listener each time is another one.
  if ((L.Unique && !madeForIt(F, L)) || R.Once || L.Guarded || R.WhileTrue)
    return std::nullopt;
  if (L.Scoped && !L.Appended) // the new token ends the old registration
    return std::nullopt;
  if (std::optional<Imbalance> V = accumulatesInLoop(P, F, L))
    return V;
  bool Handles = P.heat(F) == Heat::Handler;
  if ((!Handles && !P.handlesEvents(F)) || !sameEmitterAgain(P, F, L) ||
      madeAnew(F, L))
    return std::nullopt;
  if (!Handles)
    return accumulatesByEvent(P, F, L);
  Imbalance V;
  V.What = Fault::Accumulates;
  V.PerRequest = true;
  return V;
}

bool mayStay(const Program &P, const Function &F, const Listening &L,
             const Listening &Added) {
  return F.Kind == EntityKind::Method && L.Settled && !L.Of->Once &&
         !L.Guarded && !L.Of->WhileTrue && !L.Scoped &&
         Added.Listener.Base == Root::This &&
         Added.Emitter.Base == Root::This && Added.Emitter.Fields.size() == 1 &&
         (replacesEmitter(F, L) || endOfPhase(P, F)) && !P.onlyAtStartup(F) &&
         !onlyInConstructors(P, F) &&
         lifeOf(P, F, Added.Emitter) != Life::Owned;
}

std::optional<Imbalance> stays(const Program &P, const Function &F,
                               const Listening &L, const Listening &Added,
                               const Removals &Off) {
  const std::vector<Listening> &All = P.listenings(F);
  bool Removes = std::any_of(All.begin(), All.end(), [](const Listening &Each) {
    return !Each.Of->Adds;
  });
  if (Removes || !mayStay(P, F, L, Added))
    return std::nullopt;
  Imbalance V;
  V.What = Fault::Stays;
  V.Sure = Confidence::Low;
  if (replacesEmitter(F, L))
    return V;
  V.Until = endOfPhase(P, F);
  if (Off.AtEnd || Off.Inside || Off.Elsewhere || callsUnseen(P, *V.Until))
    return std::nullopt;
  V.Again = L.Unique ? nullptr : restarts(P, F, *V.Until);
  if (V.Again)
    V.Sure = Confidence::Medium;
  return V;
}

} // namespace perfidy
