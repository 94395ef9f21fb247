//===- Triage.cpp - which findings are shown ------------------------------===//
//
// Part of Perfidy. One call a phase, each of which takes findings away.
//
//===----------------------------------------------------------------------===//
#include "driver/Triage.h"
#include "driver/Suppressions.h"
#include <cstdio>
#include <set>

namespace perfidy {

using Findings = std::vector<Finding>;

static void dropOthersCode(Findings &Found, const Project &Of) {
  std::erase_if(Found,
                [&](const Finding &Each) { return !Of.owns(Each.At.File); });
}

/// --checks has been seen to before anything ran, and beats the file.
static void dropDisabled(Findings &Found, const Options &Asked,
                         TidyConfig &Config) {
  if (Asked.Checks.empty())
    std::erase_if(Found,
                  [&](const Finding &Each) { return !Config.enables(Each); });
}

static void dropDoubtful(Findings &Found, Report &Into, const Options &Asked,
                         TidyConfig &Config) {
  Into.Hidden += std::erase_if(Found, [&](const Finding &Each) {
    return Each.Sure <
           (Asked.MinConfidence ? *Asked.MinConfidence : Config.least(Each));
  });
}

/// As clang-tidy: a finding counts if it, or a step of its path, is in a source
/// file or in a header that the filter names.
static void dropOtherHeaders(Findings &Found, Report &Into,
                             const std::vector<Unit> &Units,
                             TidyConfig &Config) {
  std::set<std::string> Sources;
  for (const Unit &Each : Units)
    Sources.insert(Each.File);
  auto Wanted = [&](const SourcePoint &Where) {
    return Sources.count(Where.File) || Config.wantsHeader(Where.File);
  };
  Into.InOtherHeaders += std::erase_if(Found, [&](const Finding &Each) {
    if (Wanted(Each.At))
      return false;
    for (const Step &Next : Each.Path)
      if (Wanted(Next.Where))
        return false;
    return true;
  });
}

static void dropSuppressed(Findings &Found, Report &Into, const Project &Of) {
  Suppressions Comments(Of.Instead);
  Into.Suppressed += std::erase_if(
      Found, [&](const Finding &Each) { return Comments.cover(Each); });
  for (const std::string &Each : Comments.complaints())
    std::fprintf(stderr, "perfidy: %s\n", Each.c_str());
}

static void noteErrors(Report &Into, TidyConfig &Config) {
  for (const Finding &Each : Into.Findings)
    if (Config.isError(Each))
      Into.Errors.insert(Each.Fingerprint);
}

static void addFiles(Report &Into, const std::vector<Unit> &Units) {
  for (const Unit &Each : Units) {
    Into.FilesRead += Each.hasFacts();
    if (!Each.Reason.empty())
      Into.FailedFiles.push_back({Each.File, Each.Reason});
  }
}

Report triage(Findings Found, const std::vector<Unit> &Units, const Project &Of,
              const Options &Asked, TidyConfig &Config) {
  Report Result;
  Result.Root = Of.Root;
  dropOthersCode(Found, Of);
  dropDisabled(Found, Asked, Config);
  dropDoubtful(Found, Result, Asked, Config);
  dropOtherHeaders(Found, Result, Units, Config);
  dropSuppressed(Found, Result, Of);
  Result.Findings = std::move(Found);
  noteErrors(Result, Config);
  addFiles(Result, Units);
  return Result;
}

} // namespace perfidy
