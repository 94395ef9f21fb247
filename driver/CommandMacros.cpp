//===- CommandMacros.cpp - what -D and -U of a command say ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/CommandMacros.h"

namespace perfidy {

std::string macroName(std::string_view Given) {
  std::string_view Name = Given.substr(std::string_view("-D").size());
  return std::string(Name.substr(0, Name.find_first_of("=(")));
}

std::vector<std::string> differences(const CommandMacros &A,
                                     const CommandMacros &B) {
  std::vector<std::string> Result;
  for (const auto &[Name, Given] : A) {
    auto Other = B.find(Name);
    if (Other == B.end() || Other->second != Given)
      Result.push_back(Name);
  }
  for (const auto &[Name, Given] : B)
    if (!A.count(Name))
      Result.push_back(Name);
  return Result;
}

/// As clang makes it of the flag.
static std::string definition(std::string_view Given) {
  std::string Text(Given.substr(std::string_view("-D").size()));
  size_t Equals = Text.find('=');
  if (Equals == std::string::npos)
    return "#define " + Text + " 1\n";
  Text[Equals] = ' ';
  return "#define " + Text.substr(0, Text.find_first_of("\r\n")) + '\n';
}

std::string directives(const CommandMacros &From, const CommandMacros &To) {
  std::string Text;
  for (const std::string &Name : differences(From, To)) {
    Text += "#undef " + Name + '\n';
    auto Wanted = To.find(Name);
    if (Wanted != To.end() && Wanted->second.starts_with("-D"))
      Text += definition(Wanted->second);
  }
  return Text;
}

} // namespace perfidy
