//===- Remarks.h - what clang-tidy's own checks said ------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_REMARKS_H
#define PERFIDY_CHECKS_REMARKS_H

#include "analysis/link/Program.h"
#include "analysis/rank/Finding.h"
#include <vector>

namespace perfidy {

/// Appends the program's remarks to \p To, which holds what our checks found, as
/// findings at the level of the hierarchy that their checks belong to; those in
/// tests only if \p IncludeTests. A line that we speak of at that level already is
/// left to us. Confidence is medium: they know nothing of how much data there is.
void addRemarks(const Program &P, bool IncludeTests, std::vector<Finding> &To);

} // namespace perfidy

#endif // PERFIDY_CHECKS_REMARKS_H
