//===- Workers.h - translation units side by side ---------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WORKERS_H
#define PERFIDY_DRIVER_WORKERS_H

#include "analysis/models/Models.h"
#include "analysis/summary/Summary.h"
#include "driver/Project.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace perfidy {

/// What became of one translation unit.
struct Unit {
  std::string File;
  /// Nothing if the file could not be read at all.
  std::optional<TUSummary> Facts;
  /// Why there are no facts, or the first error in the code; empty if all went
  /// well.
  std::string Reason;
};

/// Reads all \p Sources, \p Jobs at a time, each in a forked process of its
/// own: a file that crashes clang, or takes longer than \p Timeout seconds,
/// loses itself and nothing else. \p Progress is called in this process after
/// each file. The result is in the order of \p Sources.
///
/// Call with no other thread running. Throws Failure if processes cannot be
/// made.
std::vector<Unit> readUnits(const std::vector<Source> &Sources,
                            const Models &Models, unsigned Jobs,
                            unsigned Timeout,
                            const std::function<void(const Unit &)> &Progress);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WORKERS_H
