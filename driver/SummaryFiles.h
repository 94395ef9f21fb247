//===- SummaryFiles.h - summaries as plain files ----------------*- C++ -*-===//
//
// Part of Perfidy. What `extract` writes and `link` reads, so that any build
// system or cluster can read one translation unit per machine.
//
// A file is CBOR: {"perfidy": version, "project": {root, generated}, "source":
// the file, "reason": why it has errors, "summary": the facts, if there are
// any}. It names absolute paths: the machines have to see the sources under the
// same names.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_SUMMARYFILES_H
#define PERFIDY_DRIVER_SUMMARYFILES_H

#include "analysis/summary/Summary.h"
#include "driver/Project.h"
#include "driver/Workers.h"
#include <string>
#include <vector>

namespace perfidy {

/// extract is to write one file for each source into a folder.
bool wantsFolder(const Options &Asked, const Project &Of);

/// Writes \p Which, be it facts or the reason why there are none, into the
/// folder Asked.Output, which is made if need be, or replaces it there as a
/// whole. The name follows from the source's path. Throws Failure.
void writeSummary(const Unit &Which, const Project &Of, const Options &Asked);

struct Gathered {
  std::vector<TUSummary> Summaries;
  /// What became of each source, without its facts; ordered by path.
  std::vector<Unit> Units;
  Project Of; ///< its borders alone
};

/// Reads all summaries in the folders and files of \p Paths, \p Jobs side by
/// side. Throws Failure
/// that names the file if one is damaged, of another version, of another
/// project than the rest, or contradicts another.
Gathered readSummaries(const std::vector<std::string> &Paths, unsigned Jobs);

} // namespace perfidy

#endif // PERFIDY_DRIVER_SUMMARYFILES_H
