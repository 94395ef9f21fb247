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
#include <vector>

namespace perfidy {

/// A linked program. Immutable, so any thread may read it.
class Program {
public:
  /// Links \p Summaries; of an entity that several of them define (a header's
  /// function) the first in order of main file names is kept. The result does
  /// not depend on the order given.
  static Program link(std::vector<TUSummary> Summaries);

  Program(Program &&) noexcept;
  Program &operator=(Program &&) noexcept;
  ~Program();

  /// All functions with a body, ordered by USR.
  const std::vector<Function> &functions() const;
  /// The program's own file table; Location::File of every function of the
  /// program points into it.
  const std::vector<File> &files() const;
  /// Null if no summary defines it.
  const Function *find(const std::string &Usr) const;
  /// What the function does, transitively. In order of first appearance.
  const std::vector<Effect> &effects(const Function &F) const;
  /// What a call does, translated to the caller's paths: a modelled role, or
  /// the effects of all functions the call can reach.
  std::vector<Effect> effects(const Function &Caller, const Call &C) const;
  /// Functions a call can run: one, or the overriders of a virtual method.
  std::vector<const Function *> targets(const Call &C) const;
  /// Call sites of a function, as (caller, position into Caller->Calls).
  struct Site {
    const Function *Caller;
    Index Call;
  };
  const std::vector<Site> &callers(const Function &F) const;
  /// Reached from main or static initialisation only, and never in a loop.
  bool onlyAtStartup(const Function &F) const;
  /// Registered as a callback, handler, slot or overrides what a library calls.
  bool addressTaken(const Function &F) const;
  /// In a test's file or defined by a test's macro.
  bool isTest(const Function &F) const;

  SourcePoint point(const Location &L) const;
  /// The steps from a call in \p Caller down to what \p E is about.
  std::vector<Step> path(const Function &Caller, const Effect &E) const;

private:
  Program();
  struct Impl;
  std::unique_ptr<Impl> Self;
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_LINK_PROGRAM_H
