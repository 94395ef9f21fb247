//===- CompileDatabase.h - what is wrong with it ----------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_COMPILEDATABASE_H
#define PERFIDY_DRIVER_COMPILEDATABASE_H

#include <string>

namespace perfidy {

/// Throws Failure if \p File is not a compile database: it names the line, or
/// the entry, and what to do. Clang's own reader says neither.
void requireCompileDatabase(const std::string &File);

} // namespace perfidy

#endif // PERFIDY_DRIVER_COMPILEDATABASE_H
