//===- Program.h - many TU summaries as one program -------------*- C++ -*-===//
//
// Part of Perfidy. The entity linker: resolves calls across TU summaries,
// walks the call graph bottom-up by strongly connected components and gives
// every function its effects.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_LINK_PROGRAM_H
#define PERFIDY_ANALYSIS_LINK_PROGRAM_H

#include "analysis/link/Effect.h"
#include "analysis/rank/Finding.h"
#include "analysis/summary/Summary.h"
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// What a loop is for. Decides whether a round trip in it is per element.
enum class Nature : uint8_t {
  Plain,
  Batch,   ///< steps by more than one, or walks chunks
  Retry,   ///< bounded attempts with a back-off
  Service, ///< runs for the life of a thread and waits for work
  Once,    ///< runs once, however it looks
  Drain,   ///< while (!queue.empty())
};

/// A hand-written search: an inner loop that does nothing but act on elements
/// equal to a key.
struct Search {
  Index Loop = None;
  const Value *Element = nullptr; ///< side of the comparison that is searched
  const Value *Key = nullptr;
  AccessPath Container;
  std::string Name;                 ///< how the source spells the container
  std::vector<Index> OtherObject;   ///< loops that make it another container
  std::vector<AccessPath> ChosenBy; ///< inputs that decide which one it is
};

/// What an earlier link made of a function: so that one file can be judged as
/// part of a program of which little else is read.
struct Settled {
  /// The function is there for others' sake and is not to be judged.
  bool Outside = false;

  /// What it does is known: the fields up to Natures. Else it is worked out
  /// anew, as that of a function about which nothing is known.
  bool HasEffects = false;
  std::vector<Effect> Effects;
  std::vector<AccessPath> Writes;
  std::vector<Nature> Natures; ///< by loop
  std::vector<Index> Kept;     ///< parameters that outlive the call

  /// Where it runs is known: the fields up to InTransaction. Else it follows
  /// from its callers.
  bool HasPlace = false;
  bool Startup = false;
  bool Handler = false;
  bool InTransaction = false; ///< a caller has begun one

  // These hold beside what the summaries say.
  bool Taken = false;     ///< somebody takes its address
  bool Recursive = false; ///< through functions that are not there
  bool Handles = false;   ///< somebody registers it as a listener

  /// What the files of locations in Effects point into.
  std::vector<std::string> Files;
};

/// A registration as the function sees it that makes it, or that calls what
/// makes it: paths are this function's.
struct Listening {
  const Function *In = nullptr;     ///< where it is written
  const Registration *Of = nullptr; ///< of In
  AccessPath Emitter, Listener, Token;
  std::string Event;
  AccessPath EventFrom; ///< if Event is not known yet
  std::string Handler;
  AccessPath HandlerFrom; ///< if Handler is not known yet
  bool Inline = false;    ///< the handler is a lambda or a bound function
  bool Unique = false;    ///< the same pair again changes nothing
  TokenFate Fate = TokenFate::None;
  bool Appended = false; ///< the token joins others in a container
  bool Scoped = false;   ///< the token's end takes the listener off
  /// The function's own call that makes it or leads to it.
  Index Call = None;
  /// The function reached by Call; empty if Call registers.
  std::string Next;
  /// Not on every way: first time only, or under a guard of a flag.
  bool Guarded = false;
  /// Made here, or emitter or listener come from here.
  bool Settled = false;
};

/// What one call does. Stays valid while anybody has it.
class CallEffects {
  std::shared_ptr<const std::vector<CallEffect>> All;

public:
  explicit CallEffects(std::shared_ptr<const std::vector<CallEffect>> All)
      : All(std::move(All)) {}
  auto begin() const { return All->begin(); }
  auto end() const { return All->end(); }
  bool empty() const { return All->empty(); }
  size_t size() const { return All->size(); }
  const CallEffect &operator[](size_t At) const { return (*All)[At]; }
};

/// A linked program. Immutable, so any thread may read it.
class Program {
public:
  /// Links \p Summaries; of an entity that several of them define (a header's
  /// function) the first in order of main file names is kept. The result does
  /// not depend on the order given. \p Root is the project's folder: folders
  /// above it that are called "test" make no tests of what is in them.
  /// \p Known says, by USR, what need not be worked out again.
  static Program link(std::vector<TUSummary> Summaries, std::string Root = "",
                      std::unordered_map<std::string, Settled> Known = {});

  Program(Program &&) noexcept;
  Program &operator=(Program &&) noexcept;
  ~Program();

  /// All functions with a body, ordered by USR.
  const std::vector<Function> &functions() const;
  /// The program's own file table; Location::File of every function of the
  /// program points into it.
  const std::vector<File> &files() const;
  /// What clang-tidy's own checks said; of a header, once for every unit that
  /// reads it.
  const std::vector<Remark> &remarks() const;
  /// Null if no summary defines it.
  const Function *find(const std::string &Usr) const;
  /// What the function does, transitively, in order of first appearance.
  const std::vector<Effect> &effects(const Function &F) const;
  /// What a call does: its modelled role, or the effects of all functions it
  /// can reach.
  CallEffects effects(const Function &Caller, Index Call) const;
  /// False if none of these is of \p Kind: seen without working them out.
  bool mayDo(const Function &Caller, Index Call, EffectKind Kind) const;
  /// Functions a call can run: one, or the overriders of a virtual method.
  std::vector<const Function *> targets(const Call &C) const;

  /// Listeners put on and taken off in \p F and what it calls now.
  const std::vector<Listening> &listenings(const Function &F) const;
  /// F handles an event: it is registered as a listener, for more than once.
  bool handlesEvents(const Function &F) const;
  /// Functions that take a listener off themselves.
  const std::vector<const Function *> &removers() const;
  /// The call keeps what it is given as \p Argument beyond its return: known
  /// bodies do.
  bool keeps(const Call &C, Index Argument) const;
  /// Null if there is none, or several of that name.
  const Class *findClass(const std::string &Name) const;
  /// Methods with a body, and lambdas in them.
  const std::vector<const Function *> &methods(const std::string &Class) const;
  /// Lambdas that stand in F itself.
  const std::vector<const Function *> &lambdas(const Function &F) const;
  /// The class and its bases as far as they are the project's, nearest first.
  std::vector<const Class *> withBases(const std::string &Name) const;

  struct Site {
    const Function *Caller;
    Index Call;
  };
  const std::vector<Site> &callers(const Function &F) const;
  /// Reached from main or static initialisation only, and never in a loop.
  bool onlyAtStartup(const Function &F) const;
  /// Where F runs: in a request handler, or what one calls; only at start-up;
  /// or anywhere.
  Heat heat(const Function &F) const;
  /// Registered as a callback, handler or slot.
  bool addressTaken(const Function &F) const;
  /// In a test's file or defined by a test's macro.
  bool isTest(const Function &F) const;
  /// F can call itself again.
  bool recursive(const Function &F) const;

  Nature nature(const Function &F, Index Loop) const;
  /// Rows of a query's result are what the loop walks.
  bool overResultSet(const Function &F, Index Loop) const;
  /// The container is as long as the source says: a list that a function or a
  /// constructor fills with so many literals.
  bool fixed(const Function &F, const Value &Container) const;
  /// What the loop walks is.
  bool fixedRange(const Function &F, Index Loop) const;
  /// The searches written by hand in F.
  std::vector<Search> searches(const Function &F) const;
  /// The effect is a connection that ends with the call that opened it: in a
  /// local that does not escape, or in a temporary.
  bool endsWithScope(const Function &F, Index Call, const Effect &E) const;
  /// A transaction is open around the call: begun before it in F, or in all
  /// callers that are known. Unknown counts as open.
  bool inTransaction(const Function &F, Index Call) const;

  /// Not to be judged: there for others' sake (Settled::Outside).
  bool outside(const Function &F) const;
  /// What is now known of every function, in the order of functions(), for a
  /// later link of some of them. Files are those of files().
  std::vector<Settled> settled() const;

  SourcePoint point(const Location &L) const;
  /// The steps from the call that \p E is an effect of down to what it is about.
  std::vector<Step> path(const Effect &E) const;

private:
  Program();
  struct Impl;
  std::unique_ptr<Impl> Self;
};

/// A loop's element stands for the container it walks: for (c : conns_).
AccessPath overElements(const Function &F, AccessPath Path);

/// The loop and those around it, innermost first.
std::vector<Index> loopsAround(const Function &F, Index Loop);
bool contains(const std::vector<Index> &List, Index Position);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_LINK_PROGRAM_H
