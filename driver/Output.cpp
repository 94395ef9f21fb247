//===- Output.cpp - writes everything or says that it could not -----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Output.h"
#include "driver/WholeFile.h"
#include <unistd.h>

namespace perfidy {

bool isStandardOutput(const std::string &To) { return To.empty() || To == "-"; }

void output(const std::string &Text, const std::string &To) {
  if (isStandardOutput(To))
    return writeAll(STDOUT_FILENO, Text, "standard output");
  writeWhole(To, Text);
}

} // namespace perfidy
