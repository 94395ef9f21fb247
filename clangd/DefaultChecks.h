//===- DefaultChecks.h - which checks clangd runs ---------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_DEFAULTCHECKS_H
#define PERFIDY_CLANGD_DEFAULTCHECKS_H

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace perfidy {

/// The options that clangd gives to clang-tidy for \p File; nothing if it runs
/// without clang-tidy. To be called where clangd works on that file: its .clangd
/// belongs to the context of the thread.
std::optional<clang::tidy::ClangTidyOptions> tidyOptions(llvm::StringRef File);

} // namespace perfidy

#endif // PERFIDY_CLANGD_DEFAULTCHECKS_H
