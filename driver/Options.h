//===- Options.h - the command line -----------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_OPTIONS_H
#define PERFIDY_DRIVER_OPTIONS_H

#include "analysis/rank/Finding.h"
#include "driver/Format.h"
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace perfidy {

/// What the user asked for.
struct Options {
  enum class Command {
    Scan,
    Extract,
    Link,
    Why,
    WhyNot,
    ListChecks,
    Explain,
    Init,
    Completion,
    Man,
    TidyModule
  };
  enum class Shell { Bash, Zsh, Fish };
  enum class Colour { Auto, Always, Never };

  Command Run = Command::Scan;

  /// Files and folders to look at; empty for all of the compile database.
  /// link: folders and files that extract has written.
  std::vector<std::string> Paths;
  /// why: a fingerprint or FILE:LINE; why-not: FILE:LINE.
  std::string Target;

  /// A folder with compile_commands.json or that file; empty to search for it.
  std::string BuildPath;
  /// The flags after "--", which stand for a compile database.
  std::optional<std::vector<std::string>> Flags;
  /// User's model files.
  std::vector<std::string> Models;

  /// clang-tidy's globs; empty for all checks.
  std::string Checks;
  /// Globs of the checks of clang-tidy's own that run too; empty for none.
  std::string WithClangTidy;
  /// Nothing: what .clang-tidy says, else medium.
  std::optional<Confidence> MinConfidence;
  bool IncludeTests = false;
  /// Only findings that have a step in one of these; empty for all.
  std::vector<std::string> Touching;
  /// The files that pre-commit gives; see driver/PreCommit.h.
  std::vector<std::string> PreCommit;
  /// The least level that makes the run fail; 0 for none.
  unsigned FailOn = 0;
  /// Files with errors do not make it fail.
  bool AllowErrors = false;

  /// The .clang-tidy to use; empty for the nearest above each file.
  std::string ConfigFile;
  bool NoConfig = false;

  /// The revision whose differences to the work tree count; empty for all code.
  std::string Diff;
  /// The index is analysed, and its differences to HEAD count.
  bool Staged = false;

  /// The baseline whose findings are not shown; empty for none.
  std::string Baseline;
  /// Where a baseline is to be written; empty for nowhere.
  std::string WriteBaseline;

  bool Fix = false;
  /// Where fixes are to be written for clang-apply-replacements.
  std::string ExportFixes;

  Format As = Format::Text;
  Colour Paint = Colour::Auto;
  /// Where the report or summary goes; empty for stdout. extract: a folder if
  /// there are several files, if it is one already, or if it ends with '/'.
  std::string Output;
  /// extract: JSON instead of CBOR.
  bool Dump = false;

  /// The store's file; empty for .perfidy/store.db in the project's folder.
  std::string Store;
  bool NoStore = false;

  /// completion: for whom.
  Shell For = Shell::Bash;

  unsigned Jobs = 1;
  /// Seconds after which a translation unit is given up.
  unsigned Timeout = 300;
  /// Megabytes after which it is given up; 0 for what the machine has.
  unsigned Memory = 0;
  /// Units do not share precompiled headers.
  bool NoPch = false;
  /// Say where the time went.
  bool ProfileSelf = false;
};

/// Describes all commands and their options to \p App, which then reads into
/// \p Into. Help, the manual page and completions are made from this.
void addCommands(CLI::App &App, Options &Into);

/// Reads the command line. Returns an exit code if there is nothing left to do:
/// help or version was printed, or the command line was wrong, which it then
/// has said on stderr.
std::optional<int> parseOptions(int Argc, char **Argv, Options &Into);

} // namespace perfidy

#endif // PERFIDY_DRIVER_OPTIONS_H
