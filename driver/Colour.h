//===- Colour.h - colours of a terminal -------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_COLOUR_H
#define PERFIDY_DRIVER_COLOUR_H

#include <string>
#include <string_view>

namespace perfidy {

/// True if standard output is a terminal that knows colours, and its user has
/// not said no (NO_COLOR, see no-color.org; TERM=dumb).
bool outputHasColours();

/// Escape sequences around text; the text alone where colours are off.
class Painter {
  bool On;

  std::string paint(const char *Code, std::string_view Text) const {
    if (!On || Text.empty())
      return std::string(Text);
    return std::string("\033[") + Code + 'm' + std::string(Text) + "\033[0m";
  }

public:
  explicit Painter(bool On) : On(On) {}
  // As clang paints its diagnostics.
  std::string bold(std::string_view Text) const { return paint("1", Text); }
  std::string error(std::string_view Text) const { return paint("1;31", Text); }
  std::string warning(std::string_view Text) const {
    return paint("1;35", Text);
  }
  std::string note(std::string_view Text) const { return paint("1;36", Text); }
  std::string source(std::string_view Text) const { return paint("32", Text); }
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_COLOUR_H
