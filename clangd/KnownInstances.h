//===- KnownInstances.h - templates need not be filled in again -*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_KNOWNINSTANCES_H
#define PERFIDY_CLANGD_KNOWNINSTANCES_H

#include "analysis/extract/Instances.h"

namespace clang {
class Preprocessor;
}

namespace perfidy {

/// When the file of \p Reader has been read to its end: what it needs of
/// headers' templates gets no bodies if their facts are in \p Known, or are
/// never asked for. clangd itself would have none of them.
void skipKnownInstances(clang::Preprocessor &Reader,
                        std::shared_ptr<HeaderFacts> Known);

} // namespace perfidy

#endif // PERFIDY_CLANGD_KNOWNINSTANCES_H
