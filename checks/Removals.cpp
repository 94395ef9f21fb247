//===- Removals.cpp - whether and where a listener is taken off -----------===//
//
// Part of Perfidy.
//
// A removal counts if it names the same event, emitter, listener and token as
// the registration, as far as both are known, and stands where the life of the
// registration ends: in the function itself, on every way out; in the inverse
// of its phase; in the destructor; or with whoever makes and drops the object.
//
//===----------------------------------------------------------------------===//
#include "checks/Removals.h"
#include "checks/Lifetime.h"
#include "checks/ObjectTypes.h"
#include "checks/Pairing.h"
#include "checks/Phases.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>
#include <set>

namespace perfidy {

namespace {

class RemovalSearch {
  const Program &P;
  const Function &F;
  const Listening &Added;
  std::vector<const Function *> Entries;
  const Listening *Over; ///< its token takes the place
  bool Held;             ///< the emitter keeps the object alive
  bool InConstructor = false;
  Removals Result;

  void near(const Function &In, Index Call, std::string Why) {
    if (Result.Near.Why.empty())
      Result.Near = {In.Calls[Call].Where, std::move(Why)};
  }

  /// Takes it off, but for a token that is not the last in its place.
  bool matches(const Listening &L) const {
    return !L.Of->Adds && takesOff(L, Added) && !(Over && byToken(L));
  }

  bool endsPhase(const Function &M) const {
    return !InConstructor &&
           std::any_of(Entries.begin(), Entries.end(), [&](const auto *Entry) {
             return inverts(shortName(M.Name), shortName(Entry->Name));
           });
  }

  /// Put on, used, taken off again in one function.
  void inFunction() {
    for (const Listening &L : P.listenings(F)) {
      if (L.Call == Added.Call || !matches(L))
        continue;
      if (L.Call < Added.Call) { // the last one, before this one
        Result.Inside = true;
        continue;
      }
      if (const Exit *Past = exitPast(P, F, Added, L)) {
        Result.Sometimes = true;
        if (Result.Near.Why.empty())
          Result.Near = {Past->Where, "this way out goes past its removal"};
      } else {
        Result.InCycle = true;
      }
    }
  }

  /// Only a destructor of a base calls what M overrides, when M is no more.
  bool meantForDestructor(const Function &M) const {
    if (M.Overrides.empty() || !P.callers(M).empty())
      return false;
    for (const Class *C : P.withBases(F.Class))
      if (const Function *End = P.find(C->Destructor))
        for (const Call &Each : End->Calls)
          if (isSelf(Each.Receiver.Path) &&
              std::find(M.Overrides.begin(), M.Overrides.end(), Each.Callee) !=
                  M.Overrides.end())
            return true;
    return false;
  }

  void inMethod(const Function &M, const Listening &L) {
    bool Destroys = M.Kind == EntityKind::Destructor, Ends = endsPhase(M);
    if (Destroys && Held) {
      near(M, L.Call,
           "taken off here, which never runs: the emitter keeps the object");
      return;
    }
    if (!Destroys && !Ends) {
      if (&M == &F && L.Call > Added.Call) // see inFunction()
        return;
      if (meantForDestructor(M)) {
        near(M, L.Call,
             "taken off here; when the base's destructor calls it, it is the "
             "base's own");
        return;
      }
      Result.Inside = true;
      near(M, L.Call,
           "taken off here, which no destructor or end of this phase reaches");
      return;
    }
    if (std::string Flag = dependsOn(P, F, Added, M, L); !Flag.empty()) {
      Result.Sometimes = true;
      near(M, L.Call,
           "taken off here only by '" + Flag +
               "', which the registration does not ask");
      return;
    }
    // What a constructor begins a destructor ends.
    (Destroys && !InConstructor ? Result.AtEnd : Result.InCycle) = true;
  }

  void inClass() {
    for (const Class *C : P.withBases(F.Class)) {
      if (!C->Destructor.empty() && !P.find(C->Destructor) && !Held)
        Result.Unknown = true;
      for (const Function *M : P.methods(C->Name)) {
        bool Ends = M->Kind == EntityKind::Destructor || endsPhase(*M);
        if (Ends && callsUnseen(P, *M))
          Result.Unknown = true;
        for (const Listening &L : P.listenings(*M))
          if (matches(L))
            inMethod(*M, L);
      }
    }
  }

  /// Methods that end the object's life or the phase, and what they call of it.
  std::vector<const Function *> ends() const {
    std::vector<const Function *> Found;
    for (const Class *C : P.withBases(F.Class))
      for (const Function *M : P.methods(C->Name))
        if (M->Kind == EntityKind::Destructor || endsPhase(*M))
          Found.push_back(M);
    auto Ours = [&](const Function &M) {
      const std::vector<const Class *> Bases = P.withBases(F.Class);
      return std::any_of(Bases.begin(), Bases.end(),
                         [&](auto *C) { return C->Name == M.Class.str(); });
    };
    for (size_t I = 0; I < Found.size() && Found.size() < 32; ++I)
      for (const Call &C : Found[I]->Calls)
        if (isSelf(C.Receiver.Path))
          for (const Function *Target : P.targets(C))
            if (Ours(*Target) &&
                std::find(Found.begin(), Found.end(), Target) == Found.end())
              Found.push_back(Target);
    return Found;
  }

  /// What lies in the field runs when the object ends: a destructor of ours
  /// runs it, or the field's class has one.
  bool runsAtEnd(const AccessPath &Slot) const {
    for (const Function *M : ends())
      for (const AccessPath &Each : M->Runs)
        if (AccessPath Run = overElements(*M, Each);
            Run.Base == Root::This && mayHold(Run, Slot))
          return true;
    std::string Type =
        Slot.Fields.size() == 1 ? typeOf(P, F, Slot) : std::string();
    const Class *Of = P.findClass(Type);
    return Of && !Of->Destructor.empty();
  }

  /// The removal stands in a lambda: a list of what is to be done at the end,
  /// a guard.
  void inLambda(const Function &Around, const Function &Lambda) {
    for (const Keep &K : Around.Keeps)
      if (K.What.Callable == Lambda.Usr && K.Into.Base == Root::This) {
        if (runsAtEnd(K.Into))
          Result.AtEnd = true;
        return;
      }
    bool Run = false, Given = false, Guards = false;
    for (const Call &C : Around.Calls) {
      Run |= C.Callee == Lambda.Usr;
      if (std::none_of(
              C.Arguments.begin(), C.Arguments.end(),
              [&](const Value &V) { return V.Callable == Lambda.Usr; }))
        continue;
      Given = true;
      Guards |= C.Target.Base == Root::Local || C.Target.Base == Root::This;
    }
    // Who gets it is not seen, or is an object that lives here.
    if (!Run && (!Given || Guards))
      Result.Unknown = true;
  }

  void inLambdas() {
    for (const Function *Around : Entries) {
      if (Around->Class != F.Class)
        continue;
      for (const Function *Lambda : P.lambdas(*Around))
        for (const Listening &L : P.listenings(*Lambda))
          if (matches(L)) {
            inLambda(*Around, *Lambda);
            break;
          }
    }
  }

  //===--------------------------------------------------------------------===//
  // Who makes the object takes it off before it drops it
  //===--------------------------------------------------------------------===//

  /// Where the object that a call makes is kept; unknown if it is given away.
  AccessPath keptAt(const Program::Site &S) const {
    const Call &C = S.Caller->Calls[S.Call];
    if (C.Target.Base == Root::This && !C.Target.Fields.empty())
      return C.Target;
    for (const Keep &K : S.Caller->Keeps) {
      const AccessPath &What = K.What.Path;
      bool Made = What.Base == Root::Result && What.Position == S.Call;
      bool ByName = What.Base == Root::Local && What == C.Target;
      if ((Made || ByName) && K.Into.Base == Root::This)
        return K.Into;
    }
    return C.Target;
  }

  /// \p By, or what it calls, takes off what \p Slot holds.
  bool takesOffWhatIsIn(const Function &By, const AccessPath &Slot) const {
    const std::vector<Listening> &All = P.listenings(By);
    return std::any_of(All.begin(), All.end(), [&](const Listening &L) {
      return !L.Of->Adds && !byToken(L) && sameKind(L, Added) &&
             L.Of->EmitterType == Added.Of->EmitterType && L.Listener.known() &&
             !isSelf(L.Listener) && mayHold(L.Listener, Slot);
    });
  }

  /// The class that has \p Slot takes the objects off whenever it drops them:
  /// in its destructor, and where else it changes the slot.
  bool ownerTakesOff(const std::string &Owner, const AccessPath &Slot,
                     const std::set<const Function *> &Makers) const {
    AccessPath Field = Slot;
    Field.Fields.resize(1);
    bool AtEnd = false;
    for (const Class *C : P.withBases(Owner)) {
      if (!C->Destructor.empty() && !P.find(C->Destructor))
        return true; // not seen
      for (const Function *M : P.methods(C->Name)) {
        bool Off = takesOffWhatIsIn(*M, Slot);
        if (M->Kind == EntityKind::Destructor)
          AtEnd |= Off;
        bool Drops = M->Kind == EntityKind::Method && !Makers.count(M) &&
                     std::find(M->Writes.begin(), M->Writes.end(), Field) !=
                         M->Writes.end();
        if (Drops && !Off)
          return false;
      }
    }
    return AtEnd;
  }

  /// All objects of the class that are seen being made, with who makes them.
  bool makers(const std::string &Of, std::vector<Program::Site> &All,
              int Depth = 0) const {
    constexpr int Deepest = 3;
    if (Depth == Deepest)
      return false;
    bool Any = false;
    for (const Function *M : P.methods(Of)) {
      if (M->Kind != EntityKind::Constructor)
        continue;
      for (const Program::Site &S : P.callers(*M)) {
        Any = true;
        const AccessPath &Made = S.Caller->Calls[S.Call].Target;
        if (S.Caller->Kind == EntityKind::Constructor && isSelf(Made)) {
          if (S.Caller->Class != Of && !makers(S.Caller->Class, All, Depth + 1))
            return false;
          continue; // a base, or the same by another constructor
        }
        All.push_back(S);
      }
    }
    return Any;
  }

  bool byOwner() const {
    std::vector<Program::Site> Sites;
    if (!isSelf(Added.Listener) || !makers(F.Class, Sites) || Sites.empty())
      return false;
    std::set<const Function *> Makers;
    for (const Program::Site &S : Sites)
      Makers.insert(S.Caller);
    return std::all_of(Sites.begin(), Sites.end(), [&](const auto &S) {
      AccessPath Slot = keptAt(S);
      if (Slot.Base == Root::Local)
        return takesOffWhatIsIn(*S.Caller, Slot);
      return Slot.Base == Root::This && !Slot.Fields.empty() &&
             ownerTakesOff(S.Caller->Class, Slot, Makers);
    });
  }

  //===--------------------------------------------------------------------===//
  // Somebody takes listeners like this one off
  //===--------------------------------------------------------------------===//

  std::string listenerType() const {
    if (std::string Type = typeOf(P, F, Added.Listener); !Type.empty())
      return Type;
    return Added.Of->ListenerType;
  }

  bool isAbout(const Function &Other, const Registration &R,
               const std::string &Type) const {
    const AccessPath &Of = R.Listener.Path;
    if (R.ListenerType.empty())
      return true;
    // An object's own listeners are not these; a part that it has may be.
    if (Of.Base == Root::This)
      return !Of.Fields.empty() && R.ListenerType == F.Class &&
             Added.Listener.Fields.empty();
    // Nor are a function's own, that it has by value.
    if (Of.Base == Root::Local && Of.Fields.empty() &&
        isObject(Other.Locals[Of.Position]))
      return false;
    // A helper takes off what it is given.
    std::set<std::string> Types = {R.ListenerType};
    if (Of.Base == Root::Parameter && Of.Fields.empty() &&
        Other.Kind != EntityKind::Lambda) {
      Types.clear();
      if (!givenTypes(P, Other, Of.Position, Types))
        return true;
      if (P.callers(Other).empty())
        Types.insert(R.ListenerType);
    }
    return Types.count(F.Class) || Types.count(Type);
  }

  bool elsewhere() const {
    std::string Type = listenerType();
    for (const Function *Other : P.removers()) {
      if (Other == &F || (Other->Class == F.Class && !F.Class.empty()))
        continue;
      for (const Registration &R : Other->Registrations)
        if (!R.Adds && !R.Token.Path.known() && samePair(*Other, R, Added) &&
            R.EmitterType == Added.Of->EmitterType &&
            (R.Event.empty() || Added.Event.empty() ||
             R.Event == Added.Event) &&
            isAbout(*Other, R, Type))
          return true;
    }
    return false;
  }

  /// Nothing ends the object as long as the emitter has it: what it is given
  /// it keeps, and keeps alive.
  bool heldByEmitter() const {
    if (!Added.Of->Owns || !isSelf(Added.Listener))
      return false;
    const Call &C = Added.In->Calls[Added.Of->Call];
    std::vector<const Function *> Targets = P.targets(C);
    auto Keeps = [&](const Function *Target) {
      return std::any_of(Target->Keeps.begin(), Target->Keeps.end(),
                         [](const Keep &K) {
                           return K.Into.Base == Root::This && !K.Weak &&
                                  K.What.Path.Base == Root::Parameter &&
                                  K.What.Path.Fields.empty();
                         });
    };
    return !Targets.empty() &&
           std::all_of(Targets.begin(), Targets.end(), Keeps);
  }

public:
  RemovalSearch(const Program &P, const Function &F, const Listening &Added)
      : P(P), F(F), Added(Added), Entries(entries(P, F)),
        Over(overwrites(P, F, Added)), Held(heldByEmitter()) {
    for (const Function *Entry : Entries)
      InConstructor |= Entry->Kind == EntityKind::Constructor;
  }

  Removals run() {
    if (Over)
      near(F, Over->Call, "its token is overwritten here");
    inFunction();
    inClass();
    inLambdas();
    if (Result.InCycle || Result.AtEnd || Result.Unknown)
      return std::move(Result);
    Result.ByOwner = byOwner();
    Result.Elsewhere = elsewhere();
    return std::move(Result);
  }
};

} // namespace

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

std::vector<const Function *> entries(const Program &P, const Function &F) {
  std::vector<const Function *> Found = {&F};
  for (size_t I = 0; I < Found.size() && Found.size() < 32; ++I)
    for (const Program::Site &S : P.callers(*Found[I]))
      if (isSelf(S.Caller->Calls[S.Call].Receiver.Path) &&
          std::find(Found.begin(), Found.end(), S.Caller) == Found.end())
        Found.push_back(S.Caller);
  return Found;
}

bool callsUnseen(const Program &P, const Function &F) {
  return std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
    if (C.System || !C.Role.empty() || C.Callee.empty() ||
        C.Form == CallForm::Constructor || !P.targets(C).empty())
      return false;
    for (const Registration &R : F.Registrations)
      if (&F.Calls[R.Call] == &C)
        return false;
    return isSelf(C.Receiver.Path) ||
           std::any_of(C.Arguments.begin(), C.Arguments.end(),
                       [](const Value &V) { return isSelf(V.Path); });
  });
}

Removals removalsOf(const Program &P, const Function &F,
                    const Listening &Added) {
  return RemovalSearch(P, F, Added).run();
}

} // namespace perfidy
