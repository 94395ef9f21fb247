//===- GitDiff.h - what a change has touched --------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_GITDIFF_H
#define PERFIDY_DRIVER_GITDIFF_H

#include "analysis/rank/Finding.h"
#include "driver/Options.h"
#include "driver/Overlay.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace perfidy {

/// A change as git knows it, from some revision to the work tree or the index.
class Changes {
public:
  struct Lines {
    uint32_t First, Last; ///< from 1, both included
  };
  struct File {
    std::string Before; ///< name in the old revision; "" if new
    std::string Now;    ///< name; "" if deleted
    std::vector<Lines> Touched;
  };

  std::string Top;  ///< the work tree's folder; names are relative to it
  std::string Base; ///< the old revision's id
  std::vector<File> Files;

  /// \p Place, or where lines were taken away around it, is part of the change.
  bool touches(const SourcePoint &Place) const;
  /// The finding or a step of its path is.
  bool touches(const Finding &What) const;

  /// Absolute names of the files that are there now.
  std::set<std::string> names() const;
  /// Absolute names of files that were not there before.
  std::set<std::string> added() const;
  /// The contents that changed files had before, under the names of now.
  Overlay before() const;

private:
  mutable std::map<std::string, const File *> Known; ///< by absolute name
};

/// What Asked.Diff or Asked.Staged say, in the repository around \p Folder. For
/// Asked.Staged, \p Instead gets the staged contents of files whose contents on
/// disk are others. Throws Failure if there is no git, no repository or no such
/// revision.
Changes readChanges(const Options &Asked, const std::string &Folder,
                    Overlay &Instead);

/// The files of `git diff`'s output \p Text, made with -U0. For unit tests.
std::vector<Changes::File> parseDiff(const std::string &Text);

} // namespace perfidy

#endif // PERFIDY_DRIVER_GITDIFF_H
