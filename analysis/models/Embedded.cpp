//===- Embedded.cpp - the files of models/ in the binary ------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Embedded.h"

namespace perfidy {

std::vector<std::string> embeddedModels() {
  std::vector<std::string> Names;
  for (const EmbeddedPart &Part : embeddedParts())
    if (Part.File != "schema.json" &&
        (Names.empty() || Names.back() != Part.File))
      Names.emplace_back(Part.File);
  return Names;
}

std::string embeddedText(std::string_view File) {
  std::string Text;
  for (const EmbeddedPart &Part : embeddedParts())
    if (Part.File == File)
      Text += Part.Text;
  return Text;
}

} // namespace perfidy
