//===- Fixes.h - the changes that findings come with ------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FIXES_H
#define PERFIDY_DRIVER_FIXES_H

#include "analysis/rank/Finding.h"
#include "analysis/store/Digest.h"
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace perfidy {

struct Fixed {
  size_t Findings = 0;
  /// What files are to contain from now on, by name.
  std::map<std::string, std::string> Texts;
  /// Sentences that name the finding's place: why its fix was not made.
  std::vector<std::string> Skipped;
};

/// The changes of \p Found, made in the contents of their files. The edits of a finding go together: all are made, or none, and the same
/// edit is made once. A finding is skipped if its edits overlap those of a
/// finding before it, or if a file is not what \p Read says was read.
Fixed applyFixes(const std::vector<Finding> &Found,
                 const std::map<std::string, Digest> &Read);

/// What \p Found is for clang-apply-replacements: YAML.
std::string writeFixes(const std::vector<Finding> &Found,
                       const std::string &Root);

} // namespace perfidy

#endif // PERFIDY_DRIVER_FIXES_H
