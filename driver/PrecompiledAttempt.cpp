//===- PrecompiledAttempt.cpp - clang precompiles a list of headers -------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/PrecompiledAttempt.h"
#include "driver/ClangRun.h"
#include "driver/Flags.h"
#include "driver/PrecompiledUse.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

using namespace clang;

void Attempt::mention(const Token &Name) {
  if (Name.isAnnotation()) // of a pragma: it stands for no text
    return;
  if (const IdentifierInfo *Identifier = Name.getIdentifierInfo();
      Identifier && Name.isNot(tok::identifier))
    Mentioned.insert(Precompiled::hashOf(Identifier->getName()));
}

namespace {

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

} // namespace

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

} // namespace perfidy
