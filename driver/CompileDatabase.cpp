//===- CompileDatabase.cpp - what is wrong with it ------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/CompileDatabase.h"
#include "driver/Failure.h"
#include <fstream>
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace perfidy {

static const char Advice[] = "; have the build write it again";

static json parse(const std::string &File) {
  std::ifstream In(File, std::ios::binary);
  if (!In)
    throw Failure(File + ": cannot be read");
  try {
    return json::parse(In);
  } catch (const json::parse_error &Error) {
    std::string Text = Error.what();
    // "[json.exception.parse_error.101] parse error at line 3, column 1: ..."
    if (size_t Place = Text.find("line "); Place != std::string::npos)
      Text.erase(0, Place);
    throw Failure(File + ": not a compile database: " + Text + Advice);
  }
}

/// "" if \p Entry is one.
static std::string problem(const json &Entry) {
  if (!Entry.is_object())
    return "is not an object";
  for (const char *Key : {"directory", "file"})
    if (!Entry.contains(Key) || !Entry[Key].is_string())
      return std::string("has no \"") + Key + '"';
  bool Words = Entry.contains("arguments") && Entry["arguments"].is_array();
  if (Words)
    for (const json &Each : Entry["arguments"])
      if (!Each.is_string())
        return "has something other than strings in \"arguments\"";
  if (!Words && !(Entry.contains("command") && Entry["command"].is_string()))
    return "has neither \"command\" nor \"arguments\"";
  return "";
}

void requireCompileDatabase(const std::string &File) {
  json Entries = parse(File);
  if (!Entries.is_array())
    throw Failure(File + ": not a compile database: not a list of commands" +
                  Advice);
  for (size_t I = 0; I < Entries.size(); ++I)
    if (std::string What = problem(Entries[I]); !What.empty())
      throw Failure(File + ": not a compile database: entry " +
                    std::to_string(I + 1) +
                    (Entries[I].is_object() && Entries[I].contains("file")
                         ? " (" + Entries[I]["file"].dump() + ")"
                         : "") +
                    ' ' + What + Advice);
}

} // namespace perfidy
