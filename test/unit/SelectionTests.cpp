//===- SelectionTests.cpp - globs over the registry -----------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Failure.h"
#include "driver/Selection.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace perfidy;

static std::vector<std::string> chosen(std::string_view Globs) {
  std::vector<std::string> Names;
  for (const CheckInfo *Each : selectChecks(Globs))
    Names.push_back(Each->Name);
  return Names;
}

static bool contains(std::string_view Globs, std::string_view Name) {
  std::vector<std::string> Names = chosen(Globs);
  return std::find(Names.begin(), Names.end(), Name) != Names.end();
}

TEST(Selection, EverythingIfNothingIsSaid) {
  EXPECT_EQ(chosen("").size(), allChecks().size());
  EXPECT_EQ(chosen("*"), chosen(""));
  EXPECT_EQ(chosen(" perfidy-* "), chosen(""));
}

TEST(Selection, TheLastGlobThatFitsDecides) {
  EXPECT_FALSE(contains("*,-query-in-loop", "query-in-loop"));
  EXPECT_TRUE(contains("*,-query*,query-in-loop", "query-in-loop"));
  EXPECT_FALSE(contains("query-in-loop,-*,quadratic-loop", "query-in-loop"));
}

TEST(Selection, AFirstThatTakesAwayBeginsWithAll) {
  EXPECT_EQ(chosen("-query-in-loop").size(), allChecks().size() - 1);
}

TEST(Selection, StarsStandAnywhere) {
  EXPECT_EQ(chosen("q*-in-*p"), (std::vector<std::string>{"query-in-loop"}));
  EXPECT_EQ(chosen("*query*loop*"),
            (std::vector<std::string>{"query-in-loop"}));
}

TEST(Selection, OrderIsTheRegistrys) {
  EXPECT_EQ(chosen("query-in-loop,quadratic-loop"),
            chosen("quadratic-loop\nquery-in-loop"));
}

TEST(Selection, MistakesAreFailures) {
  EXPECT_THROW(selectChecks("query"), Failure);
  EXPECT_THROW(selectChecks("-*"), Failure);
  EXPECT_THROW(selectChecks("*,-quadartic-loop"), Failure);
}
