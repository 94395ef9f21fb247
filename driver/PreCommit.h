//===- PreCommit.h - what pre-commit asks about -----------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PRECOMMIT_H
#define PERFIDY_DRIVER_PRECOMMIT_H

#include "driver/GitDiff.h"
#include "driver/Options.h"

namespace perfidy {

/// Turns Asked.PreCommit, the files that pre-commit gives, into what they stand
/// for: Staged for a commit; Diff for `--from-ref A --to-ref B` and before a
/// push; else Touching, for --all-files and --files.
void resolvePreCommit(Options &Asked);

/// Without the files that pre-commit did not give: its configuration excludes
/// them. Deleted files are never given, and stay.
void keepGiven(Changes &All, const Options &Asked);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PRECOMMIT_H
