//===- Change.h - scans of what a change touches ----------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_CHANGE_H
#define PERFIDY_DRIVER_CHANGE_H

#include "driver/GitDiff.h"
#include "driver/Matching.h"
#include "driver/Project.h"
#include <optional>
#include <vector>

namespace perfidy {

/// A change, and what was found before it. A finding belongs to the change if
/// it touches one of its lines, or if it was not there before: who takes away
/// the line that ended something touches no line that is still there.
struct Change {
  Changes Lines;
  /// Nothing if the code of before could not be judged.
  std::optional<std::vector<PastFinding>> Before;
};

/// For a first scan, with no store to say who reads what: leaves in \p Of the
/// files that have changed, and those that include a changed header by its
/// name.
void narrow(Project &Of, const Changes &To);

/// \p Of as it was before \p Since.
Project projectBefore(const Project &Of, const Changes &Since);

} // namespace perfidy

#endif // PERFIDY_DRIVER_CHANGE_H
