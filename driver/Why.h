//===- Why.h - what a finding rests on, and what keeps silent ---*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_WHY_H
#define PERFIDY_DRIVER_WHY_H

#include "analysis/link/Program.h"
#include "checks/Check.h"
#include <string>
#include <vector>

namespace perfidy {

/// "src/a.cpp:12" as its parts.
struct SourceLine {
  std::string File; ///< absolute
  uint32_t Line = 0;
};

/// Throws Failure if \p Text is no FILE:LINE.
SourceLine parsePlace(const std::string &Text);
/// The same without symbolic links, as the places of facts are.
SourceLine realPlace(const std::string &Text);

/// The findings that \p Target names, a fingerprint or its beginning or
/// FILE:LINE, with the facts that each step rests on. Throws Failure if it names
/// none.
std::string explain(const Program &P, const std::vector<Finding> &Findings,
                    const std::string &Target);

/// Which facts keep \p Check silent at \p Where.
///
/// It does not guess: facts of the function are changed one by one, then two by
/// two, and the check is run again; those are named whose change makes it speak.
std::string explainSilence(const Program &P, const SourceLine &Where,
                           const CheckInfo &Check, const std::string &Root);

/// One line of a source file, without its margins; "" if there is none.
std::string textOf(const SourcePoint &Where);

/// "Batch: steps by more than one, or walks chunks"
std::string describe(Nature Of);

} // namespace perfidy

#endif // PERFIDY_DRIVER_WHY_H
