//===- TidyAnalysis.h - one analysis for all checks of a TU -----*- C++ -*-===//
//
// Part of Perfidy. clang-tidy and clangd make one object a check; the checks of
// one translation unit share what is computed here.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_TIDYANALYSIS_H
#define PERFIDY_CHECKS_TIDYANALYSIS_H

#include "analysis/extract/Instances.h"
#include "analysis/models/Models.h"
#include "checks/Check.h"
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace clang {
class ASTContext;
class Preprocessor;
namespace tidy {
class ClangTidyContext;
}
} // namespace clang
namespace llvm {
class StringRef;
}

namespace perfidy {

/// What is wrong with the configuration.
struct Complaint {
  std::string Option; ///< "perfidy.Models"; empty for none
  std::string Text;
  bool Fatal = true; ///< else the analysis goes on without
};

/// Options of all checks together.
struct TidyOptions {
  std::string ModelFiles;
  /// The store's file; "none" for none; empty for the nearest
  /// .perfidy/store.db in a folder above the main file, if there is one.
  std::string Store;
  bool IncludeTests = false;
};

/// Names of files, separated by semicolons, as .clang-tidy has them: relative
/// ones are meant from the nearest folder above \p File, the main file, that has
/// a .clang-tidy and such a file.
std::string besideConfig(const std::string &Names, llvm::StringRef File);

/// The program that runs the checks: clang-tidy, unless somebody derives from
/// this. Asked on any thread.
class TidyHost {
public:
  virtual ~TidyHost() = default;
  /// Shows findings one by one in the text.
  virtual bool isEditor() const { return false; }
  /// The facts of the headers that the translation unit of \p Reader includes,
  /// if its AST does not have their bodies; null if it has, or nobody knows.
  virtual std::shared_ptr<HeaderFacts>
  headers(const clang::Preprocessor &Reader) {
    (void)Reader;
    return nullptr;
  }
  /// The translation unit of \p Reader is about to be read.
  virtual void begins(clang::Preprocessor &Reader) { (void)Reader; }
};

/// The findings of one translation unit. Used by one thread.
class TidyAnalysis {
  std::vector<Finding> Findings;
  std::vector<Complaint> Complaints;
  bool Done = false;
  bool Begun = false, Looking = false;
  clang::ASTContext *Seen = nullptr;

  Program link(TUSummary Fresh, const TidyOptions &Asked);

public:
  /// Extracts from seen(), links with what a scan has left in the store and runs
  /// all checks that \p Host enables; a second call does nothing. \p Known is null if
  /// models could not be read, for the reason in \p ModelsError, \p Headers if
  /// the AST has the headers' functions: see TidyHost. The store is
  /// opened for reading, and closed again before this returns.
  void run(clang::tidy::ClangTidyContext &Host, const Models *Known,
           const std::string &ModelsError, const TidyOptions &Asked,
           HeaderFacts *Headers);

  /// True for the first that asks, of the checks that share this.
  bool begin() { return !std::exchange(Begun, true); }
  /// The same, of who looks for something to analyse.
  bool look() { return !std::exchange(Looking, true); }
  /// There is something.
  void see(clang::ASTContext &Context) { Seen = &Context; }
  /// What run() reads; null if there is nothing.
  clang::ASTContext *seen() const { return Seen; }

  /// What run() found, ranked; none before.
  const std::vector<Finding> &findings() const { return Findings; }
  /// What went wrong; handed out once, so that one check says it.
  std::vector<Complaint> takeComplaints() {
    return std::exchange(Complaints, {});
  }
};

/// What the factories of all checks share, for as long as the host knows them.
/// Safe on any thread: clangd builds several files at once.
class TidySharing {
  struct Loaded {
    std::shared_ptr<const Models> Known; ///< null on error
    std::string Error;
  };

  const std::shared_ptr<TidyHost> Host;
  std::mutex Guard;
  std::map<clang::tidy::ClangTidyContext *, std::weak_ptr<TidyAnalysis>>
      Analyses;
  std::map<std::string, Loaded> ModelsByFiles;

public:
  explicit TidySharing(std::shared_ptr<TidyHost> Host)
      : Host(std::move(Host)) {}

  TidyHost &host() const { return *Host; }

  /// The analysis of the translation unit that \p Host is about to read: the
  /// same for all checks that live at the same time.
  std::shared_ptr<TidyAnalysis> analysis(clang::tidy::ClangTidyContext *Host);

  /// The built-in models with the user's \p Files, separated by semicolons.
  /// Files are read once. Null on error, with the reason in \p Error.
  std::shared_ptr<const Models> models(const std::string &Files,
                                       std::string &Error);
};

} // namespace perfidy

#endif // PERFIDY_CHECKS_TIDYANALYSIS_H
