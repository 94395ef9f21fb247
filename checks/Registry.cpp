//===- Registry.cpp - all checks, and running them ------------------------===//
//
// Part of Perfidy. Checks.def is the only list of checks; everything here is
// made from it.
//
//===----------------------------------------------------------------------===//
#include "checks/Check.h"
#include "checks/Remarks.h"
#include <algorithm>
#include <atomic>
#include <iterator>
#include <thread>

namespace perfidy {

// Each is defined in the check's own source.
#define PERFIDY_CHECK(NAME, CLASS, LEVEL, SUMMARY)                             \
  void check##CLASS(const Program &P, const Function &F,                       \
                    std::vector<Finding> &Out);
#include "checks/Checks.def"
#undef PERFIDY_CHECK

static constexpr CheckInfo Checks[] = {
#define PERFIDY_CHECK(NAME, CLASS, LEVEL, SUMMARY)                             \
  {NAME, Level::LEVEL, SUMMARY, check##CLASS},
#include "checks/Checks.def"
#undef PERFIDY_CHECK
};

std::span<const CheckInfo> allChecks() { return Checks; }

std::vector<Finding> runChecks(const Program &P,
                               const std::vector<const CheckInfo *> &Enabled,
                               bool IncludeTests) {
  // Checks only read, and each function is judged for itself: portions of a
  // large program are judged side by side, and put together in order.
  const std::vector<Function> &All = P.functions();
  constexpr size_t Portion = 1024;
  std::vector<std::vector<Finding>> Found(All.size() / Portion + 1);
  std::atomic<size_t> Next = 0;
  auto Judge = [&] {
    for (size_t Part; (Part = Next++) < Found.size();)
      for (size_t I = Part * Portion;
           I < std::min(All.size(), (Part + 1) * Portion); ++I) {
        if (P.outside(All[I]) || (!IncludeTests && P.isTest(All[I])))
          continue;
        for (const CheckInfo *Check : Enabled)
          Check->Run(P, All[I], Found[Part]);
      }
  };
  size_t Wanted = std::min<size_t>(std::thread::hardware_concurrency(),
                                   All.size() / (4 * Portion));
  std::vector<std::thread> Threads;
  for (size_t I = 1; I < Wanted; ++I)
    Threads.emplace_back(Judge);
  Judge();
  for (std::thread &Each : Threads)
    Each.join();
  std::vector<Finding> Findings;
  for (std::vector<Finding> &Part : Found)
    std::move(Part.begin(), Part.end(), std::back_inserter(Findings));
  addRemarks(P, IncludeTests, Findings);
  rank(Findings);
  return Findings;
}

} // namespace perfidy
