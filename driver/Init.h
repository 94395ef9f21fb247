//===- Init.h - sets a repository up ----------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_INIT_H
#define PERFIDY_DRIVER_INIT_H

#include "driver/Project.h"
#include <string>

namespace perfidy {

/// Writes .clang-tidy and .pre-commit-config.yaml into the project's folder
/// where there is none, and returns what was done and what is left to do.
/// Touches no file that is there. Throws Failure if one cannot be written.
std::string setUp(const Project &Of);

} // namespace perfidy

#endif // PERFIDY_DRIVER_INIT_H
