//===- Wording.cpp - how findings name loops, growth and calls ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Wording.h"
#include <algorithm>

namespace perfidy {

std::string shortName(const std::string &Qualified) {
  size_t Colon = Qualified.rfind("::");
  return Colon == std::string::npos ? Qualified : Qualified.substr(Colon + 2);
}

std::string element(const Program &P, const Function &F, Index Position) {
  const Loop &L = F.Loops[Position];
  const std::string &Name = L.Range.Spelling;
  if (P.overResultSet(F, Position))
    return Name.empty() ? "row" : "row of '" + Name + "'";
  switch (L.Bound) {
  case BoundKind::SizeOf:
    return Name.empty() ? "element" : "element of '" + Name + "'";
  case BoundKind::ValueOf:
    return "round up to '" + Name + "'";
  case BoundKind::Const:
    return "round (" + std::to_string(L.Count) + " of them)";
  case BoundKind::Stream:
    return "item of the input";
  case BoundKind::ResultSet:
    return "row";
  case BoundKind::Unknown:
    break;
  }
  return "round of the loop";
}

std::string count(const Program &P, const Function &F, Index Position) {
  const Loop &L = F.Loops[Position];
  const std::string &Name = L.Range.Spelling;
  if (P.overResultSet(F, Position))
    return Name.empty() ? "rows" : "rows of " + Name;
  if (L.Bound == BoundKind::Const)
    return std::to_string(L.Count);
  if (L.Bound == BoundKind::Stream)
    return "input";
  if (!Name.empty() &&
      (L.Bound == BoundKind::SizeOf || L.Bound == BoundKind::ValueOf))
    return Name;
  return "n";
}

std::string growth(const Program &P, const Function &F,
                   const std::vector<Index> &Loops, const std::string &Inner) {
  std::string Text = "O(";
  const char *Times = "";
  for (Index L : Loops) {
    Text += Times + count(P, F, L);
    Times = " x ";
  }
  if (!Inner.empty())
    Text += Times + Inner;
  return Text + ")";
}

Doer doer(const Program &P, const Function &F, Index Position,
          const Effect &E) {
  const Call *Made = &F.Calls[Position];
  Doer Found{Made->Where, shortName(Made->Name)};
  Effect Now = E;
  bool Implicit = Made->Form == CallForm::Implicit || E.Iterated;
  while (Implicit && !Now.Next.empty()) {
    const Function *Next = P.find(Now.Next);
    if (!Next || Next->Kind != EntityKind::Lambda ||
        Now.NextEffect >= P.effects(*Next).size())
      break;
    Now = P.effects(*Next)[Now.NextEffect];
    Found.At = Now.At;
    Found.Name.clear(); // a loop written in the lambda
    if (Now.Through == None)
      break;
    Made = &Next->Calls[Now.Through];
    Found.Name = shortName(Made->Name);
    Implicit = Made->Form == CallForm::Implicit;
  }
  return Found;
}

Step loopStep(const Program &P, const Function &F, Index Position) {
  const Loop &L = F.Loops[Position];
  std::string What = L.Range.Spelling.empty()
                         ? "the loop"
                         : "loop over '" + L.Range.Spelling + "'";
  if (L.Bound == BoundKind::ValueOf)
    What = "loop up to '" + L.Range.Spelling + "'";
  else if (L.Bound == BoundKind::Const)
    What = "loop of " + std::to_string(L.Count) + " rounds";
  return {P.point(L.Begin), What + " starts here"};
}

Confidence lower(Confidence Sure) {
  return Sure == Confidence::High ? Confidence::Medium : Confidence::Low;
}

bool within(const Function &F, Index Inner, Index Outer) {
  return contains(loopsAround(F, Inner), Outer);
}

bool mayRepeat(const Program &P, const Function &F, Index Call) {
  const struct Call &C = F.Calls[Call];
  return C.Loop != None || P.recursive(F) ||
         std::any_of(C.Arguments.begin(), C.Arguments.end(),
                     [](const Value &V) { return !V.Callable.empty(); });
}

bool guardedBy(const Function &F, const std::vector<Index> &Guards, Index Loop,
               GuardKind Kind) {
  return std::any_of(Guards.begin(), Guards.end(), [&](Index G) {
    return F.Guards[G].Kind == Kind && within(F, F.Guards[G].Loop, Loop);
  });
}

bool oneShot(const Function &F, const std::vector<Index> &Guards, Index Loop) {
  return std::any_of(Guards.begin(), Guards.end(), [&](Index G) {
    const Guard &Above = F.Guards[G];
    return Above.Kind == GuardKind::Once && within(F, Above.Loop, Loop) &&
           !contains(Above.Subject.OtherObject, Loop);
  });
}

Confidence likely(const Function &F, const std::vector<Index> &Guards,
                  Index Loop, unsigned ConditionsBelow) {
  unsigned Conditions = ConditionsBelow;
  Confidence Sure = Confidence::High;
  for (Index G : Guards) {
    const Guard &Above = F.Guards[G];
    if (!within(F, Above.Loop, Loop))
      continue;
    if (Above.Kind == GuardKind::ErrorPath)
      return Confidence::Low;
    if (Above.Kind == GuardKind::Selected)
      return Confidence::Low;
    if (Above.Kind == GuardKind::Rare)
      Sure = lower(Sure);
    // What is remembered outside of the element is remembered for all rounds.
    bool Remembered =
        Above.Kind == GuardKind::Memo || Above.Kind == GuardKind::Once;
    if (Remembered && !contains(Above.Subject.OtherObject, Loop))
      return Confidence::Low;
    Conditions += Above.Kind == GuardKind::Condition;
  }
  if (Conditions >= 1)
    Sure = lower(Sure);
  if (Conditions >= 3)
    Sure = lower(Sure);
  return Sure;
}

} // namespace perfidy
