//===- WholeFile.h - a file is written whole or not at all ------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WHOLEFILE_H
#define PERFIDY_DRIVER_WHOLEFILE_H

#include <string>
#include <string_view>

namespace perfidy {

/// Puts \p Text into the file \p To: into another one beside it first, which
/// then takes its place, so that a reader finds the old or the new one, whatever
/// happens meanwhile. A device or pipe is written to as it is; a link stays one,
/// and a file keeps its permissions. Throws Failure, with the old file in its
/// place.
void writeWhole(const std::string &To, std::string_view Text);

/// Writes all of \p Text to an open file; \p Name is for the Failure.
void writeAll(int File, std::string_view Text, const std::string &Name);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WHOLEFILE_H
