//===- Indices.h - do the indices of a summary point anywhere ---*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/summary.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_INDICES_H
#define PERFIDY_ANALYSIS_SUMMARY_INDICES_H

#include "analysis/summary/Summary.h"
#include <string>

namespace perfidy {

/// True if every index of \p Summary is None or within its array, so that who
/// reads a summary from outside need not look again. Otherwise false, with the
/// function and the field in \p Error.
bool checkIndices(const TUSummary &Summary, std::string &Error);

/// The same for a function that stands for itself. What a lambda captured is in
/// terms of the function around it, which is not there: see dropUnfit().
bool checkIndices(const Function &Of, size_t Files, std::string &Error);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_INDICES_H
