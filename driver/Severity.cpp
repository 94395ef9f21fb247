//===- Severity.cpp - our levels in the words of other tools --------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Severity.h"
#include <algorithm>
#include <cmath>

namespace perfidy {

Severity severity(Level Of) {
  switch (Of) {
  case Level::Complexity:
  case Level::Database:
    return Severity::Error;
  case Level::Memory:
  case Level::Io:
    return Severity::Warning;
  case Level::Micro:
    break;
  }
  return Severity::Note;
}

const char *severityWord(Level Of, const char *Note) {
  switch (severity(Of)) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    break;
  }
  return Note;
}

double importance(const Finding &Of) {
  // The digits of rank()'s order, the weightiest first.
  constexpr unsigned Degrees = 5, Confidences = 3, Heats = 3;
  constexpr double Steps = Degrees * Confidences * Heats;
  unsigned Digits =
      (Of.Degree * Confidences + unsigned(Of.Sure)) * Heats + unsigned(Of.Runs);
  // Beyond that degree all are the worst there is.
  double WithinLevel = std::min((Digits + 1) / Steps, 1.0);
  double Tenths = 200 * (5 - double(Of.Where) + WithinLevel);
  return std::round(Tenths) / 10;
}

} // namespace perfidy
