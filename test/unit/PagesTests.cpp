//===- PagesTests.cpp - the pages of the checks in the binary -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Check.h"
#include "driver/Pages.h"
#include <gtest/gtest.h>

using namespace perfidy;

TEST(Pages, EveryCheckHasItsOwn) {
  for (const CheckInfo &Each : allChecks()) {
    std::string Head = "# " + std::string(Each.Name) + "\n\n";
    EXPECT_TRUE(page(Each.Name).starts_with(Head + Each.Summary)) << Each.Name;
    EXPECT_TRUE(page(Each.Name).ends_with("\n")) << Each.Name;
  }
}

TEST(Pages, NoneForWhatIsNoCheck) {
  EXPECT_EQ(page("no-such-check"), "");
  EXPECT_EQ(page(""), "");
}
