//===- TidyConfig.h - what .clang-tidy says of perfidy ----------*- C++ -*-===//
//
// Part of Perfidy. One file configures all hosts: clang-tidy's own code finds
// and reads it here too.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TIDYCONFIG_H
#define PERFIDY_DRIVER_TIDYCONFIG_H

#include "analysis/rank/Finding.h"
#include "driver/Options.h"
#include <memory>
#include <string>

namespace perfidy {

/// The .clang-tidy files of a tree. Which of them holds for a file follows from
/// the file's folder, as in clang-tidy: the nearest above it, and those above
/// that as long as InheritParentConfig says so. A finding is the business of
/// the file it is in, whichever translation unit saw it.
///
/// Files are read when they are first needed, once. Every call throws Failure
/// for one that cannot be read, and for an option with a value it cannot have.
/// One thread.
class TidyConfig {
  class Files;
  std::unique_ptr<Files> From; ///< null with --no-config

public:
  explicit TidyConfig(const Options &Asked);
  TidyConfig(TidyConfig &&);
  ~TidyConfig();

  /// `Checks:` leaves the check of \p What on. A file that never names a
  /// perfidy check leaves all of them on, unless it turns everything off.
  bool enables(const Finding &What);
  /// perfidy-<check>.MinConfidence; medium if nothing is said.
  Confidence least(const Finding &What);
  /// HeaderFilterRegex and ExcludeHeaderFilterRegex let \p File pass.
  bool wantsHeader(const std::string &File);
  /// `WarningsAsErrors:` names the check of \p What.
  bool isError(const Finding &What);

  /// The configuration for clang-tidy's own checks \p Globs in \p File: YAML.
  std::string forClangTidy(const std::string &File, const std::string &Globs);

  /// Sets what \p Asked leaves open of the options that hold for a whole
  /// program to what the file for \p Folder says: perfidy.Models, perfidy.Store
  /// and perfidy.IncludeTests. Relative names are relative to that file.
  void complete(Options &Asked, const std::string &Folder);
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_TIDYCONFIG_H
