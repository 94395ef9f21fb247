//===- SerializeTests.cpp - summaries out and in again --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Fields.h"
#include "analysis/summary/Serialize.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace perfidy;
using nlohmann::json;

namespace {

/// Gives every field of a summary a value that is not its default, so that one
/// which is lost on the way is missed.
struct Fill {
  int Depth = 0;

  void operator()(const char *, std::string &Field) { Field = "text"; }
  void operator()(const char *, SharedText &Field) { Field = "text"; }
  void operator()(const char *, bool &Field) { Field = !Field; }
  void operator()(const char *, Index &Field) { Field = 0; }
  void operator()(const char *, uint32_t &Field) { Field = 4'000'000'000; }
  void operator()(const char *, uint64_t &Field) { Field = 5'000'000'000; }
  void operator()(const char *, int64_t &Field) { Field = -5'000'000'000; }
  template <class T> void operator()(const char *, std::optional<T> &Field) {
    (*this)("", Field.emplace());
  }
  template <class T> void operator()(const char *, std::vector<T> &Field) {
    if (Depth < 5)
      (*this)("", Field.emplace_back());
  }
  template <class T> void operator()(const char *, Few<T> &Field) {
    if (Depth < 5)
      (*this)("", Field.emplace_back());
  }
  template <class T> void operator()(const char *, Seldom<T> &Field) {
    (*this)("", Field.edit());
  }
  template <class T> void operator()(const char *, T &Field) {
    if constexpr (std::is_enum_v<T>) {
      Field = T(1);
    } else {
      ++Depth;
      fields(Field, *this);
      --Depth;
    }
  }
};

TUSummary full() {
  TUSummary Summary;
  Fill()("", Summary);
  return Summary;
}

using Reads = bool (*)(std::string_view, TUSummary &, std::string &);

bool readsCbor(std::string_view Bytes, TUSummary &Summary, std::string &Error) {
  return fromCbor(Bytes, Summary, Error);
}

std::string errorOf(Reads From, std::string_view Bytes) {
  TUSummary Summary;
  std::string Error;
  EXPECT_FALSE(From(Bytes, Summary, Error));
  return Error;
}

} // namespace

TEST(Serialize, CborKeepsEveryField) {
  TUSummary Back;
  std::string Error;
  ASSERT_TRUE(fromCbor(toCbor(full()), Back, Error)) << Error;
  EXPECT_EQ(toJson(Back), toJson(full()));
}

TEST(Serialize, JsonKeepsEveryField) {
  TUSummary Back;
  std::string Error;
  ASSERT_TRUE(fromJson(toJson(full()), Back, Error)) << Error;
  EXPECT_EQ(toJson(Back), toJson(full()));
}

/// What is written is what the struct has: no field is written under the name
/// of another, and none is left out.
TEST(Serialize, EveryFieldIsWritten) {
  json Tree = json::parse(toJson(full()))["summary"];
  size_t Fields = 0;
  fields(full().Functions[0], [&](const char *Name, const auto &) {
    EXPECT_TRUE(Tree["Functions"][0].contains(Name)) << Name;
    ++Fields;
  });
  EXPECT_EQ(Tree["Functions"][0].size(), Fields);
}

TEST(Serialize, DefaultsAreLeftOut) {
  TUSummary Summary;
  Summary.Functions.emplace_back();
  EXPECT_EQ(json::parse(toJson(Summary))["summary"].dump(),
            R"({"Functions":[{}]})");
}

TEST(Serialize, AnEmptyTextIsNotNoText) {
  TUSummary Summary, Back;
  Summary.Functions.emplace_back().Calls.emplace_back().Sql = "";
  std::string Error;
  ASSERT_TRUE(fromCbor(toCbor(Summary), Back, Error)) << Error;
  EXPECT_EQ(Back.Functions[0].Calls[0].Sql, "");
}

TEST(Serialize, TextInAnotherEncodingIsNoError) {
  TUSummary Summary, Back;
  Summary.Functions.emplace_back().Name = "caf\xe9";
  std::string Error;
  ASSERT_TRUE(fromCbor(toCbor(Summary), Back, Error)) << Error;
  EXPECT_EQ(Back.Functions[0].Name, "caf\xef\xbf\xbd");
}

TEST(Serialize, EveryTruncationIsAnError) {
  std::string Bytes = toCbor(full());
  for (size_t Length = 0; Length < Bytes.size(); ++Length)
    EXPECT_NE(errorOf(readsCbor, std::string_view(Bytes).substr(0, Length)),
              "");
}

/// A changed byte may go unnoticed, but must neither crash nor give indices
/// that point nowhere; those are what checkIndices sees to.
TEST(Serialize, NoChangedByteDoesHarm) {
  const std::string Good = toCbor(full());
  for (size_t At = 0; At < Good.size(); ++At)
    for (unsigned char Change : {0x01, 0x20, 0x80, 0xff}) {
      std::string Bad = Good;
      Bad[At] = char(Bad[At] ^ Change);
      TUSummary Summary;
      std::string Error;
      EXPECT_EQ(fromCbor(Bad, Summary, Error), Error.empty());
    }
}

TEST(Serialize, TrailingBytesAreAnError) {
  EXPECT_NE(errorOf(readsCbor, toCbor(full()) + 'x'), "");
}

TEST(Serialize, DeepNestingIsAnError) {
  std::string Arrays(1'000'000, '\x81');
  EXPECT_EQ(errorOf(readsCbor, Arrays), "bad summary: nested too deeply");
  EXPECT_EQ(errorOf(fromJson, std::string(1'000'000, '[')),
            "bad summary: nested too deeply");
}

TEST(Serialize, ErrorsNameThePlace) {
  auto Read = [](json Summary, json Version = SummaryVersion) {
    json Tree = {{"perfidy", Version}, {"summary", Summary}};
    return errorOf(fromJson, Tree.dump());
  };
  EXPECT_EQ(Read({{"Functions", {{{"Kind", "Macro"}}}}}),
            "bad summary: Functions[0].Kind: 'Macro' is none of its values");
  EXPECT_EQ(Read({{"Functions", {{{"Speed", 3}}}}}),
            "bad summary: Functions[0]: unknown field 'Speed'");
  EXPECT_EQ(Read({{"MainFile", 3}}), "bad summary: MainFile: not a string");
  EXPECT_EQ(Read(json::object(), 99),
            "bad summary: is of version 99, this is a reader of version " +
                std::to_string(SummaryVersion));
  EXPECT_EQ(Read({{"Functions", {{{"Name", "f"}, {"Where", {7, 1, 1, 0}}}}}}),
            "bad summary: function 'f', field 'Where': 7 is out of range");
  EXPECT_EQ(errorOf(fromJson, "{}"), "bad summary: not a summary");
}

TEST(Serialize, EveryIndexIsChecked) {
  // Each array is emptied in turn; what points into it must be noticed.
  for (auto Empty : std::vector<void (*)(Function &)>{
           [](Function &F) { F.Locals.clear(); },
           [](Function &F) { F.Loops.clear(); },
           [](Function &F) { F.Guards.clear(); },
           [](Function &F) { F.Compares.clear(); },
           [](Function &F) { F.Calls.clear(); }}) {
    TUSummary Summary = full();
    Empty(Summary.Functions[0]);
    EXPECT_NE(errorOf(readsCbor, toCbor(Summary)), "");
  }
}
