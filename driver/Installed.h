//===- Installed.h - where the parts of perfidy lie -------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_INSTALLED_H
#define PERFIDY_DRIVER_INSTALLED_H

#include <string>

namespace perfidy {

/// The module for clang-tidy that belongs to this executable, in a build folder
/// or installed. Throws Failure if it is not there.
std::string tidyModule();

} // namespace perfidy

#endif // PERFIDY_DRIVER_INSTALLED_H
