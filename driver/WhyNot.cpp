//===- WhyNot.cpp - what keeps a check silent -----------------------------===//
//
// Part of Perfidy.
//
// Problem: a check is silent for one of many reasons, and each check has its
// own. Idea: ask the check itself. The function is cut out of the program with
// what it calls, whose effects are known; one fact after another is changed as
// if it were not there (this guard, that bound, the memory in the callee ...)
// and the check is run again. If it then speaks, that fact was what kept it
// silent. If no single one does, pairs are tried.
//
// Cost: a link of a few functions for each fact, and for each pair of facts.
// Gives up: where three facts together keep a check silent it says what is
// known of the line, and no more.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "driver/Failure.h"
#include "driver/Why.h"
#include "driver/WhyNotChanges.h"
#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

namespace perfidy {

namespace {

class Silence {
  const Program &P;
  const CheckInfo &Check;
  std::string Root;
  SourceLine Where;
  std::vector<Settled> AllSettled;
  std::ostringstream Out;

  const Settled &settled(const Function &F) const {
    return AllSettled[size_t(&F - P.functions().data())];
  }
  Case cut(const Function &F);
  bool speaks(const Case &Of, const std::vector<const Change *> &Changes);
  bool explain(const Function &F);
  void known(const Function &F);

public:
  Silence(const Program &P, const CheckInfo &Check, std::string Root,
          SourceLine Where)
      : P(P), Check(Check), Root(std::move(Root)), Where(std::move(Where)),
        AllSettled(P.settled()) {}

  std::string run();
};

} // namespace

Case Silence::cut(const Function &F) {
  Case Result;
  Result.Of = F;
  std::vector<std::string> Paths;
  for (const File &Each : P.files())
    Paths.push_back(Each.Path);
  std::set<const Function *> Needed;
  std::vector<const Function *> Pending;
  auto Need = [&](const Function *Each) {
    if (Each && Each != &F && Needed.insert(Each).second)
      Pending.push_back(Each);
  };
  for (const Call &C : F.Calls) {
    for (const Function *Target : P.targets(C))
      Need(Target);
    for (const Value &Argument : C.Arguments)
      if (!Argument.Callable.empty())
        Need(P.find(Argument.Callable));
  }
  for (const Program::Site &Site : P.callers(F))
    if (Needed.size() < 10'000)
      Need(Site.Caller);
  if (F.Kind == EntityKind::Lambda)
    Need(P.find(F.Parent));
  // The steps below, for paths.
  while (!Pending.empty()) {
    const Function *Now = Pending.back();
    Pending.pop_back();
    for (const Effect &E : P.effects(*Now))
      if (!E.Next.empty())
        Need(P.find(E.Next));
  }
  auto Remember = [&](const Function &Each, bool Itself) {
    Settled Past = settled(Each);
    Past.Outside = !Itself;
    Past.HasEffects = !Itself;
    Past.Files = Paths;
    Result.Known.emplace(Each.Usr, std::move(Past));
  };
  Remember(F, true);
  for (const Function *Each : Needed) {
    Result.Around.push_back(*Each);
    Remember(*Each, false);
  }
  return Result;
}

/// The check reports the line, in medium confidence or better, once the facts
/// are changed.
bool Silence::speaks(const Case &Of,
                     const std::vector<const Change *> &Changes) {
  Case Changed = Of;
  for (const Change *Each : Changes)
    Each->Apply(Changed);
  std::string Usr = Changed.Of.Usr;
  TUSummary All;
  All.Files = P.files();
  All.Functions = std::move(Changed.Around);
  All.Functions.push_back(std::move(Changed.Of));
  std::vector<TUSummary> Summaries;
  Summaries.push_back(std::move(All));
  Program Other =
      Program::link(std::move(Summaries), Root, std::move(Changed.Known));
  std::vector<Finding> Found;
  Check.Run(Other, *Other.find(Usr), Found);
  return std::any_of(Found.begin(), Found.end(), [&](const Finding &Each) {
    return Each.At.File == Where.File && Each.At.Line == Where.Line &&
           Each.Sure >= Confidence::Medium;
  });
}

/// What there is to be said where no change of facts helps.
void Silence::known(const Function &F) {
  OnLine About(F, Where.Line);
  for (const Capture &Held : F.Captures)
    Out << "  - it holds '" << Held.Name << "' (" << Held.Type << "), and has "
        << Held.Uses.size() << " uses of it\n";
  if (About.Loops.empty() && F.Captures.empty())
    Out << "  - no loop stands around the line, in this function\n";
  for (Index L : About.Loops)
    Out << "  - the loop in line " << F.Loops[size_t(L)].Begin.Line << ": "
        << describe(P.nature(F, L)) << '\n';
  if (About.Calls.empty())
    Out << "  - nothing is called on the line that the facts know of\n";
  for (Index C : About.Calls) {
    const Call &Each = F.Calls[size_t(C)];
    CallEffects Effects = P.effects(F, C);
    Out << "  - '" << Each.Name.str() << "'";
    if (Effects.empty() && Each.Role.empty() && P.targets(Each).empty())
      Out << ": no model knows it and nothing that was read defines it\n";
    else if (Effects.empty())
      Out << ": does nothing that a check looks for\n";
    else {
      Out << ":";
      for (const CallEffect &E : Effects)
        for (const Step &Step : P.path(E.Does))
          if (Step.Message.ends_with(" here"))
            Out << ' ' << Step.Message << " (" << Step.Where.File << ':'
                << Step.Where.Line << ");";
      Out << '\n';
    }
  }
}

bool Silence::explain(const Function &F) {
  Out << "In " << F.Name.str() << ":\n";
  std::vector<Finding> Found;
  Check.Run(P, F, Found);
  for (const Finding &Each : Found)
    if (Each.At.File == Where.File && Each.At.Line == Where.Line) {
      if (P.isTest(F))
        Out << "  it is found, and test code: --include-tests reports it\n";
      else if (Each.Sure < Confidence::Medium)
        Out << "  it is found with low confidence: --min-confidence=low "
               "reports it\n";
      else
        Out << "  it is found: '" << Each.Message
            << "'; `perfidy why` explains it\n";
      if (Each.Sure >= Confidence::Medium)
        return true;
    }
  Case Of = cut(F);
  std::vector<Change> Changes = changesFor(P, F, Where.Line, settled(F));
  bool Any = false;
  std::vector<const Change *> Silent;
  for (const Change &Each : Changes) {
    if (!speaks(Of, {&Each})) {
      Silent.push_back(&Each);
      continue;
    }
    if (!std::exchange(Any, true))
      Out << "  it would be reported but for any of these:\n";
    Out << "  - " << Each.What << '\n';
  }
  if (Any)
    return true;
  constexpr size_t MostPairs = 24;
  if (Silent.size() > MostPairs)
    Silent.resize(MostPairs);
  for (size_t A = 0; A < Silent.size(); ++A)
    for (size_t B = A + 1; B < Silent.size(); ++B) {
      if (!speaks(Of, {Silent[A], Silent[B]}))
        continue;
      if (!std::exchange(Any, true))
        Out << "  it would be reported but for two of these together:\n";
      Out << "  - " << Silent[A]->What << "\n    and " << Silent[B]->What
          << '\n';
    }
  if (Any)
    return true;
  Out << "  no fact, nor two of them, keeps it silent; what is known:\n";
  known(F);
  for (const Finding &Each : Found)
    Out << "  - it reports line " << Each.At.Line << ": " << Each.Message
        << '\n';
  return false;
}

std::string Silence::run() {
  bool Any = false;
  // The innermost: a lambda lies within its function. Instances of one template
  // say the same: the first is asked.
  const Function *Best = nullptr;
  for (const Function &F : P.functions()) {
    if (!F.Where.valid() || P.point(F.Where).File != Where.File ||
        F.Where.Line > Where.Line || !F.End.valid() || F.End.Line < Where.Line)
      continue;
    Any = true;
    if (!Best || F.Where.Line > Best->Where.Line ||
        (F.Where.Line == Best->Where.Line && F.End.Line < Best->End.Line))
      Best = &F;
  }
  if (!Any)
    throw Failure(Where.File + ":" + std::to_string(Where.Line) +
                  ": no function that was read stands there; is the file in "
                  "the compile database, and the function used if it is a "
                  "template?");
  explain(*Best);
  return std::move(Out).str();
}

std::string explainSilence(const Program &P, const SourceLine &Where,
                           const CheckInfo &Check, const std::string &Root) {
  return Silence(P, Check, Root, Where).run();
}

} // namespace perfidy
