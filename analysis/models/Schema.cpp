//===- Schema.cpp - is a model what the schema says -----------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Schema.h"
#include "analysis/models/Embedded.h"
#include <algorithm>

namespace perfidy {

/// Levenshtein's distance, one row at a time.
static size_t editDistance(std::string_view A, std::string_view B) {
  std::vector<size_t> Row(B.size() + 1);
  for (size_t J = 0; J <= B.size(); ++J)
    Row[J] = J;
  for (size_t I = 1; I <= A.size(); ++I) {
    size_t Diagonal = Row[0];
    Row[0] = I;
    for (size_t J = 1; J <= B.size(); ++J) {
      size_t Replaced = Diagonal + (A[I - 1] != B[J - 1]);
      Diagonal = Row[J];
      Row[J] = std::min({Replaced, Row[J] + 1, Row[J - 1] + 1});
    }
  }
  return Row[B.size()];
}

std::string nearest(std::string_view Typo,
                    const std::vector<std::string> &Words) {
  std::string Best;
  size_t BestDistance = std::max<size_t>(2, Typo.size() / 2) + 1;
  for (const std::string &Word : Words) {
    size_t Distance = editDistance(Typo, Word);
    // "execute" is meant to be "query.execute" however far apart they are.
    if (size_t Dot = Word.find('.'); Dot != std::string::npos)
      Distance =
          std::min(Distance, 1 + editDistance(Typo, Word.substr(Dot + 1)));
    if (Distance < BestDistance) {
      BestDistance = Distance;
      Best = Word;
    }
  }
  return Best;
}

static std::string quoted(std::string_view Text) {
  std::string Result = "'";
  Result += Text;
  Result += '\'';
  return Result;
}

/// "a", "a or b", "a, b or c"
static std::string enumerate(const std::vector<std::string> &Words) {
  std::string Result;
  for (size_t I = 0; I < Words.size(); ++I) {
    if (I)
      Result += I + 1 == Words.size() ? " or " : ", ";
    Result += Words[I];
  }
  return Result;
}

static std::string suggestion(std::string_view Typo,
                              const std::vector<std::string> &Words) {
  if (std::string Best = nearest(Typo, Words); !Best.empty())
    return "did you mean " + quoted(Best) + "?";
  if (Words.size() > 12)
    return "docs/models.md lists all there are";
  std::vector<std::string> Quoted;
  for (const std::string &Word : Words)
    Quoted.push_back(quoted(Word));
  return "it must be " + enumerate(Quoted);
}

static std::string firstSentence(const std::string &Text) {
  return Text.substr(0, Text.find(". "));
}

static bool hasType(const JsonValue &Value, std::string_view Type) {
  switch (Value.Type) {
  case JsonValue::Null:
    return Type == "null";
  case JsonValue::Boolean:
    return Type == "boolean";
  case JsonValue::Integer:
    return Type == "integer" || Type == "number";
  case JsonValue::Number:
    return Type == "number";
  case JsonValue::String:
    return Type == "string";
  case JsonValue::Array:
    return Type == "array";
  case JsonValue::Object:
    return Type == "object";
  }
  return false;
}

static int64_t limit(const JsonValue &Rule, std::string_view Word) {
  const JsonValue *Limit = Rule.find(Word);
  return Limit ? Limit->Int : INT64_MIN;
}

const Schema &Schema::embedded() {
  static const Schema Instance(embeddedText(modelParts(), "schema.json"));
  return Instance;
}

Schema::Schema(std::string_view Text) { parseJson(Text, Root); }

const JsonValue &Schema::resolve(const JsonValue &Rule) const {
  const JsonValue *At = &Rule;
  while (const JsonValue *Ref = At->find("$ref")) {
    std::string_view Path = Ref->Text;
    const JsonValue *Next = &Root;
    for (size_t Begin = Path.find('/'); Begin != std::string_view::npos;) {
      size_t End = Path.find('/', Begin + 1);
      Next = Next->find(Path.substr(Begin + 1, End - Begin - 1));
      if (!Next)
        return *At;
      Begin = End;
    }
    At = Next;
  }
  return *At;
}

std::vector<std::string> Schema::choices(const JsonValue &Rule) const {
  std::vector<std::string> Result;
  if (const JsonValue *Enum = Rule.find("enum"))
    for (const JsonValue &Word : Enum->Items)
      Result.push_back(Word.Text);
  if (const JsonValue *OneOf = Rule.find("oneOf"))
    for (const JsonValue &Branch : OneOf->Items) {
      const JsonValue *Const = Branch.find("const");
      if (!Const)
        return {};
      Result.push_back(Const->Text);
    }
  return Result;
}

std::vector<std::string> Schema::alternatives(const JsonValue &Written) const {
  const JsonValue &Rule = resolve(Written);
  std::vector<std::string> Result;
  if (std::vector<std::string> Words = choices(Rule); !Words.empty()) {
    for (const std::string &Word : Words)
      Result.push_back(quoted(Word));
  } else if (const JsonValue *OneOf = Rule.find("oneOf")) {
    for (const JsonValue &Branch : OneOf->Items)
      for (std::string &Alternative : alternatives(Branch))
        Result.push_back(std::move(Alternative));
  } else if (const JsonValue *Type = Rule.find("type")) {
    bool Vowel =
        std::string_view("aeiou").find(Type->Text[0]) != std::string_view::npos;
    Result.push_back((Vowel ? "an " : "a ") + Type->Text);
    if (const JsonValue *Items = Rule.find("items"))
      if (const JsonValue *ItemType = resolve(*Items).find("type"))
        Result.back() += " of " + ItemType->Text + "s";
  }
  return Result;
}

std::string Schema::describe(const JsonValue &Rule) const {
  return enumerate(alternatives(Rule));
}

JsonError Schema::check(const JsonValue &File) const {
  return check(File, Root, "");
}

JsonError Schema::check(const JsonValue &Value, const JsonValue &Written,
                        const std::string &Name) const {
  const JsonValue &Rule = resolve(Written);
  auto Fail = [&](std::string What) {
    return JsonError{Value.Line, Name,
                     (Name.empty() ? "the file " : "") + std::move(What)};
  };

  if (std::vector<std::string> Words = choices(Rule); !Words.empty()) {
    if (Value.Type != JsonValue::String)
      return Fail("is " + std::string(Value.typeName()) + "; it must be " +
                  (Words.size() > 8 ? "a string" : describe(Rule)));
    if (std::find(Words.begin(), Words.end(), Value.Text) == Words.end())
      return Fail("there is no " + quoted(Value.Text) + "; " +
                  suggestion(Value.Text, Words));
    return {};
  }

  if (const JsonValue *OneOf = Rule.find("oneOf")) {
    for (const JsonValue &Branch : OneOf->Items) {
      JsonError Error = check(Value, Branch, Name);
      if (!Error)
        return {};
      // Of the right type and yet wrong: what that branch says helps more.
      const JsonValue *Type = resolve(Branch).find("type");
      if (Type && hasType(Value, Type->Text))
        return Error;
    }
    std::string Is = Value.Type == JsonValue::String
                         ? quoted(Value.Text)
                         : std::string(Value.typeName());
    return Fail("is " + Is + "; it must be " + describe(Rule));
  }

  if (const JsonValue *Type = Rule.find("type");
      Type && !hasType(Value, Type->Text))
    return Fail("is " + std::string(Value.typeName()) + "; it must be " +
                describe(Rule));
  if (Value.Type == JsonValue::Integer && Value.Int < limit(Rule, "minimum"))
    return Fail("is " + std::to_string(Value.Int) + "; it must be at least " +
                std::to_string(limit(Rule, "minimum")));
  if (Value.Type == JsonValue::String &&
      int64_t(Value.Text.size()) < limit(Rule, "minLength"))
    return Fail("is empty; it must say something");
  if (Value.Type == JsonValue::Array) {
    if (int64_t(Value.Items.size()) < limit(Rule, "minItems"))
      return Fail("is an empty array; leave it out or put something in");
    if (const JsonValue *Items = Rule.find("items"))
      for (const JsonValue &Item : Value.Items)
        if (JsonError Error = check(Item, *Items, Name))
          return Error;
  }
  if (Value.Type == JsonValue::Object)
    return checkObject(Value, Rule, Name);
  return {};
}

JsonError Schema::checkObject(const JsonValue &Value, const JsonValue &Rule,
                              const std::string &Name) const {
  const JsonValue *Properties = Rule.find("properties");
  const JsonValue *Others = Rule.find("additionalProperties");
  const JsonValue *Title = Rule.find("title");
  std::string Owner = Title ? Title->Text : quoted(Name);

  for (const JsonMember &Member : Value.Members) {
    const JsonValue *Known =
        Properties ? Properties->find(Member.Name) : nullptr;
    if (!Known && Others && Others->Type == JsonValue::Object)
      Known = Others;
    if (!Known && Others) {
      std::vector<std::string> Fields;
      for (const JsonMember &Property : Properties->Members)
        Fields.push_back(Property.Name);
      return {Member.Line, Member.Name,
              Owner + " has no such field; " + suggestion(Member.Name, Fields)};
    }
    if (Known)
      if (JsonError Error = check(Member.Value, *Known, Member.Name))
        return Error;
  }

  if (const JsonValue *Required = Rule.find("required"))
    for (const JsonValue &Field : Required->Items)
      if (!Value.find(Field.Text)) {
        const JsonValue *Missing =
            Properties ? Properties->find(Field.Text) : nullptr;
        const JsonValue *Says =
            Missing ? Missing->find("description") : nullptr;
        return {Value.Line, Field.Text,
                "is missing; " + Owner + " must have it" +
                    (Says ? ": " + firstSentence(Says->Text) : "")};
      }
  return {};
}

} // namespace perfidy
