//===- Pages.cpp - what is written about a check --------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Pages.h"
#include "analysis/models/Embedded.h"
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

namespace perfidy {

static std::map<std::string, std::string, std::less<>> allPages() {
  std::map<std::string, std::string, std::less<>> Pages;
  for (const EmbeddedPart &Part : pageParts())
    Pages[std::string(Part.File)] += Part.Text;
  return Pages;
}

std::string_view page(std::string_view Check) {
  static const std::map<std::string, std::string, std::less<>> Pages =
      allPages();
  auto Found = Pages.find(std::string(Check) + ".md");
  return Found == Pages.end() ? std::string_view() : Found->second;
}

/// Where \p File of the repository is on the web, at the version of this build.
static std::string address(const std::string &File) {
  if (std::string_view(PERFIDY_HOMEPAGE).empty())
    return {};
  return PERFIDY_HOMEPAGE "/blob/v" PERFIDY_VERSION "/" + File;
}

std::string pageAddress(std::string_view Check) {
  return address("docs/checks/" + std::string(Check) + ".md");
}

/// The link [text](target) as it can be followed from anywhere.
static std::string link(const std::string &Text, const std::string &Target) {
  std::string Whole = Target;
  if (Target.find("://") == Target.npos)
    Whole = Target.starts_with('#')
                ? ""
                : address((std::filesystem::path("docs/checks") / Target)
                              .lexically_normal()
                              .string());
  return Whole.empty() ? Text : '[' + Text + "](" + Whole + ')';
}

/// \p Line with its links changed, but for what stands in `code`.
static std::string withLinks(const std::string &Line) {
  static const std::regex CodeOrLink(R"((`[^`]*`)|\[([^\]]*)\]\(([^)\s]*)\))");
  std::string Result;
  auto Begin = Line.cbegin();
  for (std::sregex_iterator Each(Line.begin(), Line.end(), CodeOrLink), End;
       Each != End; ++Each) {
    Result.append(Begin, (*Each)[0].first);
    Result += (*Each)[1].matched ? Each->str() : link((*Each)[2], (*Each)[3]);
    Begin = (*Each)[0].second;
  }
  return Result.append(Begin, Line.cend());
}

std::string pageAlone(std::string_view Check) {
  std::string Result;
  bool InCode = false;
  std::istringstream Lines{std::string(page(Check))};
  for (std::string Line; std::getline(Lines, Line);) {
    if (Line.starts_with("```"))
      InCode = !InCode;
    if (!InCode && Line.starts_with("<!--"))
      continue;
    Result += (InCode ? Line : withLinks(Line)) + '\n';
  }
  return Result;
}

} // namespace perfidy
