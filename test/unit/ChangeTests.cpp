//===- ChangeTests.cpp - changes, and what was found before them ----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Fixes.h"
#include "driver/GitDiff.h"
#include "driver/Matching.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace perfidy;

//===----------------------------------------------------------------------===//
// Diffs
//===----------------------------------------------------------------------===//

TEST(Diff, AddedChangedAndRemovedLines) {
  auto Files = parseDiff("diff --git a/x.cpp b/x.cpp\n"
                         "index 1..2 100644\n"
                         "--- a/x.cpp\n"
                         "+++ b/x.cpp\n"
                         "@@ -3,0 +4,2 @@ void f() {\n"
                         "+one\n"
                         "+two\n"
                         "@@ -9 +12 @@\n"
                         "-old\n"
                         "+new\n"
                         "@@ -20,2 +22,0 @@\n"
                         "-gone\n"
                         "-too\n");
  ASSERT_EQ(Files.size(), 1u);
  EXPECT_EQ(Files[0].Before, "x.cpp");
  EXPECT_EQ(Files[0].Now, "x.cpp");
  ASSERT_EQ(Files[0].Touched.size(), 3u);
  EXPECT_EQ(Files[0].Touched[0].First, 4u);
  EXPECT_EQ(Files[0].Touched[0].Last, 5u);
  EXPECT_EQ(Files[0].Touched[1].First, 12u);
  EXPECT_EQ(Files[0].Touched[1].Last, 12u);
  // The lines on both sides of what was taken away.
  EXPECT_EQ(Files[0].Touched[2].First, 22u);
  EXPECT_EQ(Files[0].Touched[2].Last, 23u);
}

TEST(Diff, LinesThatLookLikeHeaders) {
  auto Files = parseDiff("diff --git a/x.sql b/x.sql\n"
                         "--- a/x.sql\n"
                         "+++ b/x.sql\n"
                         "@@ -1,2 +1,2 @@\n"
                         "--- a/comment of SQL\n"
                         "-diff --git a/y b/y\n"
                         "+++ b/another\n"
                         "+@@ -1 +1 @@\n"
                         "\\ No newline at end of file\n"
                         "diff --git a/z.cpp b/z.cpp\n"
                         "--- a/z.cpp\n"
                         "+++ b/z.cpp\n"
                         "@@ -1 +1 @@\n"
                         "-a\n"
                         "+b\n");
  ASSERT_EQ(Files.size(), 2u);
  EXPECT_EQ(Files[0].Now, "x.sql");
  EXPECT_EQ(Files[1].Now, "z.cpp");
}

TEST(Diff, NewDeletedRenamedBinary) {
  auto Files =
      parseDiff("diff --git a/new.cpp b/new.cpp\n"
                "new file mode 100644\n"
                "--- /dev/null\n"
                "+++ b/new.cpp\n"
                "@@ -0,0 +1 @@\n"
                "+x\n"
                "diff --git a/gone.cpp b/gone.cpp\n"
                "deleted file mode 100644\n"
                "--- a/gone.cpp\n"
                "+++ /dev/null\n"
                "@@ -1 +0,0 @@\n"
                "-x\n"
                "diff --git a/old name.cpp b/new name.cpp\n"
                "similarity index 100%\n"
                "rename from old name.cpp\n"
                "rename to new name.cpp\n"
                "diff --git a/picture.png b/picture.png\n"
                "Binary files a/picture.png and b/picture.png differ\n");
  ASSERT_EQ(Files.size(), 3u);
  EXPECT_EQ(Files[0].Before, "");
  EXPECT_EQ(Files[0].Now, "new.cpp");
  EXPECT_EQ(Files[1].Before, "gone.cpp");
  EXPECT_EQ(Files[1].Now, "");
  EXPECT_EQ(Files[2].Before, "old name.cpp");
  EXPECT_EQ(Files[2].Now, "new name.cpp");
  EXPECT_TRUE(Files[2].Touched.empty());
}

TEST(Diff, NamesInQuotes) {
  auto Files = parseDiff("diff --git \"a/t\\tb\\\"\\303\\244.cpp\" x\n"
                         "--- \"a/t\\tb\\\"\\303\\244.cpp\"\n"
                         "+++ \"b/t\\tb\\\"\\303\\244.cpp\"\n"
                         "diff --git a/with blank.cpp b/with blank.cpp\n"
                         "--- a/with blank.cpp\t\n"
                         "+++ b/with blank.cpp\t\n");
  ASSERT_EQ(Files.size(), 2u);
  EXPECT_EQ(Files[0].Now, "t\tb\"\303\244.cpp");
  EXPECT_EQ(Files[1].Now, "with blank.cpp");
}

TEST(Diff, AStepOfThePathCounts) {
  Changes All;
  All.Top = "/project";
  All.Files = parseDiff("diff --git a/x.cpp b/x.cpp\n--- a/x.cpp\n+++ b/x.cpp\n"
                        "@@ -4 +4 @@\n-a\n+b\n");
  Finding Found;
  Found.At = {"/project/y.cpp", 4, 1, 0};
  EXPECT_FALSE(All.touches(Found));
  Found.Path.push_back({{"/project/x.cpp", 5, 1, 0}, "elsewhere"});
  EXPECT_FALSE(All.touches(Found));
  Found.Path.push_back({{"/project/x.cpp", 4, 1, 0}, "here"});
  EXPECT_TRUE(All.touches(Found));
}

//===----------------------------------------------------------------------===//
// Findings of two times
//===----------------------------------------------------------------------===//

static Finding found(const char *File, uint32_t Line, const char *Message) {
  Finding Result;
  Result.Check = "query-in-loop";
  Result.At = {std::string("/project/") + File, Line, 1, 0};
  Result.Function = "load";
  Result.Message = Message;
  return Result;
}

using Known = std::vector<bool>;

TEST(Matching, LinesAndNumbersDoNotMatter) {
  auto Before = toPast({found("a.cpp", 3, "10 rounds")}, "/project");
  EXPECT_EQ(matchPast({found("a.cpp", 90, "12 rounds")}, Before, "/project"),
            Known{true});
  EXPECT_EQ(Before[0].Count, 0u);
}

TEST(Matching, EachStandsForOne) {
  auto Before =
      toPast({found("a.cpp", 3, "m"), found("a.cpp", 9, "m")}, "/project");
  ASSERT_EQ(Before.size(), 1u);
  EXPECT_EQ(Before[0].Count, 2u);
  std::vector<Finding> Now(3, found("a.cpp", 1, "m"));
  EXPECT_EQ(matchPast(Now, Before, "/project"), (Known{true, true, false}));
}

TEST(Matching, TheSameFileIsFirst) {
  // One has moved to another file; the one that stayed is not new for that.
  auto Before = toPast({found("a.cpp", 3, "m")}, "/project");
  EXPECT_EQ(matchPast({found("new.cpp", 1, "m"), found("a.cpp", 3, "m")},
                      Before, "/project"),
            (Known{false, true}));
  Before = toPast({found("a.cpp", 3, "m")}, "/project");
  EXPECT_EQ(matchPast({found("new.cpp", 1, "m")}, Before, "/project"),
            Known{true});
}

TEST(Matching, OthersAreNew) {
  auto Before = toPast({found("a.cpp", 3, "m")}, "/project");
  Finding Other = found("a.cpp", 3, "m");
  Other.Function = "store";
  EXPECT_EQ(
      matchPast({Other, found("a.cpp", 3, "another")}, Before, "/project"),
      (Known{false, false}));
  EXPECT_EQ(Before[0].Count, 1u);
}

//===----------------------------------------------------------------------===//
// Fixes
//===----------------------------------------------------------------------===//

namespace {

class Fixes : public testing::Test {
protected:
  const std::string Text = "one two three\n";
  std::string File;
  std::map<std::string, Digest> Read;

  void SetUp() override {
    File = (std::filesystem::temp_directory_path() /
            ("perfidy-fixes-" + std::to_string(getpid())))
               .string();
    write(Text);
    Read = {{File, digestOf(Text)}};
  }
  void TearDown() override { std::filesystem::remove(File); }
  void write(const std::string &What) {
    std::ofstream(File, std::ios::binary) << What;
  }
  Finding fix(std::initializer_list<Edit> Edits) {
    Finding Result = found("x.cpp", 1, "m");
    Result.Fixes = Edits;
    return Result;
  }
  Edit edit(uint32_t Offset, uint32_t Length, const char *With) {
    return {{File, 1, Offset + 1, Offset}, Length, With};
  }
};

} // namespace

TEST_F(Fixes, AllEditsOfAllFindings) {
  Fixed Made = applyFixes(
      {fix({edit(0, 3, "1"), edit(4, 3, "2")}), fix({edit(8, 5, "3")})}, Read);
  EXPECT_EQ(Made.Findings, 2u);
  EXPECT_EQ(Made.Texts[File], "1 2 3\n");
  EXPECT_TRUE(Made.Skipped.empty());
}

TEST_F(Fixes, TheSameEditIsMadeOnce) {
  Fixed Made =
      applyFixes({fix({edit(0, 3, "1")}), fix({edit(0, 3, "1")})}, Read);
  EXPECT_EQ(Made.Texts[File], "1 two three\n");
  EXPECT_TRUE(Made.Skipped.empty());
}

TEST_F(Fixes, AFileThatHasChangedMeanwhile) {
  write("one, two three\n");
  Fixed Made = applyFixes({fix({edit(0, 3, "1")})}, Read);
  EXPECT_EQ(Made.Findings, 0u);
  EXPECT_TRUE(Made.Texts.empty());
  ASSERT_EQ(Made.Skipped.size(), 1u);
  EXPECT_NE(Made.Skipped[0].find("has changed since it was read"),
            std::string::npos);
}

TEST_F(Fixes, AFileThatHasGoneOrWasNeverRead) {
  EXPECT_TRUE(applyFixes({fix({edit(0, 3, "1")})}, {}).Texts.empty());
  std::filesystem::remove(File);
  EXPECT_TRUE(applyFixes({fix({edit(0, 3, "1")})}, Read).Texts.empty());
}

TEST_F(Fixes, OverlappingOnesAreLeftOutWhole) {
  Fixed Made = applyFixes(
      {fix({edit(0, 7, "1 2")}), fix({edit(8, 5, "3"), edit(4, 3, "zwei")})},
      Read);
  EXPECT_EQ(Made.Findings, 1u);
  EXPECT_EQ(Made.Texts[File], "1 2 three\n");
  ASSERT_EQ(Made.Skipped.size(), 1u);
  EXPECT_NE(Made.Skipped[0].find("overlaps"), std::string::npos);
}

TEST_F(Fixes, BeyondTheEnd) {
  Fixed Made = applyFixes({fix({edit(10, 50, "x")})}, Read);
  EXPECT_TRUE(Made.Texts.empty());
  EXPECT_EQ(Made.Skipped.size(), 1u);
}
