//===- GitDiff.cpp - what a change has touched ----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/GitDiff.h"
#include "driver/Failure.h"
#include "driver/Git.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include <filesystem>
#include <limits>

namespace fs = std::filesystem;

namespace perfidy {

//===----------------------------------------------------------------------===//
// Reading a diff
//===----------------------------------------------------------------------===//

/// "a\tb" in quotes as git writes it, or the name as it is; a tab ends names
/// with blanks.
static std::string unquote(llvm::StringRef Name) {
  if (!Name.consume_front("\""))
    return Name.take_until([](char C) { return C == '\t'; }).str();
  std::string Result;
  while (!Name.empty() && Name.front() != '"') {
    char C = Name.front();
    Name = Name.drop_front();
    if (C != '\\' || Name.empty()) {
      Result += C;
      continue;
    }
    unsigned Octal;
    if (Name.size() >= 3 && !Name.substr(0, 3).getAsInteger(8, Octal)) {
      Result += char(Octal);
      Name = Name.drop_front(3);
      continue;
    }
    static const llvm::StringRef Letters = "abtnvfr";
    size_t At = Letters.find(Name.front());
    Result += At == Letters.npos ? Name.front() : "\a\b\t\n\v\f\r"[At];
    Name = Name.drop_front();
  }
  return Result;
}

/// The name in "--- a/NAME" or "+++ b/NAME"; "" for /dev/null.
static std::string nameIn(llvm::StringRef Line) {
  std::string Whole = unquote(Line.drop_front(4));
  return Whole == "/dev/null" ? ""
                              : Whole.substr(std::min<size_t>(2, Whole.size()));
}

/// "-10,3" or "+7": where, and how many; one if it does not say.
static bool parseRange(llvm::StringRef Text, uint32_t &At, uint32_t &Count) {
  Count = 1;
  auto [First, Second] = Text.drop_front().split(',');
  return !First.getAsInteger(10, At) &&
         (Second.empty() || !Second.getAsInteger(10, Count));
}

std::vector<Changes::File> parseDiff(const std::string &Text) {
  std::vector<Changes::File> Result;
  uint32_t Skip = 0; // lines of a hunk, which may look like anything
  llvm::StringRef Rest = Text;
  while (!Rest.empty()) {
    auto [Line, Tail] = Rest.split('\n');
    Rest = Tail;
    if (Line.starts_with("\\"))
      continue;
    if (Skip > 0) {
      --Skip;
      continue;
    }
    if (Line.starts_with("diff --git ")) {
      Result.emplace_back();
      continue;
    }
    if (Result.empty())
      continue;
    Changes::File &Now = Result.back();
    if (Line.starts_with("--- "))
      Now.Before = nameIn(Line);
    else if (Line.starts_with("+++ "))
      Now.Now = nameIn(Line);
    else if (Line.consume_front("rename from "))
      Now.Before = unquote(Line);
    else if (Line.consume_front("rename to "))
      Now.Now = unquote(Line);
    if (!Line.starts_with("@@ "))
      continue;
    llvm::SmallVector<llvm::StringRef> Words;
    Line.split(Words, ' ', 3);
    uint32_t OldAt, OldCount, At, Count;
    if (Words.size() < 3 || !parseRange(Words[1], OldAt, OldCount) ||
        !parseRange(Words[2], At, Count))
      continue;
    Skip = OldCount + Count;
    if (Count > 0)
      Now.Touched.push_back({At, At + Count - 1});
    else // lines were taken away behind this one
      Now.Touched.push_back({At, At + 1});
  }
  // Binary files have no names outside of the first line, and no lines.
  std::erase_if(Result, [](const Changes::File &Each) {
    return Each.Before.empty() && Each.Now.empty();
  });
  return Result;
}

//===----------------------------------------------------------------------===//
// Which revisions
//===----------------------------------------------------------------------===//

static std::string trimmed(const std::string &Text) {
  return llvm::StringRef(Text).trim().str();
}

static std::string commitOf(Git &Asked, const std::string &Revision) {
  GitAnswer Found = Asked.ask({"rev-parse", "--verify", "--quiet",
                               "--end-of-options", Revision + "^{commit}"});
  if (!Found.Good)
    throw Failure("--diff: there is no revision '" + Revision +
                  "'; a shallow clone, as CI makes them, has to fetch it first "
                  "(git fetch origin BRANCH, or fetch-depth: 0)");
  return trimmed(Found.Text);
}

/// The old side of \p Revision: all of it, or what stands before its dots. What
/// stands behind them has to be what is checked out.
static std::string baseOf(Git &Asked, const std::string &Revision) {
  size_t Dots = Revision.find("..");
  if (Dots == Revision.npos)
    return commitOf(Asked, Revision);
  bool Three = Revision.compare(Dots, 3, "...") == 0;
  std::string Old = Revision.substr(0, Dots);
  std::string New = Revision.substr(Dots + (Three ? 3 : 2));
  if (Old.empty())
    Old = "HEAD";
  if (New.empty())
    New = "HEAD";
  std::string NewId = commitOf(Asked, New);
  if (NewId != commitOf(Asked, "HEAD"))
    throw Failure("--diff " + Revision +
                  ": perfidy analyses the work tree, "
                  "and '" +
                  New + "' is not what is checked out");
  std::string OldId = commitOf(Asked, Old);
  if (!Three)
    return OldId;
  GitAnswer Common = Asked.ask({"merge-base", OldId, NewId});
  if (!Common.Good)
    throw Failure("--diff " + Revision +
                  ": the two have no common ancestor "
                  "here; a shallow clone has to fetch more (git fetch "
                  "--unshallow)");
  return trimmed(Common.Text);
}

static std::string headOrNothing(Git &Asked) {
  GitAnswer Head = Asked.ask({"rev-parse", "--verify", "--quiet", "HEAD"});
  if (Head.Good)
    return trimmed(Head.Text);
  // Before the first commit: the empty tree.
  return trimmed(Asked.demand({"hash-object", "-t", "tree", "/dev/null"}));
}

/// Staged contents of files that are others in the work tree.
static Overlay stagedContents(Git &Asked, const std::string &Top) {
  std::vector<std::string> Names = gitNames(Asked.demand(
      {"diff-files", "--name-only", "-z", "--ignore-submodules=all"}));
  std::vector<std::string> Objects;
  for (const std::string &Each : Names)
    Objects.push_back(":" + Each);
  std::vector<std::optional<std::string>> Texts = Asked.contents(Objects);
  Overlay Result;
  for (size_t I = 0; I < Names.size(); ++I)
    if (Texts[I])
      Result[Top + '/' + Names[I]] = *Texts[I];
  return Result;
}

Changes readChanges(const Options &Asked, const std::string &Folder,
                    Overlay &Instead) {
  GitAnswer Top = Git(Folder).ask({"rev-parse", "--show-toplevel"});
  if (!Top.Good)
    throw Failure(std::string(Asked.Staged ? "--staged" : "--diff") +
                  " needs a git repository around " + Folder +
                  "; git says: " + Top.Error);
  Changes Result;
  Result.Top = trimmed(Top.Text);
  Git There(Result.Top);
  Result.Base = Asked.Staged ? headOrNothing(There) : baseOf(There, Asked.Diff);
  // Whatever the user's settings are.
  std::vector<std::string> Diff = {"diff",
                                   "-U0",
                                   "--inter-hunk-context=0",
                                   "-M",
                                   "--no-ext-diff",
                                   "--no-textconv",
                                   "--no-color",
                                   "--no-relative",
                                   "--src-prefix=a/",
                                   "--dst-prefix=b/",
                                   "--ignore-submodules=all"};
  if (Asked.Staged)
    Diff.push_back("--cached");
  Diff.insert(Diff.end(), {Result.Base, "--"});
  Result.Files = parseDiff(There.demand(Diff));
  if (Asked.Staged) {
    Instead = stagedContents(There, Result.Top);
    return Result;
  }
  // A file that git does not know yet is new in every line.
  for (std::string &Each : gitNames(
           There.demand({"ls-files", "--others", "--exclude-standard", "-z"})))
    Result.Files.push_back(
        {"", std::move(Each), {{1, std::numeric_limits<uint32_t>::max()}}});
  return Result;
}

//===----------------------------------------------------------------------===//
// What it touches
//===----------------------------------------------------------------------===//

bool Changes::touches(const SourcePoint &Place) const {
  if (Known.empty())
    for (const File &Each : Files)
      if (!Each.Now.empty())
        Known[Top + '/' + Each.Now] = &Each;
  auto Found = Known.find(Place.File);
  if (Found == Known.end()) {
    // Reached by another name; remembered, be it in vain.
    std::error_code Error;
    auto Real = Known.find(fs::weakly_canonical(Place.File, Error).string());
    const File *Of = Real == Known.end() ? nullptr : Real->second;
    Found = Known.emplace(Place.File, Of).first;
  }
  if (!Found->second)
    return false;
  for (const Lines &Each : Found->second->Touched)
    if (Place.Line >= Each.First && Place.Line <= Each.Last)
      return true;
  return false;
}

bool Changes::touches(const Finding &What) const {
  return anyPlace(What, [&](const SourcePoint &At) { return touches(At); });
}

std::set<std::string> Changes::names() const {
  std::set<std::string> Result;
  for (const File &Each : Files)
    if (!Each.Now.empty())
      Result.insert(Top + '/' + Each.Now);
  return Result;
}

std::set<std::string> Changes::added() const {
  std::set<std::string> Result;
  for (const File &Each : Files)
    if (!Each.Now.empty() && Each.Before.empty())
      Result.insert(Top + '/' + Each.Now);
  return Result;
}

Overlay Changes::before() const {
  std::vector<std::string> Objects, Names;
  for (const File &Each : Files)
    if (!Each.Before.empty()) {
      Objects.push_back(Base + ':' + Each.Before);
      Names.push_back(Top + '/' + (Each.Now.empty() ? Each.Before : Each.Now));
    }
  std::vector<std::optional<std::string>> Texts = Git(Top).contents(Objects);
  Overlay Result;
  for (size_t I = 0; I < Names.size(); ++I)
    if (Texts[I])
      Result[Names[I]] = *Texts[I];
  return Result;
}

} // namespace perfidy
