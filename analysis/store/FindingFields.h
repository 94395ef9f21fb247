//===- FindingFields.h - the fields of findings, by name --------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/store; see analysis/summary/Reflect.h.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_FINDINGFIELDS_H
#define PERFIDY_ANALYSIS_STORE_FINDINGFIELDS_H

#include "analysis/rank/Finding.h"
#include "analysis/summary/Reflect.h"
#include <vector>

namespace perfidy {

struct Verdict {
  std::vector<Finding> Findings;
};

// clang-format off
PERFIDY_ENUM(Level, Complexity, Database, Memory, Io, Micro)
PERFIDY_ENUM(Confidence, Low, Medium, High)
PERFIDY_ENUM(Heat, Startup, Ordinary, Handler)
PERFIDY_FIELDS(SourcePoint, (), File, Line, Column, Offset)
PERFIDY_FIELDS(Step, (), Where, Message)
PERFIDY_FIELDS(Edit, (), Where, Length, Text)
PERFIDY_FIELDS(Finding, (),
  Check, Upstream, Where, Sure, Runs, At, Function, Message, Suggestion, Growth, Degree,
  Path, Fixes, Fingerprint)
PERFIDY_FIELDS(Verdict, (), Findings)
// clang-format on

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_FINDINGFIELDS_H
