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
#include "driver/PrecompiledUse.h"
#include "driver/RecordingFiles.h"
#include "driver/Unit.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace fs = std::filesystem;

namespace perfidy {

namespace {

using namespace clang;

/// By which inode something was looked for.
using Lookup = std::pair<llvm::sys::fs::UniqueID, PrecompiledLookup>;

/// Which file includes which, by inode, in order.
using Edges =
    std::map<llvm::sys::fs::UniqueID, std::vector<llvm::sys::fs::UniqueID>>;

/// A file of the project's as it is read, once.
struct OwnText {
  llvm::sys::fs::UniqueID File;
  SourceLocation Start;
  struct Include {
    unsigned Offset = 0;
    llvm::sys::fs::UniqueID File;
    unsigned Text = 0; ///< PrecompiledInclude::Text
  };
  std::vector<Include> Includes;
};

/// An include that led to a file that had been read before.
struct Skipped {
  SourceLocation Where;
  llvm::sys::fs::UniqueID File;
};

/// What one attempt says.
struct Attempt {
  Edges Includes;
  std::vector<Skipped> Skips;
  std::vector<OwnText> Texts;
  std::vector<Lookup> Lookups; ///< each once, in order
  std::set<Lookup> Known;
  std::set<uint64_t> Mentioned;
  llvm::DenseSet<const IdentifierInfo *> Expanded; ///< while clang runs
  std::set<std::string> Used;                      ///< the names of those
  std::string Error;
  unsigned ErrorLine = 0; ///< of the list of headers, from 1; 0 for none

  void mention(const Token &Name) {
    if (Name.isAnnotation()) // of a pragma: it stands for no text
      return;
    if (const IdentifierInfo *Identifier = Name.getIdentifierInfo();
        Identifier && Name.isNot(tok::identifier))
      Mentioned.insert(Precompiled::hashOf(Identifier->getName()));
  }
};

class Recorder : public PPCallbacks {
  const SourceManager &Sources;
  Attempt &Result;

  void note(OptionalFileEntryRef From, PrecompiledLookup What,
            OptionalFileEntryRef Found, SrcMgr::CharacteristicKind Kind) {
    What.System = SrcMgr::isSystem(Kind);
    if (Found)
      What.Found = Found->getName().str();
    Lookup All(From ? From->getUniqueID() : llvm::sys::fs::UniqueID(),
               std::move(What));
    if (Result.Known.insert(All).second)
      Result.Lookups.push_back(std::move(All));
  }

public:
  Recorder(const SourceManager &Sources, Attempt &Result)
      : Sources(Sources), Result(Result) {}

  void InclusionDirective(SourceLocation HashLoc, const Token &Which,
                          StringRef Name, bool Angled, CharSourceRange,
                          OptionalFileEntryRef File, StringRef, StringRef,
                          const Module *, bool,
                          SrcMgr::CharacteristicKind Kind) override {
    OptionalFileEntryRef From =
        Sources.getFileEntryRefForID(Sources.getFileID(HashLoc));
    if (From && File) {
      std::vector<llvm::sys::fs::UniqueID> &All =
          Result.Includes[From->getUniqueID()];
      if (!llvm::is_contained(All, File->getUniqueID()))
        All.push_back(File->getUniqueID());
    }
    PrecompiledLookup What;
    What.Name = Name.str();
    What.Angled = Angled;
    What.Next =
        Which.getIdentifierInfo() &&
        Which.getIdentifierInfo()->getPPKeywordID() == tok::pp_include_next;
    note(From, std::move(What), File, Kind);
  }

  void FileSkipped(const FileEntryRef &File, const Token &Name,
                   SrcMgr::CharacteristicKind Kind) override {
    if (!SrcMgr::isSystem(Kind))
      Result.Skips.push_back({Name.getLocation(), File.getUniqueID()});
  }

  void HasInclude(SourceLocation Where, StringRef Name, bool Angled,
                  OptionalFileEntryRef File,
                  SrcMgr::CharacteristicKind Kind) override {
    PrecompiledLookup What;
    What.Name = Name.str();
    What.Angled = Angled;
    What.Asked = true;
    note(Sources.getFileEntryRefForID(
             Sources.getFileID(Sources.getExpansionLoc(Where))),
         std::move(What), File, Kind);
  }

  void MacroExpands(const Token &Name, const MacroDefinition &, SourceRange,
                    const MacroArgs *) override {
    Result.Expanded.insert(Name.getIdentifierInfo());
  }

  // Keywords in directives; the parser never sees those.
  void MacroDefined(const Token &, const MacroDirective *How) override {
    for (const Token &Each : How->getMacroInfo()->tokens())
      Result.mention(Each);
  }
  void Defined(const Token &Name, const MacroDefinition &,
               SourceRange) override {
    Result.mention(Name);
  }
  void Ifdef(SourceLocation, const Token &Name,
             const MacroDefinition &) override {
    Result.mention(Name);
  }
  void Ifndef(SourceLocation, const Token &Name,
              const MacroDefinition &) override {
    Result.mention(Name);
  }
};

/// Lists in \p Result the files of the project's that were read.
void noteTexts(const SourceManager &Sources, Attempt &Result) {
  std::map<FileID, unsigned> Places;
  std::vector<FileID> Ids;
  for (unsigned I = 1; I < Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() || !Entry.getFile().getContentCache().OrigEntry)
      continue;
    SourceLocation Start =
        SourceLocation::getFromRawEncoding(Entry.getOffset());
    FileID Id = Sources.getFileID(Start);
    if (Id == Sources.getMainFileID() ||
        SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    Places.emplace(Id, unsigned(Result.Texts.size()));
    Ids.push_back(Id);
    Result.Texts.push_back(
        {Entry.getFile().getContentCache().OrigEntry->getUniqueID(),
         Start,
         {}});
  }
  auto Add = [&](SourceLocation Where, OwnText::Include What) {
    auto [From, Offset] = Sources.getDecomposedLoc(Where);
    What.Offset = Offset;
    if (auto Place = Places.find(From); Place != Places.end())
      Result.Texts[Place->second].Includes.push_back(std::move(What));
    else if (From != Sources.getMainFileID() && Result.Error.empty())
      Result.Error = "a system header includes one of the project's";
  };
  for (unsigned I = 0; I < Ids.size(); ++I)
    Add(Sources.getIncludeLoc(Ids[I]), {0, Result.Texts[I].File, I + 1});
  for (const Skipped &Each : Result.Skips)
    Add(Each.Where, {0, Each.File, 0});
  for (OwnText &Each : Result.Texts)
    llvm::sort(Each.Includes, [](const auto &A, const auto &B) {
      return A.Offset < B.Offset;
    });
}

/// No fact is taken from bodies in system headers. Beside clang's own consumers,
/// which all skip bodies.
class OwnBodies : public ASTConsumer {
  const SourceManager &Sources;

public:
  explicit OwnBodies(const SourceManager &Sources) : Sources(Sources) {}
  bool shouldSkipFunctionBody(Decl *Of) override {
    return Sources.isInSystemHeader(Of->getLocation());
  }
};

class Action : public GeneratePCHAction {
  const bool Continues;
  const std::string &First;
  Attempt &Result;

public:
  /// \p Continues another; \p First: directives that come before all others.
  Action(bool Continues, const std::string &First, Attempt &Result)
      : Continues(Continues), First(First), Result(Result) {}

protected:
  void ExecuteAction() override {
    Preprocessor &Tokens = getCompilerInstance().getPreprocessor();
    Tokens.setPredefines(First + Tokens.getPredefines());
    GeneratePCHAction::ExecuteAction();
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Instance,
                                                 StringRef File) override {
    Preprocessor &Tokens = Instance.getPreprocessor();
    Tokens.addPPCallbacks(
        std::make_unique<Recorder>(Instance.getSourceManager(), Result));
    Tokens.setTokenWatcher([this](const Token &Each) { Result.mention(Each); });
    std::unique_ptr<ASTConsumer> Writer =
        GeneratePCHAction::CreateASTConsumer(Instance, File);
    if (!Writer)
      return nullptr;
    std::vector<std::unique_ptr<ASTConsumer>> Both;
    Both.push_back(std::move(Writer));
    Both.push_back(std::make_unique<OwnBodies>(Instance.getSourceManager()));
    return std::make_unique<MultiplexConsumer>(std::move(Both));
  }

  void EndSourceFileAction() override {
    CompilerInstance &Instance = getCompilerInstance();
    // Keywords are in the table whether they were met or not.
    for (const auto &Each : Instance.getPreprocessor().getIdentifierTable())
      if (!Each.getValue()->isKeyword(Instance.getLangOpts()))
        Result.Mentioned.insert(Precompiled::hashOf(Each.getKey()));
    for (const IdentifierInfo *Each : Result.Expanded)
      Result.Used.insert(Each->getName().str());
    Result.Expanded.clear();
    if (Continues)
      noteTexts(Instance.getSourceManager(), Result);
    GeneratePCHAction::EndSourceFileAction();
  }
};

/// The line of the list that led to \p Where.
unsigned lineInList(const SourceManager &Sources, SourceLocation Where) {
  Where = Sources.getExpansionLoc(Where);
  while (Where.isValid() && !Sources.isInMainFile(Where))
    Where = Sources.getIncludeLoc(Sources.getFileID(Where));
  return Where.isValid() ? Sources.getSpellingLineNumber(Where) : 0;
}

/// \p Base: what is continued; or null.
Attempt attempt(const Source &Unit, const Precompiled *Base,
                const std::string &List, const std::string &Output,
                RecordingFiles &Recording) {
  Attempt Result;
  FirstError Errors;
  Errors.Also = [&](const Diagnostic &Info) {
    if (Info.hasSourceManager() && Info.getLocation().isValid())
      Result.ErrorLine =
          lineInList(Info.getSourceManager(), Info.getLocation());
  };
  std::vector<std::string> Command = parsingCommand(Unit, resourceDirectory());
  CommandMacros Own = splitCommand(Command, {}).Macros;
  auto Adjust = [&](CompilerInvocation &Flags) {
    FrontendOptions &Front = Flags.getFrontendOpts();
    InputKind Kind(Front.DashX.getLanguage());
    Front.Inputs = {FrontendInputFile(List, Kind)};
    Front.OutputFile = Output;
    Front.ProgramAction = frontend::GeneratePCH;
    Front.SkipFunctionBodies = true;
    // Whether it is still true we find out ourselves, once a run.
    Front.IncludeTimestamps = false;
    // They come after it in every unit.
    Flags.getPreprocessorOpts().Includes.clear();
    Flags.getPreprocessorOpts().MacroIncludes.clear();
    Flags.getDiagnosticOpts().Warnings.push_back("fatal-errors");
    if (Base) {
      useIn(Flags, *Base, Own);
      // What these headers need is made here, and not in each unit.
      Flags.getLangOpts().PCHInstantiateTemplates = true;
    }
  };
  std::string First = Base ? directives(Base->given(), Own) : "";
  auto Files = filesOver(&Recording);
  runClang(Command, *Files, Errors, Adjust, [&] {
    return std::make_unique<Action>(Base != nullptr, First, Result);
  });
  if (!Errors.Text.empty())
    Result.Error = Errors.Text;
  if (Result.Error.empty() && !fs::exists(Output))
    Result.Error = "clang wrote no precompiled header";
  return Result;
}

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

/// Some the build may not have generated yet. Throws Failure if none is there.
static std::vector<const Source *>
thoseOnDisk(const std::vector<const Source *> &Members) {
  std::vector<const Source *> Result;
  for (const Source *Each : Members)
    if (fs::is_regular_file(Each->File))
      Result.push_back(Each);
  if (Result.empty())
    throw Failure("none of the units is there");
  return Result;
}

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
  std::vector<const Source *> There = thoseOnDisk(Members);
  const Source &First = *There.front();
  enterDirectory(First);
  std::vector<ListEntry> Headers = sharedHeaders(There);
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
