//===- Listeners.cpp - who registers with whom, through calls -------------===//
//
// Part of Perfidy.
//
// As with effects, every function gets a list in terms of its own parameters,
// this and globals, callees first. A constructor that calls a helper that
// subscribes sees the subscription as its own.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Impl.h"
#include <algorithm>

namespace perfidy {

namespace {

constexpr size_t MostListenings = 256;
constexpr int MostRounds = 4;

bool exported(const AccessPath &Path) {
  return Path.Base == Root::Parameter || Path.Base == Root::This ||
         Path.Base == Root::Global;
}

/// The loop whose elements the source writes down, if Path is one of them.
const Loop *listWith(const Function &F, const AccessPath &Path) {
  if (Path.Base == Root::Local)
    for (const Loop &L : F.Loops)
      if (L.Element == Path.Position && !L.Listed.empty())
        return &L;
  return nullptr;
}

/// One for each element of a list that is written down.
std::vector<Listening> overLists(const Function &F, Listening L) {
  std::vector<Listening> All = {std::move(L)};
  for (AccessPath Listening::*Path :
       {&Listening::Emitter, &Listening::Listener, &Listening::Token}) {
    const Loop *Of = listWith(F, All.front().*Path);
    if (!Of)
      continue;
    std::vector<Listening> Each;
    for (const Listening &One : All)
      for (const AccessPath &Element : Of->Listed) {
        Each.push_back(One);
        AccessPath &Its = Each.back().*Path;
        Few<SharedText> Fields = std::move(Its.Fields);
        Its = Element;
        Its.Fields.insert(Its.Fields.end(), Fields.begin(), Fields.end());
      }
    All = std::move(Each);
  }
  return All;
}

} // namespace

AccessPath overElements(const Function &F, AccessPath Path) {
  for (int Depth = 0; Depth < 4 && Path.Base == Root::Local; ++Depth) {
    const AccessPath *Range = nullptr;
    for (const Loop &L : F.Loops)
      if (L.Element == Path.Position && L.Range.Path.known())
        Range = &L.Range.Path;
    if (!Range)
      break;
    AccessPath Whole = *Range;
    Whole.Fields.push_back("[]");
    Whole.Fields.insert(Whole.Fields.end(), Path.Fields.begin(),
                        Path.Fields.end());
    Path = std::move(Whole);
  }
  return Path;
}

namespace {

bool guarded(const Function &F, const std::vector<Index> &Guards) {
  return std::any_of(Guards.begin(), Guards.end(), [&](Index G) {
    return F.Guards[G].Kind == GuardKind::Memo ||
           F.Guards[G].Kind == GuardKind::Once;
  });
}

bool same(const Listening &A, const Listening &B) {
  return A.Of == B.Of && A.Emitter == B.Emitter && A.Listener == B.Listener &&
         A.Token == B.Token && A.Event == B.Event && A.Call == B.Call &&
         A.Handler == B.Handler && A.HandlerFrom == B.HandlerFrom;
}

/// The place where a function puts what it is given; null if it keeps nothing.
const Keep *keptBy(const Function &F, Index Parameter) {
  for (const Keep &K : F.Keeps)
    if (exported(K.Into) && K.What.Path.Base == Root::Parameter &&
        K.What.Path.Position == Parameter && K.What.Path.Fields.empty())
      return &K;
  return nullptr;
}

} // namespace

/// The parameter is put where it lives on, or handed to what does.
bool Program::Impl::findKept(FunctionId Id, Index Parameter) const {
  const Function &F = Functions[Id];
  auto Is = [&](const AccessPath &Path) {
    return Path.Base == Root::Parameter && Path.Position == Parameter &&
           Path.Fields.empty();
  };
  for (const Keep &S : F.Keeps) {
    if (!exported(S.Into))
      continue;
    // As it is, or in a lambda or task made of it.
    bool Made = (S.Fresh || !S.What.Callable.empty()) &&
                std::any_of(S.What.Inputs.begin(), S.What.Inputs.end(), Is);
    if (Made || Is(S.What.Path))
      return true;
  }
  for (const Call &C : F.Calls) {
    if (C.Later && (Is(C.Receiver.Path) ||
                    std::any_of(C.Arguments.begin(), C.Arguments.end(),
                                [&](const Value &V) { return Is(V.Path); })))
      return true;
    for (Index I = 0; I < static_cast<Index>(C.Arguments.size()); ++I) {
      const Value &Given = C.Arguments[I];
      bool Held = Is(Given.Path) ||
                  std::any_of(Given.Captures.begin(), Given.Captures.end(),
                              [&](const Value &V) { return Is(V.Path); });
      // Or in something made of it: std::bind(f, args).
      Held |= !Given.Path.known() &&
              std::any_of(Given.Inputs.begin(), Given.Inputs.end(), Is);
      if (!Held)
        continue;
      for (FunctionId Target : targets(F, C))
        if (keeps(Target, I))
          return true;
    }
  }
  return false;
}

bool Program::Impl::keeps(FunctionId Id, Index Parameter) const {
  return Parameter < static_cast<Index>(Kept[Id].size()) && Kept[Id][Parameter];
}

/// Callees first, so that one pass is enough but for cycles.
void Program::Impl::findKept() {
  Kept.resize(Functions.size());
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    Kept[Id].assign(Functions[Id].Parameters.size(), 0);
  for (FunctionId Id = 0; Id < Functions.size(); ++Id)
    if (hasEffects(Id))
      for (Index I : past(Id)->Kept)
        if (I >= 0 && I < static_cast<Index>(Kept[Id].size()))
          Kept[Id][I] = 1;
  for (const std::vector<FunctionId> &Component : Order)
    for (int Round = 0; Round < MostRounds; ++Round) {
      bool Changed = false;
      for (FunctionId Id : Component)
        for (Index I = 0; I < static_cast<Index>(Kept[Id].size()); ++I)
          if (!Kept[Id][I] && !hasEffects(Id) && findKept(Id, I))
            Changed = Kept[Id][I] = 1;
      if (!Changed || Component.size() == 1)
        break;
    }
}

/// What is put somewhere is put into a set or map, or if it is not in there.
bool Program::Impl::keepsOnce(FunctionId Id) const {
  const Function &F = Functions[Id];
  bool Any = false;
  for (const Keep &S : F.Keeps) {
    if (!exported(S.Into) || S.What.Path.Base != Root::Parameter)
      continue;
    Any = true;
    if (!S.Unique && S.Appends && !guarded(F, S.Guards))
      return false;
  }
  return Any;
}

bool Program::keeps(const Call &C, Index Argument) const {
  for (FunctionId Target : Self->targetIds(C))
    if (Self->keeps(Target, Argument))
      return true;
  return false;
}

/// A token that is handed on is kept where all who may get it keep it.
void Program::Impl::followToken(const Function &F, Listening &L) const {
  const Registration &R = *L.Of;
  if (L.Fate != TokenFate::Passed || R.Taker == None)
    return;
  const Call &C = F.Calls[R.Taker];
  const Keep *Kept = nullptr;
  for (FunctionId Target : targets(F, C)) {
    Kept = keptBy(Functions[Target], static_cast<Index>(R.TakenAs));
    if (!Kept)
      return;
  }
  AccessPath Into = Kept ? mapPath(C, Kept->Into).Path : AccessPath();
  if (Into.Base != Root::This || Into.Fields.empty())
    return;
  L.Token = std::move(Into);
  L.Fate = TokenFate::Kept;
  L.Appended = Kept->Appends;
  L.Scoped |= Kept->Ends;
}

/// Fills the list of one function. True if that changed it.
bool Program::Impl::listenings(FunctionId Id) {
  const Function &F = Functions[Id];
  std::vector<Listening> List;
  auto Add = [&](Listening Found) {
    for (Listening &L : overLists(F, std::move(Found))) {
      for (AccessPath *Path : {&L.Emitter, &L.Listener, &L.Token})
        *Path = overElements(F, std::move(*Path));
      if (List.size() < MostListenings &&
          std::none_of(List.begin(), List.end(),
                       [&](const Listening &Other) { return same(L, Other); }))
        List.push_back(std::move(L));
    }
  };
  for (const Registration &R : F.Registrations) {
    const Call &C = F.Calls[R.Call];
    bool Once = false;
    if (R.Generic && R.Adds) {
      // What has the name of a registration and keeps nothing is none.
      std::span<const FunctionId> Targets = targets(F, C);
      bool Seen = !Targets.empty(), Keeps = false;
      Once = Seen;
      for (FunctionId Target : Targets)
        Once &= keepsOnce(Target);
      for (FunctionId Target : Targets)
        for (Index I = 0; I < static_cast<Index>(C.Arguments.size()); ++I)
          Keeps |= keeps(Target, I);
      if (Seen && !Keeps)
        continue;
    }
    Listening L;
    L.In = &F;
    L.Of = &R;
    L.Emitter = R.Emitter.Path;
    L.Listener = R.Listener.Path;
    L.Token = R.Token.Path;
    L.Fate = R.Fate;
    L.Appended = R.Appended;
    L.Scoped = R.Scoped;
    followToken(F, L);
    L.Event = R.Event;
    L.EventFrom = R.EventGiven.Path;
    L.Handler = R.Handler;
    L.HandlerFrom = R.HandlerGiven.Path;
    L.Inline = R.Inline;
    L.Unique = R.Unique || Once;
    L.Call = R.Call;
    L.Guarded = guarded(F, C.Guards);
    L.Settled = true;
    Add(std::move(L));
  }
  for (Index Position = 0; Position < static_cast<Index>(F.Calls.size());
       ++Position) {
    const Call &C = F.Calls[Position];
    if (C.Later || !C.Role.empty())
      continue;
    for (FunctionId Target : targets(F, C)) {
      if (Target == Id)
        continue;
      for (const Listening &Below : Listenings[Target]) {
        if (!exported(Below.Emitter) && !exported(Below.Token) &&
            !exported(Below.Listener) && !exported(Below.HandlerFrom))
          continue;
        Listening L = Below;
        auto Map = [&](const AccessPath &Path) {
          return Path.known() ? mapPath(C, Path).Path : Path;
        };
        L.Emitter = Map(Below.Emitter);
        L.Listener = Map(Below.Listener);
        L.Token = Map(Below.Token);
        if (Below.Event.empty() && Below.EventFrom.Base == Root::Parameter &&
            Below.EventFrom.Position < static_cast<Index>(C.Arguments.size())) {
          const Value &Given = C.Arguments[Below.EventFrom.Position];
          L.Event = Given.Text.value_or("");
          L.EventFrom = Given.Path;
        }
        L.Settled = Below.Emitter.Base == Root::Parameter ||
                    Below.Listener.Base == Root::Parameter;
        if (Below.HandlerFrom.Base == Root::Parameter &&
            Below.HandlerFrom.Position <
                static_cast<Index>(C.Arguments.size())) {
          const Value &Given = C.Arguments[Below.HandlerFrom.Position];
          L.HandlerFrom = Given.Path;
          L.Settled = true;
          if (const Function *Lambda = find(Given.Callable)) {
            L.Handler = Lambda->Usr;
            L.HandlerFrom = {};
            L.Inline = true;
            for (const Capture &Held : Lambda->Captures)
              if (Held.Kind == CaptureKind::This && Held.How == Holds::Pointer)
                L.Listener.Base = Root::This;
          }
        }
        L.Call = Position;
        L.Next = Functions[Target].Usr;
        L.Guarded |= guarded(F, C.Guards);
        Add(std::move(L));
      }
    }
  }
  bool Changed = !std::equal(List.begin(), List.end(), Listenings[Id].begin(),
                             Listenings[Id].end(), same);
  Listenings[Id] = std::move(List);
  return Changed;
}

void Program::Impl::findListenings() {
  findKept();
  Listenings.assign(Functions.size(), {});
  for (const Function &F : Functions)
    if (std::any_of(F.Registrations.begin(), F.Registrations.end(),
                    [](const Registration &R) { return !R.Adds; }))
      Removers.push_back(&F);
  for (const Function &F : Functions)
    for (const Registration &R : F.Registrations)
      if (R.Adds && !R.Once && !R.Handler.empty())
        HandlerNames.insert(R.Handler);
  for (const std::vector<FunctionId> &Component : Order)
    for (int Round = 0; Round < MostRounds; ++Round) {
      bool Changed = false;
      for (FunctionId Id : Component)
        Changed |= listenings(Id);
      if (!Changed || Component.size() == 1)
        break;
    }
}

const std::vector<Listening> &Program::listenings(const Function &F) const {
  return Self->Listenings[Self->id(F)];
}

const std::vector<const Function *> &Program::removers() const {
  return Self->Removers;
}

bool Program::handlesEvents(const Function &F) const {
  const Settled *Past = Self->past(Self->id(F));
  return F.Event || (Past && Past->Handles) ||
         Self->HandlerNames.count(F.Name) || Self->HandlerNames.count(F.Usr);
}

const Class *Program::findClass(const std::string &Name) const {
  auto It = Self->Classes.find(Name);
  return It == Self->Classes.end() || Self->Ambiguous.count(Name) ? nullptr
                                                                  : &It->second;
}

const std::vector<const Function *> &
Program::methods(const std::string &Class) const {
  static const std::vector<const Function *> Nothing;
  auto It = Self->Methods.find(Class);
  return It == Self->Methods.end() ? Nothing : It->second;
}

const std::vector<const Function *> &Program::lambdas(const Function &F) const {
  static const std::vector<const Function *> Nothing;
  auto It = Self->Lambdas.find(F.Usr);
  return It == Self->Lambdas.end() ? Nothing : It->second;
}

std::vector<const Class *> Program::withBases(const std::string &Name) const {
  std::vector<const Class *> Result;
  std::vector<std::string> Pending = {Name};
  for (size_t I = 0; I < Pending.size() && I < 32; ++I)
    if (const Class *C = findClass(Pending[I])) {
      if (std::find(Result.begin(), Result.end(), C) == Result.end())
        Result.push_back(C);
      Pending.insert(Pending.end(), C->Bases.begin(), C->Bases.end());
    }
  return Result;
}

} // namespace perfidy
