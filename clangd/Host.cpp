//===- Host.cpp - the checks' module in clangd ----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "clangd/Host.h"
#include "checks/Module.h"
#include "checks/TidyAnalysis.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clangd/HeaderFacts.h"
#include "clangd/KnownInstances.h"

namespace perfidy {

namespace {

class Clangd : public TidyHost {
public:
  bool isEditor() const override { return true; }
  std::shared_ptr<HeaderFacts>
  headers(const clang::Preprocessor &Reader) override {
    return headerFacts(Reader);
  }
  void begins(clang::Preprocessor &Reader) override {
    skipKnownInstances(Reader, headerFacts(Reader));
  }
};

class ClangdModule : public clang::tidy::ClangTidyModule {
public:
  void
  addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    addChecks(Factories, std::make_shared<Clangd>());
  }
};

} // namespace

void registerClangdModule() {
  static clang::tidy::ClangTidyModuleRegistry::Add<ClangdModule> Registered(
      "perfidy-module", "Finds code that betrays performance.");
}

} // namespace perfidy
