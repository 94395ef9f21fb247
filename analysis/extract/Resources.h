//===- Resources.h - where clang's own headers lie --------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_RESOURCES_H
#define PERFIDY_ANALYSIS_EXTRACT_RESOURCES_H

#include <string>

namespace perfidy {

/// The resource directory of the clang that we link: where it was when perfidy
/// was built, else what the clang of that version that is installed says. Empty
/// if there is none, with what to do in \p Error.
std::string findResourceDirectory(std::string &Error);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_RESOURCES_H
