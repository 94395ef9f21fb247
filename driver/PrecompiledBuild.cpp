//===- PrecompiledBuild.cpp - makes a precompiled header ------------------===//
//
// Part of Perfidy.
//
// A header that cannot be parsed there, because it wants another before it or a
// macro of the project's, is left out, and the rest tried again.
//
//===----------------------------------------------------------------------===//
#include "driver/ClangRun.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "driver/HeaderScan.h"
#include "driver/Precompiled.h"
#include "driver/PrecompiledAttempt.h"
#include "driver/PrecompiledUse.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace fs = std::filesystem;

namespace perfidy {

namespace {

using namespace clang;

/// Those of \p Words that stand somewhere in the text of a file.
std::set<std::string, std::less<>>
wordsIn(llvm::ArrayRef<PrecompiledFile> Files,
        const std::set<std::string, std::less<>> &Words) {
  std::set<std::string, std::less<>> Result;
  for (const PrecompiledFile &Each : Files) {
    auto Read = llvm::MemoryBuffer::getFile(Each.State.Path);
    if (!Read)
      return Words;
    StringRef Text = (*Read)->getBuffer();
    while (!Text.empty()) {
      Text = Text.drop_until([](char C) { return isAsciiIdentifierStart(C); });
      StringRef Word =
          Text.take_while([](char C) { return isAsciiIdentifierContinue(C); });
      if (Words.find(std::string_view(Word)) != Words.end())
        Result.insert(Word.str());
      Text = Text.drop_front(Word.size());
    }
  }
  return Result;
}

/// Sorts out the macros of the list and of the command. One that no header
/// mentions is in clang's table of identifiers only because it is in there.
void describeMacros(Precompiled &Into, Attempt &Of) {
  std::set<std::string, std::less<>> Names;
  for (const ListEntry &Each : Into.List)
    if (Each.Define)
      Names.insert(Each.Text.substr(0, Each.Text.find(' ')));
  for (const std::string &Each : Into.Given)
    Names.insert(macroName(Each));
  if (Names.empty())
    return;
  std::set<std::string, std::less<>> Met =
      wordsIn(llvm::ArrayRef(Into.Files).drop_front(Into.firstFile()), Names);
  for (const ListEntry &Each : Into.List)
    if (Each.Define && Met.count(Each.Text.substr(0, Each.Text.find(' '))))
      Into.Defines.push_back(Each.Text);
  for (const std::string &Each : Names)
    // A name may be put together, and stand nowhere.
    if (!Met.count(Each) && !Of.Used.count(Each))
      Of.Mentioned.erase(Precompiled::hashOf(Each));
}

/// Positions in Precompiled::Files.
class Positions {
  const Precompiled &Of;
  std::map<llvm::sys::fs::UniqueID, unsigned> Added;

public:
  explicit Positions(const Precompiled &Of) : Of(Of) {}
  void add(const llvm::sys::fs::UniqueID &Id, unsigned Position) {
    Added.emplace(Id, Position);
  }
  std::optional<unsigned> find(const llvm::sys::fs::UniqueID &Id) const {
    if (auto Place = Added.find(Id); Place != Added.end())
      return Place->second;
    return Of.find(Id.getDevice(), Id.getFile());
  }
};

void describeTexts(Precompiled &Into, const Positions &Places,
                   const Attempt &Of) {
  unsigned First = unsigned(Into.Texts.size());
  for (const OwnText &Each : Of.Texts) {
    std::optional<unsigned> Itself = Places.find(Each.File);
    PrecompiledText Text{Itself ? *Itself : 0, Each.Start.getRawEncoding(), {}};
    for (const OwnText::Include &To : Each.Includes)
      if (std::optional<unsigned> Target = Places.find(To.File))
        Text.Includes.push_back(
            {To.Offset, *Target, To.Text ? First + To.Text : 0});
    Into.Texts.push_back(std::move(Text));
  }
}

/// Fills in what \p Recording and \p Of say.
void describe(Precompiled &Into, const RecordingFiles &Recording, Attempt &Of) {
  Positions Places(Into);
  for (const auto &[Name, Seen] : Recording.seen()) {
    if (Seen.Read && !Places.find(Seen.Id)) {
      Places.add(Seen.Id, unsigned(Into.Files.size()));
      Into.Files.push_back(
          {{Name, false, Seen.Content, Seen.Size, Seen.Modified}, {}});
    } else if (Seen.Absent) {
      Into.Absent.push_back(Name);
    }
  }
  for (const auto &[From, Targets] : Of.Includes) {
    std::optional<unsigned> Place = Places.find(From);
    // The list itself, or what says so already.
    if (!Place || *Place < Into.firstFile())
      continue;
    for (const llvm::sys::fs::UniqueID &To : Targets)
      if (std::optional<unsigned> Found = Places.find(To))
        Into.Files[*Place].Includes.push_back(*Found);
  }
  describeTexts(Into, Places, Of);
  for (auto &[From, What] : Of.Lookups) {
    if (std::optional<unsigned> Place = Places.find(From))
      What.From = *Place + 1;
    Into.Lookups.push_back(std::move(What));
  }
  describeMacros(Into, Of);
  for (uint64_t Each : Of.Mentioned) // ascending
    Into.Mentioned.Data.append(reinterpret_cast<const char *>(&Each),
                               sizeof Each);
}

std::string textOf(const std::vector<ListEntry> &List) {
  std::string Text;
  for (const ListEntry &Each : List)
    Text += Each.Define ? "#define " + Each.Text + '\n'
                        : "#include <" + Each.Text + ">\n";
  return Text;
}

/// As a whole or not at all, whoever else does the same.
void writeList(const std::string &File, const std::string &Text) {
  std::string Temporary = File + unfinishedSuffix();
  std::ofstream Out(Temporary);
  Out << Text;
  Out.close();
  std::error_code Error;
  if (Out)
    fs::rename(Temporary, File, Error);
  if (!Out || Error)
    throw Failure(File + ": cannot be written");
}

/// Removed unless it was renamed.
struct TemporaryFile {
  std::string Name;
  ~TemporaryFile() {
    std::error_code Error;
    fs::remove(Name, Error);
  }
};

} // namespace

/// \p Output, described; renamed to what says its content.
static std::string keep(Precompiled Made, const std::string &Base,
                        const std::string &Output,
                        const std::vector<const Source *> &Others,
                        const std::string &Folder) {
  addFolders(Made, Others, Folder);
  auto Read = llvm::MemoryBuffer::getFile(Output);
  if (!Read)
    throw Failure(Output + ": " + Read.getError().message());
  Made.Size = (*Read)->getBufferSize();
  Made.Content = digestOf({(*Read)->getBufferStart(), Made.Size});
  Made.File = Base + '-' + Made.Content.hex() + ".pch";
  std::error_code Error;
  fs::rename(Output, Made.File, Error);
  if (Error)
    throw Failure(Made.File + ": " + Error.message());
  Made.save();
  return Precompiled::beside(Made.File);
}

/// Makes one of those of \p Headers that can be in it.
static std::string make(const Source &First, std::vector<ListEntry> Headers,
                        const std::shared_ptr<const Precompiled> &Base,
                        const Digest &Key, const std::string &Folder,
                        const std::vector<const Source *> &Others) {
  static const Overlay AsOnDisk;
  SplitCommand Split =
      splitCommand(parsingCommand(First, resourceDirectory()), First);
  constexpr int Most = 8;
  for (int Tries = 0; Tries < Most && !Headers.empty(); ++Tries) {
    std::string Text = textOf(Headers);
    std::string Name =
        (fs::path(Folder) / (Key.hex() + '-' + digestOf(Text).hex())).string();
    writeList(Name + ".h", Text);
    TemporaryFile Output{Name + unfinishedSuffix()};
    auto Recording = llvm::makeIntrusiveRefCnt<RecordingFiles>(
        AsOnDisk, Folder, /*LeaveOutData=*/Base != nullptr);
    Attempt Tried =
        attempt(First, Base.get(), Name + ".h", Output.Name, *Recording);
    if (!Tried.Error.empty()) {
      if (Tried.ErrorLine == 0 || Tried.ErrorLine > Headers.size())
        throw Failure(Tried.Error);
      Headers.erase(Headers.begin() + (Tried.ErrorLine - 1));
      continue;
    }
    Precompiled Made(Base);
    Made.List = Headers;
    for (const auto &[Macro, Given] : Split.Macros)
      Made.Given.push_back(Given);
    Made.Folders.push_back({Split.Folders, {}});
    describe(Made, *Recording, Tried);
    return keep(std::move(Made), Name, Output.Name, Others, Folder);
  }
  throw Failure("the units share no header that can be precompiled");
}

std::string buildPrecompiled(const std::vector<const Source *> &Members,
                             const Digest &Key, const std::string &Folder,
                             const Precompiled *Existing,
                             const std::vector<const Source *> &Others) {
  const Source &First = *Members.front();
  enterDirectory(First);
  std::vector<ListEntry> Headers = sharedHeaders(Members);
  if (Existing) {
    std::set<ListEntry> Has(Existing->List.begin(), Existing->List.end());
    if (std::all_of(Headers.begin(), Headers.end(),
                    [&](const ListEntry &Each) { return Has.count(Each); })) {
      Precompiled Same = *Existing;
      if (addFolders(Same, Others, Folder))
        Same.save();
      return Precompiled::beside(Existing->File);
    }
  }
  return make(First, std::move(Headers), nullptr, Key, Folder, Others);
}

std::string buildOwn(const Source &First, const std::vector<std::string> &List,
                     const std::shared_ptr<const Precompiled> &Base,
                     const std::string &Folder,
                     const std::vector<const Source *> &Others) {
  enterDirectory(First);
  std::vector<ListEntry> Headers;
  for (const std::string &Each : List)
    Headers.push_back({false, Each});
  return make(First, std::move(Headers), Base, Base->next(), Folder, Others);
}

} // namespace perfidy
