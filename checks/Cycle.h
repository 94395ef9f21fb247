//===- Cycle.h - lambdas that keep themselves alive -------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_CYCLE_H
#define PERFIDY_CHECKS_CYCLE_H

#include "checks/Fate.h"
#include <optional>
#include <string>

namespace perfidy {

/// An object that keeps alive what keeps it.
struct Cycle {
  std::string Slot;            ///< what keeps the lambda
  const Call *Again = nullptr; ///< a timer: by which it is set anew
  bool Copies = false;         ///< the object is copied into the lambda
  Confidence Sure = Confidence::High;
};

/// The object that a capture holds: itself, for a shared pointer to this.
AccessPath objectOf(const Capture &Held);

/// The lambda keeps alive the object that keeps the lambda.
std::optional<Cycle> keepsItself(const Program &P, const Function &Lambda,
                                 const Function &Around, const Fate &Goes,
                                 const Capture &Held);

} // namespace perfidy

#endif // PERFIDY_CHECKS_CYCLE_H
