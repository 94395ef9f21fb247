//===- Words.cpp - how levels and confidence are called -------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"

namespace perfidy {

std::string_view name(Level Which) {
  switch (Which) {
  case Level::Complexity:
    return "algorithmic complexity";
  case Level::Database:
    return "database queries";
  case Level::Memory:
    return "memory management";
  case Level::Io:
    return "I/O";
  case Level::Micro:
    return "micro-optimisation";
  }
  return "";
}

std::string_view name(Confidence Which) {
  switch (Which) {
  case Confidence::Low:
    return "low";
  case Confidence::Medium:
    return "medium";
  case Confidence::High:
    return "high";
  }
  return "";
}

std::string_view name(Heat Which) {
  switch (Which) {
  case Heat::Startup:
    return "start-up";
  case Heat::Ordinary:
    return "ordinary code";
  case Heat::Handler:
    return "request handler";
  }
  return "";
}

std::string ruleName(const Finding &Of) {
  return Of.Upstream ? Of.Check : "perfidy-" + Of.Check;
}

std::optional<Confidence> confidence(std::string_view Word) {
  for (Confidence Each :
       {Confidence::Low, Confidence::Medium, Confidence::High})
    if (name(Each) == Word)
      return Each;
  return std::nullopt;
}

} // namespace perfidy
