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

// Members of objects that come by the ten thousand: as an ordered map looks for
// a key among those it has, they are put behind them unlooked.
using Members = json::object_t;

static void addPlace(Members &To, const SourcePoint &Where) {
  To.emplace_back("file", Where.File);
  To.emplace_back("line", Where.Line);
  To.emplace_back("column", Where.Column);
}

static json writeStep(const Step &Which) {
  Members Result;
  addPlace(Result, Which.Where);
  Result.emplace_back("message", Which.Message);
  return json(std::move(Result));
}

static json writeEdit(const Edit &Which) {
  Members Result;
  addPlace(Result, Which.Where);
  Result.emplace_back("offset", Which.Where.Offset);
  Result.emplace_back("length", Which.Length);
  Result.emplace_back("text", Which.Text);
  return json(std::move(Result));
}

static json writeFinding(const Finding &Which, size_t Rank) {
  json::array_t Path, Fixes;
  for (const Step &Each : Which.Path)
    Path.push_back(writeStep(Each));
  for (const Edit &Each : Which.Fixes)
    Fixes.push_back(writeEdit(Each));
  Members Result;
  Result.reserve(15);
  Result.emplace_back("rank", Rank);
  Result.emplace_back("check", Which.Check);
  Result.emplace_back("level", unsigned(Which.Where));
  Result.emplace_back("confidence", name(Which.Sure));
  addPlace(Result, Which.At);
  Result.emplace_back("function", Which.Function);
  Result.emplace_back("message", Which.Message);
  Result.emplace_back("growth", Which.Growth);
  Result.emplace_back("degree", Which.Degree);
  Result.emplace_back("heat", name(Which.Runs));
  Result.emplace_back("suggestion", Which.Suggestion);
  Result.emplace_back("path", std::move(Path));
  Result.emplace_back("fixes", std::move(Fixes));
  Result.emplace_back("fingerprint", Which.Fingerprint);
  return json(std::move(Result));
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
  std::string Text =
      Which.dump(Step, ' ', false, json::error_handler_t::replace);
  std::string_view Rest = Text;
  for (size_t End; (End = Rest.find('\n')) != Rest.npos;) {
    To.append(Rest.substr(0, End + 1)).append(size_t(Step) * Deep, ' ');
    Rest.remove_prefix(End + 1);
  }
  To += Rest;
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
