//===- Embedded.h - files of the repository in the binary -------*- C++ -*-===//
//
// Part of Perfidy. The tables are written by cmake/Embed.cmake.
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
using EmbeddedParts = std::vector<EmbeddedPart>;

/// The generated tables, sorted by file name: models/*.json, and
/// docs/checks/*.md, which only the driver has.
const EmbeddedParts &modelParts();
const EmbeddedParts &pageParts();

/// Names of the model files, sorted; without the schema.
std::vector<std::string> embeddedModels();

/// A file's whole text; empty if there is no such file.
std::string embeddedText(const EmbeddedParts &Parts, std::string_view File);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_MODELS_EMBEDDED_H
