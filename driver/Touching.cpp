//===- Touching.cpp - findings that have to do with certain files ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Touching.h"
#include "driver/Failure.h"
#include "driver/Places.h"
#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

static std::string real(const std::string &File) {
  std::error_code Error;
  fs::path Real = fs::weakly_canonical(fs::absolute(File), Error);
  return Error ? File : Real.string();
}

void noteUnknown(const std::vector<std::string> &Files, const Project &Of) {
  if (!Of.Whole || Files.empty())
    return;
  // By their names; headers are read by way of others.
  std::set<std::string> Known, Extensions;
  for (const Source &Each : Of.Sources) {
    Known.insert(real(Each.File));
    Extensions.insert(fs::path(Each.File).extension().string());
  }
  std::vector<std::string> Unknown;
  for (const std::string &File : Files)
    if (Extensions.count(fs::path(File).extension().string()) &&
        !Known.count(real(File)))
      Unknown.push_back(File);
  if (Unknown.empty())
    return;
  std::string Others;
  if (Unknown.size() > 1)
    Others = " and " + std::to_string(Unknown.size() - 1) + " more";
  std::fprintf(stderr,
               "perfidy: note: %s%s: not analysed: %s has no command for %s; "
               "have the build write it again\n",
               shorten(Unknown.front()).c_str(), Others.c_str(),
               Of.Database.c_str(), Unknown.size() > 1 ? "them" : "it");
}

Touching::Touching(const Options &Asked) {
  for (const std::string &File : Asked.Touching) {
    std::error_code Error;
    if (!fs::exists(File, Error))
      throw Failure(File + ": no such file");
    Files.insert(real(File));
  }
}

bool Touching::includes(const Finding &Which) const {
  return anyPlace(Which,
                  [&](const SourcePoint &At) { return includes(At.File); });
}

bool Touching::includes(const std::string &File) const {
  return Files.empty() || Files.count(real(File)) != 0;
}

} // namespace perfidy
