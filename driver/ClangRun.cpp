//===- ClangRun.cpp - one compile command, run in this process ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/ClangRun.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/LexDiagnostic.h"
#include "clang/Tooling/Tooling.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

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

void FirstError::HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                                  const clang::Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  if (Level < clang::DiagnosticsEngine::Error || !Text.empty())
    return;
  if (Also)
    Also(Info);
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

void enterDirectory(const Source &Unit, const Overlay &Instead) {
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
}

namespace {

class Factory : public clang::tooling::FrontendActionFactory {
  const std::function<void(clang::CompilerInvocation &)> &Adjust;
  const std::function<std::unique_ptr<clang::FrontendAction>()> &Make;

public:
  Factory(const std::function<void(clang::CompilerInvocation &)> &Adjust,
          const std::function<std::unique_ptr<clang::FrontendAction>()> &Make)
      : Adjust(Adjust), Make(Make) {}

  std::unique_ptr<clang::FrontendAction> create() override { return Make(); }

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> Invocation,
                     clang::FileManager *Files,
                     std::shared_ptr<clang::PCHContainerOperations> Containers,
                     clang::DiagnosticConsumer *Diagnostics) override {
    // Nothing but what we print may come out: no -H, no /showIncludes, no
    // files.
    Invocation->getDependencyOutputOpts() = clang::DependencyOutputOptions();
    Invocation->getFrontendOpts().StatsFile.clear();
    Invocation->getDiagnosticOpts().DiagnosticSerializationFile.clear();
    Adjust(*Invocation);
    return FrontendActionFactory::runInvocation(Invocation, Files, Containers,
                                                Diagnostics);
  }
};

} // namespace

bool runClang(
    const std::vector<std::string> &Command, clang::FileManager &Files,
    clang::DiagnosticConsumer &Diagnostics,
    const std::function<void(clang::CompilerInvocation &)> &Adjust,
    const std::function<std::unique_ptr<clang::FrontendAction>()> &Make) {
  Factory Actions(Adjust, Make);
  clang::tooling::ToolInvocation Invocation(
      Command, &Actions, &Files,
      std::make_shared<clang::PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Diagnostics);
  return Invocation.run();
}

llvm::IntrusiveRefCntPtr<clang::FileManager>
filesOver(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> System) {
  return llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), std::move(System));
}

} // namespace perfidy
