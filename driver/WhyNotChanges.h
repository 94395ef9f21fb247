//===- WhyNotChanges.h - facts that may keep a check silent -----*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WHYNOTCHANGES_H
#define PERFIDY_DRIVER_WHYNOTCHANGES_H

#include "analysis/link/Program.h"
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// A function with all that it is judged by, to be changed and judged. Owns what
/// it has.
struct Case {
  Function Of;
  std::vector<Function> Around; ///< its callers, and what it calls
  std::unordered_map<std::string, Settled> Known; ///< of all these, by USR
};

/// A fact, and what makes a case as if it were not there.
struct Change {
  std::string What;
  std::function<void(Case &)> Apply;
};

/// What a line of a function is about: the calls and loops on it, and the loops
/// around those.
struct OnLine {
  std::vector<Index> Calls;
  std::set<Index> Loops;
  OnLine(const Function &F, unsigned Line);
};

/// All facts about line \p Line of \p F that may keep a check silent. \p Past: of
/// \p F. Nothing in the result refers to the arguments.
std::vector<Change> changesFor(const Program &P, const Function &F,
                               unsigned Line, const Settled &Past);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WHYNOTCHANGES_H
