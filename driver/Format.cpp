//===- Format.cpp - the ways to write a report ----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Format.h"

namespace perfidy {

const std::map<std::string, Format> &formats() {
  static const std::map<std::string, Format> All = {
      {"text", Format::Text},
      {"json", Format::Json},
      {"clang", Format::Clang},
      {"sarif", Format::Sarif},
      {"github", Format::Github},
      {"gitlab", Format::Gitlab},
      {"checkstyle", Format::Checkstyle},
      {"junit", Format::Junit}};
  return All;
}

std::string writeReport(const Report &What, Format As, bool Colour) {
  switch (As) {
  case Format::Text:
    return writeText(What, Colour);
  case Format::Json:
    return writeJson(What);
  case Format::Clang:
    return writeClang(What, Colour);
  case Format::Sarif:
    return writeSarif(What);
  case Format::Github:
    return writeGithub(What);
  case Format::Gitlab:
    return writeGitlab(What);
  case Format::Checkstyle:
    return writeCheckstyle(What);
  case Format::Junit:
    return writeJunit(What);
  }
  return {};
}

bool tellsFailures(Format Of) {
  return Of != Format::Gitlab && Of != Format::Checkstyle;
}

} // namespace perfidy
