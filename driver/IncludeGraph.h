//===- IncludeGraph.h - which file includes which ---------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_INCLUDEGRAPH_H
#define PERFIDY_DRIVER_INCLUDEGRAPH_H

#include "driver/HeaderScan.h"
#include "driver/Project.h"
#include "clang/Basic/FileManager.h"
#include "clang/Lex/HeaderSearch.h"
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace perfidy {

/// The directives of files, scanned without preprocessing: that takes a
/// thousandth of a parse. No condition is decided: what stands in one is left
/// out. It may be wrong, and that may cost only time.
class IncludeGraph {
public:
  IncludeGraph(clang::HeaderSearch &Search, clang::FileManager &Files)
      : Search(Search), Files(Files) {}

  /// What a file leads to: an entry of a list, which is a header of the
  /// system's or a macro, or another file of the project's.
  struct Edge {
    ListEntry Listed;
    clang::OptionalFileEntryRef Own;
  };
  struct Text {
    std::vector<Edge> Edges; ///< in order
    bool Guarded = false;    ///< it is read once, wherever it is included
    size_t Size = 0;         ///< of the code in it, in octets
  };

  /// Of a file of the project's. The result stays where it is.
  const Text &at(clang::FileEntryRef File);

  clang::OptionalFileEntryRef find(llvm::StringRef Name, bool Angled,
                                   clang::OptionalFileEntryRef From);

  /// Those of \p Names that stand in \p File. The names are the same in all calls
  /// of both.
  const std::set<std::string> &words(clang::FileEntryRef File,
                                     const std::set<std::string> &Names);
  /// Those that the header \p Name mentions, or what it includes.
  std::set<std::string> mentions(llvm::StringRef Name,
                                 const std::set<std::string> &Names);

private:
  clang::HeaderSearch &Search;
  clang::FileManager &Files;
  std::map<const clang::FileEntry *, Text> Known;

  std::map<const clang::FileEntry *, std::set<std::string>> Said;
  std::map<const clang::FileEntry *, std::vector<clang::FileEntryRef>> Targets;

  /// What \p File includes, whoever's it is.
  const std::vector<clang::FileEntryRef> &targets(clang::FileEntryRef File);
};

/// Calls \p Do with a graph of what \p Of finds with its flags.
void withIncludeGraph(
    const Source &Of,
    const std::function<void(IncludeGraph &, clang::FileManager &)> &Do);

} // namespace perfidy

#endif // PERFIDY_DRIVER_INCLUDEGRAPH_H
