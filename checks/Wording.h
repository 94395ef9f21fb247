//===- Wording.h - how findings name loops, growth and calls ----*- C++ -*-===//
//
// Part of Perfidy. One voice for all checks.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_WORDING_H
#define PERFIDY_CHECKS_WORDING_H

#include "analysis/link/Program.h"
#include <string>
#include <vector>

namespace perfidy {

/// "'users'" or "a row of 'result'": what one round of the loop stands for.
std::string element(const Program &P, const Function &F, Index Loop);

/// "users", "rows of result", "n": the loop's count in a formula.
std::string count(const Program &P, const Function &F, Index Loop);

/// "O(orders x ids)" of the loops around a place, outermost first, and what is
/// walked inside of them, if anything.
std::string growth(const Program &P, const Function &F,
                   const std::vector<Index> &Loops, const std::string &Inner);

/// The last part of a qualified name: "db::Store::load" -> "load".
std::string shortName(const std::string &Qualified);

/// Where a finding points and what it calls the doer.
struct Doer {
  Location At;
  std::string Name;
};

/// The call itself, unless a loop runs it without the source saying so: then
/// the place in the lambda that the loop runs.
Doer doer(const Program &P, const Function &F, Index Call, const Effect &E);

/// "loop over 'users'" as the first step of a path.
Step loopStep(const Program &P, const Function &F, Index Loop);

/// Lowers a confidence by one, not below low.
Confidence lower(Confidence Sure);

/// How sure it is that code under \p Guards runs in nearly every round of
/// \p Loop, given how many doubtful levels lie below it.
Confidence likely(const Function &F, const std::vector<Index> &Guards,
                  Index Loop, unsigned ConditionsBelow);

/// A guard of one of these kinds stands between the loop and the guarded code.
bool guardedBy(const Function &F, const std::vector<Index> &Guards, Index Loop,
               GuardKind Kind);

/// Runs in one round of the loop, whatever its length: the first, the last, or
/// until a flag is set.
bool oneShot(const Function &F, const std::vector<Index> &Guards, Index Loop);

/// True if \p Inner is \p Outer or lies inside of it.
bool within(const Function &F, Index Inner, Index Outer);

/// False if the call runs once in a run of \p F: no loop is around it, none can
/// run a callable that it is given, and \p F does not come back to itself.
bool mayRepeat(const Program &P, const Function &F, Index Call);

} // namespace perfidy

#endif // PERFIDY_CHECKS_WORDING_H
