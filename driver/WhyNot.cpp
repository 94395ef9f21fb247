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
#include "analysis/summary/Fields.h"
#include "driver/Failure.h"
#include "driver/Why.h"
#include <algorithm>
#include <functional>
#include <set>
#include <sstream>
#include <utility>

namespace perfidy {

namespace {

/// A function with all that it is judged by, to be changed and judged.
struct Case {
  Function Of;
  std::vector<Function> Around;
  std::unordered_map<std::string, Settled> Known;
};

struct Change {
  std::string What;
  std::function<void(Case &)> Apply;
};

class Silence {
  const Program &P;
  const CheckInfo &Check;
  std::string Root;
  SourceLine Where;
  std::vector<Settled> AllSettled;
  std::ostringstream Out;

  Case cut(const Function &F);
  std::vector<Change> changesOf(const Function &F);
  bool speaks(const Case &Of, const std::vector<const Change *> &Changes);
  void relevant(const Function &F, std::vector<Index> &Calls,
                std::set<Index> &Loops) const;
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
    Settled Past = AllSettled[size_t(&Each - P.functions().data())];
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

/// Calls and loops that the line is about: those on it, and the loops around.
void Silence::relevant(const Function &F, std::vector<Index> &Calls,
                       std::set<Index> &Loops) const {
  for (size_t I = 0; I < F.Calls.size(); ++I)
    if (F.Calls[I].Where.Line == Where.Line) {
      Calls.push_back(Index(I));
      for (Index L : loopsAround(F, F.Calls[I].Loop))
        Loops.insert(L);
    }
  for (size_t I = 0; I < F.Loops.size(); ++I)
    if (F.Loops[I].Begin.Line == Where.Line)
      for (Index L : loopsAround(F, Index(I)))
        Loops.insert(L);
}

static void forget(Few<Index> &List, Index Which) {
  std::erase(List.edit(), Which);
}

/// What could be otherwise about what a lambda holds.
static void addCapture(std::vector<Change> &Into, const Capture &Held,
                       size_t Position) {
  auto Add = [&](const std::string &What,
                 std::function<void(Capture &)> Apply) {
    Into.push_back({"'" + Held.Name + "' " + What,
                    [Position, Apply = std::move(Apply)](Case &Of) {
                      Apply(Of.Of.Captures[Position]);
                    }});
  };
  auto IsWhole = [](const Use &U) { return U.Text.empty(); };
  auto Whole = std::find_if(Held.Uses.begin(), Held.Uses.end(), IsWhole);
  if (Whole != Held.Uses.end())
    Add("is used as a whole in line " + std::to_string(Whole->Where.Line) +
            ": handed on, changed or answered through",
        [IsWhole](Capture &Of) {
          Use Part = Of.Uses.front();
          std::erase_if(Of.Uses, IsWhole);
          if (!Of.Uses.empty())
            return;
          Part.Text = Part.Name = Of.Name + ".part";
          Of.Uses.push_back(std::move(Part));
        });
  if (Held.Uses.size() > 1)
    Add("is read in " + std::to_string(Held.Uses.size()) + " places",
        [](Capture &Of) { Of.Uses.resize(1); });
  if (Held.Moved)
    Add("has no other owner: the lambda got it for itself",
        [](Capture &Of) { Of.Moved = false; });
  if (!Held.Request)
    Add("is no request that a model names (" + Held.Type + ")",
        [](Capture &Of) { Of.Request = true; });
  if (Held.How != Holds::Shared && Held.How != Holds::Value)
    Add("is only referred to", [](Capture &Of) {
      Of.How = Holds::Value;
      Of.Kind = CaptureKind::Copy;
      Of.Borrowed = {};
    });
}

/// Whether the lambda outlives the function around it.
static void addFate(std::vector<Change> &Into, const Function &Lambda) {
  std::string Usr = Lambda.Usr;
  Location Where = Lambda.Where;
  Into.push_back({"nothing is known to keep the lambda: what takes it runs it "
                  "now, or is not seen",
                  [Usr, Where](Case &Of) {
                    for (Function &Each : Of.Around) {
                      if (Each.Usr != Of.Of.Parent)
                        continue;
                      Keep Made;
                      Made.Into.Base = Root::Global;
                      Made.What.Callable = Usr;
                      Made.Where = Where;
                      Each.Keeps.push_back(std::move(Made));
                    }
                  }});
}

std::vector<Change> Silence::changesOf(const Function &F) {
  std::vector<Change> Result;
  std::vector<Index> Calls;
  std::set<Index> Loops;
  relevant(F, Calls, Loops);
  auto Add = [&](std::string What, std::function<void(Case &)> Apply) {
    Result.push_back({std::move(What), std::move(Apply)});
  };
  auto Line = [](const Location &L) {
    return "line " + std::to_string(L.Line);
  };

  std::set<Index> Guards;
  for (Index C : Calls)
    Guards.insert(F.Calls[size_t(C)].Guards.begin(),
                  F.Calls[size_t(C)].Guards.end());
  for (Index L : Loops)
    Guards.insert(F.Loops[size_t(L)].Guards.begin(),
                  F.Loops[size_t(L)].Guards.end());
  for (Index G : Guards) {
    const Guard &Each = F.Guards[size_t(G)];
    Add(std::string("the condition in ") + Line(Each.Where) + " (" +
            enumerator(Each.Kind) + "): " + textOf(P.point(Each.Where)),
        [G](Case &Of) {
          for (Call &C : Of.Of.Calls)
            forget(C.Guards, G);
          for (Loop &L : Of.Of.Loops)
            forget(L.Guards, G);
        });
  }

  for (Index Position : Loops) {
    const Loop &L = F.Loops[size_t(Position)];
    std::string The = "the loop in " + Line(L.Begin);
    auto AddLoop = [&](const std::string &What,
                       std::function<void(Loop &)> Apply) {
      Add(The + " " + What, [Position, Apply = std::move(Apply)](Case &Of) {
        Apply(Of.Of.Loops[size_t(Position)]);
      });
    };
    if (L.Bound == BoundKind::Const)
      AddLoop("runs " + std::to_string(L.Count) + " times, whatever the data",
              [](Loop &Of) { Of.Bound = BoundKind::SizeOf; });
    if (L.Bound == BoundKind::Unknown)
      AddLoop("runs nobody knows how often",
              [](Loop &Of) { Of.Bound = BoundKind::SizeOf; });
    if (L.OneShot)
      AddLoop("runs once", [](Loop &Of) { Of.OneShot = false; });
    if (L.LeavesSometimes)
      AddLoop("is left before its end",
              [](Loop &Of) { Of.LeavesSometimes = false; });
    if (!L.Leaves.empty())
      AddLoop("is the last thing its outer loop does",
              [](Loop &Of) { Of.Leaves.clear(); });
    if (Nature Kind = P.nature(F, Position); Kind != Nature::Plain)
      AddLoop("is no plain one (" + describe(Kind) + ")", [](Loop &Of) {
        Of.Step = 1;
        Of.OneShot = false;
        Of.LeavesSometimes = false;
        Of.Form = LoopForm::RangeFor;
        Of.Condition = ConditionKind::None;
        Of.ConditionCalls.clear();
        Of.ConditionLocals.clear();
        Of.Bound = BoundKind::SizeOf;
      });
    if (P.fixedRange(F, Position))
      AddLoop("walks what is as long as the source says", [](Loop &Of) {
        Of.Range.Path = {};
        Of.Bound = BoundKind::SizeOf;
      });
    if (L.Bound == BoundKind::ResultSet)
      AddLoop("walks rows of a result",
              [](Loop &Of) { Of.Bound = BoundKind::SizeOf; });
  }

  for (Index Position : Calls) {
    const Call &C = F.Calls[size_t(Position)];
    std::string The = "the call of '" + C.Name + "'";
    auto AddCall = [&](const std::string &What,
                       std::function<void(Call &)> Apply) {
      Add(The + " " + What, [Position, Apply = std::move(Apply)](Case &Of) {
        Apply(Of.Of.Calls[size_t(Position)]);
      });
    };
    if (!C.Leaves.empty() || !C.LeavesOnSuccess.empty())
      AddCall("is followed by leaving the loop", [](Call &Of) {
        Of.Leaves.clear();
        Of.LeavesOnSuccess.clear();
      });
    if (C.Later)
      AddCall("does not run here, but later",
              [](Call &Of) { Of.Later = false; });
    if (C.FixedExtent)
      AddCall("acts on something of constant size",
              [](Call &Of) { Of.FixedExtent = false; });
    std::vector<Index> Around = loopsAround(F, C.Loop);
    if (!Around.empty()) {
      auto Vary = [Around](Value &Of) {
        for (Index L : Around)
          if (!contains(Of.Varies, L))
            Of.Varies.push_back(L);
      };
      AddCall("is given the same in every round", [Vary](Call &Of) {
        for (Value &Each : Of.Arguments)
          Vary(Each);
        Vary(Of.Receiver);
        Vary(Of.Key.edit());
      });
      auto ActOnOthersIn = [](const std::vector<Index> &Loops) {
        return [Loops](Call &Of) {
          for (Value &Each : Of.Arguments)
            Each.OtherObject = Loops;
          Of.Receiver.OtherObject = Loops;
          for (Seldom<Value> *Each : {&Of.Subject, &Of.Connection})
            Each->edit().OtherObject = Loops;
        };
      };
      AddCall("acts on the same object in every round", ActOnOthersIn(Around));
      AddCall("acts on another object in every round", ActOnOthersIn({}));
    }
    // What stands below, in the functions it runs.
    auto AddBelow = [&](const std::string &What, bool (*Has)(const Effect &),
                        void (*Apply)(Effect &)) {
      for (const Function *Target : P.targets(C)) {
        const std::vector<Effect> &Below = P.effects(*Target);
        auto Found = std::find_if(Below.begin(), Below.end(), Has);
        if (Found == Below.end())
          continue;
        SourcePoint At = P.point(Found->At);
        Add("in '" + Target->Name + "', " + What + ": " + At.File + ":" +
                std::to_string(At.Line) + ": " + textOf(At),
            [Usr = Target->Usr, Apply](Case &Of) {
              for (Effect &E : Of.Known.at(Usr).Effects)
                Apply(E);
            });
      }
    };
    AddBelow(
        "the work is remembered: done on a cache miss or the first time",
        [](const Effect &E) { return E.Memo; },
        [](Effect &E) { E.Memo = false; });
    AddBelow(
        "the work is done only when a batch is full",
        [](const Effect &E) { return E.Flush; },
        [](Effect &E) { E.Flush = false; });
    AddBelow(
        "the work is done only after a failure",
        [](const Effect &E) { return E.ErrorPath; },
        [](Effect &E) { E.ErrorPath = false; });
    AddBelow(
        "the work is done only for one value among many",
        [](const Effect &E) { return E.Rare || E.Selected; },
        [](Effect &E) { E.Rare = E.Selected = false; });
    AddBelow(
        "the work depends on an argument",
        [](const Effect &E) { return !E.Needs.empty(); },
        [](Effect &E) { E.Needs.clear(); });
    AddBelow(
        "the work is a loop's own, which is judged there",
        [](const Effect &E) { return E.Looped; },
        [](Effect &E) { E.Looped = false; });
    AddBelow(
        "the work stands under conditions, or not all overriders do it",
        [](const Effect &E) {
          return E.Conditions > 0 || E.Sure != Confidence::High;
        },
        [](Effect &E) {
          E.Conditions = 0;
          E.Sure = Confidence::High;
        });
  }

  for (size_t I = 0; I < F.Locals.size(); ++I)
    if (F.Locals[I].Where.Line == Where.Line) {
      const Local &Each = F.Locals[I];
      auto AddLocal = [&](const std::string &What, void (*Apply)(Local &)) {
        Add("'" + Each.Name + "' " + What,
            [I, Apply](Case &Of) { Apply(Of.Of.Locals[I]); });
      };
      if (Each.Escapes)
        AddLocal("outlives the call", [](Local &Of) { Of.Escapes = false; });
      if (Each.Static)
        AddLocal("is static", [](Local &Of) { Of.Static = false; });
      if (Each.Reference)
        AddLocal("is a reference", [](Local &Of) { Of.Reference = false; });
      if (Each.Pointer)
        AddLocal("is a pointer, whose scope ends nothing",
                 [](Local &Of) { Of.Pointer = false; });
    }

  const Settled &Past = AllSettled[size_t(&F - P.functions().data())];
  if (Past.Startup)
    Add("it runs at start-up only",
        [Usr = F.Usr](Case &Of) { Of.Known.at(Usr).Startup = false; });
  if (Past.InTransaction)
    Add("a caller has begun a transaction",
        [Usr = F.Usr](Case &Of) { Of.Known.at(Usr).InTransaction = false; });
  if (!Past.Handler)
    Add("nobody is known to call it often: no request handler leads here",
        [Usr = F.Usr](Case &Of) {
          Of.Known.at(Usr).Handler = true;
          Of.Known.at(Usr).Taken = true;
        });
  if (F.Kind == EntityKind::Main)
    Add("it is main, which runs once",
        [](Case &Of) { Of.Of.Kind = EntityKind::Function; });
  for (size_t I = 0; I < F.Captures.size(); ++I)
    addCapture(Result, F.Captures[I], I);
  if (F.Kind == EntityKind::Lambda)
    addFate(Result, F);

  if (F.StaticInit)
    Add("it runs before main, once",
        [](Case &Of) { Of.Of.StaticInit = false; });
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
  std::vector<Index> Calls;
  std::set<Index> Loops;
  relevant(F, Calls, Loops);
  for (const Capture &Held : F.Captures)
    Out << "  - it holds '" << Held.Name << "' (" << Held.Type << "), and has "
        << Held.Uses.size() << " uses of it\n";
  if (Loops.empty() && F.Captures.empty())
    Out << "  - no loop stands around the line, in this function\n";
  for (Index L : Loops)
    Out << "  - the loop in line " << F.Loops[size_t(L)].Begin.Line << ": "
        << describe(P.nature(F, L)) << '\n';
  if (Calls.empty())
    Out << "  - nothing is called on the line that the facts know of\n";
  for (Index C : Calls) {
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
  std::vector<Change> Changes = changesOf(F);
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
