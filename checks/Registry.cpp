//===- Registry.cpp - all checks, and running them ------------------------===//
//
// Part of Perfidy. Checks.def is the only list of checks; everything here is
// made from it.
//
//===----------------------------------------------------------------------===//
#include "checks/Check.h"

namespace perfidy {

// Each is defined in the check's own source.
#define PERFIDY_CHECK(NAME, CLASS, LEVEL, SUMMARY)                             \
  void check##CLASS(const Program &P, const Function &F,                       \
                    std::vector<Finding> &Out);
#include "checks/Checks.def"
#undef PERFIDY_CHECK

static constexpr CheckInfo Checks[] = {
#define PERFIDY_CHECK(NAME, CLASS, LEVEL, SUMMARY)                             \
  {NAME, Level::LEVEL, SUMMARY, check##CLASS},
#include "checks/Checks.def"
#undef PERFIDY_CHECK
};

std::span<const CheckInfo> allChecks() { return Checks; }

std::vector<Finding> runChecks(const Program &P,
                               const std::vector<const CheckInfo *> &Enabled,
                               bool IncludeTests) {
  std::vector<Finding> Findings;
  for (const Function &F : P.functions()) {
    if (P.outside(F) || (!IncludeTests && P.isTest(F)))
      continue;
    for (const CheckInfo *Check : Enabled)
      Check->Run(P, F, Findings);
  }
  rank(Findings);
  return Findings;
}

} // namespace perfidy
