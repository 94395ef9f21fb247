//===- PreCommit.cpp - what pre-commit asks about -------------------------===//
//
// Part of Perfidy.
//
// pre-commit gives file names and says nowhere whether they are those of a
// commit. Who touches an old file is not to be refused for what was there, so
// a file that is staged stands for what is staged of it.
//
//===----------------------------------------------------------------------===//
#include "driver/PreCommit.h"
#include "driver/Git.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace fs = std::filesystem;

namespace perfidy {

static std::string real(const std::string &File) {
  std::error_code Error;
  fs::path Result = fs::weakly_canonical(fs::absolute(File), Error);
  return Error ? File : Result.string();
}

static std::string variable(const char *Name) {
  const char *Value = std::getenv(Name);
  return Value ? Value : "";
}

/// "A...B" if pre-commit looks at the commits between two, and the later one is
/// what is checked out, else "".
static std::string range(Git &Asked) {
  std::string From = variable("PRE_COMMIT_FROM_REF");
  std::string To = variable("PRE_COMMIT_TO_REF");
  if (From.empty() || To.empty())
    return "";
  auto Commit = [&](const std::string &Name) {
    GitAnswer Found = Asked.ask({"rev-parse", "--verify", "--quiet",
                                 "--end-of-options", Name + "^{commit}"});
    return Found.Good ? Found.Text : Name;
  };
  return Commit(To) == Commit("HEAD") ? From + "..." + To : "";
}

static std::set<std::string> staged(Git &Asked) {
  std::set<std::string> Result;
  GitAnswer Top = Asked.ask({"rev-parse", "--show-toplevel"});
  GitAnswer Names =
      Asked.ask({"diff", "--cached", "--name-only", "--no-ext-diff",
                 "--no-relative", "--ignore-submodules=all", "-z"});
  if (!Top.Good || !Names.Good)
    return Result;
  fs::path Folder = Top.Text.substr(0, Top.Text.find('\n'));
  for (const std::string &Each : gitNames(Names.Text))
    Result.insert(real(Folder / Each));
  return Result;
}

void resolvePreCommit(Options &Asked) {
  if (Asked.PreCommit.empty())
    return;
  Git There(fs::current_path().string());
  if (Asked.Diff = range(There); !Asked.Diff.empty())
    return;
  std::set<std::string> Staged = staged(There);
  if (std::all_of(
          Asked.PreCommit.begin(), Asked.PreCommit.end(),
          [&](const std::string &Each) { return Staged.count(real(Each)); }))
    Asked.Staged = true;
  else
    Asked.Touching = Asked.PreCommit;
}

void keepGiven(Changes &All, const Options &Asked) {
  if (Asked.PreCommit.empty())
    return;
  std::set<std::string> Given;
  for (const std::string &Each : Asked.PreCommit)
    Given.insert(real(Each));
  std::erase_if(All.Files, [&](const Changes::File &Each) {
    return !Each.Now.empty() && !Given.count(real(All.Top + '/' + Each.Now));
  });
}

} // namespace perfidy
