//===- WholeFile.h - replaces files as a whole ------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WHOLEFILE_H
#define PERFIDY_DRIVER_WHOLEFILE_H

#include <string>

namespace perfidy {

/// Gives \p File the content \p Text, or makes it: whoever reads it, now or after
/// a crash, sees the old content or the new one. Keeps the file's permissions;
/// follows symbolic links. Throws Failure.
void replaceFile(const std::string &File, const std::string &Text);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WHOLEFILE_H
