//===- Suppressions.cpp - findings that a comment silences ----------------===//
//
// Part of Perfidy.
//
// clang-tidy decides with a diagnostic in its hands. So each finding is put to
// it as one, at the place where the module would report it.
//
//===----------------------------------------------------------------------===//
#include "driver/Suppressions.h"
#include "analysis/rank/Words.h"
#include "clang-tidy/NoLintDirectiveHandler.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <set>

namespace perfidy {

class Suppressions::Reader : public clang::DiagnosticConsumer {
  clang::tidy::NoLintDirectiveHandler Handler;
  clang::DiagnosticOptions Defaults;
  clang::DiagnosticsEngine Engine;
  clang::FileManager Files;
  clang::SourceManager Sources;
  unsigned Any; ///< id of a warning
  std::string Check;
  bool Covered = false;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    llvm::SmallVector<clang::tooling::Diagnostic, 1> Errors;
    Covered = Handler.shouldSuppress(Level, Info, Check, Errors,
                                     /*AllowIO=*/true,
                                     /*EnableNoLintBlocks=*/true);
    for (const clang::tooling::Diagnostic &Each : Errors)
      Complaints.insert(place(Each.Message) + ": " + Each.Message.Message);
  }

  std::string place(const clang::tooling::DiagnosticMessage &Of) {
    std::string Name = Of.FilePath;
    if (clang::OptionalFileEntryRef File = Files.getOptionalFileRef(Name)) {
      clang::FileID Id =
          Sources.getOrCreateFileID(*File, clang::SrcMgr::C_User);
      Name += ':' + std::to_string(Sources.getLineNumber(Id, Of.FileOffset)) +
              ':' + std::to_string(Sources.getColumnNumber(Id, Of.FileOffset));
    }
    return Name;
  }

public:
  std::set<std::string> Complaints;

  explicit Reader(const Overlay &Instead)
      : Engine(clang::DiagnosticIDs::create(), Defaults, this,
               /*ShouldOwnClient=*/false),
        Files(clang::FileSystemOptions(), filesWith(Instead)),
        Sources(Engine, Files), Any(Engine.getDiagnosticIDs()->getCustomDiagID(
                                    clang::DiagnosticIDs::Warning, "%0")) {
    Engine.setSourceManager(&Sources);
  }

  bool cover(const Finding &What) {
    clang::OptionalFileEntryRef File = Files.getOptionalFileRef(What.At.File);
    if (!File)
      return false;
    clang::FileID Id = Sources.getOrCreateFileID(*File, clang::SrcMgr::C_User);
    if (What.At.Offset > Sources.getFileIDSize(Id))
      return false;
    Check = ruleName(What);
    Covered = false;
    Engine.Report(Sources.getComposedLoc(Id, What.At.Offset), Any);
    return Covered;
  }
};

Suppressions::Suppressions(const Overlay &Instead)
    : From(std::make_unique<Reader>(Instead)) {}
Suppressions::~Suppressions() = default;

bool Suppressions::cover(const Finding &What) { return From->cover(What); }

std::vector<std::string> Suppressions::complaints() const {
  return {From->Complaints.begin(), From->Complaints.end()};
}

} // namespace perfidy
