//===- Options.cpp - the command line -------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Options.h"
#include "driver/Unit.h"
#include <CLI/CLI.hpp>
#include <cstring>
#include <iostream>
#include <map>
#include <set>
#include <thread>

namespace perfidy {

static std::string version() {
  return "perfidy " PERFIDY_VERSION " (" + clangVersion() + ")";
}

/// Where code and flags come from: the same for every command that reads code.
static void addSourceOptions(CLI::App &Command, Options &Into) {
  Command
      .add_option("-p,--build", Into.BuildPath,
                  "Folder with compile_commands.json, or that file. Without "
                  "it, it is searched for in the folders above the first "
                  "file and in their build/ folders.")
      ->type_name("BUILD");
  Command
      .add_option(
          "--models", Into.Models,
          "A file of API models of your own; see docs/models.md. May be "
          "given several times.")
      ->type_name("FILE")
      ->allow_extra_args(false);
  Command
      .add_option("--timeout", Into.Timeout,
                  "Seconds after which a translation unit is given up.")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  Command
      .add_option("--memory", Into.Memory,
                  "Megabytes of memory after which a translation unit is given "
                  "up; what the machine has if not given.")
      ->type_name("MB")
      ->check(CLI::PositiveNumber);
  Command
      .add_option("--with-clang-tidy", Into.WithClangTidy,
                  "Run these checks of clang-tidy's own in the same parse and "
                  "rank what they say with the rest: 'performance-*'. Takes as "
                  "long as clang-tidy does.")
      ->type_name("GLOBS");
  Command.add_flag("--no-pch", Into.NoPch,
                   "Do not precompile the system headers that units share.");
  Command.footer("Flags after -- stand for a compile database: "
                 "perfidy " +
                 Command.get_name() + " FILE... -- -std=c++20 -Iinclude\n");
}

/// An option whose values are words.
template <class T>
static void addWord(CLI::App &Command, const char *Name, const char *Kind,
                    const char *Help, std::map<std::string, T> Words,
                    auto &Into) {
  auto Set = [Words, &Into](const std::string &Word) { Into = Words.at(Word); };
  std::set<std::string> Allowed;
  for (const auto &[Word, Value] : Words)
    Allowed.insert(Word);
  CLI::IsMember Known(Allowed);
  Known.description("");
  // Completions are made from it.
  Known.name(CLI::detail::join(Allowed, " "));
  Command.add_option_function<std::string>(Name, Set, Help)
      ->type_name(Kind)
      ->check(Known);
}

static void addAllowErrors(CLI::App &Command, Options &Into) {
  Command.add_flag("--allow-errors", Into.AllowErrors,
                   "Do not exit with 3 because files have errors. They are "
                   "still named.");
}

/// Which findings are reported, and how: the same for every command that
/// judges.
static void addReportOptions(CLI::App &Command, Options &Into) {
  Command
      .add_option("--checks", Into.Checks,
                  "Checks to run, as clang-tidy's globs: '*,-quadratic-loop'. "
                  "\"perfidy-\" before a name may be left out.")
      ->type_name("GLOBS");
  addWord<Confidence>(Command, "--min-confidence", "CONFIDENCE",
                      "Hide findings below: low, medium (default) or high.",
                      {{"low", Confidence::Low},
                       {"medium", Confidence::Medium},
                       {"high", Confidence::High}},
                      Into.MinConfidence);
  Command.add_flag("--include-tests", Into.IncludeTests,
                   "Report findings in test code too.");
  Command
      .add_option("--touching", Into.Touching,
                  "Show only findings that have a step in one of these files; "
                  "what is analysed stays the same.")
      ->type_name("FILE");
  Command
      .add_option("--fail-on", Into.FailOn,
                  "Exit with 1 if there is a finding of this level or a worse "
                  "one; 1 is the worst, 5 the least.")
      ->type_name("LEVEL")
      ->check(CLI::Range(1, 5));
  addAllowErrors(Command, Into);
  addWord<Format>(Command, "--format", "FORMAT",
                  "text (default), clang, json, sarif, github, gitlab, "
                  "checkstyle or junit; see docs/formats.md.",
                  formats(), Into.As);
  using Colour = Options::Colour;
  addWord<Colour>(Command, "--color", "WHEN",
                  "Colour in the formats text and clang: auto (default; on a "
                  "terminal, unless NO_COLOR is set), always or never.",
                  {{"auto", Colour::Auto},
                   {"always", Colour::Always},
                   {"never", Colour::Never}},
                  Into.Paint);
  Command
      .add_option("-o,--output", Into.Output,
                  "Write the report to a file instead of stdout.")
      ->type_name("FILE");
}

/// Which of the findings are shown.
static void addTriageOptions(CLI::App &Command, Options &Into) {
  auto *Config =
      Command
          .add_option("--config-file", Into.ConfigFile,
                      "The .clang-tidy to use for all files. Without it, the "
                      "nearest above each file.")
          ->type_name("FILE");
  Command.add_flag("--no-config", Into.NoConfig, "Read no .clang-tidy.")
      ->excludes(Config);
  Command
      .add_option("--baseline", Into.Baseline,
                  "Hide the findings that FILE lists, wherever they have "
                  "moved.")
      ->type_name("FILE");
  Command
      .add_option("--write-baseline", Into.WriteBaseline,
                  "Write what is found to FILE, for --baseline.")
      ->type_name("FILE");
}

/// Findings in what has changed, and repairs: of code that is at hand.
static void addChangeOptions(CLI::App &Command, Options &Into) {
  auto *Diff =
      Command
          .add_option("--diff", Into.Diff,
                      "Show findings that a change since this git revision "
                      "has part in: HEAD, origin/main, or origin/main...HEAD "
                      "for what the branch has changed.")
          ->type_name("REV");
  auto *Staged =
      Command
          .add_flag("--staged", Into.Staged,
                    "Analyse what is staged, and show findings that it has "
                    "part in.")
          ->excludes(Diff);
  Command
      .add_option("--pre-commit", Into.PreCommit,
                  "For a hook of pre-commit, which gives the files: show "
                  "findings that what is staged of them has part in; with "
                  "--from-ref and --to-ref, what these commits have part in. "
                  "Files that are not staged count in every line.")
      ->type_name("FILE")
      ->excludes(Diff)
      ->excludes(Staged)
      ->excludes(Command.get_option("--touching"));
  Command
      .add_flag("--fix", Into.Fix,
                "Make the changes that findings come with, in the files.")
      ->excludes(Staged);
  Command
      .add_option("--export-fixes", Into.ExportFixes,
                  "Write these changes to FILE, for "
                  "clang-apply-replacements.")
      ->type_name("FILE");
}

static void addJobs(CLI::App &Command, Options &Into) {
  Command
      .add_option("-j,--jobs", Into.Jobs,
                  "Translation units to read side by side; all cores if not "
                  "given. Fewer when memory is short.")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
}

static void addStore(CLI::App &Command, Options &Into) {
  auto *Store =
      Command
          .add_option("--store", Into.Store,
                      "Where facts are kept for the next run and for "
                      "clang-tidy. Without it, .perfidy/store.db in the "
                      "project's folder; with flags after --, nowhere.")
          ->type_name("FILE");
  Command
      .add_flag("--no-store", Into.NoStore,
                "Keep nothing and use nothing that was kept.")
      ->excludes(Store);
}

static void addScan(CLI::App &App, Options &Into) {
  CLI::App *Scan = App.add_subcommand(
      "scan", "Analyse code and print what betrays performance, worst first.");
  Scan->add_option("paths", Into.Paths,
                   "Files and folders to analyse. Without any, all of the "
                   "compile database.");
  addSourceOptions(*Scan, Into);
  addReportOptions(*Scan, Into);
  addTriageOptions(*Scan, Into);
  addChangeOptions(*Scan, Into);
  addJobs(*Scan, Into);
  addStore(*Scan, Into);
  Scan->add_flag("--profile-self", Into.ProfileSelf,
                 "Say on stderr where the time went.");
}

static void addWhy(CLI::App &App, Options &Into) {
  CLI::App *Why = App.add_subcommand(
      "why", "Explain a finding: its path, and what each step rests on.");
  Why->add_option("finding", Into.Target,
                  "A fingerprint, as --format=json shows it, or FILE:LINE.")
      ->required();
  addSourceOptions(*Why, Into);
  addJobs(*Why, Into);
  addStore(*Why, Into);
}

static void addWhyNot(CLI::App &App, Options &Into) {
  CLI::App *WhyNot = App.add_subcommand(
      "why-not", "Say which facts keep a check silent at a place.");
  WhyNot->add_option("place", Into.Target, "FILE:LINE.")->required();
  WhyNot->add_option("check", Into.Checks, "The check's name.")
      ->type_name("CHECK")
      ->required();
  addSourceOptions(*WhyNot, Into);
  addJobs(*WhyNot, Into);
  addStore(*WhyNot, Into);
}

static void addLink(CLI::App &App, Options &Into) {
  CLI::App *Link = App.add_subcommand(
      "link", "Judge what `extract` has written: the same findings as scan.");
  Link->add_option("paths", Into.Paths,
                   "Folders that `perfidy extract -o` has filled, or files of "
                   "them.")
      ->required();
  addReportOptions(*Link, Into);
  addTriageOptions(*Link, Into);
  addJobs(*Link, Into);
}

static void addExtract(CLI::App &App, Options &Into) {
  CLI::App *Extract = App.add_subcommand(
      "extract", "Write the facts of translation units, one summary each, for "
                 "`link`.");
  Extract->add_option("files", Into.Paths, "Source files.")->required();
  addSourceOptions(*Extract, Into);
  Extract->add_flag("--dump", Into.Dump, "Readable JSON instead of CBOR.");
  Extract
      ->add_option("-o,--output", Into.Output,
                   "Write to a file instead of stdout; of several files, into "
                   "this folder.")
      ->type_name("FILE|DIR");
  addAllowErrors(*Extract, Into);
  addJobs(*Extract, Into);
}

static void addExplain(CLI::App &App, Options &Into) {
  App.add_subcommand("explain", "Show the page of a check: what it finds, why, "
                                "and what to write instead.")
      ->add_option("check", Into.Checks, "The check's name.")
      ->type_name("CHECK")
      ->required();
}

static void addInit(CLI::App &App, Options &Into) {
  App.add_subcommand("init",
                     "Write a .clang-tidy and a pre-commit configuration that "
                     "fit the compile database. Nothing is overwritten.")
      ->add_option("-p,--build", Into.BuildPath,
                   "Folder with compile_commands.json, or that file.")
      ->type_name("BUILD");
}

static void addCompletion(CLI::App &App, Options &Into) {
  using Shell = Options::Shell;
  CLI::App *Completion = App.add_subcommand(
      "completion", "Print a script that completes perfidy's commands.");
  addWord<Shell>(
      *Completion, "shell", "SHELL", "bash, zsh or fish.",
      {{"bash", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}},
      Into.For);
  Completion->get_option("shell")->required();
}

void addCommands(CLI::App &App, Options &Into) {
  App.require_subcommand(1);
  App.footer("Exit codes: 0 done, 1 a finding that --fail-on names, 2 perfidy "
             "could not do its job, 3 done, but files have errors.\n");
  addScan(App, Into);
  addExtract(App, Into);
  addLink(App, Into);
  addWhy(App, Into);
  addWhyNot(App, Into);
  App.add_subcommand("list-checks",
                     "List all checks with the level of what they find.");
  addExplain(App, Into);
  addInit(App, Into);
  addCompletion(App, Into);
  App.add_subcommand("man", "Print the manual page.");
  App.add_subcommand("tidy-module",
                     "Print where the module for clang-tidy --load is.");
  using Command = Options::Command;
  const std::map<std::string, Command> Commands = {
      {"scan", Command::Scan},
      {"extract", Command::Extract},
      {"link", Command::Link},
      {"why", Command::Why},
      {"why-not", Command::WhyNot},
      {"list-checks", Command::ListChecks},
      {"explain", Command::Explain},
      {"init", Command::Init},
      {"completion", Command::Completion},
      {"man", Command::Man},
      {"tidy-module", Command::TidyModule}};
  for (const auto &[Name, Which] : Commands)
    App.get_subcommand(Name)->callback(
        [&Into, Which = Which] { Into.Run = Which; });
}

std::optional<int> parseOptions(int Argc, char **Argv, Options &Into) {
  CLI::App App("Finds code that betrays performance.", "perfidy");
  App.set_version_flag("--version", version());
  Into.Jobs = std::max(1u, std::thread::hardware_concurrency());
  addCommands(App, Into);

  // What follows "--" is the compiler's and must not be read as ours.
  int Ours = 1;
  while (Ours < Argc && std::strcmp(Argv[Ours], "--") != 0)
    ++Ours;
  if (Ours < Argc)
    Into.Flags.emplace(Argv + Ours + 1, Argv + Argc);

  try {
    App.parse(Ours, Argv);
    if (Into.Flags && Into.Paths.empty() && Into.Target.empty())
      throw CLI::ValidationError("flags after -- need a file before it");
    if (Into.Flags && !Into.BuildPath.empty())
      throw CLI::ValidationError("-p and flags after -- exclude each other");
  } catch (const CLI::ParseError &Error) {
    constexpr int WrongUsage = 2;
    std::vector<std::string> Unknown = App.remaining();
    if (App.get_subcommands().empty() && !Unknown.empty()) {
      std::cerr << "there is no command '" << Unknown.front()
                << "'; `perfidy --help` lists them\n";
      return WrongUsage;
    }
    int Code = App.exit(Error);
    if (!std::cout.flush()) {
      std::cerr << "perfidy: error: cannot write to standard output\n";
      return WrongUsage;
    }
    return Code == 0 ? 0 : WrongUsage;
  }
  return std::nullopt;
}

} // namespace perfidy
