//===- Main.cpp - the perfidy command -------------------------------------===//
//
// Part of Perfidy. One call a phase; each phase has its own file.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Program.h"
#include "analysis/rank/Words.h"
#include "analysis/summary/Serialize.h"
#include "driver/Failure.h"
#include "driver/Options.h"
#include "driver/Progress.h"
#include "driver/Project.h"
#include "driver/Report.h"
#include "driver/Selection.h"
#include "driver/Unit.h"
#include "driver/Workers.h"
#include <csignal>
#include <cstdio>

using namespace perfidy;

namespace {
enum ExitCode { Done = 0, FindingsThatFail = 1, CouldNotWork = 2 };
}

static Models loadModels(const Options &Asked) {
  Models Known = Models::builtin();
  std::string Error;
  for (const std::string &File : Asked.Models)
    if (!Known.addFile(File, Error))
      throw Failure(Error);
  return Known;
}

static std::vector<Unit> read(const Project &Of, const Models &Known,
                              const Options &Asked) {
  Progress Shown(Of.Sources.size());
  std::vector<Unit> Units =
      readUnits(Of.Sources, Known, Asked.Jobs, Asked.Timeout,
                [&](const Unit &Each) { Shown.next(Each.File); });
  for (const Unit &Each : Units)
    if (Each.Facts)
      return Units;
  const Unit &First = Units.front();
  throw Failure("no file could be read; the first of " +
                std::to_string(Units.size()) + ", " + First.File + ": " +
                First.Reason);
}

/// Takes the facts out of \p Units; they are large.
static Program link(std::vector<Unit> &Units, const Project &Of) {
  std::vector<TUSummary> Summaries;
  for (Unit &Each : Units)
    if (Each.Facts)
      Summaries.push_back(std::move(*Each.Facts));
  return Program::link(std::move(Summaries), Of.Root);
}

static Report judge(const Program &Whole,
                    const std::vector<const CheckInfo *> &Checks,
                    const std::vector<Unit> &Units, const Project &Of,
                    const Options &Asked) {
  Report Result;
  Result.Root = Of.Root;
  for (Finding &Each : runChecks(Whole, Checks, Asked.IncludeTests)) {
    if (!Of.owns(Each.At.File))
      continue;
    if (Each.Sure < Asked.MinConfidence)
      ++Result.Hidden;
    else
      Result.Findings.push_back(std::move(Each));
  }
  for (const Unit &Each : Units) {
    Result.FilesRead += Each.Facts.has_value();
    if (!Each.Reason.empty())
      Result.FailedFiles.push_back({Each.File, Each.Reason});
  }
  return Result;
}

static void write(const Report &What, const Options &Asked) {
  switch (Asked.As) {
  case Options::Format::Text:
    return output(writeText(What), Asked.Output);
  case Options::Format::Json:
    return output(writeJson(What), Asked.Output);
  }
}

static ExitCode exitCode(const Report &What, const Options &Asked) {
  for (const Finding &Each : What.Findings)
    if (unsigned(Each.Where) <= Asked.FailOn)
      return FindingsThatFail;
  return Done;
}

static ExitCode scan(const Options &Asked) {
  std::vector<const CheckInfo *> Checks = selectChecks(Asked.Checks);
  Models Known = loadModels(Asked);
  Project Of = openProject(Asked);
  std::vector<Unit> Units = read(Of, Known, Asked);
  Program Whole = link(Units, Of);
  Report Result = judge(Whole, Checks, Units, Of, Asked);
  write(Result, Asked);
  return exitCode(Result, Asked);
}

/// The facts of one file, read in this process, so that a debugger sees it.
static ExitCode extract(const Options &Asked) {
  Models Known = loadModels(Asked);
  Project Of = openProject(Asked);
  TUSummary Facts = readUnit(Of.Sources.front(), Known);
  if (!Facts.Error.empty())
    std::fprintf(stderr, "perfidy: the code has errors; the first: %s\n",
                 Facts.Error.c_str());
  output(Asked.Dump ? toJson(Facts) : toCbor(Facts), Asked.Output);
  return Done;
}

static ExitCode listChecks() {
  std::string Text;
  for (const CheckInfo &Each : allChecks())
    Text += "perfidy-" + std::string(Each.Name) + "  level " +
            std::to_string(unsigned(Each.Where)) + ", " +
            std::string(name(Each.Where)) + "\n    " + Each.Summary + "\n";
  output(Text, "");
  return Done;
}

static ExitCode run(const Options &Asked) {
  switch (Asked.Run) {
  case Options::Command::Scan:
    return scan(Asked);
  case Options::Command::Extract:
    return extract(Asked);
  case Options::Command::ListChecks:
    return listChecks();
  }
  return CouldNotWork;
}

int main(int Argc, char **Argv) {
  // A closed pipe is an error to be told, not a reason to die in silence.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    Options Asked;
    if (std::optional<int> NothingLeft = parseOptions(Argc, Argv, Asked))
      return *NothingLeft;
    return run(Asked);
  } catch (const std::exception &Error) {
    std::fprintf(stderr, "perfidy: error: %s\n", Error.what());
    return CouldNotWork;
  }
}
