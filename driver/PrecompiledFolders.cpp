//===- PrecompiledFolders.cpp - would other folders make a difference? ----===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/ClangRun.h"
#include "driver/Flags.h"
#include "driver/HeaderLookup.h"
#include "driver/Precompiled.h"
#include "driver/RecordingFiles.h"
#include "driver/Unit.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/Preprocessor.h"
#include <set>

namespace perfidy {

namespace {

using namespace clang;

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
    for (unsigned I = unsigned(Made.firstFile()); I < Made.Files.size(); ++I)
      if (!isReached(I))
        Result->Unreached.push_back(I);
  }
};

} // namespace

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

} // namespace perfidy
