//===- Nature.cpp - what a loop is for ------------------------------------===//
//
// Part of Perfidy. The shape of a loop, and what the calls in it do, tell
// whether its body is work per element.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Impl.h"
#include <algorithm>
#include <cctype>

namespace perfidy {

bool Program::Impl::does(const Function &F, Index Call, EffectKind Kind) const {
  if (!mayDo(F, Call, Kind))
    return false;
  for (const CallEffect &E : settledEffects(F, Call))
    if (E.Does.Kind == Kind)
      return true;
  return false;
}

namespace {
/// The words of an identifier, in lower case: "nextBatch" -> next, batch.
bool hasWord(const std::string &Name,
             std::initializer_list<std::string_view> Words) {
  std::string Current;
  auto Matches = [&] {
    std::string Singular = Current;
    for (std::string_view Suffix : {"es", "s"})
      if (Singular.size() > Suffix.size() + 2 && Singular.ends_with(Suffix)) {
        Singular.resize(Singular.size() - Suffix.size());
        break;
      }
    return std::find(Words.begin(), Words.end(), Current) != Words.end() ||
           std::find(Words.begin(), Words.end(), Singular) != Words.end();
  };
  for (char C : Name) {
    unsigned char U = static_cast<unsigned char>(C);
    if (!std::isalpha(U) || std::isupper(U)) {
      if (Matches())
        return true;
      Current.clear();
    }
    if (std::isalpha(U))
      Current += static_cast<char>(std::tolower(U));
  }
  return Matches();
}
} // namespace

namespace {
Nature natureOf(const Function &F, const Loop &L, bool Waits) {
  if (L.OneShot || (L.Bound == BoundKind::Const && L.Count == 1))
    return Nature::Once;
  if (L.Condition == ConditionKind::Count && L.Step != 1)
    return Nature::Batch;
  auto Chunk = {std::string_view("batch"), std::string_view("batche"),
                std::string_view("chunk"), std::string_view("bulk"),
                std::string_view("page"),  std::string_view("slice")};
  // A chunk is what has elements: a page of a book is none.
  if (L.Element != None && F.Locals[L.Element].Range &&
      (hasWord(L.Range.Spelling, Chunk) ||
       hasWord(F.Locals[L.Element].Name, Chunk)))
    return Nature::Batch;

  bool Endless = L.Condition == ConditionKind::None &&
                 L.Form != LoopForm::RangeFor && L.Form != LoopForm::Algorithm;
  if (Endless && (Waits || !L.LeavesSometimes))
    return Nature::Service;
  if (L.Condition == ConditionKind::Flag)
    return Nature::Service;
  if (Waits && (L.Condition == ConditionKind::Call ||
                L.Condition == ConditionKind::Other))
    return Nature::Service;
  if (L.Condition == ConditionKind::Count && Waits &&
      (L.Bound == BoundKind::Const || L.Bound == BoundKind::ValueOf))
    return Nature::Retry;
  if (L.Condition == ConditionKind::NotEmpty)
    return Nature::Drain;
  return Nature::Plain;
}
} // namespace

std::vector<Nature>
Program::Impl::natures(const Function &F,
                       const std::vector<std::vector<CallEffect>> &All) {
  std::vector<Nature> Result;
  if (F.Loops.empty())
    return Result;
  std::vector<char> Waits(F.Loops.size(), 0);
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    if (F.Calls[C].Loop != None &&
        // Waiting for work is what the loop does in every round; a back-off
        // deep in a query is not.
        std::any_of(All[C].begin(), All[C].end(), [](const CallEffect &E) {
          return E.Does.Kind == EffectKind::Wait && !E.Does.Looped &&
                 !E.Does.Conditions && !E.Does.ErrorPath && !E.Does.Memo;
        }))
      for (Index L : loopsAround(F, F.Calls[C].Loop))
        Waits[L] = 1;
  for (size_t L = 0; L < F.Loops.size(); ++L)
    Result.push_back(natureOf(F, F.Loops[L], Waits[L]));
  return Result;
}

bool Program::overResultSet(const Function &F, Index Position) const {
  const Loop &L = F.Loops[Position];
  if (L.Bound == BoundKind::ResultSet)
    return true;
  for (Index C : L.ConditionCalls)
    if (Self->does(F, C, EffectKind::Fetch))
      return true;
  // The rows came from a function that queries.
  const AccessPath &Walked = L.Range.Path;
  if (Walked.Base == Root::Local)
    for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
      if (F.Calls[C].Target == Walked && Self->does(F, C, EffectKind::Query))
        return true;
  return false;
}

bool Program::Impl::fixed(const Function &F, const Value &Container) const {
  if (!Container.Member.empty()) {
    if (FixedMembers.contains(Container.Member))
      return true;
    const Function *Accessor = find(Container.Member);
    if (Accessor && FixedMembers.contains(Accessor->ReturnsMember))
      return true;
  }
  const AccessPath &Path = Container.Path;
  if (Path.Base == Root::Local && Path.Fields.empty() &&
      F.Locals[Path.Position].Fixed)
    return true;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    bool Made = Path.Base == Root::Result
                    ? Path.Position == C && Path.Fields.empty()
                    : Path.Base == Root::Local && F.Calls[C].Target == Path;
    if (!Made)
      continue;
    std::span<const FunctionId> Makers = targets(F, F.Calls[C]);
    return !Makers.empty() &&
           std::all_of(Makers.begin(), Makers.end(),
                       [&](FunctionId M) { return Functions[M].ReturnsFixed; });
  }
  return false;
}

bool Program::fixed(const Function &F, const Value &Container) const {
  return Self->fixed(F, Container);
}

bool Program::fixedRange(const Function &F, Index Position) const {
  return fixed(F, F.Loops[Position].Range);
}

std::vector<Search> Program::searches(const Function &F) const {
  return searchesOf(F);
}

std::vector<Search> searchesOf(const Function &F) {
  std::vector<Search> Result;
  for (Index I = 0; I < static_cast<Index>(F.Loops.size()); ++I) {
    const Loop &L = F.Loops[I];
    if (L.Selects == None || L.Form == LoopForm::Algorithm)
      continue;
    const Compare &C = F.Compares[L.Selects];
    // Directly in the loop, but for loops that run once (Q_FOREACH's inner).
    Index Around = C.Loop;
    while (Around != I && Around != None && F.Loops[Around].OneShot)
      Around = F.Loops[Around].Parent;
    if (Around != I)
      continue;
    // One side is another object in every round: an element. A counter is not:
    // it varies, but it is the same variable.
    auto IsElement = [&](const Value &V) { return contains(V.OtherObject, I); };
    // A key is the same in every round. "order.id" is, although the round
    // may write to another field of order.
    auto IsKey = [&](const Value &V) {
      bool Counter = V.Path.Base == Root::Local && V.Path.Fields.empty() &&
                     V.Path.Position == L.Element;
      return !contains(V.OtherObject, I) && !Counter &&
             (V.Path.known() || !contains(V.Varies, I));
    };
    Search S;
    S.Loop = I;
    if (IsElement(C.Left) && IsKey(C.Right)) {
      S.Element = &C.Left;
      S.Key = &C.Right;
    } else if (IsElement(C.Right) && IsKey(C.Left)) {
      S.Element = &C.Right;
      S.Key = &C.Left;
    } else {
      continue;
    }
    // The container: what the loop walks, else what is subscripted.
    bool Counted =
        L.Bound == BoundKind::ValueOf || L.Bound == BoundKind::Unknown;
    if (L.Range.Path.known() && !Counted) {
      S.Container = L.Range.Path;
      S.Name = L.Range.Spelling;
      S.OtherObject = L.Range.OtherObject;
      S.ChosenBy = L.Range.ChosenBy;
    } else {
      const Few<SharedText> &Fields = S.Element->Path.Fields;
      auto Bracket = std::find(Fields.begin(), Fields.end(), "[]");
      if (Bracket != Fields.end()) {
        S.Container = S.Element->Path;
        S.Container.Fields.resize(Bracket - Fields.begin());
        if (!S.Container.Fields.empty())
          S.Name = S.Container.Fields.back();
        else if (S.Container.Base == Root::Local)
          S.Name = F.Locals[S.Container.Position].Name;
        else if (S.Container.Base == Root::Parameter)
          S.Name = F.Parameters[S.Container.Position].Name;
        else
          S.Name = S.Container.Name;
        for (Index Outer : S.Element->OtherObject)
          if (Outer != I)
            S.OtherObject.push_back(Outer);
        S.ChosenBy = S.Element->ChosenBy;
      } else {
        S.Container = L.Range.Path;
        S.Name = L.Range.Spelling;
        S.OtherObject = L.Range.OtherObject;
        S.ChosenBy = L.Range.ChosenBy;
      }
    }
    if (!S.Container.known() || S.Name.empty())
      continue;
    Result.push_back(std::move(S));
  }
  return Result;
}

} // namespace perfidy
