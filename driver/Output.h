//===- Output.h - writes everything or says that it could not ---*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_OUTPUT_H
#define PERFIDY_DRIVER_OUTPUT_H

#include <string>

namespace perfidy {

/// True if \p To stands for stdout: it is empty or "-".
bool isStandardOutput(const std::string &To);

/// Writes \p Text to the file \p To, or to stdout. Throws Failure if not all of
/// it could be written.
void output(const std::string &Text, const std::string &To);

} // namespace perfidy

#endif // PERFIDY_DRIVER_OUTPUT_H
