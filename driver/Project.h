//===- Project.h - which translation units there are ------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PROJECT_H
#define PERFIDY_DRIVER_PROJECT_H

#include "driver/Options.h"
#include "driver/Overlay.h"
#include <string>
#include <vector>

namespace perfidy {

/// A source file and how it is compiled.
struct Source {
  std::string File; ///< absolute, as the compile database names it
  std::string Real; ///< the same file without symbolic links
  std::string Directory;
  std::vector<std::string> Command; ///< as the compile database has it
  /// Configuration of the checks of clang-tidy's own that run in the same
  /// parse, TidyConfig::forClangTidy(); empty for none.
  std::string ClangTidy = {};
};

struct Project {
  std::vector<Source> Sources; ///< one a file, ordered by path
  /// Findings outside of this folder are not the project's.
  std::string Root;
  /// The folder around all sources of the compile database that are neither
  /// generated nor the system's.
  std::string Folder;
  /// The build's folder if the sources lie elsewhere, else empty: what is below
  /// it is generated.
  std::string Generated;

  /// The compile database; empty if flags were given instead.
  std::string Database;
  /// Sources are all of the compile database.
  bool Whole = false;

  /// What is read instead of what is on disk.
  Overlay Instead;
  /// This is the project as it was: it is not the program that others see.
  bool Past = false;

  /// True if the reader of a report can change \p File.
  bool owns(const std::string &File) const;
};

/// The translation units that \p Asked names. Throws Failure if there is no
/// compile database, a path does not exist, or nothing is left to read.
Project openProject(const Options &Asked);

/// The compile database that is found from \p File on upwards; "" if there is
/// none.
std::string databaseFor(const std::string &File);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PROJECT_H
