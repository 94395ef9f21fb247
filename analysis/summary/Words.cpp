//===- Words.cpp - the words of an identifier -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Words.h"
#include <cctype>

namespace perfidy {

std::vector<std::string> wordsOf(std::string_view Name) {
  auto Is = [&](int (*Kind)(int), size_t At) {
    return At < Name.size() && Kind(static_cast<unsigned char>(Name[At]));
  };
  std::vector<std::string> Words;
  bool Open = false;
  for (size_t I = 0; I < Name.size(); ++I) {
    if (!Is(std::isalpha, I)) {
      Open = false;
      continue;
    }
    // A capital opens a word after a small letter, or before one.
    bool Opens = Is(std::isupper, I) && I > 0 &&
                 (Is(std::islower, I - 1) || Is(std::islower, I + 1));
    if (!Open || Opens)
      Words.emplace_back();
    Words.back() +=
        static_cast<char>(std::tolower(static_cast<unsigned char>(Name[I])));
    Open = true;
  }
  return Words;
}

} // namespace perfidy
