//===- HeaderTreeTests.cpp - which units share which headers --------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/HeaderTree.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace perfidy;

namespace {

using Lists = std::vector<std::vector<size_t>>;

const std::vector<uint64_t> Costs = {100, 100, 100, 100};
constexpr uint64_t Overhead = 150;

TEST(HeaderTree, AllShareOne) {
  std::vector<SharedHeaders> Tree =
      shareHeaders({{0, 1}, {0, 1}, {0, 1}}, Costs, Overhead);
  ASSERT_EQ(Tree.size(), 1u);
  EXPECT_FALSE(Tree[0].Parent);
  EXPECT_EQ(Tree[0].Headers, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(Tree[0].Units, (std::vector<size_t>{0, 1, 2}));
}

TEST(HeaderTree, SomeHaveMore) {
  std::vector<SharedHeaders> Tree = shareHeaders(
      {{0, 1}, {0, 1}, {0, 1}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2}},
      Costs, Overhead);
  ASSERT_EQ(Tree.size(), 2u);
  EXPECT_EQ(Tree[0].Headers, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(Tree[1].Parent, 0u);
  EXPECT_EQ(Tree[1].Headers, (std::vector<size_t>{2}));
  EXPECT_EQ(Tree[1].Units, (std::vector<size_t>{3, 4, 5, 6}));
}

TEST(HeaderTree, NobodyGetsWhatItDoesNotInclude) {
  const Lists Included = {{0, 1}, {0, 1}, {0, 1}, {0, 2}, {0, 2},
                          {0, 2}, {1, 3}, {1, 3}, {1, 3}, {}};
  std::vector<SharedHeaders> Tree = shareHeaders(Included, Costs, Overhead);
  ASSERT_FALSE(Tree.empty());
  for (const SharedHeaders &Node : Tree)
    for (size_t Unit : Node.Units) {
      EXPECT_TRUE(std::includes(Included[Unit].begin(), Included[Unit].end(),
                                Node.Headers.begin(), Node.Headers.end()));
      if (Node.Parent)
        EXPECT_TRUE(std::binary_search(Tree[*Node.Parent].Units.begin(),
                                       Tree[*Node.Parent].Units.end(), Unit));
    }
}

TEST(HeaderTree, WhatSavesLessThanItTakes) {
  EXPECT_TRUE(shareHeaders({{0}, {0}, {1}, {2}}, Costs, Overhead).empty());
  EXPECT_TRUE(shareHeaders({}, Costs, Overhead).empty());
  EXPECT_TRUE(shareHeaders({{}, {}}, {}, Overhead).empty());
}

} // namespace
