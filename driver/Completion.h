//===- Completion.h - shells that know perfidy's commands -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_COMPLETION_H
#define PERFIDY_DRIVER_COMPLETION_H

#include "driver/Options.h"
#include <string>

namespace perfidy {

/// A script for that shell, made from the command line as Options.cpp describes
/// it: commands, options, the words an option takes, the names of checks.
std::string completion(Options::Shell For);

} // namespace perfidy

#endif // PERFIDY_DRIVER_COMPLETION_H
