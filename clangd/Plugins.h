//===- Plugins.h - clang-tidy plugins in clangd -----------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_PLUGINS_H
#define PERFIDY_CLANGD_PLUGINS_H

#include "llvm/ADT/StringRef.h"

namespace perfidy {

/// Adds the option --load to those of clangd: each use loads a plugin. Call it
/// when all modules of this program itself are registered, before the command
/// line is read. A plugin that cannot be loaded is named on stderr, and clangd
/// goes on without.
void addLoadOption();

/// True for checks that a plugin has brought along. Safe on any thread.
bool isPluginCheck(llvm::StringRef Check);

} // namespace perfidy

#endif // PERFIDY_CLANGD_PLUGINS_H
