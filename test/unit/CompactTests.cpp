//===- CompactTests.cpp - what copies share, and what they do not ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Compact.h"
#include "analysis/summary/PartTable.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

using namespace perfidy;

namespace {

//===----------------------------------------------------------------------===//
// SharedText
//===----------------------------------------------------------------------===//

TEST(SharedText, IsTheTextItWasMadeOf) {
  SharedText Text = "query";
  EXPECT_EQ(Text.str(), "query");
  EXPECT_EQ(Text.size(), 5u);
  EXPECT_EQ(Text.front(), 'q');
  EXPECT_EQ(Text.back(), 'y');
  EXPECT_EQ(Text[1], 'u');
  EXPECT_EQ(std::string(Text.begin(), Text.end()), "query");
  EXPECT_EQ(Text.find("er"), 2u);
  EXPECT_EQ(Text.find('x'), SharedText::npos);
  EXPECT_EQ(Text.rfind('u'), 1u);
  EXPECT_EQ(Text.substr(1, 3), "uer");
  EXPECT_TRUE(Text.starts_with("qu"));
  EXPECT_TRUE(Text.ends_with('y'));
}

TEST(SharedText, EmptyTextsAreTheSameHoweverTheyWereMade) {
  for (const SharedText &Empty :
       {SharedText(), SharedText(""), SharedText(std::string()),
        SharedText(std::string_view())}) {
    EXPECT_TRUE(Empty.empty());
    EXPECT_EQ(Empty.size(), 0u);
    EXPECT_EQ(Empty, SharedText());
    EXPECT_EQ(Empty, "");
    EXPECT_EQ(Empty.begin(), Empty.end());
    EXPECT_EQ(Empty.hash(), SharedText().hash());
  }
}

TEST(SharedText, CopiesShareUntilOneBecomesAnother) {
  SharedText First = "one";
  SharedText Second = First;
  EXPECT_EQ(&First.str(), &Second.str());
  Second += " more";
  EXPECT_EQ(First, "one");
  EXPECT_EQ(Second, "one more");
  const SharedText &Itself = Second;
  Second = Itself;
  EXPECT_EQ(Second, "one more");
  SharedText Third = std::move(Second);
  EXPECT_EQ(Third, "one more");
  First.clear();
  EXPECT_TRUE(First.empty());
}

TEST(SharedText, ComparesAndHashesAsItsText) {
  SharedText A = "a", SameA = std::string("a"), B = "b";
  EXPECT_EQ(A, SameA);
  EXPECT_NE(&A.str(), &SameA.str());
  EXPECT_LT(A, B);
  EXPECT_LT(A, "b");
  EXPECT_GT(B, std::string("a"));
  EXPECT_LT(SharedText(), A);
  EXPECT_EQ(std::hash<SharedText>()(A), std::hash<std::string_view>()("a"));
  EXPECT_EQ(TextHash()(A), TextHash()("a"));
  EXPECT_EQ("<" + A + ">" + B, "<a>b");
}

TEST(TextTable, EqualTextsHaveOneMemory) {
  TextTable Table;
  SharedText First = Table.share("name");
  EXPECT_EQ(&Table.share(std::string("na") + "me").str(), &First.str());
  EXPECT_NE(&Table.share("other").str(), &First.str());
  EXPECT_TRUE(Table.share("").empty());
}

TEST(TextTable, WhatItGaveOutlivesIt) {
  SharedText Text;
  {
    TextTable Table;
    Text = Table.share("a text that is longer than what a string has inside");
  }
  EXPECT_EQ(Text, "a text that is longer than what a string has inside");
}

//===----------------------------------------------------------------------===//
// Few
//===----------------------------------------------------------------------===//

TEST(Few, NothingIsInANewOne) {
  Few<std::string> Nothing;
  EXPECT_TRUE(Nothing.empty());
  EXPECT_EQ(Nothing.size(), 0u);
  EXPECT_EQ(Nothing.begin(), Nothing.end());
  EXPECT_TRUE(Nothing.all().empty());
  EXPECT_EQ(Nothing, Few<std::string>(std::vector<std::string>()));
  Nothing.clear();
  Nothing.erase(Nothing.begin(), Nothing.end());
  EXPECT_TRUE(Nothing.empty());
}

TEST(Few, IsAVector) {
  Few<int> Numbers = {1, 2};
  Numbers.push_back(4);
  EXPECT_EQ(Numbers.emplace_back(5), 5);
  Numbers.insert(Numbers.begin() + 2, 3);
  EXPECT_EQ(Numbers, Few<int>({1, 2, 3, 4, 5}));
  EXPECT_EQ(Numbers.front(), 1);
  EXPECT_EQ(Numbers.back(), 5);
  EXPECT_EQ(*Numbers.rbegin(), 5);
  auto Next = Numbers.erase(Numbers.begin() + 1);
  EXPECT_EQ(*Next, 3);
  Numbers.erase(Numbers.begin(), Numbers.begin() + 2);
  EXPECT_EQ(Numbers, Few<int>({4, 5}));
  Numbers.pop_back();
  Numbers.resize(3);
  EXPECT_EQ(Numbers, Few<int>({4, 0, 0}));
  Numbers[1] = 7;
  EXPECT_EQ(Numbers.all(), (std::vector<int>{4, 7, 0}));
  EXPECT_LT(Few<int>({4, 6}), Numbers);
}

TEST(Few, InsertsIntoNothing) {
  Few<int> Numbers;
  std::vector<int> From = {1, 2, 3};
  Numbers.insert(Numbers.end(), From.begin(), From.end());
  EXPECT_EQ(Numbers, Few<int>(From));
}

TEST(Few, AChangeIsOfOneCopy) {
  const Few<std::string> Kept = {"a", "b"};
  auto Changes = std::vector<void (*)(Few<std::string> &)>{
      [](auto &Copy) { Copy.push_back("c"); },
      [](auto &Copy) { Copy[0] = "c"; },
      [](auto &Copy) { Copy.front() = "c"; },
      [](auto &Copy) { Copy.back() = "c"; },
      [](auto &Copy) { *Copy.begin() = "c"; },
      [](auto &Copy) { Copy.pop_back(); },
      [](auto &Copy) { Copy.resize(1); },
      [](auto &Copy) { Copy.erase(Copy.begin()); },
      [](auto &Copy) { Copy.insert(Copy.begin(), "c"); },
      [](auto &Copy) { Copy.edit().clear(); },
      [](auto &Copy) { Copy.clear(); },
  };
  for (auto Change : Changes) {
    Few<std::string> Copy = Kept;
    EXPECT_EQ(&Copy.all(), &Kept.all());
    Change(Copy);
    EXPECT_NE(Copy, Kept);
    EXPECT_EQ(Kept, Few<std::string>({"a", "b"}));
  }
}

TEST(Few, TakesAnElementOfItsOwn) {
  Few<std::string> Names = {"a rather long name, longer than fits inside"};
  for (int I = 0; I < 5; ++I)
    Names.push_back(Names.all().front());
  EXPECT_EQ(Names.size(), 6u);
  EXPECT_EQ(std::count(Names.begin(), Names.end(), Names.all().front()), 6);
  const Few<std::string> &Itself = Names;
  Names = Itself;
  EXPECT_EQ(Names.size(), 6u);
}

TEST(Few, LooksAtWhatIsConstWithoutACopy) {
  Few<int> First = {1, 2};
  const Few<int> Second = First;
  EXPECT_EQ(Second.front() + Second.back() + Second[0], 4);
  EXPECT_EQ(&*Second.begin(), &First.all().front());
}

TEST(Few, MovedFromIsEmpty) {
  Few<int> First = {1, 2};
  Few<int> Second = std::move(First);
  EXPECT_TRUE(First.empty()); // NOLINT: that is what is tested
  First.push_back(3);
  EXPECT_EQ(First, Few<int>({3}));
  EXPECT_EQ(Second, Few<int>({1, 2}));
}

//===----------------------------------------------------------------------===//
// Seldom
//===----------------------------------------------------------------------===//

TEST(Seldom, IsAsMadeUntilChanged) {
  Seldom<Value> Of;
  EXPECT_TRUE(Of.empty());
  EXPECT_FALSE(Of->Path.known());
  EXPECT_EQ(Of->Draft, None);
  Of.edit().Spelling = "users";
  EXPECT_FALSE(Of.empty());
  EXPECT_EQ(Of->Spelling, "users");
}

TEST(Seldom, AChangeIsOfOneCopy) {
  Value Made;
  Made.Spelling = "users";
  Seldom<Value> First = Made;
  Seldom<Value> Second = First;
  EXPECT_EQ(&*First, &*Second);
  Second.edit().Spelling = "posts";
  EXPECT_EQ(First->Spelling, "users");
  EXPECT_EQ(Second->Spelling, "posts");
  First = {};
  EXPECT_TRUE(First.empty());
  Seldom<Value> Third = std::move(Second);
  EXPECT_TRUE(Second.empty()); // NOLINT: that is what is tested
  EXPECT_EQ(Third->Spelling, "posts");
}

//===----------------------------------------------------------------------===//
// Together
//===----------------------------------------------------------------------===//

TEST(PartTable, EqualBytesHaveOneMemory) {
  PartTable Table;
  EXPECT_EQ(Table.find<Few<Value>>("bytes"), nullptr);
  Few<Value> Made(std::vector<Value>(1));
  Table.add("bytes", Made);
  ASSERT_NE(Table.find<Few<Value>>("bytes"), nullptr);
  EXPECT_EQ(&Table.find<Few<Value>>("bytes")->all(), &Made.all());
  EXPECT_EQ(Table.find<Seldom<Value>>("bytes"), nullptr); // of another kind
  Made.edit().clear();
  EXPECT_EQ(Table.find<Few<Value>>("bytes")->size(), 1u);
}

TEST(Compact, CopiesMayBeMadeAndDroppedByAnyThread) {
  const SharedText Text = "a text that all threads have";
  const Few<SharedText> List = {Text, Text};
  const Seldom<Few<SharedText>> Part = List;
  std::vector<std::thread> Threads;
  for (int Number = 0; Number < 4; ++Number)
    Threads.emplace_back([&] {
      for (int Round = 0; Round < 1000; ++Round) {
        SharedText Mine = Text;
        Mine += "!";
        Few<SharedText> Its = List;
        Its.push_back(Mine);
        Seldom<Few<SharedText>> Other = Part;
        Other.edit().pop_back();
      }
    });
  for (std::thread &Each : Threads)
    Each.join();
  EXPECT_EQ(Text, "a text that all threads have");
  EXPECT_EQ(List.size(), 2u);
  EXPECT_EQ(Part->size(), 2u);
}

} // namespace
