//===- Contents.h - what an object of a class holds -------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_CONTENTS_H
#define PERFIDY_ANALYSIS_EXTRACT_CONTENTS_H

#include <cstdint>
#include <string>

namespace clang {
class CXXRecordDecl;
} // namespace clang

namespace perfidy {

class TuContext;

/// Data members of a class and of its bases.
struct Contents {
  unsigned Members = 0;
  unsigned Containers = 0; ///< that are no text
  unsigned Texts = 0;
  uint64_t Size = 0;   ///< sizeof, in bytes
  bool Trivial = true; ///< copied bit by bit

  /// To hold one more of them is worth a thought: a container, three texts, or
  /// more than 256 bytes.
  bool costly() const;
  /// "2 containers, 1 string": those that hold others.
  std::string inWords() const;
};

/// Nothing of a class that is not defined.
Contents contentsOf(const clang::CXXRecordDecl &Class, TuContext &Tu);

/// Refers to data and owns none: it has pointers and no destructor to free
/// what they point to.
bool isView(const clang::CXXRecordDecl &Class, int Depth = 0);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_CONTENTS_H
