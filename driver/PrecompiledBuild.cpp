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
#include "driver/HeaderLookup.h"
#include "driver/HeaderScan.h"
#include "driver/Precompiled.h"
#include "driver/RecordingFiles.h"
#include "driver/Unit.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/FrontendOptions.h"
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

/// Which file includes which, by inode.
using Edges =
    std::map<llvm::sys::fs::UniqueID, std::set<llvm::sys::fs::UniqueID>>;

/// What one attempt says.
struct Attempt {
  Edges Includes;
  std::vector<Lookup> Lookups; ///< each once, in order
  std::set<Lookup> Known;
  std::set<uint64_t> Mentioned;
  llvm::DenseSet<const IdentifierInfo *> Expanded; ///< while clang runs
  std::set<std::string> Used;                      ///< the names of those
  std::string Error;
  unsigned ErrorLine = 0; ///< of the list of headers, from 1; 0 for none

  void mention(const Token &Name) {
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
    if (From && File)
      Result.Includes[From->getUniqueID()].insert(File->getUniqueID());
    PrecompiledLookup What;
    What.Name = Name.str();
    What.Angled = Angled;
    What.Next =
        Which.getIdentifierInfo() &&
        Which.getIdentifierInfo()->getPPKeywordID() == tok::pp_include_next;
    note(From, std::move(What), File, Kind);
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

class Action : public GeneratePCHAction {
  Attempt &Result;

public:
  explicit Action(Attempt &Result) : Result(Result) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Instance,
                                                 StringRef File) override {
    Preprocessor &Tokens = Instance.getPreprocessor();
    Tokens.addPPCallbacks(
        std::make_unique<Recorder>(Instance.getSourceManager(), Result));
    Tokens.setTokenWatcher([this](const Token &Each) { Result.mention(Each); });
    // It consists of consumers that all skip bodies.
    return GeneratePCHAction::CreateASTConsumer(Instance, File);
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

Attempt attempt(const Source &Unit, const std::string &List,
                const std::string &Output, RecordingFiles &Recording) {
  Attempt Result;
  FirstError Errors;
  Errors.Also = [&](const Diagnostic &Info) {
    if (Info.hasSourceManager() && Info.getLocation().isValid())
      Result.ErrorLine =
          lineInList(Info.getSourceManager(), Info.getLocation());
  };
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
  };
  auto Files = filesOver(&Recording);
  runClang(parsingCommand(Unit, resourceDirectory()), *Files, Errors, Adjust,
           [&] { return std::make_unique<Action>(Result); });
  Result.Error = Errors.Text;
  if (Result.Error.empty() && !fs::exists(Output))
    Result.Error = "clang wrote no precompiled header";
  return Result;
}

/// Those of \p Words that stand somewhere in the text of a file.
std::set<std::string, std::less<>>
wordsIn(const std::vector<PrecompiledFile> &Files,
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
  std::set<std::string, std::less<>> Met = wordsIn(Into.Files, Names);
  for (const ListEntry &Each : Into.List)
    if (Each.Define && Met.count(Each.Text.substr(0, Each.Text.find(' '))))
      Into.Defines.push_back(Each.Text);
  for (const std::string &Each : Names)
    // A name may be put together, and stand nowhere.
    if (!Met.count(Each) && !Of.Used.count(Each))
      Of.Mentioned.erase(Precompiled::hashOf(Each));
}

/// Fills in what \p Recording and \p Of say.
void describe(Precompiled &Into, const RecordingFiles &Recording, Attempt &Of) {
  std::map<llvm::sys::fs::UniqueID, unsigned> Positions;
  for (const auto &[Name, Seen] : Recording.seen()) {
    if (Seen.Read) {
      Positions.emplace(Seen.Id, unsigned(Into.Files.size()));
      Into.Files.push_back(
          {{Name, false, Seen.Content, Seen.Size, Seen.Modified}, {}});
    } else if (Seen.Absent) {
      Into.Absent.push_back(Name);
    }
  }
  for (const auto &[From, Targets] : Of.Includes) {
    auto Place = Positions.find(From);
    if (Place == Positions.end())
      continue; // the list itself
    for (const llvm::sys::fs::UniqueID &To : Targets)
      if (auto Found = Positions.find(To); Found != Positions.end())
        Into.Files[Place->second].Includes.push_back(Found->second);
  }
  for (auto &[From, What] : Of.Lookups) {
    if (auto Place = Positions.find(From); Place != Positions.end())
      What.From = Place->second + 1;
    Into.Lookups.push_back(std::move(What));
  }
  describeMacros(Into, Of);
  for (uint64_t Each : Of.Mentioned) // ascending
    Into.Mentioned.Data.append(reinterpret_cast<const char *>(&Each),
                               sizeof Each);
}

/// Looks for each header of \p Made where the command at hand would find it.
/// One of the list that it does not find is not in its units either: what only
/// that one includes does not matter.
class LookupAction : public FrontendAction {
  const Precompiled &Made;
  std::optional<PrecompiledFolders> &Result;
  std::set<llvm::sys::fs::UniqueID> Reached;
  /// Where these files were found: #include_next goes on from there.
  std::map<llvm::sys::fs::UniqueID, ConstSearchDirIterator> Where;

public:
  LookupAction(const Precompiled &Made,
               std::optional<PrecompiledFolders> &Result)
      : Made(Made), Result(Result) {}

protected:
  bool usesPreprocessorOnly() const override { return true; }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return nullptr;
  }

  enum class Answer { Same, Another, Nothing };

  Answer look(const PrecompiledLookup &What, bool Next) {
    CompilerInstance &Instance = getCompilerInstance();
    HeaderSearch &Search = Instance.getPreprocessor().getHeaderSearchInfo();
    FileManager &Files = Instance.getFileManager();
    OptionalFileEntryRef Includer;
    ConstSearchDirIterator After = nullptr, At = nullptr;
    if (What.From != 0) {
      const std::string &Path = Made.Files[What.From - 1].State.Path;
      Includer = Files.getOptionalFileRef(Path);
      if (!Includer)
        return Answer::Another;
      if (Next) {
        auto Found = Where.find(Includer->getUniqueID());
        if (Found == Where.end())
          return Answer::Another;
        After = Found->second;
        ++After;
      }
    }
    OptionalFileEntryRef File =
        lookUp(Search, What.Name, What.Angled, Includer, After, At);
    if (!File)
      return What.Found.empty() ? Answer::Same : Answer::Nothing;
    OptionalFileEntryRef Wanted = Files.getOptionalFileRef(What.Found);
    if (!Wanted || Wanted->getUniqueID() != File->getUniqueID() ||
        SrcMgr::isSystem(Search.getFileDirFlavor(*File)) != What.System)
      return Answer::Another;
    if (!What.Asked) {
      Reached.insert(File->getUniqueID());
      if (At != nullptr)
        Where.try_emplace(File->getUniqueID(), At);
    }
    return Answer::Same;
  }

  bool isReached(unsigned File) {
    OptionalFileEntryRef There =
        getCompilerInstance().getFileManager().getOptionalFileRef(
            Made.Files[File].State.Path);
    return There && Reached.count(There->getUniqueID());
  }

  void ExecuteAction() override {
    // What is included in two places may be reached from the second only.
    for (size_t Before = 1; Before != Reached.size();) {
      Before = Reached.size();
      for (const PrecompiledLookup &Each : Made.Lookups) {
        if (Each.From != 0 && !isReached(Each.From - 1))
          continue;
        Answer Found = look(Each, Each.Next);
        // Clang does not tell __has_include_next from __has_include.
        if (Found != Answer::Same && Each.Asked)
          Found = look(Each, /*Next=*/true);
        if (Found == Answer::Another ||
            (Found == Answer::Nothing && Each.From != 0))
          return;
      }
    }
    Result.emplace();
    for (unsigned I = 0; I < Made.Files.size(); ++I)
      if (!isReached(I))
        Result->Unreached.push_back(I);
  }
};

/// Adds to \p Made the folders of those \p Others with which it would be the
/// same. True if there are any that it did not know.
bool addFolders(Precompiled &Made, const std::vector<const Source *> &Others,
                const std::string &Folder) {
  bool Any = false;
  static const Overlay AsOnDisk;
  for (const Source *Each : Others) {
    std::vector<std::string> Command =
        parsingCommand(*Each, resourceDirectory());
    std::vector<std::string> Theirs = splitCommand(Command, *Each).Folders;
    if (Made.with(Theirs))
      continue;
    std::optional<PrecompiledFolders> Same;
    FirstError Errors;
    auto Recording =
        llvm::makeIntrusiveRefCnt<RecordingFiles>(AsOnDisk, Folder);
    auto Files = filesOver(Recording);
    runClang(
        Command, *Files, Errors, [](CompilerInvocation &) {},
        [&] { return std::make_unique<LookupAction>(Made, Same); });
    if (!Same)
      continue;
    Any = true;
    Same->Given = std::move(Theirs);
    Made.Folders.push_back(std::move(*Same));
    std::set<std::string> Absent(Made.Absent.begin(), Made.Absent.end());
    for (const auto &[Name, Seen] : Recording->seen())
      if (Seen.Absent)
        Absent.insert(Name);
    Made.Absent.assign(Absent.begin(), Absent.end());
  }
  return Any;
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

std::string buildPrecompiled(const std::vector<const Source *> &Members,
                             const Digest &Key, const std::string &Folder,
                             const Precompiled *Existing,
                             const std::vector<const Source *> &Others) {
  std::vector<const Source *> There = thoseOnDisk(Members);
  const Source &First = *There.front();
  enterDirectory(First);
  std::vector<std::string> Command = parsingCommand(First, resourceDirectory());
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
  static const Overlay AsOnDisk;
  constexpr int Most = 8;
  for (int Tries = 0; Tries < Most && !Headers.empty(); ++Tries) {
    std::string Text = textOf(Headers);
    std::string Base =
        (fs::path(Folder) / (Key.hex() + '-' + digestOf(Text).hex())).string();
    writeList(Base + ".h", Text);
    TemporaryFile Output{Base + unfinishedSuffix()};
    auto Recording =
        llvm::makeIntrusiveRefCnt<RecordingFiles>(AsOnDisk, Folder);
    Attempt Tried = attempt(First, Base + ".h", Output.Name, *Recording);
    if (!Tried.Error.empty()) {
      if (Tried.ErrorLine == 0 || Tried.ErrorLine > Headers.size())
        throw Failure(Tried.Error);
      Headers.erase(Headers.begin() + (Tried.ErrorLine - 1));
      continue;
    }
    Precompiled Made;
    Made.List = Headers;
    SplitCommand Split = splitCommand(Command, First);
    for (const auto &[Name, Given] : Split.Macros)
      Made.Given.push_back(Given);
    Made.Folders.push_back({Split.Folders, {}});
    describe(Made, *Recording, Tried);
    addFolders(Made, Others, Folder);
    auto Read = llvm::MemoryBuffer::getFile(Output.Name);
    if (!Read)
      throw Failure(Output.Name + ": " + Read.getError().message());
    Made.Size = (*Read)->getBufferSize();
    Made.Content = digestOf({(*Read)->getBufferStart(), Made.Size});
    Made.File = Base + '-' + Made.Content.hex() + ".pch";
    std::error_code Error;
    fs::rename(Output.Name, Made.File, Error);
    if (Error)
      throw Failure(Made.File + ": " + Error.message());
    Made.save();
    return Precompiled::beside(Made.File);
  }
  throw Failure("the units share no system header that can be precompiled");
}

} // namespace perfidy
