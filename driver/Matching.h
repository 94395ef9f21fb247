//===- Matching.h - findings of two times -----------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_MATCHING_H
#define PERFIDY_DRIVER_MATCHING_H

#include "analysis/rank/Finding.h"
#include <cstddef>
#include <string>
#include <vector>

namespace perfidy {

/// A finding of another time, or several that are called the same.
struct PastFinding {
  std::string Check;
  std::string File; ///< relative to the project's folder
  std::string Function;
  std::string Message;
  size_t Count = 1;
};

/// What \p Found would be kept as: equal ones counted, ordered by file.
std::vector<PastFinding> toPast(const std::vector<Finding> &Found,
                                const std::string &Root);

/// For each of \p Now, whether it is one of \p Before. Lines do not matter, nor
/// do numbers in messages. Findings are first looked for in the same file, then
/// anywhere, since files move: each stands for one and no more. \p Before is left
/// with the counts that nothing stood for, which may be 0.
std::vector<bool> matchPast(const std::vector<Finding> &Now,
                            std::vector<PastFinding> &Before,
                            const std::string &Root);

} // namespace perfidy

#endif // PERFIDY_DRIVER_MATCHING_H
