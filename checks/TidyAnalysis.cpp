//===- TidyAnalysis.cpp - one analysis for all checks of a TU -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/TidyAnalysis.h"
#include "analysis/extract/Extract.h"
#include "analysis/store/Programs.h"
#include "analysis/summary/Serialize.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "llvm/ADT/SmallString.h"
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

/// The nearest store above \p File, "" if there is none.
static std::string storeAbove(llvm::StringRef File) {
  for (llvm::StringRef Folder = llvm::sys::path::parent_path(File);
       !Folder.empty(); Folder = llvm::sys::path::parent_path(Folder))
    if (llvm::SmallString<256> Name(Folder);
        llvm::sys::path::append(Name, ".perfidy", "store.db"),
        llvm::sys::fs::exists(Name))
      return Name.str().str();
  return "";
}

std::string besideConfig(const std::string &Names, llvm::StringRef File) {
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Names).split(Parts, ';', /*MaxSplit=*/-1,
                               /*KeepEmpty=*/false);
  llvm::SmallString<256> Whole(File);
  llvm::sys::fs::make_absolute(Whole);
  std::string Result;
  for (llvm::StringRef Part : Parts) {
    llvm::SmallString<256> Name(Part.trim());
    for (llvm::StringRef Folder = llvm::sys::path::parent_path(Whole);
         !Folder.empty() && llvm::sys::path::is_relative(Name);
         Folder = llvm::sys::path::parent_path(Folder)) {
      llvm::SmallString<256> There(Folder);
      llvm::sys::path::append(There, Name);
      if (llvm::sys::fs::exists(Folder + "/.clang-tidy") &&
          llvm::sys::fs::exists(There))
        Name = There;
    }
    Result += (Result.empty() ? "" : ";") + Name.str().str();
  }
  return Result;
}

/// With a store, the file as part of its program; without, or if the store
/// cannot be used, the file alone.
Program TidyAnalysis::link(TUSummary Fresh, const TidyOptions &Asked) {
  bool Named = !Asked.Store.empty();
  std::string File = Asked.Store == "none" ? ""
                     : Named               ? Asked.Store
                                           : storeAbove(Fresh.MainFile);
  std::string Root = repositoryOf(Fresh.MainFile);
  std::vector<TUSummary> Summaries;
  if (File.empty()) {
    Summaries.push_back(std::move(Fresh));
    return Program::link(std::move(Summaries), std::move(Root));
  }
  auto Complain = [&](const std::exception &Error) {
    Complaints.push_back(
        {Named ? "perfidy.Store" : "",
         std::string(Error.what()) + "; the file is judged alone", Named});
  };
  std::optional<Slice> Around;
  try {
    FactStore From = FactStore::openToRead(File);
    Around = sliceFor(From, Fresh);
  } catch (const StoreError &Error) {
    // One that is being made or moved this moment is no reason to speak up.
    if (Named || Error.What != StoreError::Kind::Absent)
      Complain(Error);
  } catch (const std::exception &Error) {
    Complain(Error);
  }
  if (Around)
    dropUnfit({&Fresh, &Around->Around});
  Summaries.push_back(std::move(Fresh));
  if (!Around)
    return Program::link(std::move(Summaries), std::move(Root));
  Summaries.push_back(std::move(Around->Around));
  return Program::link(std::move(Summaries), std::move(Around->Root),
                       std::move(Around->Known));
}

void TidyAnalysis::run(clang::tidy::ClangTidyContext &Host, const Models *Known,
                       const std::string &ModelsError, const TidyOptions &Asked,
                       HeaderFacts *Headers) {
  if (std::exchange(Done, true))
    return;
  if (!Known) {
    Complaints.push_back({"perfidy.Models", ModelsError});
    return;
  }
  std::vector<const CheckInfo *> Enabled;
  for (const CheckInfo &Check : allChecks())
    if (Host.isCheckEnabled(std::string("perfidy-") + Check.Name))
      Enabled.push_back(&Check);
  Findings = runChecks(link(extract(*Seen, *Known, Headers), Asked), Enabled,
                       Asked.IncludeTests);
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
