//===- ObjectTypes.cpp - classes of objects that a function names ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/ObjectTypes.h"
#include "checks/Pairing.h"

namespace perfidy {

std::string typeOf(const Program &P, const Function &F, const AccessPath &Of) {
  auto Within = [&](size_t Size) { return size_t(Of.Position) < Size; };
  if (isSelf(Of))
    return F.Class;
  if (Of.Base == Root::Local && Of.Fields.empty() && Within(F.Locals.size()))
    return F.Locals[Of.Position].Type;
  if (Of.Base == Root::Parameter && Of.Fields.empty() &&
      Within(F.Parameters.size()))
    return F.Parameters[Of.Position].Type;
  if (Of.Base == Root::This && Of.Fields.size() == 1)
    for (const Class *C : P.withBases(F.Class))
      for (const Field &Has : C->Fields)
        if (Has.Name == Of.Fields[0])
          return Has.Type;
  return "";
}

bool isObject(const Local &Variable) {
  return !Variable.Static && !Variable.Reference && !Variable.Pointer &&
         !Variable.Owns && !Variable.Range && Variable.Loop == None;
}

bool givenTypes(const Program &P, const Function &F, Index Parameter,
                std::set<std::string> &Types, int Depth) {
  constexpr int Deepest = 3;
  const auto &Sites = P.callers(F);
  if (Sites.empty() || Depth == Deepest) {
    AccessPath Path;
    Path.Base = Root::Parameter;
    Path.Position = Parameter;
    Types.insert(typeOf(P, F, Path));
    return Depth < Deepest;
  }
  bool All = true;
  for (const Program::Site &S : Sites) {
    const Call &C = S.Caller->Calls[S.Call];
    if (Parameter >= static_cast<Index>(C.Arguments.size()))
      return false;
    const AccessPath &Given = C.Arguments[Parameter].Path;
    if (Given.Base == Root::Parameter && Given.Fields.empty() &&
        S.Caller->Kind != EntityKind::Lambda) {
      All &= givenTypes(P, *S.Caller, Given.Position, Types, Depth + 1);
      continue;
    }
    std::string Type = typeOf(P, *S.Caller, Given);
    All &= !Type.empty();
    Types.insert(std::move(Type));
  }
  return All;
}

} // namespace perfidy
