//===- Output.cpp - writes everything or says that it could not -----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Output.h"
#include "driver/Failure.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace perfidy {

static void writeAll(int File, std::string_view Text, const std::string &Name) {
  while (!Text.empty()) {
    ssize_t Written = write(File, Text.data(), Text.size());
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0)
      throw Failure("cannot write to " + Name + ": " + std::strerror(errno));
    Text.remove_prefix(size_t(Written));
  }
}

bool isStandardOutput(const std::string &To) { return To.empty() || To == "-"; }

void output(const std::string &Text, const std::string &To) {
  if (isStandardOutput(To))
    return writeAll(STDOUT_FILENO, Text, "standard output");
  int File = open(To.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (File < 0)
    throw Failure("cannot write to " + To + ": " + std::strerror(errno));
  writeAll(File, Text, To);
  // Some file systems report a full disk only now.
  if (close(File) != 0)
    throw Failure("cannot write to " + To + ": " + std::strerror(errno));
}

} // namespace perfidy
