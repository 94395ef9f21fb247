//===- HeaderFacts.h - the facts of included headers ------------*- C++ -*-===//
//
// Part of Perfidy. clangd reads the headers that a file includes at its top
// once, into a preamble, without function bodies; after each edit it reads the
// rest of the file. So the facts of headers are taken when the preamble is made,
// with the bodies of the project's own headers.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_HEADERFACTS_H
#define PERFIDY_CLANGD_HEADERFACTS_H

#include "analysis/extract/Instances.h"
#include <memory>

namespace clang {
class Preprocessor;
}

namespace perfidy {

/// The facts of the preamble that the file of \p Reader was read with; null if
/// there is none, or it is no longer known. Safe on any thread.
std::shared_ptr<HeaderFacts> headerFacts(const clang::Preprocessor &Reader);

} // namespace perfidy

#endif // PERFIDY_CLANGD_HEADERFACTS_H
