//===- QuadraticLoopCheck.h - work that grows with the square ---*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_QUADRATICLOOPCHECK_H
#define PERFIDY_CHECKS_QUADRATICLOOPCHECK_H

#include "checks/Check.h"

namespace perfidy {

/// Finds work that grows with the square of the data although it need not.
///
/// Flags:  for (auto &o : orders) if (std::find(ids.begin(), ids.end(), o.id) != ids.end()) keep(o);
/// Passes: for (auto &o : orders) if (idSet.contains(o.id)) keep(o);
/// Docs:   docs/checks/quadratic-loop.md
void checkQuadraticLoop(const Program &P, const Function &F,
                        std::vector<Finding> &Out);

} // namespace perfidy

#endif // PERFIDY_CHECKS_QUADRATICLOOPCHECK_H
