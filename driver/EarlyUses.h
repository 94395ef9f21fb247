//===- EarlyUses.h - what code sees too early -------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_EARLYUSES_H
#define PERFIDY_DRIVER_EARLYUSES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include <functional>

namespace perfidy {

/// A precompiled header makes all of it known from the first line on. Something
/// that the unit's own code uses before the unit includes it: that code would
/// have meant something else, or nothing. Null if there is none.
///
/// \p Included: where the unit first includes what stands at a place in the
/// precompiled header; invalid for what may be known from the beginning. Code
/// behind \p Last, the last of these, is not looked at: mostly that is all.
const clang::NamedDecl *
earlyUse(clang::ASTContext &Context, clang::SourceLocation Last,
         const std::function<clang::SourceLocation(clang::SourceLocation)>
             &Included);

} // namespace perfidy

#endif // PERFIDY_DRIVER_EARLYUSES_H
