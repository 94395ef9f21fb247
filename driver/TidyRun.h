//===- TidyRun.h - clang-tidy's own checks in our parse ---------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TIDYRUN_H
#define PERFIDY_DRIVER_TIDYRUN_H

#include "analysis/summary/Summary.h"
#include <memory>
#include <string>

namespace clang {
class ASTConsumer;
class CompilerInstance;
class SourceManager;
} // namespace clang

namespace perfidy {

/// The checks of clang-tidy that a configuration turns on, for one parse of one
/// file. They say what clang-tidy says of it if function bodies in system
/// headers are parsed too. One thread.
class TidyRun {
  class State;
  std::unique_ptr<State> Self;

public:
  /// \p Configuration: TidyConfig::forClangTidy().
  explicit TidyRun(const std::string &Configuration);
  ~TidyRun();

  /// To be given the translation unit before addRemarks() is called.
  std::unique_ptr<clang::ASTConsumer> consumer(clang::CompilerInstance &Of,
                                               const std::string &File);
  /// Adds what the checks said. While \p Sources is alive; once.
  void addRemarks(TUSummary &To, const clang::SourceManager &Sources);
};

/// Throws Failure if \p Configuration turns on no check of clang-tidy's;
/// \p Globs are what the user wrote.
void demandTidyChecks(const std::string &Configuration,
                      const std::string &Globs);

} // namespace perfidy

#endif // PERFIDY_DRIVER_TIDYRUN_H
