//===- Lifetime.cpp - who outlives whom -----------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Lifetime.h"
#include <algorithm>

namespace perfidy {

namespace {

bool isField(const AccessPath &Path, const std::string &Name) {
  return Path.Base == Root::This && Path.Fields.size() == 1 &&
         Path.Fields[0] == Name;
}

const Field *findField(const Program &P, const std::string &In,
                       const std::string &Name) {
  for (const Class *C : P.withBases(In))
    for (const Field &F : C->Fields)
      if (F.Name == Name)
        return &F;
  return nullptr;
}

template <class Callback>
void eachMethod(const Program &P, const std::string &In, Callback Each) {
  for (const Class *C : P.withBases(In))
    for (const Function *F : P.methods(C->Name))
      Each(*F);
}

/// What an accessor of the class returns, if all its returns agree.
AccessPath returnedBy(const Program &P, const std::string &In,
                      const std::string &Accessor) {
  AccessPath Result;
  bool Many = false;
  eachMethod(P, In, [&](const Function &F) {
    if (F.Kind != EntityKind::Method || F.Returns.empty() ||
        !F.Name.ends_with("::" + Accessor))
      return;
    Many |= F.Returns.size() != 1 || Result.known();
    Result = F.Returns[0];
  });
  return Many ? AccessPath() : Result;
}

/// A field that the class makes, or gives back to the free store.
bool ownsField(const Program &P, const std::string &Class,
               const std::string &Field) {
  bool Owns = false;
  eachMethod(P, Class, [&](const Function &F) {
    for (const Keep &S : F.Keeps)
      Owns |= S.Fresh && isField(S.Into, Field);
    for (const Call &C : F.Calls)
      Owns |= (C.Form == CallForm::Destructor || C.Role == "destroy") &&
              isField(C.Receiver.Path, Field);
  });
  return Owns;
}

} // namespace

bool isCaptured(const Function &Lambda, const AccessPath &Path) {
  if (Path.Base != Root::Parameter ||
      Path.Position >= static_cast<Index>(Lambda.Parameters.size()))
    return false;
  const std::string &Name = Lambda.Parameters[Path.Position].Name;
  return std::any_of(Lambda.Captures.begin(), Lambda.Captures.end(),
                     [&](const Capture &Held) { return Held.Name == Name; });
}

Given givenAs(const Program &P, const std::string &Class,
              const AccessPath &Field) {
  Given Result;
  eachMethod(P, Class, [&](const Function &F) {
    if (F.Kind != EntityKind::Constructor)
      return;
    for (const Keep &S : F.Keeps)
      if (S.Into == Field && S.What.Path.Base == Root::Parameter)
        Result = {&F, S.What.Path.Position};
  });
  return Result;
}

bool givenFlag(const Program &P, const std::string &Class,
               const AccessPath &Field) {
  const auto *Has = findField(P, Class, Field.Fields.back());
  if (!Has || Has->How != Holds::Value || !Has->Type.empty())
    return false;
  bool Given = false, Set = false;
  eachMethod(P, Class, [&](const Function &F) {
    bool Writes =
        std::find(F.Writes.begin(), F.Writes.end(), Field) != F.Writes.end();
    if (F.Kind != EntityKind::Constructor) {
      Set |= Writes;
      return;
    }
    bool Keeps = std::any_of(F.Keeps.begin(), F.Keeps.end(), [&](auto &K) {
      return K.Into == Field && K.What.Path.Base == Root::Parameter;
    });
    Given |= Keeps;
    // Inherited by another constructor, or set by it.
    Set |= Writes && !Keeps;
  });
  return Given && !Set;
}

std::optional<AccessPath> keptIn(const Function &F, Index Parameter) {
  for (const Keep &S : F.Keeps)
    if (S.Into.Base == Root::This && S.What.Path.Base == Root::Parameter &&
        S.What.Path.Position == Parameter && S.What.Path.Fields.empty())
      return S.Into;
  return std::nullopt;
}

Life lifeOf(const Program &P, const Function &F, const AccessPath &Path) {
  switch (Path.Base) {
  case Root::Global:
    return Life::Program;
  case Root::Parameter: {
    if (F.Kind == EntityKind::Lambda ||
        Path.Position >= static_cast<Index>(F.Parameters.size()))
      return Life::Unknown;
    return Life::Outside;
  }
  case Root::This:
    break;
  default:
    return Life::Unknown;
  }
  if (Path.Fields.empty())
    return Life::Owned;
  const std::string &First = Path.Fields[0];
  if (First.ends_with("()")) {
    AccessPath Behind =
        returnedBy(P, F.Class, First.substr(0, First.size() - 2));
    if (!Behind.known() || Behind == Path ||
        (Behind.Base == Root::This && !Behind.Fields.empty() &&
         Behind.Fields[0].ends_with("()")))
      return Life::Unknown;
    return lifeOf(P, F, Behind);
  }
  const Field *Has = findField(P, F.Class, First);
  if (!Has)
    return Life::Unknown;
  switch (Has->How) {
  case Holds::Value:
  case Holds::Alone:
    return Life::Owned;
  case Holds::Reference:
    return Life::Outside;
  case Holds::Weak:
    return Life::Unknown;
  case Holds::Shared:
  case Holds::Pointer:
    break;
  }
  if (ownsField(P, F.Class, First))
    return Life::Owned;
  Life Found = Life::Unknown;
  eachMethod(P, F.Class, [&](const Function &M) {
    for (const Keep &S : M.Keeps)
      if (isField(S.Into, First)) {
        if (S.What.Path.Base == Root::Parameter && Found != Life::Program)
          Found = Life::Outside;
        else if (S.What.Path.Base == Root::Global)
          Found = Life::Program;
      }
  });
  return Found;
}

bool livesWith(const Program &P, const Function &Constructor, Index Parameter) {
  const auto &Sites = P.callers(Constructor);
  if (Sites.empty())
    return false;
  return std::all_of(Sites.begin(), Sites.end(), [&](const auto &S) {
    const Call &C = S.Caller->Calls[S.Call];
    if (Parameter >= static_cast<Index>(C.Arguments.size()))
      return false;
    const AccessPath &With = C.Arguments[Parameter].Path;
    const AccessPath &Made = C.Target;
    // A base is made with its class.
    if (S.Caller->Kind == EntityKind::Constructor && Made.Base == Root::This &&
        Made.Fields.empty())
      return With.Base == Root::Parameter &&
             livesWith(P, *S.Caller, With.Position);
    if (With.Base == Root::Local && Made.Base == Root::Local) {
      const Local &Other = S.Caller->Locals[With.Position];
      const Local &Self = S.Caller->Locals[Made.Position];
      return !Other.Pointer && !Other.Reference && !Self.Escapes;
    }
    if (With.Base == Root::This && Made.Base == Root::This)
      return With.Fields.empty() || lifeOf(P, *S.Caller, With) == Life::Owned;
    return With.Base == Root::Global && Made.Base == Root::Global;
  });
}

bool replaceable(const Program &P, const Function &F, const AccessPath &Path) {
  auto SetIn = [&](const std::string &Class, const std::string &Field) {
    const auto &Methods = P.methods(Class);
    return std::any_of(Methods.begin(), Methods.end(), [&](const Function *M) {
      return M->Kind != EntityKind::Constructor &&
             M->Kind != EntityKind::Destructor &&
             std::any_of(M->Writes.begin(), M->Writes.end(),
                         [&](const AccessPath &Written) {
                           return Written.Fields.size() == 1 &&
                                  Written.Fields[0] == Field;
                         });
    });
  };
  auto IsPointer = [&](const std::string &Class, const std::string &Name) {
    const Field *Has = findField(P, Class, Name);
    return Has && Has->How != Holds::Value && Has->How != Holds::Reference;
  };
  if (Path.Base == Root::This && !Path.Fields.empty()) {
    for (const Class *C : P.withBases(F.Class))
      if (IsPointer(C->Name, Path.Fields[0]) && SetIn(C->Name, Path.Fields[0]))
        return true;
    return false;
  }
  // Client::model() returns instance()->model_, which is set at each login.
  if (Path.Base != Root::Global || !Path.Name.ends_with("()"))
    return false;
  std::string Accessor = Path.Name.substr(0, Path.Name.size() - 2);
  size_t Colons = Accessor.rfind("::");
  if (Colons == std::string::npos)
    return false;
  std::string Class = Accessor.substr(0, Colons);
  for (const Function *M : P.methods(Class))
    if (M->Name == Accessor)
      for (const AccessPath &Returned : M->Returns)
        if (!Returned.Fields.empty() &&
            IsPointer(Class, Returned.Fields.back()) &&
            SetIn(Class, Returned.Fields.back()))
          return true;
  return false;
}

bool livesForever(const Program &P, const std::string &Class) {
  bool Any = false, All = true;
  for (const Function *F : P.methods(Class)) {
    if (F->Kind != EntityKind::Constructor)
      continue;
    Any = true;
    if (P.onlyAtStartup(*F))
      continue;
    const auto &Sites = P.callers(*F);
    All &= !Sites.empty() &&
           std::all_of(Sites.begin(), Sites.end(), [](const auto &S) {
             const AccessPath &Made = S.Caller->Calls[S.Call].Target;
             return Made.Base == Root::Global ||
                    (Made.Base == Root::Local &&
                     S.Caller->Locals[Made.Position].Static);
           });
  }
  return Any && All;
}

} // namespace perfidy
