//===- Embedded.cpp - files of the repository in the binary ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Embedded.h"

namespace perfidy {

std::vector<std::string> embeddedModels() {
  std::vector<std::string> Names;
  for (const EmbeddedPart &Part : modelParts())
    if (Part.File != "schema.json" &&
        (Names.empty() || Names.back() != Part.File))
      Names.emplace_back(Part.File);
  return Names;
}

std::string embeddedText(const EmbeddedParts &Parts, std::string_view File) {
  std::string Text;
  for (const EmbeddedPart &Part : Parts)
    if (Part.File == File)
      Text += Part.Text;
  return Text;
}

} // namespace perfidy
