//===- Flow.cpp - which variables change with which loops -----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Flow.h"
#include <algorithm>

namespace perfidy {

AccessPath variableOf(const AccessPath &Path) {
  AccessPath Variable = Path;
  Variable.Fields.resize(
      std::min<size_t>(Path.Fields.size(), Path.Base == Root::This ? 1 : 0));
  return Variable;
}

VarId Flow::var(const AccessPath &Path) {
  AccessPath Variable = variableOf(Path);
  auto [It, New] = Ids.try_emplace(Variable, static_cast<VarId>(Paths.size()));
  if (New)
    Paths.push_back(std::move(Variable));
  return It->second;
}

std::vector<Index> Flow::chain(Index Loop) const {
  std::vector<Index> Chain;
  for (; Loop != None; Loop = Loops[Loop].Parent)
    Chain.push_back(Loop);
  std::reverse(Chain.begin(), Chain.end());
  return Chain;
}

bool Flow::encloses(Index Outer, Index Inner) const {
  if (Outer == None)
    return true;
  for (; Inner != None; Inner = Loops[Inner].Parent)
    if (Inner == Outer)
      return true;
  return false;
}

namespace {
template <typename T> bool insertSorted(std::vector<T> &Set, const T &Value) {
  auto It = std::lower_bound(Set.begin(), Set.end(), Value);
  if (It != Set.end() && *It == Value)
    return false;
  Set.insert(It, Value);
  return true;
}
} // namespace

void Flow::solve() {
  Varying.assign(Paths.size(), {});
  Sources.assign(Paths.size(), {});
  auto DeclaredIn = [&](VarId Var) {
    auto It = Declared.find(Var);
    return It == Declared.end() ? None : It->second;
  };

  // What starts variation: steps of variables that outlive the round, element
  // variables, and values from outside assigned to what outlives the round.
  for (const Definition &D : Definitions) {
    if (D.Iteration && D.Loop != None)
      insertSorted(Varying[D.Var], D.Loop);
    if (D.Step || D.Opaque)
      for (Index L : chain(D.Loop))
        if (!encloses(L, DeclaredIn(D.Var)))
          insertSorted(Varying[D.Var], L);
  }

  // What hands it on. Loops only grow sets, so the fixed point is reached
  // after at most |variables| * |loops| changes; in practice after two rounds.
  bool Changed = true;
  while (Changed) {
    Changed = false;
    for (const Definition &D : Definitions) {
      std::vector<Index> Around = chain(D.Loop);
      for (VarId From : D.From) {
        for (Index L : Around)
          if (std::binary_search(Varying[From].begin(), Varying[From].end(), L))
            Changed |= insertSorted(Varying[D.Var], L);
        Changed |= insertSorted(Sources[D.Var], From);
        std::vector<VarId> More = Sources[From];
        for (VarId Source : More)
          Changed |= insertSorted(Sources[D.Var], Source);
      }
    }
  }
}

std::vector<Index> Flow::varies(const std::vector<VarId> &From,
                                Index At) const {
  std::vector<Index> Result;
  for (Index L : chain(At))
    for (VarId Var : From)
      if (std::binary_search(Varying[Var].begin(), Varying[Var].end(), L)) {
        Result.push_back(L);
        break;
      }
  return Result;
}

std::vector<Index> Flow::otherObject(const AccessPath &Path,
                                     const std::vector<VarId> &Identity,
                                     Index At, bool Kept) const {
  std::vector<Index> Result = varies(Identity, At);
  if (!Path.known())
    return Result;
  auto Add = [&](Index L) {
    if (std::find(Result.begin(), Result.end(), L) == Result.end())
      Result.push_back(L);
  };
  auto Id = Ids.find(variableOf(Path));
  if (Id != Ids.end()) {
    auto It = Declared.find(Id->second);
    Index Home = It == Declared.end() ? None : It->second;
    // Made anew in every round of the loops around its declaration.
    for (Index L : chain(Home))
      if (encloses(L, At))
        Add(L);
  }
  for (const auto &[Changed, Loop] : Reseated)
    if (isPrefix(Changed, Path) && !(Kept && Changed == Path))
      for (Index L : chain(Loop)) {
        auto It = Id == Ids.end() ? Declared.end() : Declared.find(Id->second);
        Index Home = It == Declared.end() ? None : It->second;
        if (encloses(L, At) && !encloses(L, Home))
          Add(L);
      }
  std::sort(Result.begin(), Result.end());
  return Result;
}

bool Flow::dependsOn(VarId Var, VarId On) const {
  if (static_cast<size_t>(std::max(Var, On)) >= Sources.size())
    return Var == On; // named after the last definition
  return Var == On ||
         std::binary_search(Sources[Var].begin(), Sources[Var].end(), On);
}

std::vector<AccessPath> Flow::inputs(const std::vector<VarId> &From) const {
  std::vector<VarId> All;
  for (VarId Var : From) {
    insertSorted(All, Var);
    for (VarId Source : Sources[Var])
      insertSorted(All, Source);
  }
  std::vector<AccessPath> Result;
  for (VarId Var : All)
    if (Paths[Var].Base != Root::Local && Paths[Var].known())
      Result.push_back(Paths[Var]);
  return Result;
}

} // namespace perfidy
