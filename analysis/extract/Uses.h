//===- Uses.h - what a body reads of an object ------------------*- C++ -*-===//
//
// Part of Perfidy. Each mention of an object as the longest part of it that is
// read there: "req.path()", "req.headers.size()".
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_USES_H
#define PERFIDY_ANALYSIS_EXTRACT_USES_H

#include "analysis/extract/TuContext.h"
#include <vector>

namespace perfidy {

/// By what a body names an object.
struct Mentioned {
  const clang::ValueDecl *As = nullptr;  ///< a variable
  const clang::FieldDecl *Own = nullptr; ///< a field of this
  bool ByThis = false;                   ///< it is this, too
};

/// In the order of the text.
std::vector<Use> usesOf(const Mentioned &Object, const clang::Stmt *Body,
                        TuContext &Tu);

/// Length of what the user wrote for \p Range; 0 if a macro wrote some of it.
uint32_t lengthOf(clang::SourceRange Range, const TuContext &Tu);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_USES_H
