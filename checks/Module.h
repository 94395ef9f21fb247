//===- Module.h - the clang-tidy module -------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_MODULE_H
#define PERFIDY_CHECKS_MODULE_H

#include <memory>

namespace clang::tidy {
class ClangTidyCheckFactories;
}

namespace perfidy {

class TidyHost;

/// Adds every row of Checks.def as perfidy-<name>, for a module of \p Host.
void addChecks(clang::tidy::ClangTidyCheckFactories &To,
               std::shared_ptr<TidyHost> Host);

/// Adds "perfidy-module" to clang-tidy's registry of modules. Touches the
/// host's LLVM, so it must be known that the host is of the right version. A
/// second call does nothing.
void registerModule();

} // namespace perfidy

#endif // PERFIDY_CHECKS_MODULE_H
