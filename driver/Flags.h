//===- Flags.h - compile commands as our clang wants them -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FLAGS_H
#define PERFIDY_DRIVER_FLAGS_H

#include "driver/Project.h"
#include <string>
#include <vector>

namespace perfidy {

/// The command of \p Unit, made fit for parsing with this clang: nothing is
/// written, warnings are off, every error is told, and flags that clang does
/// not know (those of GCC and of other clangs) are left out.
std::vector<std::string> parsingCommand(const Source &Unit,
                                        const std::string &ResourceDirectory);

/// The variables that change what clang reads, with their values.
std::string clangEnvironment();

} // namespace perfidy

#endif // PERFIDY_DRIVER_FLAGS_H
