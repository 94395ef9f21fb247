//===- Json.cpp - JSON that remembers its lines ---------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Json.h"
#include <iterator>
#include <nlohmann/json.hpp>

namespace perfidy {

const JsonValue *JsonValue::find(std::string_view Name) const {
  for (const JsonMember &Member : Members)
    if (Member.Name == Name)
      return &Member.Value;
  return nullptr;
}

std::string_view JsonValue::typeName() const {
  switch (Type) {
  case Null:
    return "null";
  case Boolean:
    return "a boolean";
  case Integer:
    return "an integer";
  case Number:
    return "a number";
  case String:
    return "a string";
  case Array:
    return "an array";
  case Object:
    return "an object";
  }
  return "";
}

namespace {

/// Where the reader is. The lexer reads one character past a number; the line
/// of the last character that is no space is the line the number stands on.
struct Position {
  int Line = 1;
  int LastLine = 1;

  void pass(char C) {
    if (C == '\n')
      ++Line;
    else if (C != ' ' && C != '\t' && C != '\r')
      LastLine = Line;
  }
};

/// Walks a text and counts its lines. Copies count together.
class CountingIterator {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char *;
  using reference = const char &;

  CountingIterator(const char *At, Position *Where) : At(At), Where(Where) {}
  reference operator*() const { return *At; }
  CountingIterator &operator++() {
    Where->pass(*At++);
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator Old = *this;
    ++*this;
    return Old;
  }
  bool operator==(const CountingIterator &Other) const {
    return At == Other.At;
  }

private:
  const char *At;
  Position *Where;
};

/// Builds a JsonValue from nlohmann's events.
class Builder {
public:
  Builder(JsonValue &Root, const Position &Where) : Root(Root), Where(Where) {}

  // The names are those that nlohmann calls.
  bool null() { return add(JsonValue::Null); }
  bool boolean(bool Value) {
    bool Ok = add(JsonValue::Boolean);
    Last->Bool = Value;
    return Ok;
  }
  bool number_integer(int64_t Value) {
    bool Ok = add(JsonValue::Integer);
    Last->Int = Value;
    return Ok;
  }
  bool number_unsigned(uint64_t Value) {
    return number_integer(static_cast<int64_t>(Value));
  }
  bool number_float(double Value, const std::string &) {
    bool Ok = add(JsonValue::Number);
    Last->Real = Value;
    return Ok;
  }
  bool string(std::string &Value) {
    bool Ok = add(JsonValue::String);
    Last->Text = Value;
    return Ok;
  }
  bool binary(std::vector<uint8_t> &) { return false; }
  bool start_object(size_t) { return open(JsonValue::Object); }
  bool start_array(size_t) { return open(JsonValue::Array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string &Name) {
    LastKey = Name;
    JsonValue &Object = *Open.back();
    if (Object.find(Name)) {
      Error = {Where.LastLine, Name,
               "is given twice in one object; keep one of the two"};
      return false;
    }
    Object.Members.push_back({Name, Where.LastLine, {}});
    return true;
  }

  bool parse_error(size_t, const std::string &, const std::exception &Caught) {
    // "[...101] parse error at line 3, column 5: syntax error while parsing
    // object key - unexpected end of input; expected string literal"
    std::string What = Caught.what();
    if (size_t At = What.find(": "); At != std::string::npos)
      What.erase(0, At + 2);
    if (What.starts_with("syntax error "))
      What.erase(0, sizeof("syntax error ") - 1);
    Error = {Where.LastLine, LastKey, "the JSON breaks off after it: " + What};
    return false;
  }

  JsonError Error;

private:
  /// Makes \p Last the place of the value that begins here.
  bool add(JsonValue::Kind Type) {
    if (Open.empty())
      Last = &Root;
    else if (Open.back()->Type == JsonValue::Array)
      Last = &Open.back()->Items.emplace_back();
    else
      Last = &Open.back()->Members.back().Value;
    Last->Type = Type;
    Last->Line = Where.LastLine;
    return true;
  }
  bool open(JsonValue::Kind Type) {
    add(Type);
    Open.push_back(Last);
    return true;
  }
  bool close() {
    Open.pop_back();
    return true;
  }

  JsonValue &Root;
  const Position &Where;
  JsonValue *Last = nullptr;
  /// Objects and arrays around the place read. Only the innermost one grows,
  /// so the pointers stay valid.
  std::vector<JsonValue *> Open;
  std::string LastKey;
};

} // namespace

JsonError parseJson(std::string_view Text, JsonValue &Result) {
  Position Where;
  Builder Build(Result, Where);
  CountingIterator Begin(Text.data(), &Where);
  CountingIterator End(Text.data() + Text.size(), &Where);
  nlohmann::json::sax_parse(Begin, End, &Build);
  return Build.Error;
}

} // namespace perfidy
