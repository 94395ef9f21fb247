//===- Triage.cpp - which findings are shown ------------------------------===//
//
// Part of Perfidy. One call a phase, each of which takes findings away.
//
//===----------------------------------------------------------------------===//
#include "driver/Triage.h"
#include "driver/Baseline.h"
#include "driver/Suppressions.h"
#include "driver/Touching.h"
#include <cstdio>
#include <filesystem>
#include <set>

namespace perfidy {

using Findings = std::vector<Finding>;

static void dropOthersCode(Findings &Found, const Project &Of) {
  std::erase_if(Found,
                [&](const Finding &Each) { return !Of.owns(Each.At.File); });
}

static void dropOtherFiles(Findings &Found, const Touching &Wanted) {
  std::erase_if(Found,
                [&](const Finding &Each) { return !Wanted.includes(Each); });
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
  if (Found.empty())
    return;
  std::set<std::string> Sources;
  for (const Unit &Each : Units) {
    Sources.insert(Each.File);
    // Places are by real names.
    std::error_code Error;
    Sources.insert(
        std::filesystem::weakly_canonical(Each.File, Error).string());
  }
  auto Wanted = [&](const SourcePoint &Where) {
    return Sources.count(Where.File) || Config.wantsHeader(Where.File);
  };
  Into.InOtherHeaders += std::erase_if(
      Found, [&](const Finding &Each) { return !anyPlace(Each, Wanted); });
}

static void dropSuppressed(Findings &Found, Report &Into, const Project &Of) {
  Suppressions Comments(Of.Instead);
  Into.Suppressed += std::erase_if(
      Found, [&](const Finding &Each) { return Comments.cover(Each); });
  for (const std::string &Each : Comments.complaints())
    std::fprintf(stderr, "perfidy: %s\n", Each.c_str());
}

/// Fingerprints of those of \p Found that are not of \p Before.
static std::set<std::string> newIn(const Findings &Found,
                                   std::vector<PastFinding> &Before,
                                   const Project &Of) {
  std::vector<bool> Known = matchPast(Found, Before, Of.Root);
  std::set<std::string> Result;
  for (size_t I = 0; I < Found.size(); ++I)
    if (!Known[I])
      Result.insert(Found[I].Fingerprint);
  return Result;
}

static void dropUnchanged(Findings &Found, Report &Into, const Change &Since,
                          const std::set<std::string> &IsNew) {
  Into.Unchanged += std::erase_if(Found, [&](const Finding &Each) {
    return !Since.Lines.touches(Each) && !IsNew.count(Each.Fingerprint);
  });
}

/// Without those of the last scan that would not be shown today either.
static void compareWithLast(Report &Into, const Findings &All, Findings Last,
                            const Project &Of, const Options &Asked,
                            TidyConfig &Config) {
  Report Unused;
  dropOthersCode(Last, Of);
  dropDisabled(Last, Asked, Config);
  dropDoubtful(Last, Unused, Asked, Config);
  std::vector<PastFinding> Before = toPast(Last, Of.Root);
  std::set<std::string> IsNew = newIn(All, Before, Of);
  Report::Earlier &Result = Into.SinceLast.emplace();
  for (const Finding &Each : Into.Findings)
    if (IsNew.count(Each.Fingerprint)) {
      ++Result.New;
      Result.IsNew.insert(Each.Fingerprint);
    } else {
      ++Result.Unchanged;
    }
  for (const PastFinding &Each : Before)
    Result.Fixed += Each.Count;
}

/// The old baseline is read before a new one, perhaps of its name, is written.
static void applyBaseline(Findings &Found, Report &Into, const Project &Of,
                          const Options &Asked) {
  std::vector<PastFinding> Listed;
  if (!Asked.Baseline.empty())
    Listed = readBaseline(Asked.Baseline);
  if (!Asked.WriteBaseline.empty())
    writeBaseline(toPast(Found, Of.Root), Asked.WriteBaseline);
  if (Asked.Baseline.empty())
    return;
  std::set<std::string> IsNew = newIn(Found, Listed, Of);
  Into.InBaseline += std::erase_if(Found, [&](const Finding &Each) {
    return !IsNew.count(Each.Fingerprint);
  });
  // A scan of a part does not see what became of the rest.
  if (Of.Whole)
    for (const PastFinding &Each : Listed)
      Into.BaselineFixed += Each.Count;
}

static void noteErrors(Report &Into, TidyConfig &Config) {
  for (const Finding &Each : Into.Findings)
    if (Config.isError(Each))
      Into.Errors.insert(Each.Fingerprint);
}

static void addFiles(Report &Into, const std::vector<Unit> &Units,
                     const Touching &Named, const Change *Since) {
  std::set<std::string> Changed;
  if (Since)
    Changed = Since->Lines.names();
  auto IsWanted = [&](const std::string &File) {
    return Named.includes(File) && (!Since || Changed.count(File));
  };
  for (const Unit &Each : Units) {
    Into.FilesRead += Each.hasFacts();
    if (Each.Reason.empty())
      continue;
    Report::Failed Failed{Each.File, Each.Reason};
    // A header that has changed may be where the errors are.
    Failed.Wanted =
        IsWanted(Each.File) || IsWanted(firstError(Failed).Where.File);
    Into.FailedFiles.push_back(std::move(Failed));
  }
}

Report triage(Findings Found, const std::vector<const CheckInfo *> &Checks,
              const std::vector<Unit> &Units, const Project &Of,
              const Options &Asked, TidyConfig &Config, const Past &Compared) {
  Report Result;
  Result.Root = Of.Root;
  Result.Checks = Checks;
  Result.Instead = Of.Instead;
  const Change *Since = Compared.Since;
  // Only a comparison asks for what is not shown.
  const Findings All = Since || Compared.LastScan ? Found : Findings();
  std::set<std::string> IsNew;
  if (Since && Since->Before) {
    std::vector<PastFinding> Before = *Since->Before;
    IsNew = newIn(All, Before, Of);
  }
  Touching Named(Asked);
  dropOthersCode(Found, Of);
  dropOtherFiles(Found, Named);
  dropDisabled(Found, Asked, Config);
  dropDoubtful(Found, Result, Asked, Config);
  dropOtherHeaders(Found, Result, Units, Config);
  dropSuppressed(Found, Result, Of);
  applyBaseline(Found, Result, Of, Asked);
  if (Since)
    dropUnchanged(Found, Result, *Since, IsNew);
  Result.Findings = std::move(Found);
  if (Compared.LastScan && !Since)
    compareWithLast(Result, All, *Compared.LastScan, Of, Asked, Config);
  noteErrors(Result, Config);
  addFiles(Result, Units, Named, Since);
  return Result;
}

} // namespace perfidy
