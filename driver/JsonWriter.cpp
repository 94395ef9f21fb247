//===- JsonWriter.cpp - the report for programs ---------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "driver/Format.h"
#include "driver/Report.h"
#include <nlohmann/json.hpp>

// Members come out in the order they are written here.
using json = nlohmann::ordered_json;

namespace perfidy {

static void addPlace(json &To, const SourcePoint &Where) {
  To["file"] = Where.File;
  To["line"] = Where.Line;
  To["column"] = Where.Column;
}

static json writeStep(const Step &Which) {
  json Result;
  addPlace(Result, Which.Where);
  Result["message"] = Which.Message;
  return Result;
}

static json writeEdit(const Edit &Which) {
  json Result;
  addPlace(Result, Which.Where);
  Result["offset"] = Which.Where.Offset;
  Result["length"] = Which.Length;
  Result["text"] = Which.Text;
  return Result;
}

static json writeFinding(const Finding &Which, size_t Rank) {
  json Result;
  Result["rank"] = Rank;
  Result["check"] = Which.Check;
  Result["level"] = unsigned(Which.Where);
  Result["confidence"] = name(Which.Sure);
  addPlace(Result, Which.At);
  Result["function"] = Which.Function;
  Result["message"] = Which.Message;
  Result["growth"] = Which.Growth;
  Result["degree"] = Which.Degree;
  Result["heat"] = name(Which.Runs);
  Result["suggestion"] = Which.Suggestion;
  Result["path"] = json::array();
  for (const Step &Each : Which.Path)
    Result["path"].push_back(writeStep(Each));
  Result["fixes"] = json::array();
  for (const Edit &Each : Which.Fixes)
    Result["fixes"].push_back(writeEdit(Each));
  Result["fingerprint"] = Which.Fingerprint;
  return Result;
}

static json writeSummary(const Report &What) {
  json Levels = json::object();
  for (unsigned Level = 1; Level <= 5; ++Level)
    Levels[std::to_string(Level)] = 0;
  for (const auto &[Which, Number] : levels(What))
    Levels[std::to_string(unsigned(Which))] = Number;
  json Checks = json::object();
  for (const Finding &Each : What.Findings) {
    json &OfCheck = Checks[Each.Check];
    OfCheck = OfCheck.is_null() ? 1 : OfCheck.get<size_t>() + 1;
  }
  json Result;
  Result["root"] = What.Root;
  Result["files"] = What.FilesRead;
  Result["failed"] = What.FailedFiles.size();
  Result["findings"] = What.Findings.size();
  Result["hidden"] = What.Hidden;
  Result["suppressed"] = What.Suppressed;
  Result["inOtherHeaders"] = What.InOtherHeaders;
  Result["fixed"] = What.Fixed;
  Result["fixesSkipped"] = What.FixesSkipped;
  Result["unchanged"] = What.Unchanged;
  Result["inBaseline"] = What.InBaseline;
  Result["baselineFixed"] = What.BaselineFixed;
  Result["levels"] = Levels;
  Result["checks"] = Checks;
  return Result;
}

/// Writes what stands \p Deep levels down.
static void print(const json &Which, unsigned Deep, std::string &To) {
  constexpr unsigned Step = 2;
  for (char Each :
       Which.dump(Step, ' ', false, json::error_handler_t::replace)) {
    To += Each;
    if (Each == '\n')
      To.append(size_t(Step) * Deep, ' ');
  }
}

std::string writeJson(const Report &What) {
  // Finding by finding: the tree of them all would take more memory than the
  // program in which they were found.
  std::string Out = "{\n  \"perfidy\": ";
  print(PERFIDY_VERSION, 1, Out);
  Out += ",\n  \"findings\": [";
  for (size_t I = 0; I < What.Findings.size(); ++I) {
    Out += I ? ",\n    " : "\n    ";
    print(writeFinding(What.Findings[I], I + 1), 2, Out);
  }
  if (!What.Findings.empty())
    Out += "\n  ";
  json Failed = json::array();
  for (const Report::Failed &Each : What.FailedFiles)
    Failed.push_back({{"file", Each.File}, {"reason", Each.Reason}});
  Out += "],\n  \"failed\": ";
  print(Failed, 1, Out);
  Out += ",\n  \"summary\": ";
  print(writeSummary(What), 1, Out);
  return Out += "\n}\n";
}

} // namespace perfidy
