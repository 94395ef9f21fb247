//===- DataListsTests.cpp - files written out as numbers ------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/DataLists.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace perfidy;

namespace {

/// As rcc writes it: 8000 numbers, 16 a line, a comment before each file.
std::string numbers(const std::string &Each = "0x1f,") {
  std::string Text;
  for (int Line = 0; Line < 500; ++Line) {
    Text += "\n  ";
    if (Line % 100 == 50)
      Text += "// /src/" + std::to_string(Line) + ".png: {1,2}\n  ";
    for (int I = 0; I < 16; ++I)
      Text += Each;
  }
  return Text;
}

std::string dense(std::string Text) {
  std::erase_if(Text, [](char C) { return C == ' ' || C == '\n'; });
  return Text;
}

std::string left(const std::string &Before, const std::string &List,
                 const std::string &After = "};\nint after;\n") {
  std::string Text = Before + List + After;
  std::optional<std::string> Result = withoutData(Text);
  if (!Result)
    return "unchanged";
  // Every place stays what it is.
  EXPECT_EQ(Result->size(), Text.size());
  for (size_t I = 0; I < Text.size(); ++I)
    EXPECT_EQ(Text[I] == '\n', (*Result)[I] == '\n');
  return dense(*Result);
}

} // namespace

TEST(DataLists, SizeStays) {
  EXPECT_EQ(left("static const unsigned char data[] = {", numbers()),
            "staticconstunsignedchardata[]={0x1f,[7999]=0};intafter;");
  EXPECT_EQ(left("const char data[8000]\n=\n{", numbers("-1 ,")),
            "constchardata[8000]={-1,[7999]=0};intafter;");
  EXPECT_EQ(left("std::uint32_t a[] = { /* a */", numbers("12UL, ") + "3"),
            "std::uint32_ta[]={/*a*/12UL,[8000]=0};intafter;");
  EXPECT_EQ(left("double a[] = {", numbers("1.5e7,")),
            "doublea[]={1.5e7,[7999]=0};intafter;");
  std::string Two = "char a[] = {" + numbers() + "};\nchar ";
  EXPECT_EQ(left(Two + "b[] = {", numbers("2,\t   ")),
            "chara[]={0x1f,[7999]=0};charb[]={2,[7999]=0};intafter;");
}

TEST(DataLists, NothingElseIsTouched) {
  const std::string Numbers = numbers();
  EXPECT_EQ(left("char a[] = {", "1, 2, 3"), "unchanged");
  EXPECT_EQ(left("std::array<char, 8000> a = {", Numbers), "unchanged");
  EXPECT_EQ(left("Point a[] = {", Numbers), "unchanged");
  EXPECT_EQ(left("char a[80][100] = {", Numbers), "unchanged");
  EXPECT_EQ(left("std::vector<char> a{", Numbers), "unchanged");
  EXPECT_EQ(left("char a[] = {", Numbers + "One, 2"), "unchanged");
  EXPECT_EQ(left("char a[] = {", Numbers + "f(2), 2"), "unchanged");
  EXPECT_EQ(left("char a[] = {", "\n#ifdef A\n" + Numbers + "\n#endif\n"),
            "unchanged");
  EXPECT_EQ(left("char a[] = {", "{" + Numbers + "}, {1}"), "unchanged");
  EXPECT_EQ(left("char a[] = {", Numbers, ""), "unchanged");
  EXPECT_EQ(left("char a[] = {", Numbers + "// \\\n"), "unchanged");
  // No line has room for the count.
  std::string Column;
  for (int I = 0; I < 8000; ++I)
    Column += "1,\n";
  EXPECT_EQ(left("char a[] = {", Column), "unchanged");
}
