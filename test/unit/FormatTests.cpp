//===- FormatTests.cpp - reports of what is hard to write down ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Cbor.h"
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Quotes.h"
#include "driver/Report.h"
#include "driver/Severity.h"
#include "driver/Xml.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace perfidy;

namespace {

/// A file that goes when the test ends.
class Sample {
  std::filesystem::path Path;

public:
  explicit Sample(const std::string &Text)
      : Path(std::filesystem::temp_directory_path() /
             ("perfidy-format-" + std::to_string(getpid()) + ".cpp")) {
    std::ofstream(Path, std::ios::binary) << Text;
  }
  ~Sample() { std::filesystem::remove(Path); }
  SourcePoint at(uint32_t Line, uint32_t Column, uint32_t Offset = 0) const {
    return {Path.string(), Line, Column, Offset};
  }
};

/// Not UTF-8, in a file that is not there, with signs of every format.
Finding odd() {
  Finding Result;
  Result.Check = "someone-elses-check";
  Result.At = {"/gone/\xff<&>\".cpp", 7, 3, 120};
  Result.Message = "a\nb\r%,: ]]> \x01 \xe9 \xef\xbf\xbf";
  Result.Path.push_back({{"", 0, 0, 0}, ""});
  Result.Fixes.push_back({Result.At, 3, "\xfe"});
  return Result;
}

Report report(std::vector<Finding> Findings) {
  Report Result;
  Result.Root = "/gone";
  Result.Findings = std::move(Findings);
  Result.FailedFiles.push_back({"/gone/a.cpp", "clang crashed: x:1:2"});
  return Result;
}

} // namespace

TEST(Formats, WriteWhatIsNoUtf8AndWhatHasGone) {
  Report What = report({odd()});
  for (const auto &[Word, As] : formats()) {
    std::string Text = writeReport(What, As, false);
    EXPECT_FALSE(Text.empty()) << Word;
    if (As == Format::Json || As == Format::Sarif || As == Format::Gitlab) {
      EXPECT_TRUE(nlohmann::json::accept(Text)) << Word;
    }
    if (As != Format::Text && As != Format::Clang) {
      EXPECT_EQ(utf8(Text), Text) << Word << " is no UTF-8";
    }
  }
}

TEST(Formats, WriteNothing) {
  for (const auto &[Word, As] : formats())
    EXPECT_FALSE(writeReport(Report(), As, true).empty()) << Word;
}

TEST(Formats, SarifOfWhatHasGone) {
  auto Log = nlohmann::json::parse(writeSarif(report({odd()})));
  auto Result = Log["runs"][0]["results"][0];
  auto Place = Result["locations"][0]["physicalLocation"];
  EXPECT_EQ(Place["artifactLocation"]["uri"], "%FF%3C&%3E%22.cpp");
  EXPECT_EQ(Place["region"],
            (nlohmann::json{{"startLine", 7}, {"startColumn", 3}}));
  auto Change = Result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(Change["deletedRegion"],
            (nlohmann::json{{"byteOffset", 120}, {"byteLength", 3}}));
}

TEST(Formats, SarifDoublesBraces) {
  Finding Braces;
  Braces.Message = "reads 'a{0}' here";
  auto Log = nlohmann::json::parse(writeSarif(report({Braces})));
  EXPECT_EQ(Log["runs"][0]["results"][0]["message"]["text"],
            "Reads 'a{{0}}' here.");
}

TEST(Formats, SarifMakesNoLinks) {
  Finding Link;
  Link.Message = "calls 'handlers[i](x)' here";
  Finding Plain;
  Plain.Message = "reads 'a[i]' here";
  auto Log = nlohmann::json::parse(writeSarif(report({Link, Plain})));
  auto Results = Log["runs"][0]["results"];
  EXPECT_EQ(Results[0]["message"]["text"], "Calls 'handlers\\[i\\](x)' here.");
  EXPECT_EQ(Results[1]["message"]["text"], "Reads 'a[i]' here.");
}

TEST(Formats, ManyFindings) {
  Report What = report(std::vector<Finding>(2000, odd()));
  for (const auto &[Word, As] : formats())
    EXPECT_GT(writeReport(What, As, false).size(), What.Findings.size())
        << Word;
}

TEST(Xml, HasNoOtherCharactersThanXml) {
  EXPECT_EQ(xml("<a b=\"'c'\">&\t\n"),
            "&lt;a b=&quot;'c'&quot;&gt;&amp;&#9;&#10;");
  EXPECT_EQ(xml("\x01 \xff \xef\xbf\xbe"),
            "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd");
}

TEST(Places, Relative) {
  EXPECT_EQ(relativeTo("/a/b", "/a/b/c/d.cpp"), "c/d.cpp");
  EXPECT_EQ(relativeTo("/a/b/", "/a/b/d.cpp"), "d.cpp");
  EXPECT_EQ(relativeTo("/a/b", "/a/bc/d.cpp"), "/a/bc/d.cpp");
  EXPECT_EQ(relativeTo("/", "/a.cpp"), "a.cpp");
}

TEST(Places, Uris) {
  EXPECT_EQ(fileUri("/a b/\xc3\xb6%?#:[].cpp"),
            "file:///a%20b/%C3%B6%25%3F%23%3A%5B%5D.cpp");
}

TEST(Report, FirstError) {
  Step Where = firstError({"/a.cpp", "/b:1 c.h:2:10: 'x: y' not found"});
  EXPECT_EQ(Where.Where, (SourcePoint{"/b:1 c.h", 2, 10, 0}));
  EXPECT_EQ(Where.Message, "'x: y' not found");
  Step Whole = firstError({"/a.cpp", "/a.cpp: no such file"});
  EXPECT_EQ(Whole.Where, (SourcePoint{"/a.cpp", 0, 0, 0}));
  EXPECT_EQ(Whole.Message, "no such file");
}

TEST(Quotes, CountUtf16BehindAByteOrderMark) {
  Sample File("\xef\xbb\xbfint a;\r\n/* \xf0\x9f\x98\x80\xe9 */ ns::b();\n");
  Quotes Source;
  EXPECT_EQ(Source.line(File.at(1, 1)), "int a;");
  EXPECT_EQ(Source.word(File.at(1, 4))->StartColumn, 1u);
  std::optional<Region> Word = Source.word(File.at(2, 13));
  ASSERT_TRUE(Word);
  EXPECT_EQ(Word->Text, "ns::b");
  EXPECT_EQ(Word->StartColumn, 11u);
  EXPECT_EQ(Word->EndColumn, 16u);
  EXPECT_EQ(Word->Offset, 18u);
  std::optional<Region> Edit = Source.stretch(File.at(2, 13, 23), 5);
  ASSERT_TRUE(Edit);
  EXPECT_EQ(Edit->Text, "ns::b");
  EXPECT_EQ(Edit->StartColumn, 11u);
}

TEST(Quotes, NothingBehindTheEnd) {
  Sample File("a\n");
  Quotes Source;
  for (SourcePoint Where : {File.at(0, 0), File.at(1, 0), File.at(1, 2),
                            File.at(1, 9), File.at(2, 1), File.at(3, 1)}) {
    EXPECT_FALSE(Source.word(Where)) << Where.Line << ':' << Where.Column;
    EXPECT_FALSE(Source.context(Where)) << Where.Line << ':' << Where.Column;
  }
  EXPECT_FALSE(Source.stretch(File.at(1, 1, 1), 9));
  EXPECT_EQ(Source.line({"/no/such/file", 1, 1, 0}), "");
}

TEST(Severity, ImportanceFollowsTheOrder) {
  std::vector<Finding> All;
  for (unsigned Where = 1; Where <= 5; ++Where)
    for (unsigned Degree = 0; Degree <= 7; ++Degree)
      for (unsigned Sure = 0; Sure <= 2; ++Sure)
        for (unsigned Runs = 0; Runs <= 2; ++Runs) {
          All.emplace_back();
          All.back().At.Line = uint32_t(All.size());
          All.back().Where = Level(Where);
          All.back().Degree = Degree;
          All.back().Sure = Confidence(Sure);
          All.back().Runs = Heat(Runs);
        }
  rank(All);
  double Last = 100;
  for (const Finding &Each : All) {
    EXPECT_LE(importance(Each), Last);
    EXPECT_GT(importance(Each), 0);
    Last = importance(Each);
  }
}
