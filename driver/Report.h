//===- Report.h - what a scan found -----------------------------*- C++ -*-===//
//
// Part of Perfidy. Written once, printed by one writer a format.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_REPORT_H
#define PERFIDY_DRIVER_REPORT_H

#include "analysis/rank/Finding.h"
#include "driver/Overlay.h"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace perfidy {

struct Report {
  /// What is shown, ranked, the worst first.
  std::vector<Finding> Findings;
  /// How many are not shown for their low confidence.
  size_t Hidden = 0;
  /// How many a NOLINT comment keeps silent.
  size_t Suppressed = 0;
  /// How many lie in headers that HeaderFilterRegex does not name.
  size_t InOtherHeaders = 0;
  /// How many a change (--diff, --staged) has no part in.
  size_t Unchanged = 0;
  /// How many the baseline lists, and how many it lists that are no more.
  size_t InBaseline = 0, BaselineFixed = 0;
  /// The scan before, of the same code with the same checks.
  struct Earlier {
    size_t New = 0, Fixed = 0, Unchanged = 0;
    /// Fingerprints of the findings that are shown and were not found then.
    std::set<std::string> IsNew;
  };
  std::optional<Earlier> SinceLast;
  /// --fix: findings repaired, files changed, and repairs that were not made.
  size_t Fixed = 0, FilesFixed = 0, FixesSkipped = 0;
  /// Contents that stand for those of files: what was staged.
  Overlay Instead;
  /// Fingerprints of findings that WarningsAsErrors of .clang-tidy names.
  std::set<std::string> Errors;

  struct Failed {
    std::string File;
    std::string Reason;
  };
  /// Files with errors, by path: those read as far as clang recovered, and
  /// those that could not be read.
  std::vector<Failed> FailedFiles;
  size_t FilesRead = 0;
  std::string Root;
};

/// For people. Source lines are read from the files again; a file that has gone
/// is shown without. Paths are relative to the working directory if below it.
std::string writeText(const Report &What);

/// For programs; the shape is in docs/json.md. Paths are absolute.
std::string writeJson(const Report &What);

/// Writes \p Text to the file \p To, or to stdout if that is empty. Throws
/// Failure if not all of it could be written.
void output(const std::string &Text, const std::string &To);

} // namespace perfidy

#endif // PERFIDY_DRIVER_REPORT_H
