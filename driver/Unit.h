//===- Unit.h - reads one translation unit ----------------------*- C++ -*-===//
//
// Part of Perfidy. The only part of the driver that runs clang.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_UNIT_H
#define PERFIDY_DRIVER_UNIT_H

#include "analysis/models/Models.h"
#include "analysis/store/Packed.h"
#include "analysis/summary/Summary.h"
#include "driver/Precompiled.h"
#include "driver/Profile.h"
#include "driver/Project.h"
#include <string>

namespace perfidy {

/// The facts of a translation unit, and what decided them beside its flags.
struct UnitFacts {
  TUSummary Summary;
  /// Every file that was read, with the content clang saw, and every file that
  /// was looked for in vain; ordered by path.
  std::vector<FileState> Reads;
  Cost Extraction;
  /// Why the precompiled header could not be used; empty if it was.
  std::string Conflict;
  /// It was used, or the system headers at its beginning.
  bool Precompiled = false;
  bool Own = false; ///< and headers of the project's with them
};

/// Parses \p Unit in this process and returns its facts. Where the code has
/// errors the facts are those that clang recovered, and TUSummary::Error is the
/// first of them. Throws Failure if there is nothing to be had: no such file,
/// or flags that clang refuses.
///
/// \p Instead is read in place of files that it names.
///
/// \p With, if not null, stands for the headers it holds. The facts and
/// Reads are those of a parse without: where it would make a difference, the
/// unit is parsed again, with system headers alone or without any. It must hold no file that \p Instead names. It is not
/// used where clang-tidy's checks run: those see into system headers.
///
/// Changes the working directory; clang may crash or not return. So it is run
/// in a worker process: see Workers.h.
UnitFacts readUnit(const Source &Unit, const Models &Models,
                   const Overlay &Instead = {},
                   const Precompiled *With = nullptr);

/// Where clang's own headers lie. Found once, before workers are forked; throws
/// Failure if there are none.
const std::string &resourceDirectory();

/// "LLVM 22.1.8"
std::string clangVersion();

} // namespace perfidy

#endif // PERFIDY_DRIVER_UNIT_H
