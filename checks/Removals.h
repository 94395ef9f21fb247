//===- Removals.h - whether and where a listener is taken off ---*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_REMOVALS_H
#define PERFIDY_CHECKS_REMOVALS_H

#include "analysis/link/Program.h"

namespace perfidy {

/// A removal that comes close, for the reader of a report.
struct NearMiss {
  Location Where;
  std::string Why; ///< empty if there is none
};

/// What takes one registration off.
struct Removals {
  bool InCycle = false;   ///< its own function, or what ends its phase
  bool AtEnd = false;     ///< a destructor of the object
  bool ByOwner = false;   ///< who makes and drops the object
  bool Inside = false;    ///< something else of the class
  bool Elsewhere = false; ///< somebody takes listeners like this one off
  bool Sometimes = false; ///< where its life ends, but not on every way
  bool Unknown = false;   ///< there is code at the end that we do not see
  NearMiss Near;
};

/// \p Added in terms of \p F, as far as it can be in fields of its object:
/// inFields().
Removals removalsOf(const Program &P, const Function &F,
                    const Listening &Added);

/// The registration in terms of the object's fields, where \p F keeps what it
/// is given.
Listening inFields(const Function &F, Listening L);

/// \p F and what reaches it on the same object.
std::vector<const Function *> entries(const Program &P, const Function &F);

/// A method of the object itself is called whose body we do not have.
bool callsUnseen(const Program &P, const Function &F);

} // namespace perfidy

#endif // PERFIDY_CHECKS_REMOVALS_H
