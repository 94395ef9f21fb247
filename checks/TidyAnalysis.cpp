//===- TidyAnalysis.cpp - one analysis for all checks of a TU -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/TidyAnalysis.h"
#include "analysis/extract/Extract.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace perfidy {

/// The folder of the repository that holds \p File, "" if there is none.
static std::string repositoryOf(llvm::StringRef File) {
  for (llvm::StringRef Folder = llvm::sys::path::parent_path(File);
       !Folder.empty(); Folder = llvm::sys::path::parent_path(Folder))
    if (llvm::sys::fs::exists(Folder + "/.git"))
      return Folder.str();
  return "";
}

void TidyAnalysis::run(clang::ASTContext &Context,
                       clang::tidy::ClangTidyContext &Host, const Models *Known,
                       const std::string &ModelsError, bool IncludeTests) {
  if (std::exchange(Done, true))
    return;
  if (!Known) {
    Error = ModelsError;
    return;
  }
  std::vector<const CheckInfo *> Enabled;
  for (const CheckInfo &Check : allChecks())
    if (Host.isCheckEnabled(std::string("perfidy-") + Check.Name))
      Enabled.push_back(&Check);
  std::vector<TUSummary> Summaries;
  Summaries.push_back(extract(Context, *Known));
  std::string Root = repositoryOf(Summaries.front().MainFile);
  Findings = runChecks(Program::link(std::move(Summaries), std::move(Root)),
                       Enabled, IncludeTests);
}

std::shared_ptr<TidyAnalysis>
TidySharing::analysis(clang::tidy::ClangTidyContext *Host) {
  std::lock_guard Lock(Guard);
  std::erase_if(Analyses,
                [](const auto &Each) { return Each.second.expired(); });
  std::weak_ptr<TidyAnalysis> &Known = Analyses[Host];
  std::shared_ptr<TidyAnalysis> Result = Known.lock();
  if (!Result)
    Known = Result = std::make_shared<TidyAnalysis>();
  return Result;
}

std::shared_ptr<const Models> TidySharing::models(const std::string &Files,
                                                  std::string &Error) {
  std::lock_guard Lock(Guard);
  auto [At, IsNew] = ModelsByFiles.try_emplace(Files);
  Loaded &Result = At->second;
  if (IsNew) {
    auto Known = std::make_shared<Models>(Models::builtin());
    llvm::SmallVector<llvm::StringRef> Names;
    llvm::StringRef(Files).split(Names, ';', /*MaxSplit=*/-1,
                                 /*KeepEmpty=*/false);
    bool Good = true;
    for (llvm::StringRef Name : Names)
      Good = Good && Known->addFile(Name.trim().str(), Result.Error);
    if (Good)
      Result.Known = std::move(Known);
  }
  Error = Result.Error;
  return Result.Known;
}

} // namespace perfidy
