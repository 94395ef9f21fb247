//===- Embedded.h - the files of models/ in the binary ----------*- C++ -*-===//
//
// Part of Perfidy. Written by cmake/EmbedModels.cmake.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_MODELS_EMBEDDED_H
#define PERFIDY_ANALYSIS_MODELS_EMBEDDED_H

#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// A part of a file. Compilers need not take literals of any length, so a file
/// is in several parts that follow each other.
struct EmbeddedPart {
  std::string_view File; ///< "libpq.json"
  std::string_view Text;
};

/// The generated table, sorted by file name.
const std::vector<EmbeddedPart> &embeddedParts();

/// Names of the model files, sorted; without the schema.
std::vector<std::string> embeddedModels();

/// A file's whole text; empty if there is no such file.
std::string embeddedText(std::string_view File);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_MODELS_EMBEDDED_H
