//===- Touching.cpp - findings that have to do with certain files ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Touching.h"
#include "driver/Failure.h"
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

/// Files that are compiled by themselves, if their names say what they are, but
/// that no command compiles. Headers are read by way of others.
static void sayUnknown(const std::vector<std::string> &Files,
                       const Project &Of) {
  std::set<std::string> Known, Extensions;
  for (const Source &Each : Of.Sources) {
    Known.insert(real(Each.File));
    Extensions.insert(fs::path(Each.File).extension().string());
  }
  for (const std::string &File : Files)
    if (Extensions.count(fs::path(File).extension().string()) &&
        !Known.count(real(File)))
      std::fprintf(stderr,
                   "perfidy: note: %s: not analysed: %s has no command for it; "
                   "have the build write it again\n",
                   File.c_str(), Of.Database.c_str());
}

Touching::Touching(const Options &Asked, const Project &Of) {
  for (const std::string &File : Asked.Touching) {
    std::error_code Error;
    if (!fs::exists(File, Error))
      throw Failure(File + ": no such file");
    Files.insert(real(File));
  }
  if (Of.Whole)
    sayUnknown(Asked.Touching, Of);
}

bool Touching::includes(const Finding &Which) const {
  return Files.empty() || anyPlace(Which, [&](const SourcePoint &At) {
           return Files.count(real(At.File)) != 0;
         });
}

} // namespace perfidy
