//===- TidyRun.cpp - clang-tidy's own checks in our parse -----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/TidyRun.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "driver/Failure.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Config/llvm-config.h"
#include <algorithm>
#include <filesystem>

namespace fs = std::filesystem;
using namespace clang::tidy;

// A module registers its checks if the linker takes it in, and it does so for
// these; clang-tidy's own list of them needs a header that is not installed.
// clang-format off
#define PERFIDY_TIDY_MODULES(MODULE)                                           \
  MODULE(Abseil) MODULE(Altera) MODULE(Android) MODULE(Boost)                  \
  MODULE(Bugprone) MODULE(CERT) MODULE(Concurrency) MODULE(CppCoreGuidelines)  \
  MODULE(Darwin) MODULE(Fuchsia) MODULE(Google) MODULE(HICPP)                  \
  MODULE(LinuxKernel) MODULE(LLVM) MODULE(LLVMLibc) MODULE(Misc)               \
  MODULE(Modernize) MODULE(ObjC) MODULE(OpenMP) MODULE(Performance)            \
  MODULE(Portability) MODULE(Readability) MODULE(Zircon)
// clang-format on

namespace clang::tidy {
#define PERFIDY_DECLARE(NAME) extern volatile int NAME##ModuleAnchorSource;
PERFIDY_TIDY_MODULES(PERFIDY_DECLARE)
#undef PERFIDY_DECLARE
} // namespace clang::tidy

namespace perfidy {

static void linkModules() {
#define PERFIDY_TOUCH(NAME) static_cast<void>(NAME##ModuleAnchorSource);
  PERFIDY_TIDY_MODULES(PERFIDY_TOUCH)
#undef PERFIDY_TOUCH
}

static ClangTidyOptions parse(const std::string &Configuration) {
  // It was written by clang-tidy's own code.
  llvm::ErrorOr<ClangTidyOptions> Result = parseConfiguration(
      llvm::MemoryBufferRef(Configuration, "--with-clang-tidy"));
  return Result ? *Result : ClangTidyOptions();
}

void demandTidyChecks(const std::string &Configuration,
                      const std::string &Globs) {
  linkModules();
  if (getCheckNames(parse(Configuration),
                    /*AllowEnablingAnalyzerAlphaCheckers=*/false,
                    /*ExperimentalCustomChecks=*/false)
          .empty())
    throw Failure("--with-clang-tidy: '" + Globs +
                  "' fits no check; `clang-tidy-" +
                  std::to_string(LLVM_VERSION_MAJOR) +
                  " --list-checks -checks='*'` lists them");
}

namespace {

/// Finds the files and lines of what is said by name and offset.
class Places {
  TUSummary &Known;
  const clang::SourceManager &Sources;
  std::string Folder;

  Index file(const std::string &Path) {
    auto Found = std::find_if(Known.Files.begin(), Known.Files.end(),
                              [&](const File &F) { return F.Path == Path; });
    if (Found == Known.Files.end())
      Found = Known.Files.insert(Found, File{Path});
    return static_cast<Index>(Found - Known.Files.begin());
  }

public:
  Places(TUSummary &Known, const clang::SourceManager &Sources,
         std::string Folder)
      : Known(Known), Sources(Sources), Folder(std::move(Folder)) {}

  Location find(llvm::StringRef Name, unsigned Offset) {
    fs::path Path = (fs::path(Folder) / Name.str()).lexically_normal();
    auto Entry = Sources.getFileManager().getOptionalFileRef(Path.string());
    clang::FileID Id = Entry ? Sources.translateFile(*Entry) : clang::FileID();
    if (Id.isInvalid())
      return {};
    return {file(Path.string()), Sources.getLineNumber(Id, Offset),
            Sources.getColumnNumber(Id, Offset), Offset};
  }

  Location find(const clang::tooling::DiagnosticMessage &Of) {
    return find(Of.FilePath, Of.FileOffset);
  }
};

} // namespace

/// The innermost function that is no lambda around \p Where.
static std::string functionAround(const Location &Where, const TUSummary &In) {
  const Function *Best = nullptr;
  for (const Function &Each : In.Functions)
    if (Each.Kind != EntityKind::Lambda && Each.Where.File == Where.File &&
        Each.Where.Offset <= Where.Offset && Where.Offset <= Each.End.Offset &&
        (!Best || Best->Where.Offset < Each.Where.Offset))
      Best = &Each;
  return Best ? std::string(Best->Usr) : "";
}

class TidyRun::State {
public:
  ClangTidyContext Context;
  ClangTidyDiagnosticConsumer Said;
  std::unique_ptr<clang::DiagnosticsEngine> Engine;
  std::optional<ClangTidyASTConsumerFactory> Checks;

  explicit State(const std::string &Configuration)
      : Context(std::make_unique<DefaultOptionsProvider>(
            ClangTidyGlobalOptions(), parse(Configuration))),
        Said(Context, /*ExternalDiagEngine=*/nullptr,
             /*RemoveIncompatibleErrors=*/false) {
    linkModules();
    auto Options = std::make_unique<clang::DiagnosticOptions>();
    Engine = std::make_unique<clang::DiagnosticsEngine>(
        clang::DiagnosticIDs::create(), *Options, &Said,
        /*ShouldOwnClient=*/false);
    Context.setDiagnosticsEngine(std::move(Options), Engine.get());
    Checks.emplace(Context);
  }

  static Remark remark(const ClangTidyError &From, Places &At) {
    Remark Result;
    Result.Check = From.DiagnosticName;
    Result.Where = At.find(From.Message);
    Result.Message = From.Message.Message;
    for (const clang::tooling::DiagnosticMessage &Each : From.Notes)
      if (Location Where = At.find(Each); Where.valid())
        Result.Notes.push_back({Where, Each.Message});
    for (const auto &[Name, Edits] : From.Message.Fix)
      for (const clang::tooling::Replacement &Each : Edits)
        Result.Fixes.push_back({At.find(Each.getFilePath(), Each.getOffset()),
                                Each.getLength(),
                                Each.getReplacementText().str()});
    // All of a fix or none of it.
    if (std::any_of(Result.Fixes.begin(), Result.Fixes.end(),
                    [](const RemarkEdit &E) { return !E.Where.valid(); }))
      Result.Fixes.clear();
    return Result;
  }
};

TidyRun::TidyRun(const std::string &Configuration)
    : Self(std::make_unique<State>(Configuration)) {}
TidyRun::~TidyRun() = default;

std::unique_ptr<clang::ASTConsumer>
TidyRun::consumer(clang::CompilerInstance &Of, const std::string &File) {
  Self->Said.BeginSourceFile(Of.getLangOpts(), &Of.getPreprocessor());
  return Self->Checks->createASTConsumer(Of, File);
}

void TidyRun::addRemarks(TUSummary &To, const clang::SourceManager &Sources) {
  Self->Said.EndSourceFile();
  Places At(To, Sources, Self->Context.getCurrentBuildDirectory());
  for (const ClangTidyError &Each : Self->Said.take()) {
    Remark Next = State::remark(Each, At);
    if (!Next.Where.valid())
      continue;
    Next.Function = functionAround(Next.Where, To);
    To.Remarks.push_back(std::move(Next));
  }
}

} // namespace perfidy
