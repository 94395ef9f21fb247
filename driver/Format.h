//===- Format.h - the ways to write a report --------------------*- C++ -*-===//
//
// Part of Perfidy. docs/formats.md shows each. One writer a file.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FORMAT_H
#define PERFIDY_DRIVER_FORMAT_H

#include <map>
#include <string>

namespace perfidy {

struct Report;

enum class Format {
  Text,
  Json,
  Clang,
  Sarif,
  Github,
  Gitlab,
  Checkstyle,
  Junit
};

/// All formats by the words of --format.
const std::map<std::string, Format> &formats();

/// The whole report. \p Colour is for people's formats. Source lines are read
/// from the files again; what has gone is shown without. All but Text and Clang
/// are UTF-8 whatever the sources are.
std::string writeReport(const Report &What, Format As, bool Colour);

/// False for a format that has no place for files that could not be read.
bool tellsFailures(Format Of);

// For people. Paths are relative to the working directory if below it.
std::string writeText(const Report &What, bool Colour);
std::string writeClang(const Report &What, bool Colour);

// For programs. Paths are absolute in JSON and Checkstyle, else relative to
// the project's folder.
std::string writeJson(const Report &What);
std::string writeSarif(const Report &What);
std::string writeGithub(const Report &What);
std::string writeGitlab(const Report &What);
std::string writeCheckstyle(const Report &What);
std::string writeJunit(const Report &What);

} // namespace perfidy

#endif // PERFIDY_DRIVER_FORMAT_H
