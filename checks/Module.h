//===- Module.h - the clang-tidy module -------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_MODULE_H
#define PERFIDY_CHECKS_MODULE_H

namespace perfidy {

/// Adds "perfidy-module" to clang-tidy's registry of modules. Touches the
/// host's LLVM, so it must be known that the host is of the right version. A
/// second call does nothing.
void registerModule();

} // namespace perfidy

#endif // PERFIDY_CHECKS_MODULE_H
