//===- Selection.h - which checks run ---------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_SELECTION_H
#define PERFIDY_DRIVER_SELECTION_H

#include "checks/Check.h"
#include <string_view>
#include <vector>

namespace perfidy {

/// The checks that \p Globs allows, in the order of Checks.def. Globs are
/// clang-tidy's: separated by commas, '*' for anything, '-' before one takes
/// away, the last that fits decides. "perfidy-" before a name may be left out.
/// None, or a first that takes away, begin with all checks.
///
/// Throws Failure if a glob fits no check, or no check is left.
std::vector<const CheckInfo *> selectChecks(std::string_view Globs);

} // namespace perfidy

#endif // PERFIDY_DRIVER_SELECTION_H
