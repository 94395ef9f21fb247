//===- Init.cpp - sets a repository up ------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Init.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "driver/Installed.h"
#include "driver/Output.h"
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace perfidy {

//===----------------------------------------------------------------------===//
// What is written
//===----------------------------------------------------------------------===//

/// In YAML's single quotes.
static std::string inQuotes(const std::string &Text) {
  std::string Result = "'";
  for (char C : Text)
    Result += C == '\'' ? "''" : std::string(1, C);
  return Result + "'";
}

/// clang-tidy does not read a file whose command has a flag that clang does not
/// know, and can be told to leave it out.
static std::string removedFlags(const Project &Of) {
  std::string Text;
  if (std::set<std::string> Flags = unknownFlags(Of.Sources); !Flags.empty()) {
    Text += "# Flags of the compile database that clang does not know.\n"
            "RemovedArgs:\n";
    for (const std::string &Each : Flags)
      Text += "  - " + inQuotes(Each) + "\n";
  }
  return Text;
}

static std::string tidyConfig(const Project &Of) {
  return "# For clang-tidy, clangd and perfidy alike.\n"
         "Checks: '-*,perfidy-*'\n" +
         removedFlags(Of);
}

/// For a .clang-tidy that is there: a key stands in it once.
static std::string addedToTidy(const Project &Of) {
  return "# at the end of its Checks, for clang-tidy and clangd; perfidy runs "
         "its checks anyway\n"
         "  ,perfidy-*\n" +
         removedFlags(Of);
}

/// A path from \p Folder if below it.
static std::string shown(const std::string &File, const fs::path &Folder) {
  fs::path Relative = fs::path(File).lexically_relative(Folder);
  return Relative.empty() || *Relative.begin() == ".." ? File
                                                       : Relative.string();
}

static std::string hook(const Project &Of) {
  std::string Build =
      shown(fs::path(Of.Database).parent_path().string(), Of.Root);
  return "  - repo: local\n"
         "    hooks:\n"
         "      - id: perfidy\n"
         "        name: perfidy\n"
         "        entry: perfidy scan\n"
         "        args: [-p, " +
         inQuotes(Build) +
         ", --fail-on=5, --pre-commit]\n"
         "        language: system\n"
         "        types_or: [c++, c]\n"
         "        require_serial: true\n";
}

//===----------------------------------------------------------------------===//
// Writing it
//===----------------------------------------------------------------------===//

static std::string contentOf(const fs::path &File) {
  std::ifstream In(File, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(In), {});
}

/// \p Text indented, as an example.
static std::string example(const std::string &Text) {
  std::istringstream In(Text);
  std::string Result;
  for (std::string Line; std::getline(In, Line);)
    Result += "    " + Line + '\n';
  return Result;
}

/// Writes \p Whole to \p File, or says what of it, \p Part, is to be added to
/// the file that is there.
static std::string place(const fs::path &File, const std::string &Whole,
                         const std::string &Part) {
  std::error_code Error;
  std::string Name = File.filename().string();
  if (!fs::exists(fs::symlink_status(File, Error))) {
    output(Whole, File.string());
    return "wrote " + File.string() + "\n";
  }
  if (contentOf(File).find("perfidy") != std::string::npos)
    return File.string() + " knows perfidy already\n";
  return File.string() + " is there and was left alone; add to it:\n" +
         example(Part);
}

std::string setUp(const Project &Of) {
  fs::path Root = Of.Root;
  std::string Config = tidyConfig(Of), Hook = hook(Of);
  std::string Done = "Read " + Of.Database + ": " +
                     std::to_string(Of.Sources.size()) +
                     (Of.Sources.size() == 1 ? " file" : " files") + " below " +
                     Of.Folder + "\n\n";
  Done += place(Root / ".clang-tidy", Config, addedToTidy(Of));
  Done += place(Root / ".pre-commit-config.yaml", "repos:\n" + Hook, Hook);
  return Done +
         "\nNext:\n"
         "    perfidy scan -p " +
         shown(fs::path(Of.Database).parent_path().string(),
               fs::current_path()) +
         "\n"
         "        reads everything once and keeps it in " +
         (Root / ".perfidy").string() +
         ", which git ignores\n"
         "    pre-commit install\n"
         "        asks before each commit\n"
         "    clang-tidy-" PERFIDY_LLVM_MAJOR " --load " +
         tidyModule() +
         " -p BUILD FILE\n"
         "        the same checks in clang-tidy\n";
}

} // namespace perfidy
