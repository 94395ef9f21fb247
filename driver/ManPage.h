//===- ManPage.h - the manual page ------------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_MANPAGE_H
#define PERFIDY_DRIVER_MANPAGE_H

#include <string>

namespace perfidy {

/// perfidy(1) in man's macros, made from the command line as Options.cpp
/// describes it.
std::string manPage();

} // namespace perfidy

#endif // PERFIDY_DRIVER_MANPAGE_H
