//===- WhyNotChanges.cpp - facts that may keep a check silent -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/WhyNotChanges.h"
#include "analysis/summary/Fields.h"
#include "driver/Why.h"
#include <algorithm>
#include <utility>

namespace perfidy {

OnLine::OnLine(const Function &F, unsigned Line) {
  auto AddAround = [&](Index Loop) {
    for (Index Each : loopsAround(F, Loop))
      Loops.insert(Each);
  };
  for (size_t I = 0; I < F.Calls.size(); ++I)
    if (F.Calls[I].Where.Line == Line) {
      Calls.push_back(Index(I));
      AddAround(F.Calls[I].Loop);
    }
  for (size_t I = 0; I < F.Loops.size(); ++I)
    if (F.Loops[I].Begin.Line == Line)
      AddAround(Index(I));
}

namespace {

void forget(Few<Index> &List, Index Which) { std::erase(List.edit(), Which); }

std::string lineOf(const Location &Where) {
  return "line " + std::to_string(Where.Line);
}

class Collector {
  const Program &P;
  const Function &F;
  std::vector<Change> Result;

  void add(std::string What, std::function<void(Case &)> Apply) {
    Result.push_back({std::move(What), std::move(Apply)});
  }

public:
  Collector(const Program &P, const Function &F) : P(P), F(F) {}

  void addGuards(const OnLine &Line);
  void addLoop(Index Position);
  void addCall(Index Position);
  void addBelow(const Call &C);
  void addLocal(size_t Position);
  void addCallers(const Settled &Past);
  void addCapture(size_t Position);
  void addFate();
  std::vector<Change> take() { return std::move(Result); }
};

} // namespace

/// The conditions that have to be met.
void Collector::addGuards(const OnLine &Line) {
  std::set<Index> Guards;
  for (Index C : Line.Calls)
    Guards.insert(F.Calls[size_t(C)].Guards.begin(),
                  F.Calls[size_t(C)].Guards.end());
  for (Index L : Line.Loops)
    Guards.insert(F.Loops[size_t(L)].Guards.begin(),
                  F.Loops[size_t(L)].Guards.end());
  for (Index G : Guards) {
    const Guard &Each = F.Guards[size_t(G)];
    add(std::string("the condition in ") + lineOf(Each.Where) + " (" +
            enumerator(Each.Kind) + "): " + textOf(P.point(Each.Where)),
        [G](Case &Of) {
          for (Call &C : Of.Of.Calls)
            forget(C.Guards, G);
          for (Loop &L : Of.Of.Loops)
            forget(L.Guards, G);
        });
  }
}

/// How often it runs.
void Collector::addLoop(Index Position) {
  const Loop &L = F.Loops[size_t(Position)];
  std::string The = "the loop in " + lineOf(L.Begin);
  auto AddLoop = [&](const std::string &What,
                     std::function<void(Loop &)> Apply) {
    add(The + " " + What, [Position, Apply = std::move(Apply)](Case &Of) {
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

/// What is called, and on what.
void Collector::addCall(Index Position) {
  const Call &C = F.Calls[size_t(Position)];
  std::string The = "the call of '" + C.Name + "'";
  auto AddCall = [&](const std::string &What,
                     std::function<void(Call &)> Apply) {
    add(The + " " + What, [Position, Apply = std::move(Apply)](Case &Of) {
      Apply(Of.Of.Calls[size_t(Position)]);
    });
  };
  if (!C.Leaves.empty() || !C.LeavesOnSuccess.empty())
    AddCall("is followed by leaving the loop", [](Call &Of) {
      Of.Leaves.clear();
      Of.LeavesOnSuccess.clear();
    });
  if (C.Later)
    AddCall("does not run here, but later", [](Call &Of) { Of.Later = false; });
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
}

/// What stands below, in the functions that \p C runs.
void Collector::addBelow(const Call &C) {
  auto AddBelow = [&](const std::string &What, bool (*Has)(const Effect &),
                      void (*Apply)(Effect &)) {
    for (const Function *Target : P.targets(C)) {
      const std::vector<Effect> &Below = P.effects(*Target);
      auto Found = std::find_if(Below.begin(), Below.end(), Has);
      if (Found == Below.end())
        continue;
      SourcePoint At = P.point(Found->At);
      add("in '" + Target->Name + "', " + What + ": " + At.File + ":" +
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

/// What a local is.
void Collector::addLocal(size_t Position) {
  const Local &Each = F.Locals[Position];
  auto AddLocal = [&](const std::string &What, void (*Apply)(Local &)) {
    add("'" + Each.Name + "' " + What,
        [Position, Apply](Case &Of) { Apply(Of.Of.Locals[Position]); });
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

/// Who calls it, and when.
void Collector::addCallers(const Settled &Past) {
  if (Past.Startup)
    add("it runs at start-up only",
        [Usr = F.Usr](Case &Of) { Of.Known.at(Usr).Startup = false; });
  if (Past.InTransaction)
    add("a caller has begun a transaction",
        [Usr = F.Usr](Case &Of) { Of.Known.at(Usr).InTransaction = false; });
  if (!Past.Handler)
    add("nobody is known to call it often: no request handler leads here",
        [Usr = F.Usr](Case &Of) {
          Of.Known.at(Usr).Handler = true;
          Of.Known.at(Usr).Taken = true;
        });
  if (F.Kind == EntityKind::Main)
    add("it is main, which runs once",
        [](Case &Of) { Of.Of.Kind = EntityKind::Function; });
  if (F.StaticInit)
    add("it runs before main, once",
        [](Case &Of) { Of.Of.StaticInit = false; });
}

/// What could be otherwise about what a lambda holds.
void Collector::addCapture(size_t Position) {
  const Capture &Held = F.Captures[Position];
  auto Add = [&](const std::string &What,
                 std::function<void(Capture &)> Apply) {
    add("'" + Held.Name + "' " + What,
        [Position, Apply = std::move(Apply)](Case &Of) {
          Apply(Of.Of.Captures[Position]);
        });
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
void Collector::addFate() {
  std::string Usr = F.Usr;
  Location Where = F.Where;
  add("nothing is known to keep the lambda: what takes it runs it "
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
      });
}

std::vector<Change> changesFor(const Program &P, const Function &F,
                               unsigned Line, const Settled &Past) {
  Collector All(P, F);
  OnLine About(F, Line);
  All.addGuards(About);
  for (Index Each : About.Loops)
    All.addLoop(Each);
  for (Index Each : About.Calls) {
    All.addCall(Each);
    All.addBelow(F.Calls[size_t(Each)]);
  }
  for (size_t I = 0; I < F.Locals.size(); ++I)
    if (F.Locals[I].Where.Line == Line)
      All.addLocal(I);
  All.addCallers(Past);
  for (size_t I = 0; I < F.Captures.size(); ++I)
    All.addCapture(I);
  if (F.Kind == EntityKind::Lambda)
    All.addFate();
  return All.take();
}

} // namespace perfidy
