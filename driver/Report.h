//===- Report.h - what a scan found -----------------------------*- C++ -*-===//
//
// Part of Perfidy. Written once, printed by one writer a format.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_REPORT_H
#define PERFIDY_DRIVER_REPORT_H

#include "analysis/rank/Words.h"
#include "checks/Check.h"
#include "driver/Overlay.h"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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
    /// The user asked about it: it was not merely read along for a change, or
    /// for files that --touching names.
    bool Wanted = true;
  };
  /// Files with errors, by path: those read as far as clang recovered, and
  /// those that could not be read.
  std::vector<Failed> FailedFiles;
  size_t FilesRead = 0;
  /// The checks that ran.
  std::vector<const CheckInfo *> Checks;
  /// The project's folder: the working tree of git if there is one. Paths that
  /// a format wants relative are relative to it.
  std::string Root;
};

/// Where the first error of a file is, which may be in a header, and what it
/// says; line 0 if it is about the whole file.
Step firstError(const Report::Failed &Of);

/// Message and suggestion as one text, for formats that have one field.
std::string withAdvice(const Finding &Of);

/// "1 file", "2 files".
std::string count(size_t Number, std::string_view One, std::string_view Many);

/// Names of the checks that ran and of those that findings have besides, as
/// ruleName() has them.
std::vector<std::string> checks(const Report &Of);

/// How many findings a level has; only levels that have some.
std::map<Level, size_t> levels(const Report &Of);

/// "2 findings in 5 files: 1 algorithmic complexity, 1 database queries"
std::string summary(const Report &Of);

} // namespace perfidy

#endif // PERFIDY_DRIVER_REPORT_H
