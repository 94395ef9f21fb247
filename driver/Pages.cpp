//===- Pages.cpp - what is written about a check --------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Pages.h"
#include "analysis/models/Embedded.h"
#include <map>

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

std::string pageAddress(std::string_view Check) {
  if (std::string_view(PERFIDY_HOMEPAGE).empty())
    return {};
  return PERFIDY_HOMEPAGE "/blob/v" PERFIDY_VERSION "/docs/checks/" +
         std::string(Check) + ".md";
}

} // namespace perfidy
