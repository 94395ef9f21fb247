//===- QuadraticLoopCheck.cpp - work that grows with the square -----------===//
//
// Part of Perfidy. See docs/checks/quadratic-loop.md.
//
//===----------------------------------------------------------------------===//
#include "checks/QuadraticLoopCheck.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>

namespace perfidy {

namespace {

enum class Shape {
  Lookup,
  Front,
  Rebuild,
  Copy,
  Measure,
  Keys,
  Advance,
  Sort,
  Restart,
};

/// Linear work in a loop over something else (or over the same thing).
struct Work {
  Shape Form = Shape::Lookup;
  Index Loop = None;  ///< the outer loop; None: in the function called
  Index Inner = None; ///< the inner one, if it is written by hand
  Index Call = None;
  std::optional<Effect> Does; ///< what the call leads to, for the path
  std::string Container;
  Location At;
  Confidence Sure = Confidence::High;
};

//===----------------------------------------------------------------------===//
// Decide
//===----------------------------------------------------------------------===//

/// Can the loop run often, each round a full one?
bool grows(const Program &P, const Function &F, Index Position) {
  switch (P.nature(F, Position)) {
  case Nature::Once:
  case Nature::Retry:
  case Nature::Service:
    return false;
  default:
    break;
  }
  return F.Loops[Position].Bound != BoundKind::Const &&
         !P.fixedRange(F, Position);
}

/// Far from every round: once, or for one value among many.
bool seldom(const Function &F, const std::vector<Index> &Guards, Index Loop) {
  return oneShot(F, Guards, Loop) ||
         guardedBy(F, Guards, Loop, GuardKind::Memo) ||
         guardedBy(F, Guards, Loop, GuardKind::Rare);
}

/// The container holds no more than a limit where it is walked.
bool limited(const Function &F, const std::vector<Index> &Guards,
             const AccessPath &Container) {
  return std::any_of(Guards.begin(), Guards.end(), [&](Index G) {
    const std::vector<AccessPath> &Limited = F.Guards[G].Limited;
    return std::find(Limited.begin(), Limited.end(), Container) !=
           Limited.end();
  });
}

/// A loop whose length is known to come from data is surer than a while loop
/// that ends some day.
Confidence sureOfCount(const Function &F, Index Position) {
  const Loop &L = F.Loops[Position];
  bool Walks = L.Form == LoopForm::RangeFor || L.Form == LoopForm::Algorithm ||
               L.Condition == ConditionKind::Count ||
               L.Condition == ConditionKind::NotEmpty ||
               L.Bound == BoundKind::ResultSet || L.Bound == BoundKind::Stream;
  return Walks ? Confidence::High : Confidence::Medium;
}

/// The innermost loop around \p From for which the container is the same in
/// every round; None if work there is over before the loop goes on.
Index outerLoop(const Program &P, const Function &F, Index From,
                const std::vector<Index> &OtherObject,
                const std::vector<Index> &Leaves) {
  for (Index L : loopsAround(F, From)) {
    if (contains(OtherObject, L))
      return None; // derived from the outer element: all of it is walked once
    if (contains(Leaves, L) || P.nature(F, L) == Nature::Once ||
        P.nature(F, L) == Nature::Retry)
      continue;
    return grows(P, F, L) ? L : None;
  }
  return None;
}

void lookups(const Program &P, const Function &F, std::vector<Work> &All) {
  for (const Search &S : P.searches(F)) {
    const Loop &Inner = F.Loops[S.Loop];
    if (Inner.Bound == BoundKind::Const || P.fixedRange(F, S.Loop))
      continue;
    Index L = outerLoop(P, F, Inner.Parent, S.OtherObject, Inner.Leaves);
    if (L == None || !contains(S.Key->Varies, L) ||
        seldom(F, Inner.Guards, L) || limited(F, Inner.Guards, S.Container))
      continue;
    Work W;
    W.Loop = L;
    W.Inner = S.Loop;
    W.Container = S.Name;
    W.At = Inner.Begin;
    W.Sure = std::min(sureOfCount(F, L), likely(F, Inner.Guards, L, 0));
    All.push_back(std::move(W));
  }
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!mayRepeat(P, F, C) || !P.mayDo(F, C, EffectKind::Lookup))
      continue;
    for (const CallEffect &E : P.effects(F, C)) {
      const Call &Made = F.Calls[C];
      if (E.Does.Kind != EffectKind::Lookup || E.FixedExtent ||
          !E.Does.Subject.known() || E.Does.Name.empty() ||
          limited(F, Made.Guards, E.Does.Subject))
        continue;
      // while (contains(names, name)) name = another(): ends when it can.
      if (Made.InCondition && contains(Made.Decides, Made.Loop) &&
          F.Loops[Made.Loop].Condition == ConditionKind::Call)
        continue;
      Index L = outerLoop(P, F, Made.Loop, E.OtherObject, Made.Leaves);
      bool Varies = L != None && contains(E.Varies, L);
      // Or the function called runs our callable in a loop of its own.
      if (!Varies && E.Does.Iterated && E.VariesWhereIterated)
        L = None;
      else if (!Varies)
        continue;
      // Its own elements are found, and that ends the loop.
      if (L != None && contains(Made.LeavesOnSuccess, L) &&
          E.Does.Subject == F.Loops[L].Range.Path)
        continue;
      Work W;
      W.Loop = L;
      W.Call = C;
      W.Does = E.Does;
      W.Container = E.Does.Name;
      W.At = Made.Where;
      W.Sure = E.Does.Sure;
      if (L != None)
        W.Sure = std::min({W.Sure, sureOfCount(F, L),
                           likely(F, Made.Guards, L, E.Does.Conditions)});
      if (E.Does.ErrorPath || E.Does.Rare || E.Does.Selected)
        W.Sure = Confidence::Low;
      if (E.Does.Memo || (L != None && seldom(F, Made.Guards, L)))
        continue;
      All.push_back(std::move(W));
    }
  }
}

/// for (i = size - 1; i >= 0; --i) erase(i): always the last one.
bool fromTheEnd(const Function &F, const Call &Made, const Effect &E) {
  if (E.Spot.Base != Root::Local || !E.Spot.Fields.empty() || E.Conditions)
    return false;
  for (Index L : loopsAround(F, Made.Loop))
    if (F.Loops[L].Element == E.Spot.Position)
      return F.Loops[L].Down &&
             std::none_of(Made.Guards.begin(), Made.Guards.end(), [&](Index G) {
               return within(F, F.Guards[G].Loop, L);
             });
  return false;
}

/// Insertions, removals and sorts that touch the whole container each round.
void moves(const Program &P, const Function &F, std::vector<Work> &All) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (F.Calls[C].Loop == None || (!P.mayDo(F, C, EffectKind::Sort) &&
                                    !P.mayDo(F, C, EffectKind::FrontWork)))
      continue;
    for (const CallEffect &E : P.effects(F, C)) {
      const Call &Made = F.Calls[C];
      bool Sorts = E.Does.Kind == EffectKind::Sort;
      if ((!Sorts && E.Does.Kind != EffectKind::FrontWork) || E.FixedExtent ||
          !E.Does.Subject.known())
        continue;
      // What an accessor returned is a copy, or will be used up at once.
      const Few<SharedText> &Fields = E.Does.Subject.Fields;
      if (!Fields.empty() && Fields.back().ends_with(")"))
        continue;
      Index L = outerLoop(P, F, Made.Loop, E.OtherObject, Made.Leaves);
      if (L == None || guardedBy(F, Made.Guards, L, GuardKind::Flush) ||
          E.Does.Flush || limited(F, Made.Guards, E.Does.Subject))
        continue; // a window of bounded size
      if (E.Does.Keyed && !contains(E.Varies, L))
        continue; // gone after the first round
      if (fromTheEnd(F, Made, E.Does))
        continue;
      Work W;
      W.Form = Sorts ? Shape::Sort : Shape::Front;
      W.Loop = L;
      W.Call = C;
      W.Does = E.Does;
      W.Container = E.Does.Name;
      W.At = Made.Where;
      W.Sure = std::min({E.Does.Sure, sureOfCount(F, L),
                         likely(F, Made.Guards, L, E.Does.Conditions)});
      if (E.Does.ErrorPath || E.Does.Selected)
        W.Sure = Confidence::Low;
      if (E.Does.Memo || oneShot(F, Made.Guards, L) ||
          guardedBy(F, Made.Guards, L, GuardKind::Memo))
        continue;
      All.push_back(std::move(W));
    }
  }
}

/// The innermost growing loop that the variable of \p Path outlives.
Index loopOutlivedBy(const Program &P, const Function &F, const Call &C,
                     const AccessPath &Path) {
  Index Home = Path.Base == Root::Local ? F.Locals[Path.Position].Loop : None;
  for (Index L : loopsAround(F, C.Loop)) {
    if (Home != None && within(F, Home, L))
      return None;
    if (contains(C.Leaves, L) || P.nature(F, L) == Nature::Once)
      continue;
    return grows(P, F, L) ? L : None;
  }
  return None;
}

void copies(const Program &P, const Function &F, std::vector<Work> &All) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    const Call &Made = F.Calls[C];
    if (Made.Loop == None)
      continue;
    Work W;
    W.Call = C;
    W.At = Made.Where;
    for (const CallEffect &E : P.effects(F, C)) {
      // s = s + x here or in a lambda; s = joined(s, x) through a function.
      bool Through = E.Does.Kind == EffectKind::Concat &&
                     !E.Does.Next.empty() && !E.Does.Conditions &&
                     Made.Target == E.Does.Subject;
      if ((E.Does.Kind != EffectKind::Rebuild && !Through) ||
          !E.Does.Subject.known())
        continue;
      W.Form = Shape::Rebuild;
      W.Loop = loopOutlivedBy(P, F, Made, E.Does.Subject);
      W.Container = E.Does.Name;
      W.Does = E.Does;
      break;
    }
    if (W.Loop == None) {
      W.Does.reset();
      for (const Value &Given : Made.Arguments) {
        if (!Given.Copies || !Given.Path.known() || !Given.Path.Fields.empty())
          continue;
        Index L = loopOutlivedBy(P, F, Made, Given.Path);
        if (L == None)
          continue;
        // Only what grows in the same loop is copied longer each time.
        bool Grows = false;
        for (Index Other = 0;
             Other < static_cast<Index>(F.Calls.size()) && !Grows; ++Other)
          if (within(F, F.Calls[Other].Loop, L) &&
              P.mayDo(F, Other, EffectKind::Append))
            for (const CallEffect &E : P.effects(F, Other))
              Grows |= E.Does.Kind == EffectKind::Append &&
                       E.Does.Subject == Given.Path;
        if (!Grows)
          continue;
        W.Form = Shape::Copy;
        W.Loop = L;
        W.Container = Given.Spelling;
        break;
      }
    }
    if (W.Loop == None)
      continue;
    W.Sure =
        std::min(sureOfCount(F, W.Loop), likely(F, Made.Guards, W.Loop, 0));
    All.push_back(std::move(W));
  }
}

void recounts(const Program &P, const Function &F, std::vector<Work> &All) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    const Call &Made = F.Calls[C];
    bool Advances = Made.Role == "container.advance";
    if (Made.Loop == None || Made.FixedExtent || P.fixed(F, Made.Subject) ||
        contains(Made.Leaves, Made.Loop))
      continue;
    Index L = Made.Loop;
    std::optional<CallEffect> Measured;
    // i < strlen(s), i < activeCount(tasks): all of it for one comparison.
    if (Made.InCondition && (F.Loops[L].Condition == ConditionKind::Count ||
                             Made.Role == "container.measure"))
      for (const CallEffect &E : P.effects(F, C))
        if (E.Does.Kind == EffectKind::Traverse && E.Does.Subject.known() &&
            !contains(E.OtherObject, L) && !E.FixedExtent && !E.Does.Looped &&
            !E.Does.Memo && !E.Does.Conditions) {
          Measured = E;
          break;
        }
    bool Measures = Measured.has_value();
    // map.keys().at(i): all keys are copied for one of them.
    bool Keys = Made.Role == "container.keys" && Made.Temporary &&
                Made.Subject->Path.known() &&
                !contains(Made.Subject->OtherObject, L) && grows(P, F, L);
    if (!Measures && !Advances && !Keys)
      continue;
    if (Advances &&
        (contains(Made.Subject->OtherObject, L) || !Made.Subject->Path.known()))
      continue;
    if (Advances && !contains(Made.Key->Varies, L))
      continue;
    Nature Kind = P.nature(F, L);
    if (Kind == Nature::Once || Kind == Nature::Retry)
      continue;
    if (Advances && F.Loops[L].Bound == BoundKind::Const)
      continue;
    Work W;
    W.Form = Measures ? Shape::Measure : Keys ? Shape::Keys : Shape::Advance;
    W.Loop = L;
    W.Call = C;
    W.Container = Measures ? Measured->Does.Name : Made.Subject->Spelling;
    if (Measures)
      W.Does = Measured->Does;
    W.At = Made.Where;
    W.Sure = likely(F, Made.Guards, L, 0);
    All.push_back(std::move(W));
  }
}

/// while ((p = s.find(x)) != npos) s.replace(p, ...): each search starts over.
void restarts(const Function &F, std::vector<Work> &All) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    const Call &Find = F.Calls[C];
    Index L = Find.Loop;
    if (Find.Role != "text.find" || L == None || !Find.Subject->Path.known() ||
        contains(Find.Subject->OtherObject, L))
      continue;
    const Loop &Around = F.Loops[L];
    bool Decides = Find.InCondition || contains(Find.Decides, L) ||
                   Around.Condition == ConditionKind::None;
    // With a start that moves on, nothing is searched twice.
    if (!Decides || Around.Form == LoopForm::RangeFor ||
        Around.Form == LoopForm::Algorithm || !Find.Key->Varies.empty())
      continue;
    for (const Call &Change : F.Calls) {
      if ((Change.Role != "text.replace" && Change.Role != "container.erase") ||
          Change.Loop != L || !(Change.Subject->Path == Find.Subject->Path))
        continue;
      Work W;
      W.Form = Shape::Restart;
      W.Loop = L;
      W.Call = C;
      W.Container = Find.Subject->Spelling;
      W.At = Find.Where;
      W.Sure = likely(F, Change.Guards, L, 0);
      All.push_back(std::move(W));
      break;
    }
  }
}

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

Finding say(const Program &P, const Function &F, const Work &W) {
  Finding Found;
  Found.Check = "quadratic-loop";
  Found.Where = Level::Complexity;
  Found.Sure = W.Sure;
  Found.Runs = P.heat(F);
  Found.Function = F.Name;
  std::string Over = W.Does && !W.Does->Over.empty() ? W.Does->Over : "n";

  Doer By{W.At, W.Call != None ? shortName(F.Calls[W.Call].Name) : ""};
  if (W.Does && W.Call != None)
    By = doer(P, F, W.Call, *W.Does);
  Found.At = P.point(By.At);

  std::string What =
      W.Container.empty() ? "the range" : "'" + W.Container + "'";
  std::string Each =
      "once per " +
      (W.Loop != None ? element(P, F, W.Loop) : "element of '" + Over + "'");
  std::string Size = W.Container.empty() ? "n" : W.Container;
  std::string Who = By.Name.empty() ? "this loop" : "'" + By.Name + "'";
  switch (W.Form) {
  case Shape::Lookup:
    Found.Message = Who + " searches " + What + " from its start " + Each;
    Found.Suggestion = "build a hash set or map of " + What +
                       " once before the loop, or sort it once and use binary "
                       "search";
    break;
  case Shape::Front:
    Found.Message = Who + " moves the elements of " + What + " " + Each;
    Found.Suggestion = "collect what stays and move it once (std::erase_if, or "
                       "append and reverse), or use a container that is cheap "
                       "at its front";
    break;
  case Shape::Rebuild:
    Found.Message = "'" + (W.Container.empty() ? "it" : W.Container) +
                    "' is copied as a whole to add to it " + Each;
    Found.Suggestion = "append in place with += or append()";
    break;
  case Shape::Copy:
    Found.Message = What + " grows in the loop and is passed by value to " +
                    Who + " " + Each;
    Found.Suggestion = "pass it by reference, or move it in and out";
    break;
  case Shape::Measure:
    Found.Message =
        Who + " walks " + What + " in the loop's condition, " + Each;
    Found.Suggestion = "measure it once before the loop";
    break;
  case Shape::Keys:
    Found.Message = Who + " copies all of " + What + " " + Each;
    Found.Suggestion = "ask the container itself, or copy once before the loop";
    break;
  case Shape::Advance:
    Found.Message = Who + " walks " + What + " from its start " + Each;
    Found.Suggestion = "keep the iterator from round to round, or use a "
                       "container with random access";
    break;
  case Shape::Sort:
    Found.Message = Who + " sorts " + What + " " + Each;
    Found.Suggestion = "sort once, before or after the loop; keep a heap or an "
                       "ordered container if the order is needed in between";
    break;
  case Shape::Restart:
    Found.Message = Who + " searches " + What +
                    " from its start again after each replacement";
    Found.Suggestion = "search on from the last position, and build the result "
                       "in a new string";
    break;
  }
  // The loops around multiply it.
  std::vector<Index> Loops;
  for (Index L : loopsAround(F, W.Loop))
    if (L == W.Loop || grows(P, F, L))
      Loops.insert(Loops.begin(), L);
  Found.Degree = std::max<size_t>(1, Loops.size()) + 1;
  Found.Growth = W.Loop != None ? growth(P, F, Loops, Size)
                                : "O(" + Over + " x " + Size + ")";
  if (W.Form == Shape::Restart || W.Form == Shape::Measure ||
      W.Form == Shape::Rebuild)
    Found.Growth = "O(" + Size + "^2)";
  if (W.Form == Shape::Rebuild || W.Form == Shape::Copy) {
    std::string Count = count(P, F, W.Loop);
    Found.Growth = "O(" + Count + " x " + Count + ")";
  }
  Found.Message += ": " + Found.Growth;
  if (W.Loop != None)
    Found.Path.push_back(loopStep(P, F, W.Loop));
  if (W.Inner != None)
    Found.Path.push_back({P.point(F.Compares[F.Loops[W.Inner].Selects].Where),
                          "each element is compared with the key here"});
  else if (W.Does)
    for (Step &S : P.path(*W.Does))
      Found.Path.push_back(std::move(S));
  return Found;
}

} // namespace

void checkQuadraticLoop(const Program &P, const Function &F,
                        std::vector<Finding> &Out) {
  std::vector<Work> All;
  lookups(P, F, All);
  moves(P, F, All);
  copies(P, F, All);
  recounts(P, F, All);
  restarts(F, All);
  // One finding a line: the search inside of "v.erase(find(...))" says it all.
  std::vector<std::pair<Index, uint32_t>> Said;
  std::vector<std::pair<Index, std::string>> Searched;
  std::stable_sort(All.begin(), All.end(), [](const Work &A, const Work &B) {
    return A.Sure > B.Sure;
  });
  for (const Work &W : All) {
    Location At =
        W.Does && W.Call != None ? doer(P, F, W.Call, *W.Does).At : W.At;
    std::pair<Index, uint32_t> Line{At.File, At.Line};
    if (std::find(Said.begin(), Said.end(), Line) != Said.end())
      continue;
    // One set answers every search of the loop in the same container.
    // So it does what is then removed by its value.
    bool Written = W.Call == None || F.Calls[W.Call].Form != CallForm::Implicit;
    bool Finds = W.Form == Shape::Lookup ||
                 (W.Form == Shape::Front && W.Does && W.Does->Keyed);
    if (Finds && W.Loop != None && Written) {
      std::pair<Index, std::string> Search{W.Loop, W.Container};
      if (std::find(Searched.begin(), Searched.end(), Search) != Searched.end())
        continue;
      Searched.push_back(std::move(Search));
    }
    Said.push_back(Line);
    Out.push_back(say(P, F, W));
  }
}

} // namespace perfidy
