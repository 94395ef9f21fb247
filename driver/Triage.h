//===- Triage.h - which findings are shown ----------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TRIAGE_H
#define PERFIDY_DRIVER_TRIAGE_H

#include "driver/Change.h"
#include "driver/Project.h"
#include "driver/Report.h"
#include "driver/TidyConfig.h"
#include "driver/Workers.h"
#include <vector>

namespace perfidy {

/// What findings are compared with.
struct Past {
  /// --diff, --staged
  const Change *Since = nullptr;
  /// The last scan's findings, all of them.
  std::optional<std::vector<Finding>> LastScan;
};

/// What of \p Found, all findings of a program, ranked, is shown, and how much
/// is not and why. Reads the files that findings are in, for their NOLINT
/// comments; says on stderr where those do not fit together. Throws Failure for
/// a .clang-tidy that cannot be read.
Report triage(std::vector<Finding> Found,
              const std::vector<const CheckInfo *> &Checks,
              const std::vector<Unit> &Units, const Project &Of,
              const Options &Asked, TidyConfig &Config,
              const Past &Compared = {});

} // namespace perfidy

#endif // PERFIDY_DRIVER_TRIAGE_H
