//===- SarifWriter.cpp - the report for code scanning ---------------------===//
//
// Part of Perfidy. What GitHub, Azure DevOps, Visual Studio and others read:
// SARIF 2.1.0.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "analysis/summary/Cbor.h"
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Quotes.h"
#include "driver/Sarif.h"
#include "driver/Severity.h"
#include <algorithm>
#include <nlohmann/json.hpp>

// Members come out in the order they are written here.
using json = nlohmann::ordered_json;

namespace perfidy {

namespace {

constexpr char RootName[] = "%SRCROOT%";

class SarifWriter {
  const Report &What;
  std::vector<std::string> Rules;
  Quotes Source;

  //===--------------------------------------------------------------------===//
  // Places
  //===--------------------------------------------------------------------===//

  json artifact(const std::string &File) const {
    json Result;
    std::string Path = relativeTo(What.Root, File);
    if (Path.starts_with('/')) {
      Result["uri"] = fileUri(Path);
      return Result;
    }
    Result["uri"] = uriPath(Path);
    Result["uriBaseId"] = RootName;
    return Result;
  }

  static json lines(const Region &Of) {
    json Result;
    Result["startLine"] = Of.StartLine;
    Result["startColumn"] = Of.StartColumn;
    if (Of.EndLine != Of.StartLine)
      Result["endLine"] = Of.EndLine;
    Result["endColumn"] = Of.EndColumn;
    Result["charOffset"] = Of.Offset;
    Result["charLength"] = Of.Length;
    return Result;
  }

  static json quoted(const Region &Of) {
    json Result = lines(Of);
    Result["snippet"]["text"] = Of.Text;
    return Result;
  }

  json physical(const SourcePoint &Where) {
    json Result;
    Result["artifactLocation"] = artifact(Where.File);
    if (std::optional<Region> Word = Source.word(Where)) {
      Result["region"] = quoted(*Word);
    } else if (Where.Line > 0) {
      Result["region"]["startLine"] = Where.Line;
      if (Where.Column > 0)
        Result["region"]["startColumn"] = Where.Column;
    }
    return Result;
  }

  json location(const Step &Of) {
    json Result;
    Result["physicalLocation"] = physical(Of.Where);
    Result["message"]["text"] = sentence(Of.Message);
    return Result;
  }

  static json function(const std::string &Qualified) {
    json Result;
    size_t Colons = Qualified.rfind("::");
    // Not inside of what templates or parameters are given.
    bool Plain = Qualified.find_first_of("<(") == Qualified.npos;
    Result["name"] = Plain && Colons != Qualified.npos
                         ? Qualified.substr(Colons + 2)
                         : Qualified;
    Result["fullyQualifiedName"] = Qualified;
    Result["kind"] = "function";
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // Results
  //===--------------------------------------------------------------------===//

  /// A message's text: the format wants sentences, and braces doubled, which
  /// else are places for arguments (3.11.5). "f[i](x)" would be a link (3.11.6);
  /// other brackets stay, since few readers take the backslash away.
  static std::string sentence(const std::string &Message) {
    bool LikeLink = Message.find("](") != Message.npos;
    std::string Text;
    for (char C : Message) {
      if (LikeLink && (C == '[' || C == ']' || C == '\\'))
        Text += '\\';
      Text.append(C == '{' || C == '}' ? 2 : 1, C);
    }
    if (!Text.empty() && Text.front() >= 'a' && Text.front() <= 'z')
      Text.front() = char(Text.front() - 'a' + 'A');
    if (!Text.empty() && !Text.ends_with('.'))
      Text += '.';
    return Text;
  }

  /// The path from the loop down to the work, as steps of one thread.
  json flow(const std::vector<Step> &Path) {
    json Steps = json::array();
    for (const Step &Each : Path) {
      json Step;
      Step["location"] = location(Each);
      Step["importance"] = "essential";
      Steps.push_back(std::move(Step));
    }
    json Thread;
    Thread["locations"] = std::move(Steps);
    json Flow;
    Flow["threadFlows"].push_back(std::move(Thread));
    return Flow;
  }

  json related(const std::vector<Step> &Path) {
    json Result = json::array();
    for (const Step &Each : Path) {
      json Place;
      Place["id"] = Result.size() + 1;
      Place.update(location(Each));
      Result.push_back(std::move(Place));
    }
    return Result;
  }

  json replacement(const Edit &Of) {
    json Result;
    if (std::optional<Region> Old = Source.stretch(Of.Where, Of.Length)) {
      Result["deletedRegion"] = lines(*Old);
    } else {
      Result["deletedRegion"]["byteOffset"] = Of.Where.Offset;
      Result["deletedRegion"]["byteLength"] = Of.Length;
    }
    Result["insertedContent"]["text"] = Of.Text;
    return Result;
  }

  /// All edits of a finding go together, a change a file.
  json fix(const Finding &Of) {
    json Changes = json::array();
    std::map<std::string, size_t> Known;
    for (const Edit &Each : Of.Fixes) {
      auto [At, IsNew] = Known.try_emplace(Each.Where.File, Changes.size());
      if (IsNew)
        Changes.push_back({{"artifactLocation", artifact(Each.Where.File)}});
      Changes[At->second]["replacements"].push_back(replacement(Each));
    }
    json Result;
    if (!Of.Suggestion.empty())
      Result["description"]["text"] = sentence(Of.Suggestion);
    Result["artifactChanges"] = std::move(Changes);
    return Result;
  }

  static json properties(const Finding &Of) {
    json Result;
    Result["hierarchyLevel"] = unsigned(Of.Where);
    Result["confidence"] = name(Of.Sure);
    Result["heat"] = name(Of.Runs);
    if (!Of.Growth.empty())
      Result["growth"] = Of.Growth;
    Result["degree"] = Of.Degree;
    return Result;
  }

  json result(const Finding &Of) {
    auto Rule = std::find(Rules.begin(), Rules.end(), ruleName(Of));
    json Result;
    Result["ruleId"] = ruleName(Of);
    Result["ruleIndex"] = Rule - Rules.begin();
    Result["level"] = sarif::level(Of.Where);
    Result["rank"] = importance(Of);
    Result["message"]["text"] = sentence(withAdvice(Of));
    json Place;
    Place["physicalLocation"] = physical(Of.At);
    if (std::optional<Region> Around = Source.context(Of.At))
      Place["physicalLocation"]["contextRegion"] = quoted(*Around);
    if (!Of.Function.empty())
      Place["logicalLocations"].push_back(function(Of.Function));
    Result["locations"].push_back(std::move(Place));
    if (!Of.Path.empty()) {
      Result["codeFlows"].push_back(flow(Of.Path));
      Result["relatedLocations"] = related(Of.Path);
    }
    Result["partialFingerprints"]["perfidy/v1"] = Of.Fingerprint;
    if (!Of.Fixes.empty())
      Result["fixes"].push_back(fix(Of));
    Result["properties"] = properties(Of);
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // The run
  //===--------------------------------------------------------------------===//

  json notification(const Report::Failed &Of) {
    json Result;
    Step First = firstError(Of);
    Result["descriptor"]["id"] = sarif::IncompleteFile;
    Result["descriptor"]["index"] = 0;
    Result["level"] = "error";
    Result["message"]["text"] = sentence(First.Message);
    json Place;
    Place["physicalLocation"] = physical(First.Where);
    Result["locations"].push_back(std::move(Place));
    return Result;
  }

  json invocation() {
    json Result;
    // Where no file can be read there is no report at all.
    Result["executionSuccessful"] = true;
    for (const Report::Failed &Each : What.FailedFiles)
      Result["toolExecutionNotifications"].push_back(notification(Each));
    return Result;
  }

public:
  explicit SarifWriter(const Report &What)
      : What(What), Rules(checks(What)), Source(&What.Instead) {}

  json run() {
    json Result;
    Result["tool"] = sarif::tool(What);
    Result["invocations"].push_back(invocation());
    Result["originalUriBaseIds"][RootName]["uri"] =
        fileUri(What.Root.ends_with('/') ? What.Root : What.Root + '/');
    Result["results"] = json::array();
    for (const Finding &Each : What.Findings)
      Result["results"].push_back(result(Each));
    Result["columnKind"] = "utf16CodeUnits";
    Result["properties"]["filesRead"] = What.FilesRead;
    Result["properties"]["hidden"] = What.Hidden;
    return Result;
  }
};

} // namespace

std::string writeSarif(const Report &What) {
  json Log;
  Log["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                   "schemas/sarif-schema-2.1.0.json";
  Log["version"] = "2.1.0";
  Log["runs"].push_back(SarifWriter(What).run());
  return Log.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

} // namespace perfidy
