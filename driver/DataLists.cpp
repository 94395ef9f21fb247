//===- DataLists.cpp - files written out as numbers -----------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/DataLists.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include <algorithm>
#include <array>

namespace perfidy {

/// Bytes from which on a list is worth it.
static constexpr size_t LongList = 16 << 10;

static bool isWordPart(char C) { return llvm::isAlnum(C) || C == '_'; }

static llvm::StringRef lastWord(llvm::StringRef Text) {
  size_t Begin = Text.size();
  while (Begin > 0 && isWordPart(Text[Begin - 1]))
    --Begin;
  return Text.substr(Begin);
}

/// "unsigned char data[] =": what stands before the list.
static bool declaresNumbers(llvm::StringRef Before) {
  static constexpr std::array<llvm::StringRef, 16> Numbers = {
      "char",     "short",    "int",      "long",   "unsigned", "signed",
      "uint8_t",  "uint16_t", "uint32_t", "int8_t", "int16_t",  "int32_t",
      "uint64_t", "int64_t",  "float",    "double"};
  Before = Before.rtrim();
  if (!Before.consume_back("="))
    return false;
  Before = Before.rtrim();
  if (!Before.consume_back("]"))
    return false;
  size_t Open = Before.find_last_of("[]\n;");
  if (Open == llvm::StringRef::npos || Before[Open] != '[')
    return false;
  Before = Before.take_front(Open).rtrim();
  llvm::StringRef Name = lastWord(Before);
  if (Name.empty())
    return false;
  llvm::StringRef Type = lastWord(Before.drop_back(Name.size()).rtrim());
  return llvm::is_contained(Numbers, Type);
}

namespace {
struct List {
  size_t Begin = 0; ///< after the first number's comma
  size_t End = 0;   ///< of the closing brace
  size_t Count = 0;
};
} // namespace

/// Past white space and comments.
static size_t skipBlank(llvm::StringRef Text, size_t At) {
  while (At < Text.size()) {
    if (llvm::isSpace(Text[At])) {
      ++At;
    } else if (Text.substr(At, 2) == "//") {
      At = std::min(Text.size(), Text.find('\n', At));
      // The comment goes on in the next line.
      if (At < Text.size() && Text.take_front(At).rtrim("\r").ends_with("\\"))
        return Text.size();
    } else if (Text.substr(At, 2) == "/*") {
      size_t Close = Text.find("*/", At + 2);
      At = Close == llvm::StringRef::npos ? Text.size() : Close + 2;
    } else {
      break;
    }
  }
  return At;
}

/// The list of nothing but numbers that opens at \p At; of no numbers if it is
/// none.
static List readList(llvm::StringRef Text, size_t At) {
  List Result;
  At = skipBlank(Text, At + 1);
  while (At < Text.size() && Text[At] != '}') {
    if (Text[At] == '-')
      ++At;
    if (At == Text.size() || !llvm::isDigit(Text[At]))
      return {};
    while (At < Text.size() && (isWordPart(Text[At]) || Text[At] == '.'))
      ++At;
    ++Result.Count;
    At = skipBlank(Text, At);
    if (At == Text.size() || (Text[At] != ',' && Text[At] != '}'))
      return {};
    if (Text[At] == ',') {
      if (Result.Count == 1)
        Result.Begin = At + 1;
      At = skipBlank(Text, At + 1);
    }
  }
  if (At == Text.size())
    return {};
  Result.End = At;
  return Result;
}

/// Where \p Length bytes fit on one line in the list; its end if nowhere.
static size_t roomFor(size_t Length, llvm::StringRef Text, const List &In) {
  for (size_t Line = In.Begin; Line < In.End;) {
    size_t End = std::min(Text.find_first_of("\r\n", Line), In.End);
    if (End - Line > Length)
      return Line;
    Line = End + 1;
  }
  return In.End;
}

std::optional<std::string> withoutData(std::string_view Whole) {
  llvm::StringRef Text(Whole);
  if (Text.size() < LongList)
    return std::nullopt;
  std::optional<std::string> Result;
  for (size_t At = Text.find('{'); At != llvm::StringRef::npos;
       At = Text.find('{', At + 1)) {
    if (!declaresNumbers(Text.take_front(At)))
      continue;
    List Found = readList(Text, At);
    if (Found.Count < 2 || Found.End - Found.Begin < LongList)
      continue;
    // It says how many there were.
    std::string Last = "[" + std::to_string(Found.Count - 1) + "]=0";
    size_t Room = roomFor(Last.size(), Text, Found);
    if (Room == Found.End)
      continue;
    if (!Result)
      Result = Text.str();
    for (size_t I = Found.Begin; I < Found.End; ++I)
      if ((*Result)[I] != '\n' && (*Result)[I] != '\r')
        (*Result)[I] = ' ';
    Result->replace(Room, Last.size(), Last);
    At = Found.End;
  }
  return Result;
}

} // namespace perfidy
