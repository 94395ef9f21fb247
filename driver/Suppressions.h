//===- Suppressions.h - findings that a comment silences --------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_SUPPRESSIONS_H
#define PERFIDY_DRIVER_SUPPRESSIONS_H

#include "analysis/rank/Finding.h"
#include "driver/Overlay.h"
#include <memory>
#include <string>
#include <vector>

namespace perfidy {

/// NOLINT, NOLINTNEXTLINE, NOLINTBEGIN and NOLINTEND, judged by clang-tidy's own
/// code. The files that findings are in are read again, and no others.
class Suppressions {
  class Reader;
  std::unique_ptr<Reader> From;

public:
  /// \p Instead: contents that stand for those of files.
  explicit Suppressions(const Overlay &Instead);
  ~Suppressions();

  /// A comment says that \p What is not to be reported.
  bool cover(const Finding &What);

  /// Comments without their other half in the files asked about so far, as
  /// sentences that name the place.
  std::vector<std::string> complaints() const;
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_SUPPRESSIONS_H
