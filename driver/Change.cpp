//===- Change.cpp - scans of what a change touches ------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Change.h"
#include <algorithm>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace perfidy {

static std::string real(const std::string &File) {
  std::error_code Error;
  fs::path Result = fs::weakly_canonical(File, Error);
  return Error ? File : Result.string();
}

/// The last parts of the names that \p File includes.
static std::set<std::string> includesOf(const std::string &File) {
  std::set<std::string> Result;
  std::ifstream In(File);
  for (std::string Line; std::getline(In, Line);) {
    size_t Hash = Line.find_first_not_of(" \t");
    if (Hash == Line.npos || Line[Hash] != '#' ||
        Line.find("include", Hash) == Line.npos)
      continue;
    size_t Begin = Line.find_first_of("\"<", Hash);
    size_t End =
        Begin == Line.npos ? Begin : Line.find_first_of("\">", Begin + 1);
    if (End != Line.npos)
      Result.insert(fs::path(Line.substr(Begin + 1, End - Begin - 1))
                        .filename()
                        .string());
  }
  return Result;
}

void narrow(Project &Of, const Changes &To) {
  std::set<std::string> Changed = To.names(), Headers = Changed;
  for (const Source &Each : Of.Sources)
    Headers.erase(real(Each.File));
  std::set<std::string> Names;
  for (const std::string &Each : Headers)
    Names.insert(fs::path(Each).filename().string());
  auto Concerned = [&](const Source &Each) {
    if (Changed.count(real(Each.File)))
      return true;
    if (Names.empty())
      return false;
    std::set<std::string> Includes = includesOf(Each.File);
    return std::any_of(
        Includes.begin(), Includes.end(),
        [&](const std::string &Name) { return Names.count(Name); });
  };
  size_t All = Of.Sources.size();
  std::erase_if(Of.Sources,
                [&](const Source &Each) { return !Concerned(Each); });
  Of.Whole &= Of.Sources.size() == All;
}

Project projectBefore(const Project &Of, const Changes &Since) {
  Project Result = Of;
  Result.Past = true;
  for (auto &[Name, Text] : Since.before())
    Result.Instead[Name] = Text;
  std::set<std::string> Added = Since.added();
  std::erase_if(Result.Sources, [&](const Source &Each) {
    return Added.count(real(Each.File)) != 0;
  });
  return Result;
}

} // namespace perfidy
