//===- Severity.h - our levels in the words of other tools ------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_SEVERITY_H
#define PERFIDY_DRIVER_SEVERITY_H

#include "analysis/rank/Finding.h"

namespace perfidy {

/// What compilers, SARIF, GitHub and Checkstyle tell apart.
enum class Severity { Note, Warning, Error };

/// Levels 1 and 2, which bring a service down, are errors; 3 and 4 warnings.
Severity severity(Level Of);

/// "error", "warning", or what a format calls less than that.
const char *severityWord(Level Of, const char *Note);

/// Importance from 0 to 100, comparable between runs: never less for a finding
/// that stands above another in a report. A level has 20; growth, confidence
/// and heat share them.
double importance(const Finding &Of);

} // namespace perfidy

#endif // PERFIDY_DRIVER_SEVERITY_H
