//===- Xml.cpp - text in XML ----------------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Xml.h"
#include "analysis/summary/Cbor.h"

namespace perfidy {

static constexpr char Replacement[] = "\xef\xbf\xbd";

static std::string xml(char C) {
  switch (C) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  // A reader makes spaces of these in an attribute.
  case '\t':
    return "&#9;";
  case '\n':
    return "&#10;";
  case '\r':
    return "&#13;";
  default:
    return static_cast<unsigned char>(C) < ' ' ? Replacement
                                               : std::string(1, C);
  }
}

static std::string xml(const std::string &Text, bool KeepLines) {
  std::string Result;
  for (char C : utf8(Text))
    Result += C == '\n' && KeepLines ? "\n" : xml(C);
  // The two code points of UTF-8 that XML does not have: U+FFFE and U+FFFF.
  for (const char *Outside : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
    for (size_t At; (At = Result.find(Outside)) != Result.npos;)
      Result.replace(At, 3, Replacement);
  return Result;
}

std::string xml(const std::string &Text) { return xml(Text, false); }

std::string xmlContent(const std::string &Text) { return xml(Text, true); }

} // namespace perfidy
