//===- Serialize.cpp - TU summaries as CBOR and as JSON -------------------===//
//
// Part of Perfidy. Both formats hold the same tree:
//
//   {"perfidy": <SummaryVersion>, "summary": {<fields, defaults left out>}}
//
// Locations are [file, line, column, offset]; enumerators are their names. The
// reader is strict: what it does not know is an error, since a summary of
// another version must never be taken for one of this.
//
// CBOR is what machines exchange by the thousand, so it is written and read
// without a tree (Cbor.h); JSON is for people.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Serialize.h"
#include "analysis/summary/Cbor.h"
#include "analysis/summary/Fields.h"
#include "analysis/summary/Indices.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>
#include <utility>

using nlohmann::json;

namespace perfidy {

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

std::string utf8(const std::string &Text) {
  if (std::all_of(Text.begin(), Text.end(), [](char C) { return C >= 0; }))
    return Text;
  std::string Printed =
      json(Text).dump(-1, ' ', false, json::error_handler_t::replace);
  return json::parse(Printed).get<std::string>();
}

static json write(const Location &L) {
  return json::array({L.File, L.Line, L.Column, L.Offset});
}

template <class T> static json write(const T &Value) {
  if constexpr (IsText<T>) {
    return utf8(Value);
  } else if constexpr (std::is_enum_v<T>) {
    return enumerator(Value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return Value;
  } else if constexpr (IsOptional<T>::value || IsSeldom<T>::value) {
    return write(*Value);
  } else if constexpr (IsVector<T>::value) {
    json Elements = json::array();
    for (const auto &Element : Value)
      Elements.push_back(write(Element));
    return Elements;
  } else {
    static const T Default;
    json Fields = json::object();
    // Both walks give the fields in the same order.
    std::vector<const void *> Defaults;
    fields(Default, [&](const char *, const auto &Field) {
      Defaults.push_back(&Field);
    });
    auto Next = Defaults.begin();
    fields(Value, [&]<class F>(const char *Name, const F &Field) {
      const F &Left = *static_cast<const F *>(*Next++);
      if (isLeftOut(Field, Left))
        return;
      json Written = write(Field);
      if (!Written.is_object() || !Written.empty())
        Fields[Name] = std::move(Written);
    });
    return Fields;
  }
}

static json tree(const TUSummary &Summary) {
  return {{"perfidy", SummaryVersion}, {"summary", write(Summary)}};
}

/// JSON for people: what fits on a line stands on one.
static void print(const json &Tree, unsigned Indent, std::string &Out) {
  constexpr size_t LineLength = 100;
  std::string Line = Tree.dump();
  if (!Tree.is_structured() || Indent + Line.size() <= LineLength) {
    Out += Line;
    return;
  }
  std::string Margin(Indent + 2, ' ');
  const char *Separator = "\n";
  Out += Tree.is_array() ? '[' : '{';
  for (const auto &[Key, Element] : Tree.items()) {
    Out += Separator + Margin;
    if (Tree.is_object())
      Out += json(Key).dump() + ": ";
    print(Element, Indent + 2, Out);
    Separator = ",\n";
  }
  Out += "\n" + std::string(Indent, ' ') + (Tree.is_array() ? ']' : '}');
}

/// {"perfidy": <SummaryVersion>, <what Write adds>}
template <class Callback> static std::string versioned(Callback Write) {
  CborWriter Writer;
  Writer.open();
  Writer.key("perfidy");
  Writer.write(SummaryVersion);
  Write(Writer);
  Writer.close();
  return Writer.take();
}

std::string toCbor(const TUSummary &Summary) {
  return versioned([&](CborWriter &Writer) {
    Writer.key("summary");
    Writer.write(Summary);
  });
}

template <class T> struct IsPlaceless : std::false_type {};
template <class T>
struct IsPlaceless<Few<T>>
    : std::disjunction<std::is_same<T, Index>, std::is_same<T, Need>,
                       std::is_same<T, SharedText>, std::is_same<T, AccessPath>,
                       std::is_same<T, Value>> {};
template <> struct IsPlaceless<Seldom<Value>> : std::true_type {};

/// Calls \p Visit for every Location in \p Value. Leaves alone what is shared
/// and has none: to walk over it as what may be changed would copy it.
template <class T, class Callback>
static void eachPlace(T &Value, const Callback &Visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, Location>) {
    Visit(Value);
  } else if constexpr (IsPlaceless<Plain>::value) {
    return;
  } else if constexpr (IsVector<Plain>::value) {
    for (auto &Element : Value)
      eachPlace(Element, Visit);
  } else if constexpr (std::is_class_v<Plain> && requires {
                         fields(Value, [](const char *, auto &) {});
                       }) {
    fields(Value, [&](const char *, auto &Below) { eachPlace(Below, Visit); });
  }
}

std::string toCbor(const Function &Of, const std::vector<File> &Files) {
  Function Alone = Of;
  std::vector<std::string> Own;
  std::vector<Index> NewIndex(Files.size(), None);
  eachPlace(Alone, [&](Location &L) {
    if (!L.valid())
      return;
    Index &New = NewIndex.at(size_t(L.File));
    if (New == None) {
      New = static_cast<Index>(Own.size());
      Own.push_back(Files[size_t(L.File)].Path);
    }
    L.File = New;
  });
  return versioned([&](CborWriter &Writer) {
    Writer.key("files");
    Writer.write(Own);
    Writer.key("function");
    Writer.write(Alone);
  });
}

std::string withoutPlaces(const Function &Of) {
  CborWriter Writer;
  Writer.leaveOutPlaces();
  Writer.write(Of);
  return Writer.take();
}

std::string toJson(const TUSummary &Summary) {
  std::string Text;
  print(tree(Summary), 0, Text);
  return Text + '\n';
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {

/// Builds the tree while it is parsed, and stops at nesting that no summary
/// has, before it can exhaust the parser's stack.
class Builder : public nlohmann::detail::json_sax_dom_parser<json> {
  using Base = nlohmann::detail::json_sax_dom_parser<json>;
  unsigned Depth = 0;

  bool enter() {
    constexpr unsigned Deepest = 256;
    if (++Depth > Deepest)
      throw std::runtime_error("nested too deeply");
    return true;
  }

public:
  explicit Builder(json &Tree) : Base(Tree, /*allow_exceptions=*/true) {}
  bool start_object(size_t Size) { return enter() && Base::start_object(Size); }
  bool start_array(size_t Size) { return enter() && Base::start_array(Size); }
  bool end_object() { return --Depth, Base::end_object(); }
  bool end_array() { return --Depth, Base::end_array(); }
};

/// Fills a summary from a tree, or throws std::runtime_error that names the
/// place in the tree.
class Reader {
  std::string Where;

  [[noreturn]] void fail(const std::string &What) const {
    throw std::runtime_error((Where.empty() ? "" : Where + ": ") + What);
  }

  template <class Callback> void below(const std::string &Name, Callback Read) {
    size_t Length = Where.size();
    Where += Name;
    Read();
    Where.resize(Length);
  }

  template <class T> T integer(const json &Tree) const {
    auto Fits = [](auto Number) { return std::in_range<T>(Number); };
    if (Tree.is_number_unsigned()
            ? Fits(Tree.get_ref<const json::number_unsigned_t &>())
            : Tree.is_number_integer() &&
                  Fits(Tree.get_ref<const json::number_integer_t &>()))
      return Tree.get<T>();
    fail("not an integer that fits");
  }

public:
  template <class T> void read(const json &Tree, T &Into) {
    if constexpr (IsText<T>) {
      if (!Tree.is_string())
        fail("not a string");
      Into = Tree.get_ref<const std::string &>();
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!Tree.is_boolean())
        fail("neither true nor false");
      Into = Tree.get<bool>();
    } else if constexpr (std::is_arithmetic_v<T>) {
      Into = integer<T>(Tree);
    } else if constexpr (std::is_enum_v<T>) {
      std::string Name;
      read(Tree, Name);
      unsigned Candidate = 0;
      while (enumerator(T(Candidate)) && enumerator(T(Candidate)) != Name)
        ++Candidate;
      if (!enumerator(T(Candidate)))
        fail("'" + Name + "' is none of its values");
      Into = T(Candidate);
    } else if constexpr (std::is_same_v<T, Location>) {
      if (!Tree.is_array() || Tree.size() != 4)
        fail("not [file, line, column, offset]");
      size_t Next = 0;
      fields(Into,
             [&](const char *, auto &Field) { read(Tree[Next++], Field); });
    } else if constexpr (IsOptional<T>::value) {
      read(Tree, Into.emplace());
    } else if constexpr (IsSeldom<T>::value) {
      read(Tree, Into.edit());
    } else if constexpr (IsVector<T>::value) {
      if (!Tree.is_array())
        fail("not an array");
      Into.clear();
      Into.resize(Tree.size());
      for (size_t I = 0; I < Into.size(); ++I)
        below("[" + std::to_string(I) + "]", [&] { read(Tree[I], Into[I]); });
    } else {
      if (!Tree.is_object())
        fail("not an object");
      size_t Known = 0;
      fields(Into, [&](const char *Name, auto &Field) {
        auto Found = Tree.find(Name);
        if (Found == Tree.end())
          return;
        ++Known;
        below((Where.empty() ? "" : ".") + std::string(Name),
              [&] { read(*Found, Field); });
      });
      if (Known != Tree.size())
        failUnknown(Tree, Into);
    }
  }

private:
  template <class T>
  [[noreturn]] void failUnknown(const json &Tree, T &Struct) const {
    for (const auto &[Key, Unused] : Tree.items()) {
      bool Known = false;
      fields(Struct, [&](const char *Name, auto &) { Known |= Key == Name; });
      if (!Known)
        fail("unknown field '" + Key + "'");
    }
    fail("unknown field");
  }
};

} // namespace

/// Turns every exception of \p Read, and a reason that it leaves in \p Error,
/// into words about \p What.
template <class Callback>
static bool inWords(const char *What, std::string &Error, Callback Read) {
  Error.clear();
  try {
    Read();
  } catch (const std::exception &Exception) {
    Error = Exception.what();
  }
  if (!Error.empty())
    Error = std::string("bad ") + What + ": " + Error;
  return Error.empty();
}

static void checkVersion(bool Is, const std::string &Given) {
  if (!Is)
    throw std::runtime_error("is of version " + Given +
                             ", this is a reader of version " +
                             std::to_string(SummaryVersion));
}

/// The version, which may stand anywhere, and decides how the rest is to be
/// read. Throws if there is none, or if \p Bytes are no map.
static uint64_t versionOf(std::string_view Bytes) {
  CborReader Look(Bytes);
  std::optional<uint64_t> Version;
  if (Bytes.empty())
    throw std::runtime_error("cannot be parsed");
  if ((static_cast<unsigned char>(Bytes.front()) >> 5) != 5) {
    Look.skip();
    throw std::runtime_error("not a summary");
  }
  Look.map("not a summary", [&](std::string_view Key) {
    if (Key == "perfidy")
      Look.read(Version.emplace());
    else
      Look.skip();
  });
  if (!Look.atEnd())
    throw std::runtime_error("cannot be parsed: there is more after its end");
  if (!Version)
    throw std::runtime_error("not a summary");
  return *Version;
}

static bool beginsWithOurVersion(std::string_view Bytes) {
  static const std::string Ours = [] {
    CborWriter Writer;
    Writer.key("perfidy");
    Writer.write(SummaryVersion);
    return Writer.take();
  }();
  // Behind the head of a map that takes one byte.
  return !Bytes.empty() && (static_cast<unsigned char>(Bytes[0]) >> 5) == 5 &&
         Bytes.substr(1).starts_with(Ours);
}

/// Reads {"perfidy": <version>, ...}: \p Read is given the other keys and says
/// whether it knows them. Throws std::runtime_error.
template <class Callback>
static void readVersioned(std::string_view Bytes, PartTable *Parts,
                          Callback Read) {
  auto ReadAll = [&] {
    CborReader All(Bytes, Parts);
    All.map("not a summary", [&](std::string_view Key) {
      if (Key == "perfidy" || !Read(All, Key))
        All.skip();
    });
    return All.atEnd();
  };
  // Our writers put the version first: what is of ours is passed over once.
  if (beginsWithOurVersion(Bytes)) {
    try {
      if (ReadAll())
        return;
    } catch (const std::exception &) {
      versionOf(Bytes); // what is cut short is told so as a whole
      throw;
    }
  }
  uint64_t Version = versionOf(Bytes);
  checkVersion(Version == SummaryVersion, std::to_string(Version));
  ReadAll();
}

bool fromCbor(std::string_view Bytes, TUSummary &Summary, std::string &Error,
              PartTable *Parts) {
  Summary = TUSummary();
  bool Good = inWords("summary", Error, [&] {
    bool Found = false;
    readVersioned(Bytes, Parts, [&](CborReader &From, std::string_view Key) {
      if (Key != "summary")
        return false;
      From.read(Summary);
      return Found = true;
    });
    if (!Found)
      throw std::runtime_error("not a summary");
    checkIndices(Summary, Error);
  });
  if (!Good)
    Summary = TUSummary();
  return Good;
}

bool functionFromCbor(std::string_view Bytes, Function &Into,
                      std::vector<std::string> &Files, std::string &Error,
                      PartTable *Parts) {
  std::optional<Function> Read;
  bool Good = inWords("function", Error, [&] {
    readVersioned(Bytes, Parts, [&](CborReader &From, std::string_view Key) {
      if (Key == "files")
        From.read(Files);
      else if (Key == "function")
        From.read(Read.emplace());
      else
        return false;
      return true;
    });
    if (!Read)
      throw std::runtime_error("not a function");
    checkIndices(*Read, Files.size(), Error);
  });
  if (Good)
    Into = std::move(*Read);
  return Good;
}

void remapFiles(Function &Of, const std::vector<Index> &NewIndex) {
  eachPlace(Of, [&](Location &L) {
    if (L.valid())
      L.File = NewIndex.at(size_t(L.File));
  });
}

bool fromJson(std::string_view Text, TUSummary &Summary, std::string &Error) {
  Summary = TUSummary();
  bool Good = inWords("summary", Error, [&] {
    json Tree;
    Builder Build(Tree);
    if (!json::sax_parse(Text.begin(), Text.end(), &Build))
      throw std::runtime_error("cannot be parsed");
    if (!Tree.is_object() || !Tree.contains("perfidy") ||
        !Tree.contains("summary"))
      throw std::runtime_error("not a summary");
    checkVersion(Tree["perfidy"] == SummaryVersion, Tree["perfidy"].dump());
    Reader().read(Tree["summary"], Summary);
    checkIndices(Summary, Error);
  });
  if (!Good)
    Summary = TUSummary();
  return Good;
}

} // namespace perfidy
