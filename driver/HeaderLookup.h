//===- HeaderLookup.h - where a header is found -----------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_HEADERLOOKUP_H
#define PERFIDY_DRIVER_HEADERLOOKUP_H

#include "clang/Lex/HeaderSearch.h"
#include "llvm/ADT/SmallVector.h"
#include <utility>

namespace perfidy {

/// What \p Name leads to in a file \p From, if there is one, with the folders of
/// \p Search; nothing is opened. \p After: the folder behind which to begin, for
/// #include_next; or null. \p At is set to the folder it is found in, if it is
/// in one of those.
inline clang::OptionalFileEntryRef lookUp(clang::HeaderSearch &Search,
                                          llvm::StringRef Name, bool Angled,
                                          clang::OptionalFileEntryRef From,
                                          clang::ConstSearchDirIterator After,
                                          clang::ConstSearchDirIterator &At) {
  llvm::SmallVector<
      std::pair<clang::OptionalFileEntryRef, clang::DirectoryEntryRef>, 1>
      Includer;
  if (From)
    Includer.emplace_back(From, From->getDir());
  bool Mapped = false, Framework = false;
  return Search.LookupFile(Name, clang::SourceLocation(), Angled, After, &At,
                           Includer, nullptr, nullptr, nullptr, nullptr,
                           &Mapped, &Framework, /*SkipCache=*/false,
                           /*BuildSystemModule=*/false, /*OpenFile=*/false);
}

} // namespace perfidy

#endif // PERFIDY_DRIVER_HEADERLOOKUP_H
