//===- HeaderFacts.cpp - the facts of included headers --------------------===//
//
// Part of Perfidy.
//
// Cost: the bodies of the project's headers are parsed, and their facts taken,
// once for each preamble, with what they make of templates; an edit below the
// includes pays nothing.
//
//===----------------------------------------------------------------------===//
#include "clangd/HeaderFacts.h"
#include "analysis/extract/Extract.h"
#include "checks/TidyAnalysis.h"
#include "clang-tidy/GlobList.h"
#include "clangd/Clangd.h"
#include "clangd/DefaultChecks.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <mutex>

using namespace clang;

namespace perfidy {

namespace {

/// What is known of the preambles that live.
class Preambles {
  struct Known {
    std::weak_ptr<const void> Owner; ///< clangd's PreambleData
    std::shared_ptr<HeaderFacts> Facts;
  };
  struct Made {
    std::weak_ptr<const void> Owner;
    std::shared_ptr<const Models> With; ///< null: without facts
  };

  std::mutex Guard;
  std::map<std::string, Known> ByKey;
  std::map<const void *, Made> ByOwner;

public:
  static Preambles &all() {
    static Preambles All;
    return All;
  }

  void add(std::string Key, std::weak_ptr<const void> Owner,
           std::shared_ptr<HeaderFacts> Facts) {
    std::lock_guard Lock(Guard);
    std::erase_if(ByKey,
                  [](const auto &Each) { return Each.second.Owner.expired(); });
    ByKey[std::move(Key)] = {std::move(Owner), std::move(Facts)};
  }

  void made(const std::shared_ptr<const void> &Owner,
            std::shared_ptr<const Models> With) {
    std::lock_guard Lock(Guard);
    std::erase_if(ByOwner,
                  [](const auto &Each) { return Each.second.Owner.expired(); });
    ByOwner[Owner.get()] = {Owner, std::move(With)};
  }

  /// Its facts are those that \p With gives.
  bool fits(const void *Owner, const Models *With) {
    std::lock_guard Lock(Guard);
    auto Found = ByOwner.find(Owner);
    return Found == ByOwner.end() || Found->second.With.get() == With;
  }

  std::shared_ptr<HeaderFacts> find(const std::string &Key) {
    std::lock_guard Lock(Guard);
    auto Found = ByKey.find(Key);
    return Found == ByKey.end() ? nullptr : Found->second.Facts;
  }
};

/// The preamble that this thread builds, between clangd's function and the
/// compiler's that it calls.
struct Building {
  std::shared_ptr<const Models> Known; ///< null: nobody wants facts
  std::string Key;
  std::shared_ptr<HeaderFacts> Facts;
};
thread_local Building Now;

/// Does what clangd asks for, and reads what we need on the way.
class Reading : public PreambleCallbacks {
  PreambleCallbacks &Clangds;
  const Models &Known;
  const SourceManager *Sources = nullptr;

public:
  std::shared_ptr<HeaderFacts> Facts;

  Reading(PreambleCallbacks &Clangds, const Models &Known)
      : Clangds(Clangds), Known(Known) {}

  void BeforeExecute(CompilerInstance &CI) override {
    Sources = &CI.getSourceManager();
    Clangds.BeforeExecute(CI);
  }
  void AfterExecute(CompilerInstance &CI) override {
    Facts = std::make_shared<HeaderFacts>();
    Facts->Summary = extract(CI.getASTContext(), Known);
    Clangds.AfterExecute(CI);
  }
  void AfterPCHEmitted(ASTWriter &Writer) override {
    Clangds.AfterPCHEmitted(Writer);
  }
  void HandleTopLevelDecl(DeclGroupRef Decls) override {
    Clangds.HandleTopLevelDecl(Decls);
  }
  std::unique_ptr<PPCallbacks> createPPCallbacks() override {
    return Clangds.createPPCallbacks();
  }
  CommentHandler *getCommentHandler() override {
    return Clangds.getCommentHandler();
  }
  bool shouldSkipFunctionBody(Decl *Of) override {
    return Clangds.shouldSkipFunctionBody(Of) &&
           (!Sources || Sources->isInSystemHeader(Of->getLocation()));
  }
};

} // namespace

/// Null if no check of ours runs on \p File, or its models cannot be read.
static std::shared_ptr<const Models> modelsFor(llvm::StringRef File) {
  std::optional<tidy::ClangTidyOptions> Options = tidyOptions(File);
  if (!Options)
    return nullptr;
  tidy::GlobList Checks(*Options->Checks);
  if (llvm::none_of(allChecks(), [&](const CheckInfo &Each) {
        return Checks.contains(std::string("perfidy-") + Each.Name);
      }))
    return nullptr;
  static TidySharing Sharing(std::make_shared<TidyHost>());
  auto Files = Options->CheckOptions.find("perfidy.Models");
  std::string Ignored; // the checks say it
  return Sharing.models(
      Files == Options->CheckOptions.end() ? "" : Files->second.Value, Ignored);
}

/// Names a preamble as long as it lives: by its temporary file or, since those
/// in memory are all called the same, by where in memory it is.
static std::string key(llvm::StringRef Path, llvm::vfs::FileSystem &Files) {
  if (!Path.contains("inmemory"))
    return Path.str();
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  return Buffer ? std::to_string(uintptr_t((*Buffer)->getBufferStart())) : "";
}

static std::string key(const PrecompiledPreamble &Of,
                       IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                       const CompilerInvocation &Invocation) {
  auto Empty = llvm::MemoryBuffer::getMemBuffer("");
  CompilerInvocation Probe(Invocation);
  Of.OverridePreamble(Probe, Files, Empty.get());
  return key(Probe.getPreprocessorOpts().ImplicitPCHInclude, *Files);
}

std::shared_ptr<HeaderFacts> headerFacts(const Preprocessor &Reader) {
  llvm::StringRef Path = Reader.getPreprocessorOpts().ImplicitPCHInclude;
  if (Path.empty())
    return nullptr;
  return Preambles::all().find(
      key(Path, Reader.getFileManager().getVirtualFileSystem()));
}

} // namespace perfidy

namespace clang::clangd {

std::shared_ptr<const PreambleData>
wrappedBuildPreamble(llvm::StringRef FileName, CompilerInvocation CI,
                     const ParseInputs &Inputs, bool StoreInMemory,
                     PreambleParsedCallback PreambleCallback,
                     PreambleBuildStats *Stats) {
  perfidy::Now = {perfidy::modelsFor(FileName), "", nullptr};
  std::shared_ptr<const PreambleData> Result =
      realBuildPreamble(FileName, std::move(CI), Inputs, StoreInMemory,
                        std::move(PreambleCallback), Stats);
  perfidy::Building Built = std::exchange(perfidy::Now, {});
  if (Result)
    perfidy::Preambles::all().made(Result, Built.Known);
  if (Result && Built.Facts)
    perfidy::Preambles::all().add(std::move(Built.Key), Result,
                                  std::move(Built.Facts));
  return Result;
}

/// Nor if our checks, or their models, are no longer those that it was made for.
bool wrappedIsPreambleCompatible(const PreambleData &Preamble,
                                 const ParseInputs &Inputs,
                                 llvm::StringRef FileName,
                                 const CompilerInvocation &CI) {
  return realIsPreambleCompatible(Preamble, Inputs, FileName, CI) &&
         perfidy::Preambles::all().fits(&Preamble,
                                        perfidy::modelsFor(FileName).get());
}

} // namespace clang::clangd

namespace clang {

#define PERFIDY_BUILD                                                          \
  "_ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llvm12M" \
  "emoryBufferENS_14PreambleBoundsENS4_18IntrusiveRefCntPtrINS_17Diagnostics"  \
  "EngineEEENS9_INS4_3vfs10FileSystemEEESt10shared_ptrINS_22PCHContainerOper"  \
  "ationsEEbNS4_9StringRefERNS_17PreambleCallbacksE"

llvm::ErrorOr<PrecompiledPreamble>
realBuild(const CompilerInvocation &Invocation,
          const llvm::MemoryBuffer *MainFile, PreambleBounds Bounds,
          IntrusiveRefCntPtr<DiagnosticsEngine> Diagnostics,
          IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
          std::shared_ptr<PCHContainerOperations> Containers,
          bool StoreInMemory, StringRef StoragePath,
          PreambleCallbacks &Callbacks) PERFIDY_REAL(PERFIDY_BUILD);
llvm::ErrorOr<PrecompiledPreamble>
wrappedBuild(const CompilerInvocation &Invocation,
             const llvm::MemoryBuffer *MainFile, PreambleBounds Bounds,
             IntrusiveRefCntPtr<DiagnosticsEngine> Diagnostics,
             IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
             std::shared_ptr<PCHContainerOperations> Containers,
             bool StoreInMemory, StringRef StoragePath,
             PreambleCallbacks &Callbacks) PERFIDY_WRAPPED(PERFIDY_BUILD);

llvm::ErrorOr<PrecompiledPreamble> wrappedBuild(
    const CompilerInvocation &Invocation, const llvm::MemoryBuffer *MainFile,
    PreambleBounds Bounds, IntrusiveRefCntPtr<DiagnosticsEngine> Diagnostics,
    IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
    std::shared_ptr<PCHContainerOperations> Containers, bool StoreInMemory,
    StringRef StoragePath, PreambleCallbacks &Callbacks) {
  if (!perfidy::Now.Known)
    return realBuild(Invocation, MainFile, Bounds, std::move(Diagnostics),
                     std::move(Files), std::move(Containers), StoreInMemory,
                     StoragePath, Callbacks);
  perfidy::Reading Ours(Callbacks, *perfidy::Now.Known);
  // What the bodies need of templates would else be made at every edit.
  CompilerInvocation Whole(Invocation);
  Whole.getLangOpts().PCHInstantiateTemplates = true;
  auto Result =
      realBuild(Whole, MainFile, Bounds, std::move(Diagnostics), Files,
                std::move(Containers), StoreInMemory, StoragePath, Ours);
  if (Result && Ours.Facts) {
    perfidy::Now.Key = perfidy::key(*Result, Files, Whole);
    perfidy::Now.Facts = std::move(Ours.Facts);
  }
  return Result;
}

} // namespace clang
