//===- Host.h - the checks' module in clangd --------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_HOST_H
#define PERFIDY_CLANGD_HOST_H

namespace perfidy {

/// Adds our module to clang-tidy's registry, for an editor. A second call does
/// nothing.
void registerClangdModule();

} // namespace perfidy

#endif // PERFIDY_CLANGD_HOST_H
