//===- Phases.h - methods that begin and end a phase of life ----*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_PHASES_H
#define PERFIDY_CHECKS_PHASES_H

#include <string>

namespace perfidy {

/// \p Ends is named as the end of the phase that \p Begins begins: stop and
/// start, onDetach and onAttach, closeSession and openSession.
bool inverts(const std::string &Ends, const std::string &Begins);

/// Named as what puts something in the place of what was there: setModel.
bool isSetter(const std::string &Name);

} // namespace perfidy

#endif // PERFIDY_CHECKS_PHASES_H
