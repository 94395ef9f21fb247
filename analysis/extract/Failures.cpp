//===- Failures.cpp - branches that say what went wrong -------------------===//
//
// Part of Perfidy.
//
// What a program logs with is its own as a rule, so that no model names it. But
// who logs a failure says so in a name, and writes a text.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Failures.h"
#include "analysis/summary/Words.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"
#include <algorithm>
#include <array>

using namespace clang;

namespace perfidy {

static bool namesFailure(llvm::StringRef Name) {
  static constexpr std::array<std::string_view, 11> Failing = {
      "error",   "errors", "err",   "fail",     "failed", "failure",
      "warning", "warn",   "fatal", "critical", "severe"};
  std::vector<std::string> Words = wordsOf(Name);
  return std::any_of(Words.begin(), Words.end(), [](const std::string &Word) {
    return std::find(Failing.begin(), Failing.end(), Word) != Failing.end();
  });
}

/// A text is written down in it.
static bool hasText(const Stmt *S, int Depth = 0) {
  if (!S || Depth > 8)
    return false;
  if (isa<StringLiteral>(S))
    return true;
  return std::any_of(S->child_begin(), S->child_end(), [&](const Stmt *Child) {
    return hasText(Child, Depth + 1);
  });
}

/// A call in \p S, or the macro that makes it, is named after a failure.
static bool callsFailure(const Stmt *S, const ASTContext &AST, int Depth) {
  if (!S || Depth > 8 || isa<LambdaExpr>(S))
    return false;
  if (const auto *CallE = dyn_cast<CallExpr>(S)) {
    if (const auto *Callee =
            dyn_cast_or_null<NamedDecl>(CallE->getCalleeDecl());
        Callee && Callee->getDeclName().isIdentifier() &&
        namesFailure(Callee->getName()))
      return true;
    SourceLocation At = CallE->getBeginLoc();
    for (int Up = 0; At.isMacroID() && Up < 4; ++Up) {
      if (namesFailure(Lexer::getImmediateMacroName(At, AST.getSourceManager(),
                                                    AST.getLangOpts())))
        return true;
      At = AST.getSourceManager().getImmediateMacroCallerLoc(At);
    }
  }
  return std::any_of(S->child_begin(), S->child_end(), [&](const Stmt *Child) {
    return callsFailure(Child, AST, Depth + 1);
  });
}

bool reportsFailure(const Stmt *Branch, const ASTContext &AST) {
  if (!Branch)
    return false;
  if (const auto *Block = dyn_cast<CompoundStmt>(Branch))
    return std::any_of(
        Block->body_begin(), Block->body_end(),
        [&](const Stmt *Each) { return reportsFailure(Each, AST); });
  const auto *E = dyn_cast<Expr>(Branch);
  if (!E)
    return false;
  if (isa<CXXThrowExpr>(E->IgnoreImplicit()))
    return true;
  return hasText(E) && callsFailure(E, AST, 0);
}

} // namespace perfidy
