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
#include "checks/Wording.h"
#include <algorithm>
#include <optional>
#include <set>

namespace perfidy {

namespace {

enum class Fault : uint8_t { NeverRemoved, CannotBeRemoved, Accumulates };

struct Verdict {
  Fault What = Fault::NeverRemoved;
  Confidence Sure = Confidence::High;
  Index Loop = None;                ///< Accumulates: the loop that repeats it
  bool PerRequest = false;          ///< Accumulates: a handler does
  std::string PerEvent;             ///< Accumulates: what an event runs
  std::string Local;                ///< NeverRemoved: the local that listens
  const Listening *Other = nullptr; ///< a removal that comes close
  const Function *OtherIn = nullptr;
};

//===----------------------------------------------------------------------===//
// Does a removal take off what was added?
//===----------------------------------------------------------------------===//

/// Both are known, and in terms of one object or of the program.
bool comparable(const AccessPath &A, const AccessPath &B) {
  auto Fixed = [](const AccessPath &Path) {
    return Path.Base == Root::This || Path.Base == Root::Global;
  };
  return Fixed(A) && Fixed(B);
}

/// Paths that may name the same: anything that cannot be compared may.
bool maySame(const AccessPath &A, const AccessPath &B) {
  return !comparable(A, B) || A == B;
}

/// A token may be one of those that the other path holds.
bool mayHold(const AccessPath &A, const AccessPath &B) {
  return !comparable(A, B) || isPrefix(A, B) || isPrefix(B, A);
}

/// removeClient() takes off what addClient() has added, and nothing else.
bool samePair(const Function &RemovedIn, const Registration &R,
              const Listening &Added) {
  const Registration &A = *Added.Of;
  if (R.Generic != A.Generic)
    return false;
  return !R.Generic || R.Inverse.empty() ||
         R.Inverse == shortName(Added.In->Calls[A.Call].Name) ||
         A.Inverse == shortName(RemovedIn.Calls[R.Call].Name);
}

bool takesOff(const Listening &Removal, const Listening &Added) {
  const Registration &R = *Removal.Of, &A = *Added.Of;
  if (Removal.Token.known() || R.Token.Path.known()) {
    if (A.Fate == TokenFate::Dropped)
      return false;
    return A.Fate != TokenFate::Kept || mayHold(Removal.Token, Added.Token);
  }
  if (!samePair(*Removal.In, R, Added))
    return false;
  if (!maySame(Removal.Emitter, Added.Emitter))
    return false;
  if (!Removal.Event.empty() && !Added.Event.empty() &&
      Removal.Event != Added.Event)
    return false;
  if (Removal.Listener.known() && Added.Listener.known() &&
      !maySame(Removal.Listener, Added.Listener))
    return false;
  return Removal.Handler.empty() || Added.Handler.empty() ||
         Removal.Handler == Added.Handler;
}

/// The registration in terms of the object's fields, where a constructor keeps
/// what it is given.
Listening inFields(const Function &F, Listening L) {
  for (AccessPath *Path : {&L.Emitter, &L.Listener})
    if (Path->Base == Root::Parameter)
      if (std::optional<AccessPath> Kept = keptIn(F, Path->Position)) {
        Kept->Fields.insert(Kept->Fields.end(), Path->Fields.begin(),
                            Path->Fields.end());
        *Path = *Kept;
      }
  return L;
}

/// F and what reaches it on the same object.
std::vector<const Function *> entries(const Program &P, const Function &F) {
  std::vector<const Function *> Found = {&F};
  for (size_t I = 0; I < Found.size() && Found.size() < 32; ++I)
    for (const Program::Site &S : P.callers(*Found[I])) {
      const AccessPath &On = S.Caller->Calls[S.Call].Receiver.Path;
      bool SameObject = On.Base == Root::This && On.Fields.empty();
      if (SameObject &&
          std::find(Found.begin(), Found.end(), S.Caller) == Found.end())
        Found.push_back(S.Caller);
    }
  return Found;
}

struct Removals {
  const Listening *AtEnd = nullptr;  ///< reached where the life ends
  const Listening *Inside = nullptr; ///< somewhere else in the class
  const Function *InsideIn = nullptr;
  bool Unknown = false; ///< there is code at the end that we do not see
};

/// A method of the object itself is called whose body we do not have.
bool callsUnseen(const Program &P, const Function &F) {
  return std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
    if (C.System || !C.Role.empty() || C.Callee.empty() ||
        C.Form == CallForm::Constructor || !P.targets(C).empty())
      return false;
    for (const Registration &R : F.Registrations)
      if (&F.Calls[R.Call] == &C)
        return false;
    auto This = [](const Value &V) {
      return V.Path.Base == Root::This && V.Path.Fields.empty();
    };
    return This(C.Receiver) ||
           std::any_of(C.Arguments.begin(), C.Arguments.end(), This);
  });
}

Removals removalsOf(const Program &P, const Function &F,
                    const Listening &Added) {
  Removals Result;
  // Put on, used, taken off again in one function.
  for (const Listening &L : P.listenings(F))
    if (!L.Of->Adds && L.Call > Added.Call && takesOff(L, Added))
      Result.AtEnd = &L;
  std::vector<const Function *> Entries = entries(P, F);
  bool InConstructor = false;
  for (const Function *Entry : Entries)
    InConstructor |= Entry->Kind == EntityKind::Constructor;
  for (const Class *C : P.withBases(F.Class)) {
    if (!C->Destructor.empty() && !P.find(C->Destructor))
      Result.Unknown = true;
    for (const Function *M : P.methods(C->Name)) {
      bool Ends = M->Kind == EntityKind::Destructor;
      for (const Function *Entry : Entries)
        Ends |= inverts(shortName(M->Name), shortName(Entry->Name)) &&
                !InConstructor;
      if (Ends && callsUnseen(P, *M))
        Result.Unknown = true;
      for (const Listening &L : P.listenings(*M)) {
        if (L.Of->Adds || !takesOff(L, Added))
          continue;
        if (Ends) {
          Result.AtEnd = &L;
        } else if (!Result.Inside) {
          Result.Inside = &L;
          Result.InsideIn = M;
        }
      }
    }
  }
  return Result;
}

/// Somebody else takes listeners like this one off.
bool removedElsewhere(const Program &P, const Function &F,
                      const Listening &Added) {
  for (const Function *Other : P.removers()) {
    if (Other->Class == F.Class && !F.Class.empty())
      continue;
    for (const Registration &R : Other->Registrations) {
      if (R.Adds || R.Token.Path.known() || !samePair(*Other, R, Added))
        continue;
      if (R.EmitterType != Added.Of->EmitterType)
        continue;
      if (!R.Event.empty() && !Added.Event.empty() && R.Event != Added.Event)
        continue;
      // An object's own listeners are not these; a part that it has may be.
      bool Part = R.Listener.Path.Base == Root::This;
      if (Part && (R.Listener.Path.Fields.empty() ||
                   R.ListenerType != F.Class || !Added.Listener.Fields.empty()))
        continue;
      if (R.ListenerType.empty() || R.ListenerType == F.Class ||
          Added.Of->ListenerType == R.ListenerType)
        return true;
    }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Can it be made again and again for the same pair?
//===----------------------------------------------------------------------===//

std::optional<Verdict> accumulates(const Program &P, const Function &F,
                                   const Listening &L) {
  const Registration &R = *L.Of;
  if (L.Unique || R.Once || L.Guarded)
    return std::nullopt;
  if (R.Scoped && !R.Appended) // the new token ends the old registration
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
  bool Lasts = L.Listener.Base == Root::This || L.Listener.Base == Root::Global;
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

std::optional<Verdict> outlived(const Program &P, const Function &F,
                                const Listening &L) {
  const Registration &R = *L.Of;
  if (R.EndsWithReceiver || R.Once || R.Tracked)
    return std::nullopt;
  if (R.Fate == TokenFate::Returned || R.Fate == TokenFate::Passed ||
      (R.Scoped && R.Fate != TokenFate::None))
    return std::nullopt;
  Life Emitter = lifeOf(P, F, L.Emitter);
  // What is registered with is given with the token: a handle that lies in
  // this object.
  bool ByHandle = !L.Emitter.known() && R.Emitter.Spelling.empty() &&
                  R.Fate == TokenFate::Kept && L.Token.Base == Root::This &&
                  lifeOf(P, F, L.Token) == Life::Owned;
  if (ByHandle) {
    if (P.onlyAtStartup(F) || livesForever(P, F.Class))
      return std::nullopt;
    return Verdict();
  }
  // A local that is gone when the function returns.
  if (L.Listener.Base == Root::Local && L.Listener.Fields.empty() &&
      L.In == &F && (Emitter == Life::Outside || Emitter == Life::Program) &&
      F.Kind != EntityKind::Main && !R.Owns && R.Fate == TokenFate::None) {
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
  V.What = R.Fate == TokenFate::Dropped && L.Inline ? Fault::CannotBeRemoved
                                                    : Fault::NeverRemoved;
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
                      " is never removed: it is a local, and " + Emitter +
                      " keeps it in its list";
      Found.Growth = "one listener per call of '" + shortName(F.Name) + "'";
      Found.Suggestion = "take it off before it goes out of scope";
      break;
    }
    Found.Message = "listener on " + Emitter + Event +
                    " is never removed: " + Emitter + " may outlive the " +
                    Owner + " that it refers to, and keeps it in its list";
    Found.Growth = "one listener per " + Owner;
    Found.Suggestion =
        R.Fate == TokenFate::Kept
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
  if (V.Other)
    Found.Path.push_back({P.point(V.OtherIn->Calls[V.Other->Call].Where),
                          "taken off here, which no destructor or end of this "
                          "phase reaches"});
  return Found;
}

/// The verdict, unless something takes the listener off after all.
std::optional<Verdict> judge(const Program &P, const Function &F,
                             const Listening &L) {
  std::optional<Verdict> Again = accumulates(P, F, L);
  std::optional<Verdict> Outlived =
      L.Settled ? outlived(P, F, L) : std::nullopt;
  if (!Again && !Outlived)
    return std::nullopt;
  Listening Added = inFields(F, L);
  Removals Off = removalsOf(P, F, Added);
  if (Off.AtEnd || Off.Unknown)
    return std::nullopt;
  bool Elsewhere = removedElsewhere(P, F, Added);
  if (Again && !Off.Inside && (Again->Loop != None || !Elsewhere))
    return Again;
  if (!Outlived)
    return std::nullopt;
  if (Off.Inside) {
    Outlived->What = Fault::NeverRemoved;
    Outlived->Sure = Confidence::Low;
    Outlived->Other = Off.Inside;
    Outlived->OtherIn = Off.InsideIn;
  } else if (Elsewhere) {
    Outlived->Sure = Confidence::Low;
  }
  return Outlived;
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
    if (!V)
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
