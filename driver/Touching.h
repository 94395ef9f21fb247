//===- Touching.h - findings that have to do with certain files -*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TOUCHING_H
#define PERFIDY_DRIVER_TOUCHING_H

#include "analysis/rank/Finding.h"
#include "driver/Project.h"
#include <set>
#include <string>

namespace perfidy {

/// Says on stderr which of \p Files would be compiled by themselves, but are
/// not in the compile database: no silence is to be taken for a verdict.
void noteUnknown(const std::vector<std::string> &Files, const Project &Of);

/// What --touching names.
class Touching {
  std::set<std::string> Files; ///< by their real paths

public:
  /// Throws Failure if a file does not exist.
  explicit Touching(const Options &Asked);

  /// True if the place of \p Which or a step of its path lies in one of the
  /// files, or if none was named.
  bool includes(const Finding &Which) const;
  bool includes(const std::string &File) const;
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_TOUCHING_H
