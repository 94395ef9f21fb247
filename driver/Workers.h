//===- Workers.h - translation units side by side ---------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WORKERS_H
#define PERFIDY_DRIVER_WORKERS_H

#include "analysis/models/Models.h"
#include "analysis/store/Packed.h"
#include "driver/Pool.h"
#include "driver/Profile.h"
#include "driver/Project.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace perfidy {

/// What became of one translation unit.
struct Unit {
  std::string File;
  /// Nothing if the file could not be read at all, or if the facts are still in
  /// the store.
  std::optional<PackedUnit> Facts;
  /// What the facts were read from.
  std::vector<FileState> Reads;
  /// Why there are no facts, or the first error in the code; empty if all went
  /// well.
  std::string Reason;
  /// Position in the store; 0 while it is not there.
  int64_t Stored = 0;
  /// Names the facts: PackedUnit::digest().
  Digest Name;

  bool hasFacts() const { return Facts || Stored; }
};

/// How units are read.
struct Reading {
  Limits Most;
  /// Units that include the same system headers share them, precompiled.
  bool Precompile = true;
  /// Where those are kept; empty for no longer than this takes.
  std::string Folder;
};

/// Reads all \p Sources in forked processes (Pool.h): a file that crashes clang,
/// or takes more than \p How allows, loses itself and nothing else. \p Instead is read in place of the files it names. \p Done is called in
/// this process after each file, in the order in which they end, with its
/// position in \p Sources; what it throws ends the reading. The result is in the
/// order of \p Sources, and the same with precompiled headers and without.
///
/// Call with no other thread running. Throws Failure if processes cannot be
/// made.
std::vector<Unit> readUnits(const std::vector<Source> &Sources,
                            const Models &Models, const Overlay &Instead,
                            const Reading &How, Profile &Spent,
                            const std::function<void(size_t, Unit &)> &Done);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WORKERS_H
