//===- GitlabWriter.cpp - the report as GitLab's code quality reads it ----===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Report.h"
#include <nlohmann/json.hpp>

// Members come out in the order they are written here.
using json = nlohmann::ordered_json;

namespace perfidy {

/// GitLab has as many severities as we have levels.
static const char *severityWord(Level Of) {
  switch (Of) {
  case Level::Complexity:
    return "blocker";
  case Level::Database:
    return "critical";
  case Level::Memory:
    return "major";
  case Level::Io:
    return "minor";
  case Level::Micro:
    break;
  }
  return "info";
}

static json writeFinding(const Finding &Which, const Report &In) {
  json Result;
  Result["description"] = withAdvice(Which);
  Result["check_name"] = ruleName(Which);
  Result["fingerprint"] = Which.Fingerprint;
  Result["severity"] = severityWord(Which.Where);
  Result["location"]["path"] = relativeTo(In.Root, Which.At.File);
  Result["location"]["lines"]["begin"] = Which.At.Line;
  return Result;
}

std::string writeGitlab(const Report &What) {
  json Result = json::array();
  for (const Finding &Each : What.Findings)
    Result.push_back(writeFinding(Each, What));
  return Result.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

} // namespace perfidy
