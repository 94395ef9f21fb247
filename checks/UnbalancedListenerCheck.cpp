//===- UnbalancedListenerCheck.cpp - what accumulates ---------------------===//
//
// Part of Perfidy. See docs/checks/unbalanced-listener.md.
//
// Two questions are asked of every registration. Can it be made again and
// again for the same pair? Then listeners accumulate. Can the emitter outlive
// the listener? Then what ends the listener's life must take it off.
//
//===----------------------------------------------------------------------===//
#include "checks/UnbalancedListenerCheck.h"
#include "checks/Lifetime.h"
#include "checks/Phases.h"
#include "checks/Removals.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>

namespace perfidy {

namespace {

enum class Fault : uint8_t {
  NeverRemoved,
  CannotBeRemoved,
  Accumulates,
  Stays, ///< its phase ends, or its emitter changes, without it
};

struct Verdict {
  Fault What = Fault::NeverRemoved;
  Confidence Sure = Confidence::High;
  Index Loop = None;               ///< Accumulates: the loop that repeats it
  bool PerRequest = false;         ///< Accumulates: a handler does
  std::string PerEvent;            ///< Accumulates: what an event runs
  std::string Local;               ///< NeverRemoved: the local that listens
  const Function *Until = nullptr; ///< Stays: the end of the phase
  const Function *Again = nullptr; ///< Stays: ends the phase and begins it
  NearMiss Near;                   ///< a removal that comes close
  bool Sometimes = false;          ///< NeverRemoved: there are ways past it
};

//===----------------------------------------------------------------------===//
// Can it be made again and again for the same pair?
//===----------------------------------------------------------------------===//

/// The listener is an object that is made where it is registered.
bool madeForIt(const Function &F, const Listening &L) {
  return L.Of->Fresh ||
         (L.In == &F && L.Listener.Base == Root::Local &&
          L.Listener.Fields.empty() && F.Locals[L.Listener.Position].Fresh);
}

/// It belongs to this, which it is given, and nothing of its own destroys it.
bool livesWithThis(const Program &P, const Registration &R) {
  if (std::none_of(R.Listener.Inputs.begin(), R.Listener.Inputs.end(),
                   [](const AccessPath &Path) {
                     return Path.Base == Root::This && Path.Fields.empty();
                   }))
    return false;
  for (const Class *C : P.withBases(R.ListenerType))
    for (const Function *M : P.methods(C->Name))
      for (const Call &Each : M->Calls)
        if ((Each.Role == "destroy" || Each.Form == CallForm::Destructor) &&
            Each.Receiver.Path.Base == Root::This &&
            Each.Receiver.Path.Fields.empty())
          return false;
  return P.findClass(R.ListenerType) != nullptr;
}

std::optional<Verdict> accumulates(const Program &P, const Function &F,
                                   const Listening &L) {
  const Registration &R = *L.Of;
  // A new listener each time is another one.
  bool Fresh = madeForIt(F, L);
  if ((L.Unique && !Fresh) || R.Once || L.Guarded || R.WhileTrue)
    return std::nullopt;
  if (L.Scoped && !L.Appended) // the new token ends the old registration
    return std::nullopt;
  const Call &C = F.Calls[L.Call];
  Verdict V;
  V.What = Fault::Accumulates;
  // In a loop, for the same emitter and the same listener.
  if (L.In == &F) {
    for (Index Loop : loopsAround(F, C.Loop)) {
      Nature Kind = P.nature(F, Loop);
      if (Kind == Nature::Once || Kind == Nature::Retry ||
          contains(C.Leaves, Loop) || contains(C.LeavesOnSuccess, Loop) ||
          (F.Loops[Loop].Bound == BoundKind::Const && F.Loops[Loop].Count < 5))
        continue;
      // The same objects, whatever happens to them; the same values.
      bool Accessor =
          !L.Emitter.Fields.empty() &&
          L.Emitter.Fields.back().ends_with("()") &&
          std::find(L.Emitter.Fields.begin(), L.Emitter.Fields.end(), "[]") ==
              L.Emitter.Fields.end();
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
      if (!Same || guardedBy(F, C.Guards, Loop, GuardKind::Memo))
        continue;
      V.Loop = Loop;
      V.Sure = likely(F, C.Guards, Loop, 0);
      return V;
    }
  }
  // Per request, on what lives longer than one.
  Life Emitter =
      F.Kind == EntityKind::Lambda && L.Emitter.Base == Root::Parameter
          ? Life::Unknown
          : lifeOf(P, F, L.Emitter);
  bool Handles = P.heat(F) == Heat::Handler;
  bool Events = P.handlesEvents(F);
  if (!Handles && !Events)
    return std::nullopt;
  // What a handler's lambda captured was there before the request.
  if (F.Kind == EntityKind::Lambda && isCaptured(F, L.Emitter))
    Emitter = Life::Outside;
  bool Lasting = Emitter == Life::Program ||
                 (Emitter == Life::Outside && L.Emitter.Base == Root::This) ||
                 (Emitter == Life::Outside && F.Kind == EntityKind::Lambda) ||
                 (Emitter == Life::Owned && L.Emitter.Base == Root::This);
  if (!Lasting || replaceable(P, F, L.Emitter))
    return std::nullopt;
  // Made anew each time: what is given a new object in the same function.
  for (const Keep &S : F.Keeps)
    if (isPrefix(S.Into, L.Emitter) && S.Into.Base == Root::This)
      return std::nullopt;
  // Made anew here, or where it registers.
  auto SetBy = [](const Function &By, const AccessPath &Path) {
    return std::any_of(
        By.Writes.begin(), By.Writes.end(), [&](const AccessPath &Written) {
          return !Written.Fields.empty() && isPrefix(Written, Path);
        });
  };
  if (SetBy(F, L.Emitter) || SetBy(*L.In, R.Emitter.Path))
    return std::nullopt;
  // A new listener each time, whose end takes the registration off.
  if (R.EndsWithReceiver || R.Tracked) {
    const AccessPath &There = R.Listener.Path;
    bool Lost = There.known() && !L.Listener.known() && L.In != &F;
    if (Lost || SetBy(F, L.Listener) || SetBy(*L.In, There))
      return std::nullopt;
  }
  if (Handles) {
    V.PerRequest = true;
    return V;
  }
  // The listener must last, or its end leave the registration where it is.
  bool Lasts = L.Listener.Base == Root::This ||
               L.Listener.Base == Root::Global ||
               (Fresh && livesWithThis(P, R));
  if (L.Listener.known() && !Lasts && (R.EndsWithReceiver || R.Tracked))
    return std::nullopt;
  if (!L.Listener.known() && !L.Inline && L.Handler.empty())
    return std::nullopt;
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
  for (Index G : C.Guards)
    if (F.Guards[G].Kind == GuardKind::Condition)
      V.Sure = lower(V.Sure);
  return V;
}

//===----------------------------------------------------------------------===//
// Can the emitter outlive the listener?
//===----------------------------------------------------------------------===//

/// The handler is seen, and has no other word than to go on.
bool neverReturnsFalse(const Program &P, const Listening &L) {
  for (const Value &V : L.In->Calls[L.Of->Call].Arguments)
    if (const Function *Handler = P.find(V.Callable))
      return Handler->NeverFalse;
  return false;
}

std::optional<Verdict> outlived(const Program &P, const Function &F,
                                const Listening &L) {
  const Registration &R = *L.Of;
  if (R.EndsWithReceiver || R.Once || R.Tracked)
    return std::nullopt;
  if (L.Fate == TokenFate::Returned || L.Fate == TokenFate::Passed ||
      (L.Scoped && L.Fate != TokenFate::None))
    return std::nullopt;
  if (R.WhileTrue && !neverReturnsFalse(P, L))
    return std::nullopt;
  Life Emitter = lifeOf(P, F, L.Emitter);
  if (R.WhileTrue && !L.Emitter.known()) // the main loop
    Emitter = Life::Program;
  // What is registered with is given with the token: a handle that lies in
  // this object.
  bool ByHandle = !L.Emitter.known() && R.Emitter.Spelling.empty() &&
                  L.Fate == TokenFate::Kept && L.Token.Base == Root::This &&
                  lifeOf(P, F, L.Token) == Life::Owned;
  if (ByHandle) {
    if (P.onlyAtStartup(F) || livesForever(P, F.Class))
      return std::nullopt;
    return Verdict();
  }
  // A local that is gone when the function returns.
  if (L.Listener.Base == Root::Local && L.Listener.Fields.empty() &&
      L.In == &F && (Emitter == Life::Outside || Emitter == Life::Program) &&
      F.Kind != EntityKind::Main && !R.Owns && L.Fate == TokenFate::None) {
    const Local &Variable = F.Locals[L.Listener.Position];
    const Class *Made = P.findClass(Variable.Type);
    if (!Made || Variable.Static || Variable.Reference || Variable.Pointer ||
        Variable.Owns || Variable.Range)
      return std::nullopt;
    for (const Class *C : P.withBases(Variable.Type))
      if (!C->Destructor.empty())
        return std::nullopt; // may take itself off
    Verdict V;
    V.Local = Variable.Name;
    return V;
  }
  if (L.Listener.Base != Root::This || !P.findClass(F.Class))
    return std::nullopt;
  if (Emitter != Life::Outside && Emitter != Life::Program)
    return std::nullopt;
  if (P.onlyAtStartup(F) || livesForever(P, F.Class))
    return std::nullopt;
  Verdict V;
  // What is a parameter here is known better where it comes from.
  if (L.Emitter.Base == Root::Parameter) {
    if (F.Kind == EntityKind::Constructor) {
      if (livesWith(P, F, L.Emitter.Position))
        return std::nullopt;
    } else {
      if (F.Kind == EntityKind::Lambda || !P.callers(F).empty())
        return std::nullopt;
      V.Sure = Confidence::Medium;
    }
  } else if (L.Emitter.Base == Root::This) {
    AccessPath Field = L.Emitter;
    Field.Fields.resize(1);
    if (Given From = givenAs(P, F.Class, Field);
        From.Constructor && livesWith(P, *From.Constructor, From.Parameter))
      return std::nullopt;
  }
  V.What = L.Fate == TokenFate::Dropped && L.Inline ? Fault::CannotBeRemoved
                                                    : Fault::NeverRemoved;
  return V;
}

//===----------------------------------------------------------------------===//
// Does it stay when what it was made for is over?
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

/// A method of the object registers it with what the object does not own, and
/// may come again. \p Added is L in terms of fields.
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

/// Its phase ends without it, or a setter leaves the old emitter its listener.
std::optional<Verdict> stays(const Program &P, const Function &F,
                             const Listening &L, const Listening &Added,
                             const Removals &Off) {
  const std::vector<Listening> &All = P.listenings(F);
  bool Removes = std::any_of(All.begin(), All.end(), [](const Listening &Each) {
    return !Each.Of->Adds;
  });
  if (Removes || !mayStay(P, F, L, Added))
    return std::nullopt;
  Verdict V;
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

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

std::string emitterName(const Listening &L, const Function &F) {
  // In the words of the place where it is reported.
  if (L.In == &F && !L.Of->Emitter.Spelling.empty())
    return L.Of->Emitter.Spelling;
  std::string Name = L.Emitter.Base == Root::Global ? L.Emitter.Name : "";
  if (L.Emitter.Base == Root::Parameter &&
      L.Emitter.Position < static_cast<Index>(F.Parameters.size()))
    Name = F.Parameters[L.Emitter.Position].Name;
  for (const std::string &Field : L.Emitter.Fields)
    if (Field != "[]")
      Name += (Name.empty() ? "" : ".") + Field;
  return Name.empty() ? "the emitter" : Name;
}

Finding say(const Program &P, const Function &F, const Listening &L,
            const Verdict &V) {
  const Call &C = F.Calls[L.Call];
  const Registration &R = *L.Of;
  Finding Found;
  Found.Check = "unbalanced-listener";
  Found.Where = Level::Memory;
  Found.Sure = V.Sure;
  Found.Runs = P.heat(F);
  Found.Function = F.Name;
  Found.At = P.point(L.Settled ? C.Where : L.In->Calls[R.Call].Where);
  std::string Emitter =
      L.Emitter.known() ? "'" + emitterName(L, F) + "'" : "its event loop";
  std::string Event = L.Event.empty() ? "" : " for '" + L.Event + "'";
  std::string Owner = "'" + shortName(F.Class) + "'";
  std::string Removed =
      V.Sometimes ? " is not always removed" : " is never removed";
  std::string Take = R.Generic ? "'" + R.Inverse + "'" : "a removal";
  switch (V.What) {
  case Fault::Accumulates: {
    Found.Degree = 2;
    std::string Per = V.Loop != None ? element(P, F, V.Loop)
                      : V.PerRequest ? "request"
                                     : "call of '" + V.PerEvent + "'";
    Found.Message = "listeners accumulate: each " + Per + " adds another to " +
                    Emitter + Event + ", and nothing takes it off";
    Found.Growth = "one listener per " + Per;
    Found.Suggestion =
        V.Loop != None
            ? "register once, before the loop"
            : "register once at start-up, or take the listener off when this "
              "is done";
    if (V.Loop != None)
      Found.Path.push_back(loopStep(P, F, V.Loop));
    break;
  }
  case Fault::Stays: {
    std::string Adds = "'" + shortName(F.Name) + "'";
    if (V.Again)
      Found.Message = "listeners accumulate: '" + shortName(V.Again->Name) +
                      "' adds another to " + Emitter + Event + " each time, '" +
                      shortName(V.Until->Name) + "' takes none off";
    else if (V.Until)
      Found.Message = "listener on " + Emitter + Event + " stays: " + Adds +
                      " registers it, and '" + shortName(V.Until->Name) +
                      "' does not take it off";
    else
      Found.Message = "listener on " + Emitter + Event +
                      " stays with it when " + Adds + " is given another one";
    Found.Growth = "one listener per call of '" +
                   shortName((V.Again ? V.Again : &F)->Name) + "'";
    Found.Suggestion = V.Until
                           ? "take it off in '" + shortName(V.Until->Name) + "'"
                           : "take it off the old one first";
    break;
  }
  case Fault::CannotBeRemoved:
    Found.Message = "this listener on " + Emitter + Event +
                    " cannot be removed: its token is thrown away, and it "
                    "refers to a " +
                    Owner + " that may be gone before " + Emitter;
    Found.Growth = "one listener per " + Owner;
    Found.Suggestion = "keep the token in a member that takes the listener off "
                       "when " +
                       Owner + " ends";
    break;
  case Fault::NeverRemoved:
    if (!V.Local.empty()) {
      Found.Message = "listener '" + V.Local + "' on " + Emitter + Event +
                      Removed + ": it is a local, and " + Emitter +
                      " keeps it in its list";
      Found.Growth = "one listener per call of '" + shortName(F.Name) + "'";
      Found.Suggestion = V.Sometimes
                             ? "take it off on every way out: let a guard do it"
                             : "take it off before it goes out of scope";
      break;
    }
    Found.Message = "listener on " + Emitter + Event + Removed + ": " +
                    Emitter + " may outlive the " + Owner +
                    " that it refers to, and keeps it in its list";
    Found.Growth = "one listener per " + Owner;
    if (Found.Runs == Heat::Handler && F.Kind == EntityKind::Constructor) {
      Found.Growth = "one listener per request";
      Found.Degree = 2;
    }
    Found.Suggestion =
        L.Fate == TokenFate::Kept
            ? "disconnect its token in the destructor of " + Owner
            : "take it off in the destructor of " + Owner + " with " + Take;
    break;
  }
  // Down to where it is written.
  const Function *At = &F;
  const Listening *Now = &L;
  for (int Depth = 0; Depth < 16 && !Now->Next.empty(); ++Depth) {
    const Function *Next = P.find(Now->Next);
    if (!Next)
      break;
    Found.Path.push_back(
        {P.point(At->Calls[Now->Call].Where), "calls '" + Next->Name + "'"});
    const Listening *Below = nullptr;
    for (const Listening &Inner : P.listenings(*Next))
      if (Inner.Of == L.Of)
        Below = &Inner;
    if (!Below)
      break;
    At = Next;
    Now = Below;
  }
  Found.Path.push_back(
      {P.point(L.In->Calls[R.Call].Where),
       "registers here through '" + shortName(L.In->Calls[R.Call].Name) + "'"});
  if (!V.Near.Why.empty())
    Found.Path.push_back({P.point(V.Near.Where), V.Near.Why});
  return Found;
}

/// The verdict, unless something takes the listener off after all.
std::optional<Verdict> judge(const Program &P, const Function &F,
                             const Listening &L) {
  std::optional<Verdict> Again = accumulates(P, F, L);
  std::optional<Verdict> Outlived =
      L.Settled ? outlived(P, F, L) : std::nullopt;
  Listening Added = inFields(F, L);
  if (!Again && !Outlived && !mayStay(P, F, L, Added))
    return std::nullopt;
  Removals Off = removalsOf(P, F, Added);
  if (Off.InCycle || Off.Unknown || Off.ByOwner)
    return std::nullopt;
  if (Again && !Off.Inside && (Again->Loop != None || !Off.Elsewhere))
    return Again;
  if (!Outlived || Off.AtEnd)
    return stays(P, F, L, Added, Off);
  Outlived->Near = Off.Near;
  Outlived->Sometimes = Off.Sometimes;
  if (Off.Inside)
    Outlived->What = Fault::NeverRemoved;
  if (Off.Inside || Off.Elsewhere)
    Outlived->Sure = Confidence::Low;
  return Outlived;
}

/// A request makes an object whose constructor registers it, and is reported
/// for that: one mistake. L leads there from F.
bool isConstructors(const Program &P, const Function &F, const Listening &L) {
  const Function *At = &F;
  const Listening *Now = &L;
  for (int Depth = 0; Depth < 16 && !Now->Next.empty(); ++Depth) {
    bool Makes = At->Calls[Now->Call].Form == CallForm::Constructor;
    At = P.find(Now->Next);
    const Listening *Below = nullptr;
    if (At)
      for (const Listening &Inner : P.listenings(*At))
        if (Inner.Of == L.Of)
          Below = &Inner;
    if (!Below)
      return false;
    Now = Below;
    if (Makes) {
      std::optional<Verdict> Its = judge(P, *At, *Now);
      return Its && Its->Sure != Confidence::Low;
    }
  }
  return false;
}

} // namespace

void checkUnbalancedListener(const Program &P, const Function &F,
                             std::vector<Finding> &Out) {
  if (F.Kind == EntityKind::Main || F.StaticInit)
    return;
  std::optional<size_t> OnEvent; // position of the one for this event
  for (const Listening &L : P.listenings(F)) {
    if (!L.Of->Adds)
      continue;
    std::optional<Verdict> V = judge(P, F, L);
    if (!V || (V->PerRequest && isConstructors(P, F, L)))
      continue;
    Finding Found = say(P, F, L, *V);
    // All that one event registers is one mistake.
    bool PerEvent = V->What == Fault::Accumulates && !V->PerEvent.empty();
    if (PerEvent && OnEvent && Out[*OnEvent].Sure >= Found.Sure) {
      Out[*OnEvent].Path.push_back({Found.At, "and another one here"});
      continue;
    }
    if (PerEvent)
      OnEvent = Out.size();
    Out.push_back(std::move(Found));
  }
}

} // namespace perfidy
