//===- SarifRules.cpp - who speaks in a SARIF report, and by which rules --===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "driver/Pages.h"
#include "driver/Sarif.h"
#include "driver/Severity.h"
#include <nlohmann/json.hpp>

// Members come out in the order they are written here.
using json = nlohmann::ordered_json;

namespace perfidy::sarif {

const char *level(Level Of) { return severityWord(Of, "note"); }

/// "query-in-loop" as the format likes names: "QueryInLoop".
static std::string pascalCase(std::string_view Check) {
  std::string Result;
  bool First = true;
  for (char C : Check) {
    if (C != '-')
      Result += First && C >= 'a' && C <= 'z' ? char(C - 'a' + 'A') : C;
    First = C == '-';
  }
  return Result;
}

/// Our own check of the name that ruleName() gives it; null for another's.
static const CheckInfo *info(std::string_view Rule) {
  constexpr std::string_view Ours = "perfidy-";
  if (!Rule.starts_with(Ours))
    return nullptr;
  for (const CheckInfo &Each : allChecks())
    if (Each.Name == Rule.substr(Ours.size()))
      return &Each;
  return nullptr;
}

/// "performance-for-range-copy" is described in performance/for-range-copy.html.
static std::string upstreamPage(std::string Rule) {
  if (size_t Dash = Rule.find('-'); Dash != Rule.npos)
    Rule[Dash] = '/';
  return "https://clang.llvm.org/extra/clang-tidy/checks/" + Rule + ".html";
}

/// What the page says before its first heading, behind its title.
static std::string introduction(const std::string &Page) {
  size_t Begin = Page.find("\n\n");
  size_t End = Page.find("\n\n## ");
  return Begin == Page.npos || End == Page.npos || End < Begin + 2
             ? ""
             : Page.substr(Begin + 2, End - Begin - 2);
}

static void addPage(json &Rule, const std::string &Check) {
  std::string Page = pageAlone(Check);
  if (Page.empty())
    return;
  Rule["fullDescription"]["text"] = introduction(Page);
  Rule["help"]["text"] = Page;
  Rule["help"]["markdown"] = Page;
  if (std::string Address = pageAddress(Check); !Address.empty())
    Rule["helpUri"] = Address;
}

static void addUpstreamPage(json &Rule, const std::string &Name) {
  Rule["shortDescription"]["text"] = "A check of clang-tidy: " + Name + ".";
  std::string Address = upstreamPage(Name);
  Rule["help"]["text"] = "Described at " + Address + ".";
  Rule["helpUri"] = std::move(Address);
}

static json rule(const std::string &Name, Level Where) {
  const CheckInfo *Known = info(Name);
  json Result;
  Result["id"] = Name;
  Result["name"] = pascalCase(Known ? Known->Name : Name);
  if (Known) {
    Result["shortDescription"]["text"] = Known->Summary;
    addPage(Result, Known->Name);
  } else {
    addUpstreamPage(Result, Name);
  }
  Finding Usual;
  Usual.Where = Where;
  Usual.Sure = Confidence::High;
  Result["defaultConfiguration"]["level"] = level(Where);
  Result["defaultConfiguration"]["rank"] = importance(Usual);
  Result["properties"]["tags"] = {"performance", name(Where)};
  Result["properties"]["hierarchyLevel"] = unsigned(Where);
  // What GitHub orders by; it knows these two by these names.
  Result["properties"]["precision"] = "high";
  Result["properties"]["problem.severity"] =
      severity(Where) == Severity::Note ? "recommendation" : level(Where);
  return Result;
}

static Level levelOf(const std::string &Rule, const Report &In) {
  if (const CheckInfo *Known = info(Rule))
    return Known->Where;
  for (const Finding &Each : In.Findings)
    if (ruleName(Each) == Rule)
      return Each.Where;
  return Level::Micro;
}

static json incompleteFile() {
  json Result;
  Result["id"] = IncompleteFile;
  Result["name"] = "IncompleteFile";
  Result["shortDescription"]["text"] = "A file could not be read whole.";
  Result["fullDescription"]["text"] =
      "A file has errors, or could not be read at all. What clang understood "
      "of it is analysed all the same; the rest may hide findings.";
  Result["help"]["text"] =
      "Compile the file with the flags of the compile database. If what it "
      "includes is generated, build first.";
  return Result;
}

json tool(const Report &Of) {
  json Driver;
  Driver["name"] = "Perfidy";
  Driver["fullName"] = "Perfidy " PERFIDY_VERSION;
  Driver["version"] = PERFIDY_VERSION;
  Driver["semanticVersion"] = PERFIDY_VERSION;
  if (std::string_view(PERFIDY_HOMEPAGE) != "")
    Driver["informationUri"] = PERFIDY_HOMEPAGE;
  Driver["shortDescription"]["text"] =
      "Finds C++ code that betrays performance and ranks it by impact.";
  Driver["rules"] = json::array();
  for (const std::string &Each : checks(Of))
    Driver["rules"].push_back(rule(Each, levelOf(Each, Of)));
  Driver["notifications"].push_back(incompleteFile());
  return {{"driver", std::move(Driver)}};
}

} // namespace perfidy::sarif
