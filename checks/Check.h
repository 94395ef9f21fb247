//===- Check.h - what every check is ----------------------------*- C++ -*-===//
//
// Part of Perfidy. A check is a pure function from facts to findings. It never
// sees the AST, so that the host cannot change its verdict.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_CHECK_H
#define PERFIDY_CHECKS_CHECK_H

#include "analysis/link/Program.h"
#include "analysis/rank/Finding.h"
#include <span>
#include <vector>

namespace perfidy {

struct CheckInfo {
  const char *Name;    ///< "query-in-loop"; clang-tidy's has "perfidy-" before
  Level Where;         ///< level of the hierarchy its findings belong to
  const char *Summary; ///< the first sentence of its page
  /// Appends what it finds in \p F. Reads only; safe on any thread.
  void (*Run)(const Program &P, const Function &F, std::vector<Finding> &Out);
};

/// All checks in the order of Checks.def.
std::span<const CheckInfo> allChecks();

/// Runs the checks that \p Enabled allows over every function of the program
/// (tests left out unless asked for) and ranks what they find together with what
/// clang-tidy's own checks said (Remarks.h).
std::vector<Finding> runChecks(const Program &P,
                               const std::vector<const CheckInfo *> &Enabled,
                               bool IncludeTests);

} // namespace perfidy

#endif // PERFIDY_CHECKS_CHECK_H
