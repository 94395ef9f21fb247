//===- Quotes.cpp - the source lines that reports quote -------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Quotes.h"
#include "analysis/summary/Cbor.h"
#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

namespace perfidy {

/// The length of \p Text in UTF-16 code units.
static size_t utf16Length(std::string_view Text) {
  if (std::all_of(Text.begin(), Text.end(), [](char C) { return C >= 0; }))
    return Text.size();
  size_t Length = 0;
  for (unsigned char C : utf8(std::string(Text)))
    // One for each first byte, two where it begins a surrogate pair.
    Length += (C & 0xc0) != 0x80 ? 1 + (C >= 0xf0) : 0;
  return Length;
}

static bool isWord(unsigned char C) {
  return C >= 0x80 || C == '_' || (C >= '0' && C <= '9') ||
         (C >= 'a' && C <= 'z') || (C >= 'A' && C <= 'Z');
}

//===----------------------------------------------------------------------===//
// One file
//===----------------------------------------------------------------------===//

class Quotes::File {
  std::string Text; ///< without a byte order mark
  size_t Mark = 0;  ///< bytes of that
  /// Where lines begin, and the end, in bytes and in UTF-16 code units.
  std::vector<size_t> Starts, Utf16Starts;

  void addStart(size_t Byte, size_t Utf16) {
    Starts.push_back(Byte);
    Utf16Starts.push_back(Utf16);
  }

public:
  explicit File(std::string Content);

  size_t lines() const { return Starts.size() - 1; }
  std::string_view text() const { return Text; }

  /// The bytes of line \p Index, which counts from 0, and what ends it.
  size_t begin(size_t Index) const { return Starts[Index]; }
  size_t end(size_t Index) const;
  bool has(const SourcePoint &Where) const {
    return Where.Line > 0 && Where.Line <= lines();
  }

  /// The byte at the place; nothing if the file has no such place.
  std::optional<size_t> offset(const SourcePoint &Where) const;
  /// The byte that was at \p Offset with the byte order mark.
  std::optional<size_t> withoutMark(size_t Offset, size_t Length) const;

  Region region(size_t Begin, size_t End) const;
};

static std::string contentOf(const std::string &Name) {
  std::ifstream In(Name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(In), {});
}

Quotes::File::File(std::string Content) : Text(std::move(Content)) {
  constexpr std::string_view ByteOrderMark = "\xef\xbb\xbf";
  if (Text.starts_with(ByteOrderMark)) {
    Mark = ByteOrderMark.size();
    Text.erase(0, Mark);
  }
  size_t Utf16 = 0;
  for (size_t Begin = 0; Begin < Text.size();) {
    addStart(Begin, Utf16);
    size_t End = Text.find('\n', Begin);
    End = End == std::string::npos ? Text.size() : End + 1;
    Utf16 += utf16Length(text().substr(Begin, End - Begin));
    Begin = End;
  }
  addStart(Text.size(), Utf16);
}

size_t Quotes::File::end(size_t Index) const {
  size_t End = Starts[Index + 1];
  while (End > Starts[Index] &&
         (Text[End - 1] == '\n' || Text[End - 1] == '\r'))
    --End;
  return End;
}

std::optional<size_t> Quotes::File::offset(const SourcePoint &Where) const {
  if (!has(Where) || Where.Column == 0)
    return std::nullopt;
  size_t Column = Where.Column - 1;
  if (Where.Line == 1)
    Column -= std::min(Column, Mark);
  size_t Offset = begin(Where.Line - 1) + Column;
  return Offset < end(Where.Line - 1) ? std::optional(Offset) : std::nullopt;
}

std::optional<size_t> Quotes::File::withoutMark(size_t Offset,
                                                size_t Length) const {
  if (Offset < Mark || Offset - Mark + Length > Text.size())
    return std::nullopt;
  return Offset - Mark;
}

Region Quotes::File::region(size_t Begin, size_t End) const {
  auto Line = [&](size_t Offset) {
    // The last entry is the end, which belongs to the line before it.
    auto After = std::upper_bound(Starts.begin(), Starts.end() - 1, Offset);
    return size_t(After - Starts.begin()) - 1;
  };
  auto Column = [&](size_t Index, size_t Offset) {
    return utf16Length(text().substr(Starts[Index], Offset - Starts[Index]));
  };
  size_t First = Line(Begin), Last = Line(End);
  size_t StartColumn = Column(First, Begin), EndColumn = Column(Last, End);
  Region Result;
  Result.StartLine = First + 1;
  Result.StartColumn = StartColumn + 1;
  Result.EndLine = Last + 1;
  Result.EndColumn = EndColumn + 1;
  Result.Offset = Utf16Starts[First] + StartColumn;
  Result.Length = Utf16Starts[Last] + EndColumn - Result.Offset;
  Result.Text = utf8(std::string(text().substr(Begin, End - Begin)));
  return Result;
}

//===----------------------------------------------------------------------===//
// All files
//===----------------------------------------------------------------------===//

Quotes::Quotes(const Overlay *Instead) : Instead(Instead) {}
Quotes::~Quotes() = default;

const Quotes::File &Quotes::file(const std::string &Name) {
  std::unique_ptr<File> &Known = Files[Name];
  if (Known)
    return *Known;
  const std::string *Text = Instead ? contentIn(*Instead, Name) : nullptr;
  Known = std::make_unique<File>(Text ? *Text : contentOf(Name));
  return *Known;
}

std::string_view Quotes::line(const SourcePoint &Where) {
  const File &In = file(Where.File);
  if (!In.has(Where))
    return {};
  size_t Begin = In.begin(Where.Line - 1);
  std::string_view Line =
      In.text().substr(Begin, In.end(Where.Line - 1) - Begin);
  size_t First = Line.find_first_not_of(" \t");
  if (First == Line.npos)
    return {};
  return Line.substr(First, Line.find_last_not_of(" \t") + 1 - First);
}

std::optional<Region> Quotes::word(const SourcePoint &Where) {
  const File &In = file(Where.File);
  std::optional<size_t> Begin = In.offset(Where);
  if (!Begin)
    return std::nullopt;
  std::string_view Text = In.text();
  size_t End = *Begin;
  auto WordAt = [&](size_t At) { return At < Text.size() && isWord(Text[At]); };
  while (WordAt(End) ||
         (End > *Begin && Text.substr(End, 2) == "::" && WordAt(End + 2)))
    End += WordAt(End) ? 1 : 2;
  return In.region(*Begin, std::max(End, *Begin + 1));
}

std::optional<Region> Quotes::stretch(const SourcePoint &Where, size_t Length) {
  const File &In = file(Where.File);
  std::optional<size_t> Begin = In.withoutMark(Where.Offset, Length);
  if (!Begin || In.lines() == 0)
    return std::nullopt;
  return In.region(*Begin, *Begin + Length);
}

std::optional<Region> Quotes::context(const SourcePoint &Where) {
  const File &In = file(Where.File);
  if (!In.offset(Where))
    return std::nullopt;
  size_t First = Where.Line == 1 ? 0 : Where.Line - 2;
  size_t Last = std::min<size_t>(Where.Line, In.lines() - 1);
  return In.region(In.begin(First), In.end(Last));
}

} // namespace perfidy
