//===- Main.cpp - the perfidy command -------------------------------------===//
//
// Part of Perfidy. One call a phase; each phase has its own file.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Program.h"
#include "analysis/rank/Words.h"
#include "analysis/summary/Cbor.h"
#include "analysis/summary/Serialize.h"
#include "driver/Cache.h"
#include "driver/Change.h"
#include "driver/Colour.h"
#include "driver/Completion.h"
#include "driver/Failure.h"
#include "driver/Fixes.h"
#include "driver/Flags.h"
#include "driver/Init.h"
#include "driver/Installed.h"
#include "driver/Interrupt.h"
#include "driver/ManPage.h"
#include "driver/Options.h"
#include "driver/Output.h"
#include "driver/Pages.h"
#include "driver/Places.h"
#include "driver/PreCommit.h"
#include "driver/Profile.h"
#include "driver/Progress.h"
#include "driver/Project.h"
#include "driver/Report.h"
#include "driver/Selection.h"
#include "driver/SummaryFiles.h"
#include "driver/TidyConfig.h"
#include "driver/TidyRun.h"
#include "driver/Touching.h"
#include "driver/Triage.h"
#include "driver/Unit.h"
#include "driver/WholeFile.h"
#include "driver/Why.h"
#include "driver/Workers.h"
#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace perfidy;

namespace {
enum ExitCode {
  Done = 0,
  FindingsThatFail = 1,
  CouldNotWork = 2,
  FilesWithErrors = 3
};
}

/// What the command line leaves open of the options of a whole program.
static TidyConfig configure(Options &Asked, const Project &Of) {
  TidyConfig Config(Asked);
  Config.complete(Asked, Of.Folder.empty() ? Of.Root : Of.Folder);
  return Config;
}

/// Has the checks of clang-tidy that \p Asked names run over all sources.
static void addTidyChecks(Project &Of, TidyConfig &Config,
                          const Options &Asked) {
  if (Asked.WithClangTidy.empty())
    return;
  for (Source &Each : Of.Sources)
    Each.ClangTidy = Config.forClangTidy(Each.File, Asked.WithClangTidy);
  if (!Of.Sources.empty())
    demandTidyChecks(Of.Sources.front().ClangTidy, Asked.WithClangTidy);
}

static Models loadModels(const Options &Asked) {
  Models Known = Models::builtin();
  std::string Error;
  for (const std::string &File : Asked.Models)
    if (!Known.addFile(File, Error))
      throw Failure(Error);
  return Known;
}

static Reading howToRead(const Options &Asked, const std::string &Folder) {
  return {{Asked.Jobs, Asked.Timeout, uint64_t(Asked.Memory) << 20},
          !Asked.NoPch && Asked.WithClangTidy.empty(),
          Folder};
}

/// Reads what is not known yet. Returns how many those were.
static size_t read(std::vector<Unit> &Units, const Project &Of,
                   const Models &Known, Cache &Kept, const Options &Asked,
                   Profile &Spent) {
  std::vector<size_t> Positions;
  std::vector<Source> Sources;
  for (size_t I = 0; I < Units.size(); ++I)
    if (!Units[I].hasFacts()) {
      Positions.push_back(I);
      Sources.push_back(Of.Sources[I]);
    }
  if (std::string Note = noteOnFlags(Sources); !Note.empty())
    std::fprintf(stderr, "perfidy: %s\n", utf8(Note).c_str());
  {
    Progress Shown(Sources.size());
    std::vector<Unit> Read = readUnits(
        Sources, Known, Of.Instead, howToRead(Asked, Kept.precompiledFolder()),
        Spent, [&](size_t At, Unit &Each) {
          Profile::Timer Timer(Spent, Phase::Store);
          Shown.next(Each.File);
          Kept.save(Positions[At], Each);
        });
    for (size_t I = 0; I < Read.size(); ++I)
      Units[Positions[I]] = std::move(Read[I]);
  }
  for (const Unit &Each : Units)
    if (Each.hasFacts())
      return Sources.size();
  const Unit &First = Units.front();
  throw Failure("no file could be read; the first of " +
                std::to_string(Units.size()) + ", " + First.File + ": " +
                First.Reason);
}

/// What the checks find in all units together: known, if nothing has changed.
static std::vector<Finding>
findings(std::vector<Unit> &Units, const Digest &Key, const Project &Of,
         const std::vector<const CheckInfo *> &Checks, Cache &Kept,
         const Options &Asked, Profile &Spent) {
  std::optional<Profile::Timer> Timer(std::in_place, Spent, Phase::Store);
  std::optional<std::vector<Finding>> Known = Kept.verdict(Key);
  bool Keep = Kept.wantsProgram(Units);
  if (Known && !Keep)
    return std::move(*Known);
  stopIfInterrupted();
  std::vector<TUSummary> Facts = Kept.facts(Units, Asked.Jobs);
  Timer.emplace(Spent, Phase::Link);
  Program Whole = Program::link(std::move(Facts), Of.Root);
  stopIfInterrupted();
  Timer.emplace(Spent, Phase::Store);
  if (Keep)
    Kept.saveProgram(Whole);
  if (Known)
    return std::move(*Known);
  Timer.emplace(Spent, Phase::Checks);
  std::vector<Finding> Found = runChecks(Whole, Checks, Asked.IncludeTests);
  Timer.emplace(Spent, Phase::Store);
  stopIfInterrupted();
  Kept.saveVerdict(Key, Found);
  return Found;
}

static bool wantsColour(const Options &Asked) {
  switch (Asked.Paint) {
  case Options::Colour::Always:
    return true;
  case Options::Colour::Never:
    return false;
  case Options::Colour::Auto:
    break;
  }
  return isStandardOutput(Asked.Output) && outputHasColours();
}

static std::string inWords(const Report::Failed &Of) {
  Step First = firstError(Of);
  std::string Where =
      First.Where.Line ? place(First.Where) : shorten(First.Where.File);
  return utf8(Where + ": " + First.Message);
}

static void write(const Report &What, const Options &Asked) {
  output(writeReport(What, Asked.As, wantsColour(Asked)), Asked.Output);
  // Whoever looks at the report sees them there.
  bool Seen = isStandardOutput(Asked.Output) && tellsFailures(Asked.As);
  if (What.FailedFiles.empty() || Seen)
    return;
  std::fprintf(stderr, "perfidy: %s with errors; the first: %s\n",
               count(What.FailedFiles.size(), "file", "files").c_str(),
               inWords(What.FailedFiles.front()).c_str());
}

static ExitCode withErrors(const Options &Asked) {
  return Asked.AllowErrors ? Done : FilesWithErrors;
}

static ExitCode exitCode(const Report &What, const Options &Asked) {
  for (const Finding &Each : What.Findings)
    if (unsigned(Each.Where) <= Asked.FailOn ||
        What.Errors.count(Each.Fingerprint))
      return FindingsThatFail;
  for (const Report::Failed &Each : What.FailedFiles)
    if (Each.Wanted)
      return withErrors(Asked);
  return Done;
}

/// What the checks found before \p Since; nothing if that cannot be had, or
/// would take long: with a store of either time little is read.
static std::optional<std::vector<PastFinding>>
foundBefore(const Project &Of, const Changes &Since, const Models &Known,
            const std::vector<const CheckInfo *> &Checks, const Options &Asked,
            Profile &Spent) {
  constexpr long Most = 64;
  Project Then = projectBefore(Of, Since);
  if (Then.Sources.empty())
    return std::vector<PastFinding>();
  std::optional<Profile::Timer> Timer(std::in_place, Spent, Phase::Store);
  Cache Kept(Asked, Then, Known);
  std::vector<Unit> Units = Kept.reuse();
  Timer.reset();
  long Missing = std::count_if(Units.begin(), Units.end(),
                               [](const Unit &U) { return !U.hasFacts(); });
  if (Missing > Most) {
    std::fprintf(stderr,
                 "perfidy: %ld files would have to be read as they were before "
                 "the change; what it causes in lines it does not touch is not "
                 "shown\n",
                 Missing);
    return std::nullopt;
  }
  try {
    read(Units, Then, Known, Kept, Asked, Spent);
  } catch (const Failure &) {
    return std::nullopt; // nothing of it could be read
  }
  // The next question about this change is asked of the same state of before.
  Kept.touch(Units);
  Digest Key = verdictKey(Units, Then, Asked, Checks);
  return toPast(findings(Units, Key, Then, Checks, Kept, Asked, Spent),
                Of.Root);
}

/// Makes the changes that the findings shown come with.
static void fix(Report &What, const std::vector<Unit> &Units, Cache &Kept) {
  std::set<std::string> Files;
  for (const Finding &Each : What.Findings)
    for (const Edit &Change : Each.Fixes)
      Files.insert(Change.Where.File);
  if (Files.empty())
    return;
  Fixed Made = applyFixes(What.Findings, Kept.contentsRead(Units, Files));
  for (const auto &[Name, Text] : Made.Texts)
    writeWhole(Name, Text);
  What.Fixed = Made.Findings;
  What.FilesFixed = Made.Texts.size();
  What.FixesSkipped = Made.Skipped.size();
  for (const std::string &Each : Made.Skipped)
    std::fprintf(stderr, "perfidy: %s\n", Each.c_str());
}

static Report scanOnce(const Project &Of, const Models &Known,
                       const std::vector<const CheckInfo *> &Checks,
                       const Options &Asked, TidyConfig &Config, Change *Since,
                       Profile &Spent) {
  // First: its facts may be in the store, and will be replaced.
  if (Since)
    Since->Before = foundBefore(Of, Since->Lines, Known, Checks, Asked, Spent);
  std::optional<Profile::Timer> Timer(std::in_place, Spent, Phase::Store);
  Cache Kept(Asked, Of, Known);
  std::vector<Unit> Units = Kept.reuse();
  Timer.reset();
  size_t Read = read(Units, Of, Known, Kept, Asked, Spent);
  Digest Key = verdictKey(Units, Of, Asked, Checks);
  std::vector<Finding> Found =
      findings(Units, Key, Of, Checks, Kept, Asked, Spent);
  Timer.emplace(Spent, Phase::Store);
  Past Compared{Since, Kept.lastFindings(Checks, Asked)};
  Kept.finish(Units, Key, Read, Checks, Asked);
  Timer.emplace(Spent, Phase::Report);
  Report Result =
      triage(std::move(Found), Checks, Units, Of, Asked, Config, Compared);
  if (Asked.Fix)
    fix(Result, Units, Kept);
  return Result;
}

/// Scans again where the store lets a scan down. Nothing has been printed by
/// then, and what was read since is kept already.
static Report scanUntilDone(const Project &Of, const Models &Known,
                            const std::vector<const CheckInfo *> &Checks,
                            Options Asked, TidyConfig &Config, Change *Since,
                            Profile &Spent) {
  constexpr int Most = 3;
  std::string Why;
  for (int Tries = 0; Tries < Most; ++Tries)
    try {
      return scanOnce(Of, Known, Checks, Asked, Config, Since, Spent);
    } catch (const StoreError &Error) {
      Why = Error.what();
      if (Error.What == StoreError::Kind::Damaged &&
          !setStoreAside(Asked, Of, Error.what()))
        break;
    } catch (const DatabaseError &Error) {
      Why = Error.what();
      if (Error.What != DatabaseError::Kind::Damaged ||
          !setStoreAside(Asked, Of, Error.what()))
        break;
    }
  // Another process is at it without end, or the disk is: do without.
  std::fprintf(stderr, "perfidy: %s; scanning without a store\n",
               utf8(Why).c_str());
  Asked.NoStore = true;
  Asked.Store.clear();
  return scanOnce(Of, Known, Checks, Asked, Config, Since, Spent);
}

/// The change that the user asked about, if any. Leaves in \p Of what has to be
/// looked at for it.
static std::optional<Change> openChange(Project &Of, const Options &Asked) {
  if (Asked.Diff.empty() && !Asked.Staged)
    return std::nullopt;
  Change Result{readChanges(Asked, Of.Root, Of.Instead), std::nullopt};
  keepGiven(Result.Lines, Asked);
  std::set<std::string> Names = Result.Lines.names();
  noteUnknown({Names.begin(), Names.end()}, Of);
  if (Result.Lines.Files.empty())
    Of.Sources.clear();
  if (Of.Database.empty() || Of.Sources.empty() || knowsWhole(Asked, Of))
    return Result;
  size_t All = Of.Sources.size();
  narrow(Of, Result.Lines);
  if (Of.Sources.size() < All)
    std::fprintf(stderr,
                 "perfidy: no scan is kept that could say who reads what: of "
                 "%zu files the %zu are read that have changed or include what "
                 "has; after one `perfidy scan` calls are followed into all\n",
                 All, Of.Sources.size());
  return Result;
}

static ExitCode scan(Options Asked) {
  Profile Spent;
  std::optional<Profile::Timer> Timer(std::in_place, Spent, Phase::Prepare);
  std::vector<const CheckInfo *> Checks = selectChecks(Asked.Checks);
  resolvePreCommit(Asked);
  Project Of = openProject(Asked);
  TidyConfig Config = configure(Asked, Of);
  addTidyChecks(Of, Config, Asked);
  Models Known = loadModels(Asked);
  noteUnknown(Asked.Touching, Of);
  std::optional<Change> Since = openChange(Of, Asked);
  Timer.reset();
  Report Result;
  Result.Root = Of.Root;
  Result.Checks = Checks;
  if (!Of.Sources.empty())
    Result = scanUntilDone(Of, Known, Checks, Asked, Config,
                           Since ? &*Since : nullptr, Spent);
  Timer.emplace(Spent, Phase::Report);
  if (!Asked.ExportFixes.empty())
    output(writeFixes(Result.Findings, Result.Root), Asked.ExportFixes);
  write(Result, Asked);
  Timer.reset();
  if (Asked.ProfileSelf)
    std::fprintf(stderr, "%s", Spent.table().c_str());
  return exitCode(Result, Asked);
}

/// The facts of one file, read in this process, so that a debugger sees it.
static ExitCode extractOne(const Project &Of, const Models &Known,
                           const Options &Asked) {
  TUSummary Facts = readUnit(Of.Sources.front(), Known).Summary;
  if (!Facts.Error.empty())
    std::fprintf(stderr, "perfidy: the code has errors; the first: %s\n",
                 Facts.Error.c_str());
  output(Asked.Dump ? toJson(Facts) : toCbor(Facts), Asked.Output);
  return Facts.Error.empty() ? Done : withErrors(Asked);
}

static ExitCode extract(Options Asked) {
  Project Of = openProject(Asked);
  TidyConfig Config = configure(Asked, Of);
  addTidyChecks(Of, Config, Asked);
  Models Known = loadModels(Asked);
  if (!wantsFolder(Asked, Of))
    return extractOne(Of, Known, Asked);
  std::vector<Unit> Units;
  {
    Progress Shown(Of.Sources.size());
    Profile Spent;
    Units = readUnits(Of.Sources, Known, Of.Instead, howToRead(Asked, ""),
                      Spent, [&](size_t, Unit &Each) {
                        Shown.next(Each.File);
                        writeSummary(Each, Of, Asked);
                        Each.Facts.reset();
                      });
  }
  ExitCode Result = Done;
  for (const Unit &Each : Units)
    if (!Each.Reason.empty()) {
      std::fprintf(stderr, "perfidy: %s\n",
                   inWords({Each.File, Each.Reason}).c_str());
      Result = withErrors(Asked);
    }
  return Result;
}

/// What scan does, over files that extract has written, anywhere.
static ExitCode link(Options Asked) {
  std::vector<const CheckInfo *> Checks = selectChecks(Asked.Checks);
  Gathered All = readSummaries(Asked.Paths, Asked.Jobs);
  TidyConfig Config = configure(Asked, All.Of);
  // Never taken apart: the process ends when the report is written.
  static const auto *Whole =
      new Program(Program::link(std::move(All.Summaries), All.Of.Root));
  std::vector<Finding> Found = runChecks(*Whole, Checks, Asked.IncludeTests);
  Report Result =
      triage(std::move(Found), Checks, All.Units, All.Of, Asked, Config);
  write(Result, Asked);
  return exitCode(Result, Asked);
}

/// The whole program and what is found in it, tests and doubts included, for
/// questions about one place.
template <class Answer>
static ExitCode ask(Options Asked, const Answer &About) {
  // Flags of its own: the file that is asked about is all there is.
  if (Asked.Flags && Asked.Target.find(':') != std::string::npos)
    Asked.Paths = {parsePlace(Asked.Target).File};
  if (!Asked.Flags && Asked.BuildPath.empty() &&
      Asked.Target.find(':') != std::string::npos)
    Asked.BuildPath = databaseFor(parsePlace(Asked.Target).File);
  Asked.IncludeTests = true;
  Project Of = openProject(Asked);
  configure(Asked, Of);
  Models Known = loadModels(Asked);
  Cache Kept(Asked, Of, Known);
  std::vector<Unit> Units = Kept.reuse();
  Profile Spent;
  read(Units, Of, Known, Kept, Asked, Spent);
  Program Whole = Program::link(Kept.facts(Units, Asked.Jobs), Of.Root);
  output(About(Whole, Of), "");
  return Done;
}

static ExitCode why(const Options &Asked) {
  return ask(Asked, [&](const Program &Whole, const Project &) {
    return explain(Whole, runChecks(Whole, selectChecks(""), true),
                   Asked.Target);
  });
}

static ExitCode whyNot(const Options &Asked) {
  std::vector<const CheckInfo *> Checks = selectChecks(Asked.Checks);
  if (Checks.size() != 1)
    throw Failure("'" + Asked.Checks + "' names " +
                  std::to_string(Checks.size()) +
                  " checks; why-not is about "
                  "one");
  SourceLine Where = realPlace(Asked.Target);
  return ask(Asked, [&](const Program &Whole, const Project &Of) {
    return explainSilence(Whole, Where, *Checks.front(), Of.Root);
  });
}

static ExitCode print(const std::string &Text) {
  output(Text, "");
  return Done;
}

static ExitCode listChecks() {
  std::string Text;
  for (const CheckInfo &Each : allChecks())
    Text += "perfidy-" + std::string(Each.Name) + "  level " +
            std::to_string(unsigned(Each.Where)) + ", " +
            std::string(name(Each.Where)) + "\n    " + Each.Summary + "\n";
  return print(Text);
}

static ExitCode explainCheck(const Options &Asked) {
  std::string_view Name = Asked.Checks;
  if (Name.starts_with("perfidy-"))
    Name.remove_prefix(8);
  std::string Page = pageAlone(Name);
  if (Page.empty())
    throw Failure("there is no check '" + Asked.Checks +
                  "'; `perfidy list-checks` lists them");
  return print(Page);
}

/// Sets a repository up, from what its compile database says.
static ExitCode initialise(const Options &Asked) {
  Project Of = openProject(Asked);
  return print(setUp(Of));
}

static ExitCode run(const Options &Asked) {
  switch (Asked.Run) {
  case Options::Command::Scan:
    return scan(Asked);
  case Options::Command::Extract:
    return extract(Asked);
  case Options::Command::Link:
    return link(Asked);
  case Options::Command::Why:
    return why(Asked);
  case Options::Command::WhyNot:
    return whyNot(Asked);
  case Options::Command::ListChecks:
    return listChecks();
  case Options::Command::Explain:
    return explainCheck(Asked);
  case Options::Command::Init:
    return initialise(Asked);
  case Options::Command::Completion:
    return print(completion(Asked.For));
  case Options::Command::Man:
    return print(manPage());
  case Options::Command::TidyModule:
    return print(tidyModule() + "\n");
  }
  return CouldNotWork;
}

int main(int Argc, char **Argv) {
  // A closed pipe is an error to be told, not a reason to die in silence.
  std::signal(SIGPIPE, SIG_IGN);
  noticeInterrupts();
  try {
    Options Asked;
    if (std::optional<int> NothingLeft = parseOptions(Argc, Argv, Asked))
      return *NothingLeft;
    return run(Asked);
  } catch (const Interrupted &By) {
    endBy(By.Signal);
  } catch (const std::exception &Error) {
    std::fprintf(stderr, "perfidy: error: %s\n", Error.what());
    return CouldNotWork;
  }
}
