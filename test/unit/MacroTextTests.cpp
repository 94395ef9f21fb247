//===- MacroTextTests.cpp - reading a header for one macro ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/MacroText.h"
#include <gtest/gtest.h>

namespace perfidy {
namespace {

TEST(MacroText, DefinesWithoutLooking) {
  EXPECT_TRUE(onlyDefines("#define LIMIT 5\n", "LIMIT"));
  EXPECT_TRUE(onlyDefines("#undef LIMIT\n#define LIMIT 5\n", "LIMIT"));
  EXPECT_TRUE(onlyDefines("#ifndef LIMIT\n#define LIMIT 5\n#endif\n", "LIMIT"));
  EXPECT_TRUE(onlyDefines("int limit;\n", "LIMIT"));
  EXPECT_TRUE(onlyDefines("// LIMIT\n#define LIMIT 5 // LIMIT\n", "LIMIT"));
}

TEST(MacroText, LooksAtIt) {
  EXPECT_FALSE(onlyDefines("#ifdef LIMIT\nint a;\n#endif\n", "LIMIT"));
  EXPECT_FALSE(onlyDefines("#define LIMIT 5\nint a = LIMIT;\n", "LIMIT"));
  EXPECT_FALSE(onlyDefines("#define LIMIT LIMIT + 1\n", "LIMIT"));
  EXPECT_FALSE(onlyDefines("#undef LIMIT\nint a;\n", "LIMIT"));
  EXPECT_FALSE(
      onlyDefines("#ifndef LIMIT\n#define LIMIT 5\nint a;\n#endif\n", "LIMIT"));
}

TEST(MacroText, DefinesBeforeItIncludes) {
  EXPECT_TRUE(definesFirst("#define LIMIT 5\n#include <map>\n", "LIMIT 5"));
  EXPECT_TRUE(definesFirst("int a;\n#  define LIMIT  5\n", "LIMIT 5"));
  EXPECT_FALSE(definesFirst("#include <map>\n#define LIMIT 5\n", "LIMIT 5"));
  EXPECT_FALSE(definesFirst("#define LIMIT 6\n", "LIMIT 5"));
  EXPECT_FALSE(definesFirst("", "LIMIT 5"));
}

TEST(MacroText, Blanks) { EXPECT_EQ(withoutBlanks(" a\tb c"), "abc"); }

} // namespace
} // namespace perfidy
