//===- UnbalancedListenerCheck.h - what accumulates -------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_UNBALANCEDLISTENERCHECK_H
#define PERFIDY_CHECKS_UNBALANCEDLISTENERCHECK_H

#include "checks/Check.h"

namespace perfidy {

/// Finds listeners that are registered and never taken off.
///
/// Flags:  an object that subscribes in its constructor to something that
///         outlives it and does not unsubscribe in its destructor; a lambda
///         connected for good; a registration that a handler repeats.
/// Passes: tokens that disconnect when they die, emitters that the listener
///         owns, receivers whose end takes the listener off, pairs of phases.
/// Docs:   docs/checks/unbalanced-listener.md
void checkUnbalancedListener(const Program &P, const Function &F,
                             std::vector<Finding> &Out);

} // namespace perfidy

#endif // PERFIDY_CHECKS_UNBALANCEDLISTENERCHECK_H
