//===- RankTests.cpp - order, duplicates, fingerprints --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Finding.h"
#include "analysis/rank/Words.h"
#include <gtest/gtest.h>

using namespace perfidy;

static Finding finding(const char *Message, uint32_t Line = 1) {
  Finding F;
  F.Check = "query-in-loop";
  F.Where = Level::Database;
  F.At = {"/project/src/orders.cpp", Line, 3, Line * 40};
  F.Function = "shop::total";
  F.Message = Message;
  return F;
}

static std::vector<std::string> messages(const std::vector<Finding> &Findings) {
  std::vector<std::string> Result;
  for (const Finding &Each : Findings)
    Result.push_back(Each.Message);
  return Result;
}

using Words = std::vector<std::string>;

TEST(Rank, LevelComesFirst) {
  std::vector<Finding> Findings = {finding("database", 1),
                                   finding("complexity", 2)};
  Findings[0].Degree = 3;
  Findings[0].Sure = Confidence::High;
  Findings[1].Where = Level::Complexity;
  Findings[1].Sure = Confidence::Low;
  rank(Findings);
  EXPECT_EQ(messages(Findings), (Words{"complexity", "database"}));
}

TEST(Rank, ThenDegreeConfidenceHeat) {
  std::vector<Finding> Findings = {finding("plain", 1), finding("hot", 2),
                                   finding("sure", 3), finding("cubic", 4)};
  Findings[1].Runs = Heat::Handler;
  Findings[2].Sure = Confidence::High;
  Findings[3].Degree = 3;
  rank(Findings);
  EXPECT_EQ(messages(Findings), (Words{"cubic", "sure", "hot", "plain"}));
}

TEST(Rank, TiesByPlace) {
  std::vector<Finding> Findings = {finding("b", 10), finding("a", 9)};
  rank(Findings);
  EXPECT_EQ(messages(Findings), (Words{"a", "b"}));
}

TEST(Rank, OnePlaceIsReportedOnceAndTheWorstIsKept) {
  std::vector<Finding> Findings = {finding("of one instantiation"),
                                   finding("of another")};
  Findings[1].Sure = Confidence::High;
  rank(Findings);
  EXPECT_EQ(messages(Findings), (Words{"of another"}));
}

TEST(Rank, TwoChecksAtOnePlaceStay) {
  std::vector<Finding> Findings = {finding("a"), finding("b")};
  Findings[1].Check = "connection-per-call";
  rank(Findings);
  EXPECT_EQ(Findings.size(), 2u);
}

static std::string fingerprint(Finding Of) {
  std::vector<Finding> Findings = {std::move(Of)};
  rank(Findings);
  return Findings[0].Fingerprint;
}

TEST(Fingerprint, SurvivesMoves) {
  Finding Moved = finding("24 queries", 77);
  Moved.At.File = "/elsewhere/checkout/src/orders.cpp";
  EXPECT_EQ(fingerprint(finding("24 queries")), fingerprint(Moved));
}

TEST(Fingerprint, NumbersFollowTheData) {
  EXPECT_EQ(fingerprint(finding("24 queries")),
            fingerprint(finding("31 queries")));
  EXPECT_NE(fingerprint(finding("'ids2' grows")),
            fingerprint(finding("'ids3' grows")));
}

TEST(Fingerprint, TellsApart) {
  Finding Other = finding("m");
  Other.Function = "shop::subtotal";
  EXPECT_NE(fingerprint(finding("m")), fingerprint(Other));
  EXPECT_NE(fingerprint(finding("m")), fingerprint(finding("n")));
}

TEST(Fingerprint, EqualOnesAreNumberedInTheirOrder) {
  std::vector<Finding> Before = {finding("m", 5), finding("m", 9)};
  std::vector<Finding> After = {finding("m", 19), finding("m", 15)};
  rank(Before);
  rank(After);
  EXPECT_NE(Before[0].Fingerprint, Before[1].Fingerprint);
  EXPECT_EQ(Before[0].Fingerprint, After[0].Fingerprint);
  EXPECT_EQ(Before[1].Fingerprint, After[1].Fingerprint);
}

/// Baselines in users' repositories depend on it: a change needs a good reason.
TEST(Fingerprint, IsTheSameForEver) {
  EXPECT_EQ(fingerprint(finding("one query per element of 'users'")),
            "4ceb3c801388cda6");
}

TEST(Words, OfConfidenceCanBeReadBack) {
  for (Confidence Each :
       {Confidence::Low, Confidence::Medium, Confidence::High})
    EXPECT_EQ(confidence(name(Each)), Each);
  EXPECT_EQ(confidence("certain"), std::nullopt);
}
