//===- DefaultChecks.cpp - which checks clangd runs -----------------------===//
//
// Part of Perfidy. Extends clangd's answers to two questions: which options of
// clang-tidy a file has, and which checks are fast enough for an editor.
//
//===----------------------------------------------------------------------===//
#include "clangd/DefaultChecks.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clangd/Clangd.h"
#include "clangd/Plugins.h"
#include <atomic>
#include <memory>

using clang::clangd::TidyProvider;
using clang::tidy::ClangTidyOptions;

/// What clangd asks for a file's options; as long as the program runs.
static std::atomic<const TidyProvider *> Provider = nullptr;

std::optional<ClangTidyOptions> perfidy::tidyOptions(llvm::StringRef File) {
  const TidyProvider *Asked = Provider;
  if (!Asked)
    return std::nullopt;
  ClangTidyOptions Options;
  (*Asked)(Options, File);
  return Options;
}

namespace clang::clangd {

/// As if "perfidy-*" stood at the begin of the user's list of checks: who says
/// nothing has ours, "-perfidy-*" and "-*" take them away again.
TidyProvider wrappedCombine(std::vector<TidyProvider> Providers) {
  auto Ours = std::make_shared<const TidyProvider>(
      [Clangds = realCombine(std::move(Providers))](
          tidy::ClangTidyOptions &Options, llvm::StringRef File) {
        Clangds(Options, File);
        Options.Checks = "perfidy-*," + Options.Checks.value_or("");
      });
  Provider = Ours.get();
  return [Ours](tidy::ClangTidyOptions &Options, llvm::StringRef File) {
    (*Ours)(Options, File);
  };
}

/// Ours are what this program is for; bench/clangd.py says what they cost. A plugin was loaded to be used: to
/// hide its checks in silence, because clangd does not know them, helps nobody.
std::optional<bool> wrappedIsFastTidyCheck(llvm::StringRef Check) {
  if (std::optional<bool> Known = realIsFastTidyCheck(Check))
    return Known;
  if (Check.starts_with("perfidy-") || perfidy::isPluginCheck(Check))
    return true;
  return std::nullopt;
}

} // namespace clang::clangd
