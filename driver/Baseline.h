//===- Baseline.h - findings that are known ---------------------*- C++ -*-===//
//
// Part of Perfidy. A file that is kept with the code: docs/adopting.md.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_BASELINE_H
#define PERFIDY_DRIVER_BASELINE_H

#include "driver/Matching.h"
#include <string>
#include <vector>

namespace perfidy {

/// Throws Failure that names \p File if there is none, if it is not whole, or
/// of another version.
std::vector<PastFinding> readBaseline(const std::string &File);

/// Writes \p Found to \p File as a whole or not at all: in an order that does
/// not change, a finding on a line. Throws Failure.
void writeBaseline(const std::vector<PastFinding> &Found,
                   const std::string &File);

} // namespace perfidy

#endif // PERFIDY_DRIVER_BASELINE_H
