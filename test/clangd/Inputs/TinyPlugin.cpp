// A clang-tidy plugin with one check, as other projects have them.
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace {

class NoDoor : public tidy::ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;
  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(functionDecl(hasName("door")).bind("door"), this);
  }
  void check(const MatchFinder::MatchResult &Result) override {
    const auto *Door = Result.Nodes.getNodeAs<FunctionDecl>("door");
    diag(Door->getLocation(), "a door in '%0'")
        << Options.get("House", "no house")
        << FixItHint::CreateReplacement(Door->getLocation(), "gate");
  }
};

class TinyModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<NoDoor>("tiny-no-door");
  }
};

} // namespace

static tidy::ClangTidyModuleRegistry::Add<TinyModule> Added("tiny", "One check.");
