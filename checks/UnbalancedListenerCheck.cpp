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
#include "checks/Removals.h"
#include "checks/Repeats.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>

namespace perfidy {

namespace {

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

std::optional<Imbalance> outlived(const Program &P, const Function &F,
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
    return Imbalance();
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
    Imbalance V;
    V.Local = Variable.Name;
    return V;
  }
  if (L.Listener.Base != Root::This || !P.findClass(F.Class))
    return std::nullopt;
  if (Emitter != Life::Outside && Emitter != Life::Program)
    return std::nullopt;
  if (P.onlyAtStartup(F) || livesForever(P, F.Class))
    return std::nullopt;
  Imbalance V;
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
            const Imbalance &V) {
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
std::optional<Imbalance> judge(const Program &P, const Function &F,
                               const Listening &L) {
  std::optional<Imbalance> Again = accumulates(P, F, L);
  std::optional<Imbalance> Outlived =
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

/// L leads from F to the constructor of an object that registers itself: that
/// is judged there, with what its destructor does.
bool isConstructors(const Program &P, const Function &F, const Listening &L) {
  const Function *At = &F;
  const Listening *Now = &L;
  for (int Depth = 0; Depth < 16 && !Now->Next.empty(); ++Depth) {
    At = P.find(Now->Next);
    const Listening *Below = nullptr;
    if (At)
      for (const Listening &Inner : P.listenings(*At))
        if (Inner.Of == L.Of)
          Below = &Inner;
    if (!Below)
      return false;
    Now = Below;
    if (At->Kind == EntityKind::Constructor &&
        Now->Listener.Base == Root::This && Now->Listener.Fields.empty())
      return true;
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
    std::optional<Imbalance> V = judge(P, F, L);
    bool Again = V && (V->PerRequest || !V->PerEvent.empty());
    if (!V || (Again && isConstructors(P, F, L)))
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
