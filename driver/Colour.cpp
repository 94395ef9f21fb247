//===- Colour.cpp - colours of a terminal ---------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Colour.h"
#include "llvm/Support/Process.h"
#include <cstdlib>

namespace perfidy {

bool outputHasColours() {
  const char *No = std::getenv("NO_COLOR");
  return (!No || !*No) && llvm::sys::Process::StandardOutHasColors();
}

} // namespace perfidy
