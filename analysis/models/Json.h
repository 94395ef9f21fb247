//===- Json.h - JSON that remembers its lines -------------------*- C++ -*-===//
//
// Part of Perfidy. nlohmann's own document forgets where a value stood; an
// error in a model has to say it.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_MODELS_JSON_H
#define PERFIDY_ANALYSIS_MODELS_JSON_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

struct JsonMember;

/// A JSON value and the line it starts on.
struct JsonValue {
  enum Kind { Null, Boolean, Integer, Number, String, Array, Object };
  Kind Type = Null;
  int Line = 1;
  bool Bool = false;
  int64_t Int = 0;
  double Real = 0;
  std::string Text;
  std::vector<JsonValue> Items;    ///< of an array
  std::vector<JsonMember> Members; ///< of an object, in the order written

  /// The member of that name, or null.
  const JsonValue *find(std::string_view Name) const;
  /// "a number", "an object" ...; what messages say.
  std::string_view typeName() const;
};

struct JsonMember {
  std::string Name;
  int Line = 1;
  JsonValue Value;
};

/// What is wrong with a file, and where. No error if Line is 0.
struct JsonError {
  int Line = 0;
  std::string Field;
  std::string What;

  explicit operator bool() const { return Line != 0; }
};

/// Reads \p Text into \p Result. The error's field is the last one that was
/// begun before the text stopped being JSON.
JsonError parseJson(std::string_view Text, JsonValue &Result);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_MODELS_JSON_H
