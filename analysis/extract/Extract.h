//===- Extract.h - from clang's AST to a TU summary -------------*- C++ -*-===//
//
// Part of Perfidy. The only part that reads the AST. It writes facts and
// decides nothing.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_EXTRACT_H
#define PERFIDY_ANALYSIS_EXTRACT_EXTRACT_H

#include "analysis/extract/Instances.h"
#include "analysis/models/Models.h"
#include "analysis/summary/Summary.h"
#include "llvm/ADT/ArrayRef.h"

namespace clang {
class ASTContext;
class Decl;
} // namespace clang

namespace perfidy {

/// The facts of every function defined outside of system headers that lies in
/// the traversal scope of \p Context (all of the TU for clang-tidy, the main
/// file for clangd). \p Context is only read and must be complete: call at the
/// end of the TU. Works on an AST with errors as far as clang recovered.
///
/// \p Headers are the facts of what lies outside of that scope and was read
/// before: the result then has them too, but for templates of which the scope
/// has instantiations. Those that were made of headers alone are added to it.
TUSummary extract(clang::ASTContext &Context, const Models &Models,
                  HeaderFacts *Headers = nullptr);

/// The same where \p Top are the outermost declarations of the TU, in order, but
/// for such of system headers: no other is loaded from an AST file to look for
/// functions in it.
TUSummary extract(clang::ASTContext &Context, const Models &Models,
                  llvm::ArrayRef<const clang::Decl *> Top);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_EXTRACT_H
