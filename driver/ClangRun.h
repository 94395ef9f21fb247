//===- ClangRun.h - one compile command, run in this process ----*- C++ -*-===//
//
// Part of Perfidy. What all of the driver's runs of clang have in common.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_CLANGRUN_H
#define PERFIDY_DRIVER_CLANGRUN_H

#include "driver/Project.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace perfidy {

/// Prints nothing and remembers the first error.
class FirstError : public clang::DiagnosticConsumer {
public:
  std::string Text;
  /// It is about the command and not about the code.
  bool AboutFlags = false;
  /// Called with the first error, if set.
  std::function<void(const clang::Diagnostic &)> Also;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;
};

/// Enters the folder \p Unit is compiled in; all names are relative to it.
/// Throws Failure if that folder is not there, or its file neither there nor in
/// \p Instead, or if nothing can be made of its command.
void enterDirectory(const Source &Unit, const Overlay &Instead = {});

/// Runs the action that \p Make makes over \p Command; \p Adjust may change the
/// invocation first. False if there were errors, or if clang refused the flags.
bool runClang(
    const std::vector<std::string> &Command, clang::FileManager &Files,
    clang::DiagnosticConsumer &Diagnostics,
    const std::function<void(clang::CompilerInvocation &)> &Adjust,
    const std::function<std::unique_ptr<clang::FrontendAction>()> &Make);

/// Over the real file system, or over one that takes notes.
llvm::IntrusiveRefCntPtr<clang::FileManager>
filesOver(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> System);

} // namespace perfidy

#endif // PERFIDY_DRIVER_CLANGRUN_H
