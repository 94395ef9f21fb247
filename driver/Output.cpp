//===- Output.cpp - writes everything or says that it could not -----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Report.h"
#include "driver/WholeFile.h"
#include <unistd.h>

namespace perfidy {

void output(const std::string &Text, const std::string &To) {
  if (To.empty() || To == "-")
    return writeAll(STDOUT_FILENO, Text, "standard output");
  writeWhole(To, Text);
}

} // namespace perfidy
