//===- Selection.cpp - which checks run -----------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Selection.h"
#include "driver/Failure.h"
#include <string>

namespace perfidy {

static bool matches(std::string_view Glob, std::string_view Text) {
  size_t Star = Glob.find('*');
  if (Star == Glob.npos)
    return Glob == Text;
  if (!Text.starts_with(Glob.substr(0, Star)))
    return false;
  Text.remove_prefix(Star);
  Glob.remove_prefix(Star + 1);
  for (size_t Skipped = 0; Skipped <= Text.size(); ++Skipped)
    if (matches(Glob, Text.substr(Skipped)))
      return true;
  return false;
}

static std::string_view trim(std::string_view Text) {
  constexpr std::string_view Blank = " \t\n";
  while (!Text.empty() && Blank.find(Text.front()) != Blank.npos)
    Text.remove_prefix(1);
  while (!Text.empty() && Blank.find(Text.back()) != Blank.npos)
    Text.remove_suffix(1);
  return Text;
}

static std::vector<std::string_view> split(std::string_view Globs) {
  std::vector<std::string_view> Parts;
  while (!Globs.empty()) {
    size_t End = std::min(Globs.find_first_of(",\n"), Globs.size());
    if (std::string_view Part = trim(Globs.substr(0, End)); !Part.empty())
      Parts.push_back(Part);
    Globs.remove_prefix(std::min(End + 1, Globs.size()));
  }
  return Parts;
}

std::vector<const CheckInfo *> selectChecks(std::string_view Globs) {
  std::vector<std::string_view> Parts = split(Globs);
  std::span<const CheckInfo> All = allChecks();
  std::vector<bool> Chosen(All.size(),
                           Parts.empty() || Parts.front().front() == '-');
  for (std::string_view Part : Parts) {
    bool Adds = Part.front() != '-';
    std::string_view Glob = trim(Part.substr(Adds ? 0 : 1));
    bool Any = false;
    for (size_t I = 0; I < All.size(); ++I)
      if (matches(Glob, All[I].Name) ||
          matches(Glob, std::string("perfidy-") + All[I].Name)) {
        Chosen[I] = Adds;
        Any = true;
      }
    if (!Any)
      throw Failure("--checks: '" + std::string(Glob) +
                    "' fits no check; `perfidy list-checks` lists them");
  }

  std::vector<const CheckInfo *> Result;
  for (size_t I = 0; I < All.size(); ++I)
    if (Chosen[I])
      Result.push_back(&All[I]);
  if (Result.empty())
    throw Failure("--checks: '" + std::string(Globs) + "' leaves no check");
  return Result;
}

} // namespace perfidy
