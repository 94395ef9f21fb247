//===- Unit.cpp - reads one translation unit ------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Unit.h"
#include "analysis/extract/Extract.h"
#include "analysis/extract/Resources.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "driver/RecordingFiles.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/LexDiagnostic.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Config/llvm-config.h"
#include <filesystem>
#include <unistd.h>

namespace fs = std::filesystem;

namespace perfidy {

namespace {

/// Prints nothing and remembers the first error.
class FirstError : public clang::DiagnosticConsumer {
public:
  std::string Text;
  /// It is about the command and not about the code.
  bool AboutFlags = false;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < clang::DiagnosticsEngine::Error || !Text.empty())
      return;
    AboutFlags = !Info.hasSourceManager() || Info.getLocation().isInvalid();
    if (!AboutFlags) {
      clang::PresumedLoc Where =
          Info.getSourceManager().getPresumedLoc(Info.getLocation());
      if (Where.isValid())
        Text = fs::absolute(Where.getFilename()).lexically_normal().string() +
               ':' + std::to_string(Where.getLine()) + ':' +
               std::to_string(Where.getColumn()) + ": ";
    }
    llvm::SmallString<128> Message;
    Info.FormatDiagnostic(Message);
    Text += Message.str();
    if (Info.getID() == clang::diag::err_pp_file_not_found)
      Text += howToGet(Info);
  }

private:
  /// A header that is missing is one of the build's or one of a library's.
  static std::string howToGet(const clang::Diagnostic &Info) {
    bool Invalid = false;
    const char *Written =
        Info.getSourceManager().getCharacterData(Info.getLocation(), &Invalid);
    return !Invalid && *Written == '<'
               ? ": is its library installed? If the build generates it, build "
                 "the target first"
               : ": a generated header? Build the target first";
  }
};

/// Hands the finished AST to the extractor.
class Consumer : public clang::ASTConsumer {
  const Models &Known;
  std::optional<TUSummary> &Facts;
  const clang::SourceManager &Sources;

public:
  Consumer(const Models &Known, std::optional<TUSummary> &Facts,
           const clang::SourceManager &Sources)
      : Known(Known), Facts(Facts), Sources(Sources) {}

  /// No fact is ever taken from a body in a system header, and there is more
  /// code in those than in the project. Clang itself still parses the bodies
  /// that the meaning of other code depends on: constexpr, deduced types.
  bool shouldSkipFunctionBody(clang::Decl *Of) override {
    return Sources.isInSystemHeader(Of->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext &Context) override {
    Facts = extract(Context, Known);
  }
};

class Action : public clang::ASTFrontendAction {
  const Models &Known;
  std::optional<TUSummary> &Facts;

public:
  Action(const Models &Known, std::optional<TUSummary> &Facts)
      : Known(Known), Facts(Facts) {}

  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &Instance,
                    llvm::StringRef) override {
    // After a fatal error clang instantiates no more templates. A header that
    // is missing is no reason to stop understanding the rest.
    for (unsigned Missing : {clang::diag::err_pp_file_not_found,
                             clang::diag::err_pp_error_opening_file})
      Instance.getDiagnostics().setSeverity(
          Missing, clang::diag::Severity::Error, clang::SourceLocation());
    return std::make_unique<Consumer>(Known, Facts,
                                      Instance.getSourceManager());
  }
};

class ActionFactory : public clang::tooling::FrontendActionFactory {
  const Models &Known;

public:
  std::optional<TUSummary> Facts;

  explicit ActionFactory(const Models &Known) : Known(Known) {}

  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<Action>(Known, Facts);
  }

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> Invocation,
                     clang::FileManager *Files,
                     std::shared_ptr<clang::PCHContainerOperations> Containers,
                     clang::DiagnosticConsumer *Diagnostics) override {
    Invocation->getFrontendOpts().SkipFunctionBodies = true;
    // The process ends soon after: leave its memory to the system.
    Invocation->getFrontendOpts().DisableFree = true;
    // Nothing but what we print may come out: no -H, no /showIncludes, no
    // files.
    Invocation->getDependencyOutputOpts() = clang::DependencyOutputOptions();
    Invocation->getFrontendOpts().StatsFile.clear();
    Invocation->getDiagnosticOpts().DiagnosticSerializationFile.clear();
    return FrontendActionFactory::runInvocation(Invocation, Files, Containers,
                                                Diagnostics);
  }
};

} // namespace

/// Nothing if clang refuses to parse.
static std::optional<TUSummary>
parse(const std::vector<std::string> &Command,
      const llvm::IntrusiveRefCntPtr<RecordingFiles> &Recording,
      const Models &Models, FirstError &Diagnostics) {
  ActionFactory Factory(Models);
  auto Files = llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), Recording);
  clang::tooling::ToolInvocation Invocation(
      Command, &Factory, Files.get(),
      std::make_shared<clang::PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Diagnostics);
  Invocation.run();
  return std::move(Factory.Facts);
}

UnitFacts readUnit(const Source &Unit, const Models &Models,
                   const Overlay &Instead) {
  if (!contentIn(Instead, Unit.File) && !fs::is_regular_file(Unit.File))
    throw Failure(Unit.File + ": no such file; if the build generates it, "
                              "build first");
  if (std::string Why = whyUnfit(Unit); !Why.empty())
    throw Failure(Why);
  std::error_code Error;
  fs::current_path(Unit.Directory, Error);
  if (Error)
    throw Failure(Unit.Directory + ": cannot enter the folder the file is " +
                  "compiled in: " + Error.message());

  auto Recording = llvm::makeIntrusiveRefCnt<RecordingFiles>(Instead);
  std::vector<std::string> Command = parsingCommand(Unit, resourceDirectory());
  FirstError Diagnostics;
  std::optional<TUSummary> Facts =
      parse(Command, Recording, Models, Diagnostics);
  if (Diagnostics.AboutFlags) {
    // What machine the code is for matters less than the code.
    FirstError Again;
    std::optional<TUSummary> Without =
        parse(withoutGeneration(Command), Recording, Models, Again);
    if (Without && !Again.AboutFlags) {
      Facts = std::move(Without);
      Diagnostics.Text = Again.Text;
    }
  }
  if (!Facts)
    throw Failure(Diagnostics.Text.empty() ? "clang did not parse it"
                                           : Diagnostics.Text);
  Facts->Error = Diagnostics.Text;
  return {std::move(*Facts), Recording->take()};
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
