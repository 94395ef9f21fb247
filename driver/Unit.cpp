//===- Unit.cpp - reads one translation unit ------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Unit.h"
#include "analysis/extract/Extract.h"
#include "analysis/extract/Resources.h"
#include "driver/ClangRun.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "driver/PrecompiledUse.h"
#include "driver/RecordingFiles.h"
#include "driver/TidyRun.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/LexDiagnostic.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Config/llvm-config.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

namespace {

/// Hands the finished AST to the extractor.
class Consumer : public clang::ASTConsumer {
  const Models &Known;
  std::optional<TUSummary> &Facts;
  clang::CompilerInstance &Instance;
  const clang::SourceManager &Sources;
  PrecompiledUse *Use;
  TidyRun *Also;
  Cost &Spent;

public:
  Consumer(const Models &Known, std::optional<TUSummary> &Facts,
           clang::CompilerInstance &Instance, PrecompiledUse *Use,
           TidyRun *Also, Cost &Spent)
      : Known(Known), Facts(Facts), Instance(Instance),
        Sources(Instance.getSourceManager()), Use(Use), Also(Also),
        Spent(Spent) {}

  /// No fact is ever taken from a body in a system header, and there is more
  /// code in those than in the project. Clang itself still parses the bodies
  /// that the meaning of other code depends on: constexpr, deduced types. Some
  /// of clang-tidy's checks look into them.
  bool shouldSkipFunctionBody(clang::Decl *Of) override {
    return !Also && Sources.isInSystemHeader(Of->getLocation());
  }

  bool HandleTopLevelDecl(clang::DeclGroupRef) override {
    return !Use || Use->goOn(Instance.getASTContext());
  }

  void HandleTranslationUnit(clang::ASTContext &Context) override {
    if (Use)
      Use->finish(Context);
    if (Use && (!Use->conflict().empty() ||
                Context.getDiagnostics().hasErrorOccurred()))
      return; // to be parsed again
    Cost Before = costSoFar();
    if (Use)
      Facts = extract(Context, Known, Use->declarations(Instance));
    else
      Facts = extract(Context, Known);
    Spent = costSoFar() - Before;
    if (Also)
      Also->addRemarks(*Facts, Sources);
  }
};

class Action : public clang::ASTFrontendAction {
  const Models &Known;
  std::optional<TUSummary> &Facts;
  PrecompiledUse *Use;
  TidyRun *Also;
  Cost &Spent;
  const std::string &First;

public:
  Action(const Models &Known, std::optional<TUSummary> &Facts,
         PrecompiledUse *Use, TidyRun *Also, Cost &Spent,
         const std::string &First)
      : Known(Known), Facts(Facts), Use(Use), Also(Also), Spent(Spent),
        First(First) {}

  void ExecuteAction() override {
    clang::Preprocessor &Tokens = getCompilerInstance().getPreprocessor();
    Tokens.setPredefines(First + Tokens.getPredefines());
    ASTFrontendAction::ExecuteAction();
  }

  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &Instance,
                    llvm::StringRef File) override {
    // After a fatal error clang instantiates no more templates. A header that
    // is missing is no reason to stop understanding the rest.
    for (unsigned Missing : {clang::diag::err_pp_file_not_found,
                             clang::diag::err_pp_error_opening_file})
      Instance.getDiagnostics().setSeverity(
          Missing, clang::diag::Severity::Error, clang::SourceLocation());
    if (Use)
      Use->watch(Instance);
    auto Own =
        std::make_unique<Consumer>(Known, Facts, Instance, Use, Also, Spent);
    if (!Also)
      return Own;
    // Ours comes last: it takes what the others said.
    std::vector<std::unique_ptr<clang::ASTConsumer>> Both;
    Both.push_back(Also->consumer(Instance, File.str()));
    Both.push_back(std::move(Own));
    return std::make_unique<clang::MultiplexConsumer>(std::move(Both));
  }
};

/// What a parse without a result has to say.
struct Trial {
  FirstError Diagnostics;
  std::string Conflict; ///< why the precompiled header is not for this unit
  const Precompiled *Other = nullptr; ///< PrecompiledUse::other()
};

} // namespace

/// Nothing if clang gave up, or if \p With is not for this unit, or there were
/// errors with it. \p ClangTidy: Source::ClangTidy.
static std::optional<UnitFacts>
parse(const std::vector<std::string> &Command, const Models &Models,
      const Overlay &Instead, const Precompiled *With,
      const std::string &ClangTidy, Trial &How) {
  std::optional<PrecompiledUse> Use;
  CommandMacros Made, Own;
  if (With) {
    SplitCommand Split = splitCommand(Command, {});
    Use.emplace(*With, Split.Folders);
    Made = With->given();
    Own = std::move(Split.Macros);
  }
  std::string First = directives(Made, Own);
  std::optional<TidyRun> Also;
  if (!ClangTidy.empty())
    Also.emplace(ClangTidy);
  UnitFacts Result;
  std::optional<TUSummary> Facts;
  // A unit that has errors with a precompiled header is parsed again without,
  // and with all of its text.
  auto Recording = llvm::makeIntrusiveRefCnt<RecordingFiles>(
      Instead, With ? fs::path(With->File).parent_path().string() : "",
      /*LeaveOutData=*/With != nullptr);
  auto Files = filesOver(Recording);
  runClang(
      Command, *Files, How.Diagnostics,
      [&](clang::CompilerInvocation &Flags) {
        Flags.getFrontendOpts().SkipFunctionBodies = !Also;
        // As clang-tidy: some headers ask for the macro that comes with it.
        Flags.getPreprocessorOpts().SetUpStaticAnalyzer = Also.has_value();
        if (!With)
          return;
        useIn(Flags, *With, Own);
      },
      [&] {
        return std::make_unique<Action>(Models, Facts, Use ? &*Use : nullptr,
                                        Also ? &*Also : nullptr,
                                        Result.Extraction, First);
      });
  std::string &Error = How.Diagnostics.Text;
  if (!Facts || (Use && !(Error.empty() && Use->conflict().empty()))) {
    if (Use && !Use->conflict().empty()) {
      How.Conflict = Use->conflict();
      How.Other = Use->other();
    }
    return std::nullopt;
  }
  Result.Summary = std::move(*Facts);
  Result.Summary.Error = Error;
  Result.Reads = Recording->take();
  if (Use)
    Use->addReads(Result.Reads);
  return Result;
}

/// With as few of the command's flags as it takes.
static std::optional<UnitFacts>
parsePlain(const std::vector<std::string> &Command, const Models &Models,
           const Overlay &Instead, const std::string &ClangTidy,
           std::string &Error) {
  Trial First, Again;
  std::optional<UnitFacts> Read =
      parse(Command, Models, Instead, nullptr, ClangTidy, First);
  Error = First.Diagnostics.Text;
  if (!First.Diagnostics.AboutFlags)
    return Read;
  // What machine the code is for matters less than the code.
  std::optional<UnitFacts> Without = parse(withoutGeneration(Command), Models,
                                           Instead, nullptr, ClangTidy, Again);
  if (!Without || Again.Diagnostics.AboutFlags)
    return Read;
  Error = Again.Diagnostics.Text;
  return Without;
}

UnitFacts readUnit(const Source &Unit, const Models &Models,
                   const Overlay &Instead, const Precompiled *With) {
  enterDirectory(Unit, Instead);
  std::vector<std::string> Command = parsingCommand(Unit, resourceDirectory());
  std::string Conflict;
  for (const Precompiled *Next = Unit.ClangTidy.empty() ? With : nullptr;
       Next;) {
    Trial How;
    std::optional<UnitFacts> Read =
        parse(Command, Models, Instead, Next, "", How);
    if (Conflict.empty())
      Conflict = How.Conflict.empty() ? How.Diagnostics.Text : How.Conflict;
    if (Read) {
      Read->Conflict = Conflict;
      Read->Precompiled = true;
      Read->Own = Next->Base != nullptr;
      return std::move(*Read);
    }
    Next =
        How.Other; // none without a conflict: the code has errors, most likely
  }
  std::string Error;
  std::optional<UnitFacts> Read =
      parsePlain(Command, Models, Instead, Unit.ClangTidy, Error);
  if (!Read)
    throw Failure(Error.empty() ? "clang did not parse it" : Error);
  Read->Conflict = Conflict;
  return std::move(*Read);
}

static std::string findResources() {
  std::string Error;
  std::string Found = findResourceDirectory(Error);
  if (Found.empty())
    throw Failure(Error);
  return Found;
}

const std::string &resourceDirectory() {
  static const std::string Found = findResources();
  return Found;
}

std::string clangVersion() { return "LLVM " LLVM_VERSION_STRING; }

} // namespace perfidy
