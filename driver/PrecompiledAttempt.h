//===- PrecompiledAttempt.h - clang precompiles a list of headers -* C++ -*-===//
//
// Part of Perfidy.
//
// One attempt, and what was met on the way: the files and their includes, what
// was looked for, the names that were mentioned. Not thread-safe: for each
// process one at a time.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PRECOMPILEDATTEMPT_H
#define PERFIDY_DRIVER_PRECOMPILEDATTEMPT_H

#include "driver/Precompiled.h"
#include "driver/RecordingFiles.h"
#include "driver/Unit.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace perfidy {

/// By which inode something was looked for.
using Lookup = std::pair<llvm::sys::fs::UniqueID, PrecompiledLookup>;

/// Which file includes which, by inode, in order.
using Edges =
    std::map<llvm::sys::fs::UniqueID, std::vector<llvm::sys::fs::UniqueID>>;

/// A file of the project's as it is read, once.
struct OwnText {
  llvm::sys::fs::UniqueID File;
  clang::SourceLocation Start;
  struct Include {
    unsigned Offset = 0;
    llvm::sys::fs::UniqueID File;
    unsigned Text = 0; ///< PrecompiledInclude::Text
  };
  std::vector<Include> Includes;
};

/// An include that led to a file that had been read before.
struct Skipped {
  clang::SourceLocation Where;
  llvm::sys::fs::UniqueID File;
};

/// What one attempt says. Owns all it has; Expanded is empty afterwards.
struct Attempt {
  Edges Includes;
  std::vector<Skipped> Skips;
  std::vector<OwnText> Texts;
  std::vector<Lookup> Lookups; ///< each once, in order
  std::set<Lookup> Known;
  std::set<uint64_t> Mentioned;
  llvm::DenseSet<const clang::IdentifierInfo *> Expanded; ///< while clang runs
  std::set<std::string> Used; ///< the names of those
  std::string Error;
  unsigned ErrorLine = 0; ///< of the list of headers, from 1; 0 for none

  void mention(const clang::Token &Name);
};

/// Precompiles the headers of file \p List, as \p Unit is compiled, into
/// \p Output. \p Base: what is continued; or null. What goes wrong is in the
/// result; nothing is thrown.
Attempt attempt(const Source &Unit, const Precompiled *Base,
                const std::string &List, const std::string &Output,
                RecordingFiles &Recording);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PRECOMPILEDATTEMPT_H
