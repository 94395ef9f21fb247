//===- Places.h - how reports name files and places -------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PLACES_H
#define PERFIDY_DRIVER_PLACES_H

#include "analysis/rank/Finding.h"
#include <string>
#include <string_view>

namespace perfidy {

/// \p File relative to the working directory if it lies below it, else as it
/// is: what people and editors read.
std::string shorten(const std::string &File);

/// "src/a.cpp:12:5", the file shortened.
std::string place(const SourcePoint &Where);

/// \p File relative to \p Root, with "/" between folders and no "./" before:
/// what services read that know the repository alone. Absolute if it lies
/// elsewhere. Both are absolute.
std::string relativeTo(const std::string &Root, const std::string &File);

/// \p Path as the path of a URI: every byte that RFC 3986 does not allow there
/// is percent-encoded, whatever encoding the file system has.
std::string uriPath(std::string_view Path);

/// "file:///home/me/a%20b.cpp"; \p Path is absolute.
std::string fileUri(std::string_view Path);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PLACES_H
