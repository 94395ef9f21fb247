//===- Triage.h - which findings are shown ----------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TRIAGE_H
#define PERFIDY_DRIVER_TRIAGE_H

#include "driver/Project.h"
#include "driver/Report.h"
#include "driver/TidyConfig.h"
#include "driver/Workers.h"
#include <vector>

namespace perfidy {

/// What of \p Found, all findings of a program, ranked, is shown, and how much
/// is not and why. Reads the files that findings are in, for their NOLINT
/// comments; says on stderr where those do not fit together. Throws Failure for
/// a .clang-tidy that cannot be read.
Report triage(std::vector<Finding> Found, const std::vector<Unit> &Units,
              const Project &Of, const Options &Asked, TidyConfig &Config);

} // namespace perfidy

#endif // PERFIDY_DRIVER_TRIAGE_H
