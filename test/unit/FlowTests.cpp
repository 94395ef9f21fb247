#include "analysis/extract/Flow.h"
#include <gtest/gtest.h>

using namespace perfidy;

namespace {
AccessPath local(Index Position) {
  AccessPath Path;
  Path.Base = Root::Local;
  Path.Position = Position;
  return Path;
}
AccessPath parameter(Index Position) {
  AccessPath Path;
  Path.Base = Root::Parameter;
  Path.Position = Position;
  return Path;
}
/// An outer loop 0 and an inner loop 1.
std::vector<Loop> nested() {
  std::vector<Loop> Loops(2);
  Loops[1].Parent = 0;
  return Loops;
}
} // namespace

TEST(Flow, ACounterVariesWithTheLoopThatStepsIt) {
  std::vector<Loop> Loops = nested();
  Flow F(Loops);
  VarId I = F.var(local(0));
  F.define({.Var = I, .Loop = 0, .From = {}, .Step = true});
  F.solve();
  EXPECT_EQ(F.varies({I}, 1), std::vector<Index>{0});
}

TEST(Flow, AVariableMadeInEachRoundDoesNotVaryByItself) {
  std::vector<Loop> Loops = nested();
  Flow F(Loops);
  VarId J = F.var(local(0));
  F.declare(J, 0); // for (j = 0; ...) inside of loop 0
  F.define({.Var = J, .Loop = 1, .From = {}, .Step = true});
  F.solve();
  EXPECT_EQ(F.varies({J}, 1), std::vector<Index>{1});
}

TEST(Flow, VariationIsHandedOn) {
  std::vector<Loop> Loops = nested();
  Flow F(Loops);
  VarId Order = F.var(local(0)), Key = F.var(local(1));
  F.declare(Order, 0);
  F.define({.Var = Order, .Loop = 0, .From = {}, .Iteration = true});
  F.declare(Key, 0);
  F.define({.Var = Key, .Loop = 0, .From = {Order}});
  F.solve();
  EXPECT_EQ(F.varies({Key}, 1), std::vector<Index>{0});
  EXPECT_TRUE(F.dependsOn(Key, Order));
  EXPECT_FALSE(F.dependsOn(Order, Key));
}

TEST(Flow, AListThatGrowsStaysTheSameObject) {
  std::vector<Loop> Loops = nested();
  Flow F(Loops);
  VarId List = F.var(local(0));
  F.define({.Var = List, .Loop = 0, .From = {}, .Step = true}); // push_back
  F.solve();
  EXPECT_EQ(F.varies({List}, 0), std::vector<Index>{0});
  EXPECT_TRUE(F.otherObject(local(0), {}, 0).empty());
}

TEST(Flow, AssignmentAndDeclarationMakeAnotherObject) {
  std::vector<Loop> Loops = nested();
  Flow F(Loops);
  F.var(local(0));
  F.reseat(local(0), 0);
  VarId Fresh = F.var(local(1));
  F.declare(Fresh, 0);
  F.solve();
  EXPECT_EQ(F.otherObject(local(0), {}, 1), std::vector<Index>{0});
  EXPECT_EQ(F.otherObject(local(1), {}, 1), std::vector<Index>{0});
  // What is remembered by assigning to it stays where it is.
  EXPECT_TRUE(F.otherObject(local(0), {}, 1, /*Kept=*/true).empty());
}

TEST(Flow, InputsAreParametersHoweverFarAway) {
  std::vector<Loop> Loops;
  Flow F(Loops);
  VarId P = F.var(parameter(2)), A = F.var(local(0)), B = F.var(local(1));
  F.define({.Var = A, .From = {P}});
  F.define({.Var = B, .From = {A}});
  F.solve();
  EXPECT_EQ(F.inputs({B}), std::vector<AccessPath>{parameter(2)});
}
