//===- Settle.cpp - parts of a program that are known already -------------===//
//
// Part of Perfidy. A whole program's link can be written down function by
// function (settled) and taken up again for some of them (recall).
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Impl.h"
#include "analysis/summary/Sql.h"
#include <algorithm>
#include <map>

namespace perfidy {

void Program::Impl::recall(std::unordered_map<std::string, Settled> Known) {
  if (Known.empty())
    return;
  Past.resize(Functions.size());
  std::map<std::string, Index> FileIds;
  for (size_t I = 0; I < Files.size(); ++I)
    FileIds.emplace(Files[I].Path, static_cast<Index>(I));
  for (FunctionId Id = 0; Id < Functions.size(); ++Id) {
    auto Found = Known.find(Functions[Id].Usr);
    if (Found == Known.end())
      continue;
    Past[Id] = std::make_unique<Settled>(std::move(Found->second));
    Taken[Id] |= Past[Id]->Taken;
    for (Effect &E : Past[Id]->Effects) {
      if (!E.At.valid())
        continue;
      const std::string &Path = Past[Id]->Files.at(size_t(E.At.File));
      auto [At, IsNew] =
          FileIds.try_emplace(Path, static_cast<Index>(Files.size()));
      if (IsNew)
        Files.push_back({Path, false});
      E.At.File = At->second;
    }
  }
}

bool Program::outside(const Function &F) const {
  const Settled *Past = Self->past(Self->id(F));
  return Past && Past->Outside;
}

//===----------------------------------------------------------------------===//
// Transactions
//===----------------------------------------------------------------------===//

/// A call that stands before \p At in the function begins a transaction.
bool Program::Impl::beginsBefore(const Function &In, Index At) const {
  for (Index C = 0; C < At; ++C) {
    const Call &Before = In.Calls[C];
    // Begun in a loop that the call is not in: over by now, maybe.
    if (Before.Loop != None &&
        !contains(loopsAround(In, In.Calls[At].Loop), Before.Loop))
      continue;
    if (does(In, C, EffectKind::Begin))
      return true;
  }
  return false;
}

/// Somebody who calls the function, or calls somebody who does, has begun a
/// transaction before.
bool Program::Impl::calledInTransaction(FunctionId Of) const {
  std::unordered_set<FunctionId> Seen = {Of};
  std::vector<FunctionId> Pending = {Of};
  while (!Pending.empty()) {
    FunctionId Id = Pending.back();
    Pending.pop_back();
    if (hasPlace(Id)) {
      if (past(Id)->InTransaction)
        return true;
      continue;
    }
    for (const Site &S : Callers[Id]) {
      if (beginsBefore(*S.Caller, S.Call))
        return true;
      if (Seen.insert(id(*S.Caller)).second)
        Pending.push_back(id(*S.Caller));
    }
  }
  return false;
}

bool Program::inTransaction(const Function &F, Index Call) const {
  return Self->beginsBefore(F, Call) || Self->calledInTransaction(Self->id(F));
}

//===----------------------------------------------------------------------===//
// Writing down
//===----------------------------------------------------------------------===//

std::vector<Settled> Program::settled() const {
  const Impl &P = *Self;
  size_t Count = P.Functions.size();

  // Transactions, from those who begin them down: linear, where asking for
  // each function upwards is not.
  std::vector<char> Begins(Count), Open(Count);
  for (FunctionId Id = 0; Id < Count; ++Id)
    for (const Effect &E : P.Effects[Id])
      Begins[Id] |= E.Kind == EffectKind::Begin;
  auto MayBegin = [&](const Function &F) {
    for (const Call &C : F.Calls) {
      if (C.Role.starts_with("transaction") || C.Role.starts_with("query"))
        return true;
      for (FunctionId Target : P.targets(F, C))
        if (Begins[Target])
          return true;
      for (const Value &Argument : C.Arguments) {
        if (Argument.Text && sqlKind(*Argument.Text) == SqlKind::Begin)
          return true;
        if (const Function *Run =
                Argument.Callable.empty() ? nullptr : P.find(Argument.Callable))
          if (Begins[P.id(*Run)])
            return true;
      }
    }
    return false;
  };
  std::vector<char> May(Count);
  for (FunctionId Id = 0; Id < Count; ++Id)
    May[Id] = Begins[Id] || MayBegin(P.Functions[Id]);
  std::vector<std::vector<FunctionId>> Callees(Count);
  std::vector<FunctionId> Pending;
  for (FunctionId Id = 0; Id < Count; ++Id)
    for (const Site &S : P.Callers[Id]) {
      FunctionId Caller = P.id(*S.Caller);
      Callees[Caller].push_back(Id);
      if (!Open[Id] && May[Caller] && P.beginsBefore(*S.Caller, S.Call)) {
        Open[Id] = 1;
        Pending.push_back(Id);
      }
    }
  while (!Pending.empty()) {
    FunctionId Id = Pending.back();
    Pending.pop_back();
    for (FunctionId Callee : Callees[Id])
      if (!Open[Callee]) {
        Open[Callee] = 1;
        Pending.push_back(Callee);
      }
  }

  std::vector<Settled> Result(Count);
  for (FunctionId Id = 0; Id < Count; ++Id) {
    Settled &Each = Result[Id];
    Each.HasEffects = Each.HasPlace = true;
    Each.Effects = P.Effects[Id];
    Each.Writes = P.Writes[Id];
    Each.Natures = P.Natures[Id];
    for (size_t I = 0; I < P.Kept[Id].size(); ++I)
      if (P.Kept[Id][I])
        Each.Kept.push_back(static_cast<Index>(I));
    Each.Startup = P.Startup[Id];
    Each.Handler = P.Handler[Id];
    Each.InTransaction = Open[Id];
    Each.Taken = P.Taken[Id];
    Each.Recursive = P.Recursive[Id];
  }
  return Result;
}

} // namespace perfidy
