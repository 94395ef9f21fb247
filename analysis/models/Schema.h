//===- Schema.h - is a model what the schema says ---------------*- C++ -*-===//
//
// Part of Perfidy. The roles and fields that exist are those of
// models/schema.json, which is embedded; no C++ lists them a second time.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_MODELS_SCHEMA_H
#define PERFIDY_ANALYSIS_MODELS_SCHEMA_H

#include "analysis/models/Json.h"

namespace perfidy {

/// The part of JSON Schema that models/schema.json is written in: type, enum,
/// const, oneOf, $ref into $defs, properties, required, additionalProperties,
/// items, minItems, minLength, minimum. Other words are ignored.
class Schema {
public:
  /// The schema in the binary.
  static const Schema &embedded();

  explicit Schema(std::string_view Text);

  /// First thing in \p File that the schema does not allow.
  JsonError check(const JsonValue &File) const;

private:
  /// \p Name is the field that holds \p Value, empty for the whole file.
  JsonError check(const JsonValue &Value, const JsonValue &Rule,
                  const std::string &Name) const;
  JsonError checkObject(const JsonValue &Value, const JsonValue &Rule,
                        const std::string &Name) const;
  const JsonValue &resolve(const JsonValue &Rule) const;
  /// The strings that \p Rule allows; empty if it allows others.
  std::vector<std::string> choices(const JsonValue &Rule) const;
  /// {"an integer", "'this'", "'result'"}
  std::vector<std::string> alternatives(const JsonValue &Rule) const;
  /// "an integer, 'this' or 'result'"
  std::string describe(const JsonValue &Rule) const;

  JsonValue Root;
};

/// The word of \p Words that \p Typo was most likely meant to be; empty if it
/// is like none of them.
std::string nearest(std::string_view Typo,
                    const std::vector<std::string> &Words);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_MODELS_SCHEMA_H
