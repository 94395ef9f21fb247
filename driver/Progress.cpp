//===- Progress.cpp - how far a scan has come -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Progress.h"
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace perfidy {

static size_t terminalWidth() {
  winsize Size;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &Size) != 0 || Size.ws_col == 0)
    return 80;
  return Size.ws_col;
}

Progress::Progress(size_t Total) : Total(Total), Shown(isatty(STDERR_FILENO)) {
  if (Shown)
    show("");
}

Progress::~Progress() {
  if (Shown)
    std::fputs("\r\033[K", stderr);
}

void Progress::show(const std::string &What) const {
  std::string Line =
      "[" + std::to_string(Done) + "/" + std::to_string(Total) + "] " + What;
  Line.resize(std::min(Line.size(), terminalWidth() - 1));
  std::fprintf(stderr, "\r\033[K%s", Line.c_str());
  std::fflush(stderr);
}

void Progress::next(const std::string &File) {
  ++Done;
  if (Shown)
    show(File);
}

} // namespace perfidy
