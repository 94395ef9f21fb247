//===- Cycle.cpp - lambdas that keep themselves alive ---------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Cycle.h"
#include "checks/Lifetime.h"
#include <algorithm>

namespace perfidy {

namespace {

/// One of the two classes is the other, or derives from it.
bool related(const Program &P, const std::string &A, const std::string &B) {
  auto Has = [&](const std::string &Whole, const std::string &Base) {
    for (const Class *C : P.withBases(Whole))
      if (C->Name == Base)
        return true;
    return Whole == Base;
  };
  return Has(A, B) || Has(B, A);
}

/// Call \p C gives nothing to a function that puts it into the slot.
bool setsToNothing(const Program &P, const Call &C, const std::string &Slot) {
  auto Empty = [&](const AccessPath &Path) {
    return Path.Base == Root::Parameter && Path.Fields.empty() &&
           Path.Position >= 0 &&
           Path.Position < static_cast<Index>(C.Arguments.size()) &&
           C.Arguments[Path.Position].Constant == 0;
  };
  if (std::none_of(C.Arguments.begin(), C.Arguments.end(),
                   [](const Value &V) { return V.Constant == 0; }))
    return false;
  const auto &Targets = P.targets(C);
  return std::any_of(
      Targets.begin(), Targets.end(), [&](const Function *Target) {
        return std::any_of(
            Target->Keeps.begin(), Target->Keeps.end(), [&](const Keep &S) {
              return !S.Into.Fields.empty() && S.Into.Fields.back() == Slot &&
                     Empty(S.What.Path);
            });
      });
}

/// The slot of an object of class \p Of is emptied somewhere: what it holds
/// does not stay.
bool emptied(const Program &P, const std::string &Of, const std::string &Slot,
             const AccessPath &Token, const Function &Around) {
  for (const Function &F : P.functions()) {
    auto Names = [&](const AccessPath &Path) {
      // A field of that name in another class is another one.
      if (Path.Base == Root::This && !Path.Fields.empty() &&
          Path.Fields.front() == Slot && !F.Class.empty() && !Of.empty() &&
          !related(P, F.Class, Of))
        return false;
      for (const std::string &Field : Path.Fields)
        if (Field == Slot)
          return true;
      return false;
    };
    if (F.Kind == EntityKind::Destructor) // it never runs
      continue;
    bool Fills = false;
    for (const Keep &S : F.Keeps)
      if (Names(S.Into)) {
        // What a constructor begins with is nothing yet.
        bool Begins =
            F.Kind == EntityKind::Constructor && S.Into.Base == Root::This;
        if (S.What.Constant == 0 && !Begins)
          return true;
        Fills = true;
      }
    // Written, and not by what puts something in: cleared, swapped, exchanged.
    if (!Fills && &F != &Around && F.Kind != EntityKind::Constructor &&
        std::any_of(F.Writes.begin(), F.Writes.end(), Names))
      return true;
    if (std::any_of(F.Calls.begin(), F.Calls.end(),
                    [&](const Call &C) { return setsToNothing(P, C, Slot); }))
      return true;
    for (const Registration &R : F.Registrations)
      if (!R.Adds && (Names(R.Emitter.Path) ||
                      (!Token.Fields.empty() && !R.Token.Path.Fields.empty() &&
                       Token.Fields.back() == R.Token.Path.Fields.back())))
        return true;
  }
  return false;
}

/// A method of what lies in the slot of an object of class \p Of is called.
bool asked(const Program &P, const std::string &Of, const std::string &Slot) {
  return std::any_of(
      P.functions().begin(), P.functions().end(), [&](const Function &F) {
        return F.Kind != EntityKind::Destructor &&
               std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
                 const AccessPath &On = C.Receiver.Path;
                 return C.Form == CallForm::Member && !On.Fields.empty() &&
                        On.Fields.back() == Slot &&
                        (On.Base != Root::This || related(P, F.Class, Of));
               });
      });
}

/// The call of \p F by which it comes to \p Around again, whatever happens but
/// an error that it is told of; null if there is none.
const Call *comesAgain(const Program &P, const Function &F,
                       const Function &Around, int Depth = 0) {
  auto OfError = [&](Index G) {
    const Few<AccessPath> &Reads = F.Guards[G].Reads;
    return !Reads.empty() &&
           std::all_of(Reads.begin(), Reads.end(), [&](const AccessPath &Read) {
             return Read.Base == Root::Parameter && !isCaptured(F, Read);
           });
  };
  for (const Call &C : F.Calls) {
    if (C.Later || C.Loop != None ||
        !std::all_of(C.Guards.begin(), C.Guards.end(), OfError))
      continue;
    for (const Function *Target : P.targets(C))
      if (Target == &Around ||
          (Depth < 2 && comesAgain(P, *Target, Around, Depth + 1)))
        return &C;
  }
  return nullptr;
}

/// Objects of the class are made by what comes from outside, again and again.
bool madePerEvent(const Program &P, const std::string &Class) {
  for (const Function *M : P.methods(Class))
    if (M->Kind == EntityKind::Constructor)
      for (const Program::Site &S : P.callers(*M))
        if (isHandler(P, *S.Caller))
          return true;
  return false;
}

/// Each step from an object of class \p Type down \p Fields is owned: what lies
/// there lives as long. What is not known of a class counts as its own.
bool ownsAlong(const Program &P, std::string Type,
               const Few<SharedText> &Fields, size_t From) {
  for (size_t I = From; I < Fields.size(); ++I) {
    const Field *Step = nullptr;
    for (const Class *C : P.withBases(Type))
      for (const Field &Each : C->Fields)
        if (!Step && Each.Name == Fields[I])
          Step = &Each;
    if (!Step)
      return true;
    if (Step->How != Holds::Value && Step->How != Holds::Alone &&
        Step->How != Holds::Shared)
      return false;
    Type = Step->Type;
  }
  return true;
}

/// A local pointer that shares what a field has is that field.
AccessPath sharedWith(const Function &Around, const AccessPath &Path) {
  if (Path.Base != Root::Local || !Around.Locals[Path.Position].Of.known())
    return Path;
  AccessPath Result = Around.Locals[Path.Position].Of;
  for (const SharedText &Field : Path.Fields)
    Result.Fields.push_back(Field);
  return Result;
}

/// The field that \p Path ends in, or the local it is.
std::string slotOf(const Function &Around, const AccessPath &Path) {
  for (size_t I = Path.Fields.size(); I > 0; --I)
    if (Path.Fields[I - 1] != "[]")
      return Path.Fields[I - 1];
  return Path.Base == Root::Local ? Around.Locals[Path.Position].Name
                                  : SharedText();
}

/// Fields in which the functions that \p Taker runs put \p Lambda.
std::vector<std::string> filledBy(const Program &P, const Call &Taker,
                                  const Function &Lambda) {
  auto Is = [&](const AccessPath &Path) {
    return Path.Base == Root::Parameter && Path.Position >= 0 &&
           Path.Position < static_cast<Index>(Taker.Arguments.size()) &&
           Taker.Arguments[Path.Position].Callable == Lambda.Usr;
  };
  std::vector<std::string> Slots;
  for (const Function *Target : P.targets(Taker))
    for (const Keep &S : Target->Keeps)
      if (S.Into.Base == Root::This && !S.Into.Fields.empty() &&
          Is(S.What.Path))
        Slots.push_back(slotOf(*Target, S.Into));
  return Slots;
}

} // namespace

AccessPath objectOf(const Capture &Held) {
  AccessPath Object = Held.Of.Path;
  if (Held.OfThis) {
    Object = {};
    Object.Base = Root::This;
  }
  return Object;
}

std::optional<Cycle> keepsItself(const Program &P, const Function &Lambda,
                                 const Function &Around, const Fate &Goes,
                                 const Capture &Held) {
  bool Copy = Held.How == Holds::Value && !Held.Moved && Goes.Into;
  if ((Held.How != Holds::Shared && !Copy) || Held.Borrowed.known() ||
      Held.Kind == CaptureKind::Reference || Held.Kind == CaptureKind::This)
    return std::nullopt;
  AccessPath Object = objectOf(Held);
  if (!Object.known())
    return std::nullopt;
  auto Inside = [&](const AccessPath &Path) {
    return isPrefix(Object, Path) &&
           (Path.Fields.size() > Object.Fields.size() || Goes.Into) &&
           ownsAlong(P, Held.Type, Path.Fields, Object.Fields.size());
  };
  Cycle Found;
  Found.Copies = Copy;
  std::vector<std::string> Slots; ///< all of them keep it, one in the other
  if (Goes.Into && Inside(Goes.Into->Into)) {
    Slots = {slotOf(Around, Goes.Into->Into)};
  } else if (Goes.As && !Goes.As->Once && Inside(Goes.As->Emitter.Path)) {
    Slots = {slotOf(Around, Goes.As->Emitter.Path)};
  } else if (Goes.Taker && !Goes.Completes && !Goes.Guessed) {
    AccessPath On = sharedWith(Around, Goes.Taker->Receiver.Path);
    if (Inside(On)) {
      // Handed on by what takes it, it may be dropped soon.
      Slots = filledBy(P, *Goes.Taker, Lambda);
      if (!Slots.empty() || P.targets(*Goes.Taker).empty())
        Slots.push_back(slotOf(Around, On));
    } else if (On == Object ||
               (On.Base == Root::This && Held.OfThis && On.Fields.empty())) {
      Slots = filledBy(P, *Goes.Taker, Lambda); // a setter of the object itself
    } else if (Inside(Goes.Taker->Target)) {
      // A future keeps what it runs until somebody gets the result.
      Slots = {slotOf(Around, Goes.Taker->Target)};
      if (asked(P, Held.Type, Slots.back()))
        return std::nullopt;
    }
  } else if (Goes.Timer && Goes.Taker && Goes.Taker->Guards.empty() &&
             Inside(Goes.Taker->Receiver.Path) && !livesForever(P, Held.Type)) {
    // Its own timer, each time for one more time.
    Found.Again = comesAgain(P, Lambda, Around);
    if (Found.Again)
      Slots = {slotOf(Around, Goes.Taker->Receiver.Path)};
    Found.Sure =
        madePerEvent(P, Held.Type) ? Confidence::Medium : Confidence::Low;
  }
  if (Slots.empty() || Slots.back().empty())
    return std::nullopt;
  AccessPath Token = Goes.As ? Goes.As->Token.Path : AccessPath();
  for (const std::string &Slot : Slots) {
    // A slot of another object, by name: its class is not looked for.
    bool Own = Slot == Slots.back();
    if (emptied(P, Own ? Held.Type : "", Slot, Token, Around))
      return std::nullopt;
  }
  // It was copied for what is in the slot: a decorator runs the one before.
  if (Copy &&
      std::any_of(Held.Uses.begin(), Held.Uses.end(),
                  [&](const Use &U) { return U.Field == Slots.back(); }))
    return std::nullopt;
  Found.Slot = Slots.back();
  return Found;
}

} // namespace perfidy
