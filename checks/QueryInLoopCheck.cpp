//===- QueryInLoopCheck.cpp - a round trip per element --------------------===//
//
// Part of Perfidy. See docs/checks/query-in-loop.md.
//
//===----------------------------------------------------------------------===//
#include "checks/QueryInLoopCheck.h"
#include "analysis/summary/Sql.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>

namespace perfidy {

namespace {

/// Rounds below this are not worth a word.
constexpr int64_t FewRounds = 5;
/// Up to this it is a list that somebody wrote: settings, values of an enum.
constexpr int64_t Handful = 32;

enum class Why { Element, Same, Prepare, Commit, Connect, Sync };

struct Trip {
  Index Call = None;
  CallEffect Seen;
  Index Loop = None;        ///< None: the loop is in the function called
  Index Recursion = None;   ///< the call that comes back, if that is the loop
  std::vector<Index> Loops; ///< all that repeat it, outermost first
  Confidence Sure = Confidence::High;
  Why Reason = Why::Element;
};

unsigned weight(EffectKind Kind) {
  switch (Kind) {
  case EffectKind::Query:
    return 4;
  case EffectKind::Prepare:
    return 3;
  case EffectKind::Commit:
    return 2;
  case EffectKind::Connect:
    return 1;
  default:
    return 0;
  }
}

//===----------------------------------------------------------------------===//
// Decide
//===----------------------------------------------------------------------===//

/// The innermost loop that repeats the call per element; None if none does.
/// Fills \p Around with it and the loops outside that multiply it.
Index repeatingLoop(const Program &P, const Function &F, const Call &C,
                    bool Selected, std::vector<Index> &Around) {
  Index Found = None;
  for (Index L : loopsAround(F, C.Loop)) {
    const Loop &Here = F.Loops[L];
    Nature Kind = P.nature(F, L);
    if (Kind == Nature::Once || Kind == Nature::Retry || contains(C.Leaves, L))
      continue; // once, as far as this loop goes
    // For the one element that is looked for: once per search.
    if (std::any_of(C.Guards.begin(), C.Guards.end(), [&](Index G) {
          return F.Guards[G].Kind == GuardKind::Selected &&
                 F.Guards[G].Loop == L;
        }))
      continue;
    if (Kind == Nature::Batch || Kind == Nature::Service) {
      if (Found == None)
        return None;
      break;
    }
    if (Here.Bound == BoundKind::Const && Here.Count < FewRounds)
      continue;
    if (Selected && Found == None) { // below the call: for one element only
      Selected = false;
      continue;
    }
    if (Found == None)
      Found = L;
    Around.insert(Around.begin(), L);
  }
  return Found;
}

/// A statement compiled before the loop and only executed in it.
bool preparedOutside(const Program &P, const Function &F, const Trip &T) {
  const Effect &D = T.Seen.Does;
  if (!D.Prepared || contains(T.Seen.OtherObject, T.Loop))
    return false;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!within(F, F.Calls[C].Loop, T.Loop))
      continue;
    for (const CallEffect &E : P.effects(F, C))
      // Another statement, compiled on the way, is another matter.
      if (E.Does.Kind == EffectKind::Prepare &&
          (E.Does.Subject == D.Subject || !D.Subject.known()))
        return false;
  }
  return true;
}

/// while (!attempt()) repair(): the condition's own success ends the loop.
bool insideRetry(const Function &F, Index Position, Index Loop) {
  const std::vector<Index> &Attempts = F.Loops[Loop].ConditionCalls;
  return std::any_of(Attempts.begin(), Attempts.end(), [&](Index C) {
    return C != Position && contains(F.Calls[C].LeavesOnSuccess, Loop);
  });
}

/// The call is given all that the loop's condition waits for to become empty.
bool takesWholeRange(const Function &F, const Call &C, Index Position) {
  const Loop &L = F.Loops[Position];
  return L.Condition == ConditionKind::NotEmpty && L.Range.Path.known() &&
         std::any_of(
             C.Arguments.begin(), C.Arguments.end(),
             [&](const Value &Given) { return Given.Path == L.Range.Path; });
}

/// The connection is the element, or belongs to it.
bool otherConnection(const Function &F, const Trip &T) {
  const AccessPath &Over = T.Seen.Does.Connection;
  if (T.Loop == None || !Over.known())
    return false;
  if (Over.Base == Root::Local && Over.Position == F.Loops[T.Loop].Element)
    return true;
  return std::find(Over.Fields.begin(), Over.Fields.end(), "[]") !=
             Over.Fields.end() &&
         contains(T.Seen.OtherConnection, T.Loop);
}

/// The text of a statement that was compiled somewhere in the function.
std::string preparedText(const Program &P, const Function &F, const Effect &D) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    for (const CallEffect &E : P.effects(F, C))
      if (E.Does.Kind == EffectKind::Prepare && sameStatement(E.Does, D) &&
          !E.Does.Sql.empty())
        return E.Does.Sql;
  return "";
}

/// The statement was compiled in this function.
bool preparedHere(const Program &P, const Function &F,
                  const AccessPath &Statement) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C)
    for (const CallEffect &E : P.effects(F, C))
      if (E.Does.Kind == EffectKind::Prepare &&
          (E.Does.Subject == Statement || !E.Does.Subject.known()))
        return true;
  return false;
}

/// Queued, not sent: the connection is in pipeline or batch mode.
bool pipelined(const Function &F, const Trip &T) {
  for (Index C = 0; C < T.Call; ++C)
    if (F.Calls[C].Role == "query.batch" &&
        F.Calls[C].Subject->Path == T.Seen.Does.Connection &&
        T.Seen.Does.Connection.known())
      return true;
  return false;
}

/// The text comes whole from the element: a script, a queue of statements.
bool textIsData(const Function &F, const Trip &T) {
  const Effect &D = T.Seen.Does;
  if (!D.Sql.empty() || T.Loop == None)
    return false;
  const Call &C = F.Calls[T.Call];
  AccessPath From = D.SqlFrom;
  if (!From.known() && C.Sql)
    return false;
  if (From.Base != Root::Local)
    return false;
  // Q_FOREACH's element is a variable of the loop, not its counter.
  Index Element = F.Loops[T.Loop].Element;
  Index Home = F.Locals[From.Position].Loop;
  return Element == None ? Home == T.Loop
                         : within(F, Home, T.Loop) && From.Position == Element;
}

/// prepare(db, script, &script): statement by statement of a text.
bool walksScript(const Call &C, const Effect &D) {
  return D.Next.empty() && D.SqlFrom.known() &&
         std::count_if(
             C.Arguments.begin(), C.Arguments.end(),
             [&](const Value &Given) { return Given.Path == D.SqlFrom; }) > 1;
}

/// Statements that are data run in the loop: what else is asked there is the
/// script's bookkeeping, once per script.
bool runsScript(const Program &P, const Function &F, Index Loop) {
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!within(F, F.Calls[C].Loop, Loop))
      continue;
    for (const CallEffect &E : P.effects(F, C)) {
      if (E.Does.Kind != EffectKind::Query &&
          E.Does.Kind != EffectKind::Prepare)
        continue;
      Trip T;
      T.Call = C;
      T.Seen = E;
      for (T.Loop = F.Calls[C].Loop; T.Loop != None;
           T.Loop = F.Loops[T.Loop].Parent) {
        if (textIsData(F, T))
          return true;
        if (T.Loop == Loop)
          break;
      }
    }
  }
  return false;
}

/// The function alters the schema: it brings a database to a newer form.
bool altersSchema(const Function &F) {
  auto Alters = [](std::string_view Sql) {
    Sql.remove_prefix(std::min(Sql.find_first_not_of(" \t\r\n"), Sql.size()));
    return Sql.starts_with("ALTER TABLE");
  };
  return std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
    return (C.Sql && Alters(*C.Sql)) ||
           std::any_of(C.Arguments.begin(), C.Arguments.end(),
                       [&](const Value &Given) {
                         return Given.Text && Alters(*Given.Text);
                       });
  });
}

/// Some condition stands above: "if (version < 45)".
bool onCondition(const Function &F, const std::vector<Index> &Guards) {
  return std::any_of(Guards.begin(), Guards.end(), [&](Index G) {
    GuardKind Kind = F.Guards[G].Kind;
    return Kind != GuardKind::Passed && Kind != GuardKind::ErrorPath;
  });
}

/// All that call it are upgrades, which do so on a condition.
bool onlyFromUpgrades(const Program &P, const Function &F, int Depth = 0) {
  constexpr int Deepest = 3;
  const std::vector<Program::Site> &Callers = P.callers(F);
  return Depth < Deepest && !Callers.empty() && !P.addressTaken(F) &&
         std::all_of(
             Callers.begin(), Callers.end(),
             [&](const Program::Site &By) {
               const Call &C = By.Caller->Calls[By.Call];
               return (altersSchema(*By.Caller) &&
                       onCondition(*By.Caller, C.Guards)) ||
                      onlyFromUpgrades(P, *By.Caller, Depth + 1);
             });
}

/// The step of an upgrade, once for each database.
bool upgrades(const Program &P, const Function &F, const Trip &T) {
  return (T.Loop != None && altersSchema(F) &&
          onCondition(F, F.Loops[T.Loop].Guards)) ||
         onlyFromUpgrades(P, F);
}

/// The call makes something that has a connection of its own: what it asks is
/// asked to set that up.
bool setsUp(const Program &P, const Function &F, const Trip &T) {
  for (const CallEffect &E : P.effects(F, T.Call))
    if (E.Does.Kind == EffectKind::Connect && !E.Does.Scoped && !E.Does.Memo &&
        !E.Does.ErrorPath && (E.Does.Fresh || contains(E.OtherObject, T.Loop)))
      return true;
  return false;
}

/// A statement compiled outside of the callable that a loop elsewhere runs.
bool preparedAround(const Program &P, const Function &F, const Trip &T) {
  const Effect &D = T.Seen.Does;
  if (!D.Iterated || !D.Prepared || !D.Subject.known())
    return false;
  for (const CallEffect &E : P.effects(F, T.Call))
    if (E.Does.Kind == EffectKind::Prepare && E.Does.Subject == D.Subject)
      return false;
  return preparedHere(P, F, D.Subject);
}

/// walk(node->next): a recursion that goes on with another value of what the
/// query is computed from. Recursion in a loop is the loop's; with the same
/// arguments it is another attempt.
Index recursionOver(const Program &P, const Function &F,
                    const CallEffect &Seen) {
  if (!P.recursive(F))
    return None;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    const Call &Again = F.Calls[C];
    if (Again.Callee != F.Usr || Again.Loop != None)
      continue;
    for (const AccessPath &Input : Seen.Does.Inputs) {
      const Value *Given = nullptr;
      if (Input.Base == Root::This)
        Given = &Again.Receiver;
      else if (Input.Base == Root::Parameter &&
               Input.Position < static_cast<Index>(Again.Arguments.size()))
        Given = &Again.Arguments[Input.Position];
      // A part of the same thing: the next node, a child.
      if (Given && Given->Path.Base == Input.Base &&
          Given->Path.Position == Input.Position && !Given->Path.Fields.empty())
        return C;
    }
  }
  return None;
}

std::optional<Trip> judge(const Program &P, const Function &F, Index Position,
                          const CallEffect &Seen) {
  const Call &C = F.Calls[Position];
  const Effect &D = Seen.Does;
  if (!weight(D.Kind) || (D.Looped && !D.Iterated))
    return std::nullopt; // a loop below has it already
  // Connections that are kept fill a pool; those that end with a scope here
  // are connection-per-call's.
  if (D.Kind == EffectKind::Connect && !D.Scoped)
    return std::nullopt;
  Trip T;
  T.Call = Position;
  T.Loop = repeatingLoop(P, F, C, D.Selected, T.Loops);
  if (T.Loop == None && !D.Iterated && D.Kind == EffectKind::Query &&
      C.Callee != F.Usr)
    T.Recursion = recursionOver(P, F, Seen);
  if (T.Loop == None && !D.Iterated && T.Recursion == None)
    return std::nullopt;
  T.Seen = Seen;
  if (D.Flush)
    return std::nullopt; // a batch is sent when it is full
  if (walksScript(C, D))
    return std::nullopt;

  T.Sure = D.Sure;
  if (T.Loop != None) {
    if (guardedBy(F, C.Guards, T.Loop, GuardKind::Flush) ||
        oneShot(F, C.Guards, T.Loop) || insideRetry(F, Position, T.Loop))
      return std::nullopt;
    T.Sure = std::min(T.Sure, likely(F, C.Guards, T.Loop, D.Conditions));
    const Loop &L = F.Loops[T.Loop];
    if (L.Bound == BoundKind::Const)
      T.Sure = std::min(T.Sure, Confidence::Medium);
    // What the source lists is not what grows, unless something around does.
    if (std::all_of(T.Loops.begin(), T.Loops.end(), [&](Index Around) {
          return F.Loops[Around].Form == LoopForm::RangeFor &&
                 F.Loops[Around].Bound == BoundKind::Const &&
                 F.Loops[Around].Count <= Handful;
        }))
      T.Sure = Confidence::Low;
    if (P.fixedRange(F, T.Loop) || runsScript(P, F, T.Loop))
      T.Sure = Confidence::Low;
    if (L.Bound == BoundKind::Unknown && L.Condition != ConditionKind::Count &&
        !P.overResultSet(F, T.Loop))
      T.Sure = lower(T.Sure);
    // Its own result ends the loop or leads it on: attempts, pages, chains.
    bool Walks = L.Condition == ConditionKind::Count ||
                 L.Form == LoopForm::RangeFor || L.Form == LoopForm::Algorithm;
    if (contains(C.LeavesOnSuccess, T.Loop) ||
        (contains(C.Decides, T.Loop) && !Walks))
      T.Sure = Confidence::Low;
    if (L.Condition == ConditionKind::None && !Walks)
      T.Sure = Confidence::Low; // for (;;): left by what the query says
    if (P.nature(F, T.Loop) == Nature::Drain) { // tasks that were queued
      if (C.Virtual)
        return std::nullopt;
      if (D.Sql.empty())
        T.Sure = Confidence::Low;
    }
    if (L.Bound == BoundKind::Stream && D.Sql.empty())
      T.Sure = Confidence::Low; // a script that is read
    if (takesWholeRange(F, C, T.Loop))
      return std::nullopt; // level by level, not element by element
  } else if (D.Conditions > 0) {
    T.Sure = lower(T.Sure);
  }
  if (T.Recursion != None) {
    T.Sure = std::min(T.Sure, Confidence::Medium);
    for (Index G : C.Guards)
      if (F.Guards[G].Kind != GuardKind::Passed &&
          F.Guards[G].Kind != GuardKind::Condition)
        T.Sure = Confidence::Low;
  }
  if (D.ErrorPath || textIsData(F, T) ||
      (D.Kind == EffectKind::Query && setsUp(P, F, T)))
    T.Sure = Confidence::Low;
  if (D.Memo && !(T.Loop != None && contains(Seen.OtherMemory, T.Loop)))
    T.Sure = Confidence::Low;
  if (D.Rare)
    T.Sure = lower(T.Sure);
  std::string Sql = D.Sql;
  if (Sql.empty() && D.Prepared)
    Sql = preparedText(P, F, D);
  SqlKind Kind = sqlKind(Sql);
  if (pipelined(F, T))
    return std::nullopt;
  if (Kind == SqlKind::Define || Kind == SqlKind::Setting || sqlNamesTable(Sql))
    T.Sure =
        Confidence::Low; // tables are few, and what is done to them must be
  if (sqlIsBatch(D.Sql))
    return std::nullopt;
  if (upgrades(P, F, T))
    T.Sure = Confidence::Low;
  if (sqlTakesMany(Sql)) // what is walked are chunks, or groups
    T.Sure = Confidence::Low;

  switch (D.Kind) {
  case EffectKind::Prepare:
    T.Reason = Why::Prepare;
    return T;
  case EffectKind::Commit:
    T.Reason = Why::Commit;
    return T;
  case EffectKind::Connect:
    T.Reason = Why::Connect;
    return T;
  default:
    break;
  }
  bool Varies = T.Loop != None        ? contains(Seen.Varies, T.Loop)
                : T.Recursion != None ? true
                                      : Seen.VariesWhereIterated;
  if (T.Loop == None && D.Database == "embedded" && preparedAround(P, F, T))
    return std::nullopt; // the right way to do it
  if (T.Loop != None && preparedOutside(P, F, T)) {
    bool Embedded = D.Database == "embedded";
    // A query for each row of another's result is N+1, prepared or not.
    bool Reads =
        Kind == SqlKind::Read || (!Embedded && P.overResultSet(F, T.Loop));
    // Who compiled it may have opened a transaction, too.
    if (P.inTransaction(F, Position) || !preparedHere(P, F, D.Subject)) {
      if (Embedded)
        return std::nullopt; // the right way to do it
      if (!Reads)
        T.Sure = Confidence::Low;
    } else if (Embedded) {
      if (Reads)
        return std::nullopt;
      T.Reason = Why::Sync;
      T.Sure = std::min(T.Sure, Confidence::Medium);
      return T;
    } else if (!Reads) {
      T.Reason = Why::Sync;
      T.Sure = std::min(T.Sure, Confidence::Medium);
      return T;
    }
  }
  if (!Varies && !D.Prepared) {
    T.Reason = Why::Same;
    if (otherConnection(F, T))
      return std::nullopt; // each round asks another database
    if (T.Loop != None && contains(C.Receiver.OtherObject, T.Loop))
      T.Sure = Confidence::Low; // each round asks through another object
  }
  return T;
}

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

Finding say(const Program &P, const Function &F, const Trip &T) {
  const Effect &D = T.Seen.Does;
  const Call &C = F.Calls[T.Call];
  Finding Found;
  Found.Check = "query-in-loop";
  Found.Where = Level::Database;
  Found.Sure = T.Sure;
  Found.Runs = P.heat(F);
  Found.Function = F.Name;
  Found.Degree = std::max<size_t>(1, T.Loops.size());

  Doer By = doer(P, F, T.Call, D);
  Found.At = P.point(By.At);

  std::string Each = T.Loop != None ? element(P, F, T.Loop)
                     : T.Recursion != None
                         ? "call of '" + shortName(F.Name) +
                               "', which calls itself for each element"
                     : D.Over.empty() ? "round of '" + shortName(C.Name) + "'"
                                      : "element of '" + D.Over + "'";
  std::string Deed =
      "'" + (By.Name.empty() ? shortName(D.What) : By.Name) + "' ";
  switch (T.Reason) {
  case Why::Element:
    Found.Message = Deed + "runs one query per " + Each;
    if (T.Loop != None && P.overResultSet(F, T.Loop))
      Found.Message += " (N+1)";
    Found.Suggestion =
        sqlKind(D.Sql) == SqlKind::Write
            ? "send the rows in one batch: a multi-row INSERT, COPY or "
              "execBatch, in one transaction"
            : "fetch what the loop needs before it: a join, or IN / ANY over "
              "the keys; for writes a batch in one transaction";
    break;
  case Why::Same:
    Found.Message = Deed + "runs the same query for every " + Each +
                    ": nothing in it varies "
                    "with the loop";
    Found.Suggestion = "run it once before the loop and keep the result";
    break;
  case Why::Prepare:
    Found.Message = Deed + "compiles a statement per " + Each;
    Found.Suggestion =
        "prepare it once before the loop, then bind and reset in it";
    break;
  case Why::Commit:
    Found.Message = Deed + "commits once per " + Each;
    Found.Suggestion = "put one transaction around the loop";
    break;
  case Why::Connect:
    Found.Message = Deed + "opens a connection per " + Each;
    Found.Suggestion = "open it once before the loop, or take it from a pool";
    break;
  case Why::Sync:
    Found.Message = Deed + "executes the statement once per " + Each +
                    " with no transaction around the loop: a commit, hence a "
                    "sync, per row";
    Found.Suggestion = "begin a transaction before the loop, commit after it";
    break;
  }
  Found.Growth = T.Loop != None ? growth(P, F, T.Loops, "")
                                : "O(" + (D.Over.empty() ? "n" : D.Over) + ")";
  const char *Unit = T.Reason == Why::Prepare   ? " prepares"
                     : T.Reason == Why::Commit  ? " commits"
                     : T.Reason == Why::Connect ? " connections"
                     : T.Reason == Why::Sync    ? " commits"
                                                : " queries";
  Found.Growth += Unit;
  if (T.Loop != None)
    Found.Path.push_back(loopStep(P, F, T.Loop));
  if (T.Recursion != None)
    Found.Path.push_back({P.point(F.Calls[T.Recursion].Where),
                          "'" + F.Name + "' calls itself here"});
  for (Step &S : P.path(D))
    Found.Path.push_back(std::move(S));
  return Found;
}

} // namespace

void checkQueryInLoop(const Program &P, const Function &F,
                      std::vector<Finding> &Out) {
  std::vector<Trip> Trips;
  for (Index C = 0; C < static_cast<Index>(F.Calls.size()); ++C) {
    if (!mayRepeat(P, F, C))
      continue;
    // One finding a place: the call, or where in a lambda that a loop runs.
    std::vector<std::pair<Location, Trip>> Best;
    for (const CallEffect &E : P.effects(F, C)) {
      std::optional<Trip> T = judge(P, F, C, E);
      if (!T)
        continue;
      Location At = doer(P, F, C, E.Does).At;
      auto It = std::find_if(Best.begin(), Best.end(), [&](const auto &Other) {
        return Other.first == At;
      });
      if (It == Best.end())
        Best.emplace_back(At, std::move(*T));
      else if (T->Sure > It->second.Sure ||
               (T->Sure == It->second.Sure &&
                weight(T->Seen.Does.Kind) > weight(It->second.Seen.Does.Kind)))
        It->second = std::move(*T);
    }
    for (auto &[At, T] : Best)
      Trips.push_back(std::move(T));
  }
  // What belongs to one query is one finding: its prepare, its commit, its
  // connection.
  auto Covered = [&](const Trip &T) {
    return std::any_of(Trips.begin(), Trips.end(), [&](const Trip &Other) {
      if (weight(Other.Seen.Does.Kind) <= weight(T.Seen.Does.Kind) ||
          Other.Loop != T.Loop ||
          (Other.Sure < T.Sure && T.Reason != Why::Commit))
        return false;
      const AccessPath &Mine = T.Seen.Does.Subject;
      const AccessPath &Its = Other.Seen.Does.Subject;
      return T.Reason != Why::Prepare || Mine == Its || !Mine.known() ||
             !Its.known();
    });
  };
  // In an embedded database the execution is cheap; compiling for it is not.
  auto CheapBesidePrepare = [&](const Trip &T) {
    return T.Seen.Does.Kind == EffectKind::Query && T.Seen.Does.Prepared &&
           T.Seen.Does.Database == "embedded" &&
           std::any_of(Trips.begin(), Trips.end(), [&](const Trip &Other) {
             return Other.Reason == Why::Prepare && Other.Loop == T.Loop &&
                    Other.Seen.Does.Subject == T.Seen.Does.Subject;
           });
  };
  Trips.erase(std::remove_if(Trips.begin(), Trips.end(), CheapBesidePrepare),
              Trips.end());
  for (const Trip &T : Trips)
    if (!Covered(T))
      Out.push_back(say(P, F, T));
}

} // namespace perfidy
