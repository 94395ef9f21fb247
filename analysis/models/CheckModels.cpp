//===- CheckModels.cpp - the build's check of models/*.json ---------------===//
//
// Part of Perfidy. Run by cmake/EmbedModels.cmake on every model file:
// perfidy-check-models FILE... prints what is wrong with them and fails.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Models.h"
#include <cstdio>

int main(int Count, char **Arguments) {
  int Wrong = 0;
  perfidy::Models Models;
  for (int I = 1; I < Count; ++I) {
    std::string Error;
    if (Models.addFile(Arguments[I], Error))
      continue;
    std::fprintf(stderr, "%s\n", Error.c_str());
    ++Wrong;
  }
  return Wrong != 0;
}
