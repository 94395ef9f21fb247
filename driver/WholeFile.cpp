//===- WholeFile.cpp - a file is written whole or not at all --------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/WholeFile.h"
#include "driver/Failure.h"
#include "driver/Interrupt.h"
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace perfidy {

[[noreturn]] static void fail(const std::string &Name) {
  throw Failure("cannot write to " + Name + ": " + std::strerror(errno));
}

void writeAll(int File, std::string_view Text, const std::string &Name) {
  while (!Text.empty()) {
    ssize_t Written = write(File, Text.data(), Text.size());
    if (Written < 0 && errno == EINTR) {
      stopIfInterrupted();
      continue;
    }
    if (Written <= 0)
      fail(Name);
    Text.remove_prefix(size_t(Written));
  }
}

static void writeAndClose(int File, std::string_view Text,
                          const std::string &Name) {
  try {
    writeAll(File, Text, Name);
  } catch (...) {
    close(File);
    throw;
  }
  // Some file systems report a full disk only now.
  if (close(File) != 0)
    fail(Name);
}

static mode_t defaultMode() {
  mode_t Mask = umask(0);
  umask(Mask);
  return 0666 & ~Mask;
}

static void replace(const std::string &File, mode_t Mode, std::string_view Text,
                    const std::string &Name) {
  std::string Half = File + ".tmp-XXXXXX";
  int Open = mkostemp(Half.data(), O_CLOEXEC);
  if (Open < 0)
    fail(Name);
  try {
    if (fchmod(Open, Mode) != 0)
      fail(Name);
    writeAndClose(Open, Text, Name);
    if (std::rename(Half.c_str(), File.c_str()) != 0)
      fail(Name);
  } catch (...) {
    unlink(Half.c_str());
    throw;
  }
}

void writeWhole(const std::string &To, std::string_view Text) {
  struct stat Now;
  if (stat(To.c_str(), &Now) != 0) {
    // A link to nothing is written through.
    std::error_code Error;
    fs::path Target = fs::weakly_canonical(To, Error);
    return replace(Error ? To : Target.string(), defaultMode(), Text, To);
  }
  if (S_ISREG(Now.st_mode)) {
    if (access(To.c_str(), W_OK) != 0)
      fail(To);
    return replace(fs::canonical(To).string(), Now.st_mode & 07777, Text, To);
  }
  int File = open(To.c_str(), O_WRONLY | O_CLOEXEC);
  if (File < 0)
    fail(To);
  writeAndClose(File, Text, To);
}

} // namespace perfidy
