//===- Failures.h - branches that say what went wrong -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_FAILURES_H
#define PERFIDY_ANALYSIS_EXTRACT_FAILURES_H

namespace clang {
class ASTContext;
class Stmt;
} // namespace clang

namespace perfidy {

/// The branch calls something that is named after a failure (logError(),
/// qWarning(), LOG(ERROR)) with a text, or ends by throwing. Not of branches
/// within it.
bool reportsFailure(const clang::Stmt *Branch, const clang::ASTContext &AST);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_FAILURES_H
