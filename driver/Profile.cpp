//===- Profile.cpp - where the time of a run went -------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Profile.h"
#include <algorithm>
#include <cstdio>
#include <sys/resource.h>

namespace perfidy {

Cost costSoFar() {
  using namespace std::chrono;
  rusage Used;
  getrusage(RUSAGE_SELF, &Used);
  auto Microseconds = [](const timeval &Time) {
    return uint64_t(Time.tv_sec) * 1'000'000 + uint64_t(Time.tv_usec);
  };
  return {Microseconds(Used.ru_utime) + Microseconds(Used.ru_stime),
          uint64_t(duration_cast<microseconds>(
                       steady_clock::now().time_since_epoch())
                       .count())};
}

Cost operator-(const Cost &Later, const Cost &Earlier) {
  return {Later.Cpu - Earlier.Cpu, Later.Wall - Earlier.Wall};
}

static std::string line(const char *Name, const Cost &Of) {
  char Text[64];
  std::snprintf(Text, sizeof Text, "%-12s %9.2f %9.2f\n", Name,
                double(Of.Cpu) * 1e-6, double(Of.Wall) * 1e-6);
  return Text;
}

std::string Profile::table() const {
  static constexpr const char *Names[Count] = {
      "prepare", "precompile", "parse",  "extract",
      "link",    "checks",     "report", "store"};
  std::string Text = "phase            CPU s    wall s\n";
  Cost Total;
  for (size_t I = 0; I < Count; ++I) {
    Text += line(Names[I], Costs[I]);
    Total += Costs[I];
  }
  Text += line("total", Total);
  Text += std::to_string(Units.size()) + " units read, " +
          std::to_string(std::count_if(
              Units.begin(), Units.end(),
              [](const UnitCost &Each) { return Each.Precompiled; })) +
          " of them with one of " + std::to_string(PrecompiledHeaders) +
          " precompiled headers";
  if (auto Own = std::count_if(Units.begin(), Units.end(),
                               [](const UnitCost &Each) { return Each.Own; }))
    Text += ", " + std::to_string(Own) + " with headers of the project's own";
  if (LargestProcess)
    Text += "; the largest process took " +
            std::to_string(LargestProcess / 1024) + " MB";
  Text += '\n';
  for (const std::string &Each : Unmade)
    Text += "no precompiled header for " + Each + '\n';
  return Text + costliest();
}

std::string Profile::costliest() const {
  constexpr size_t Most = 10;
  std::vector<UnitCost> Order = Units;
  std::sort(Order.begin(), Order.end(),
            [](const UnitCost &A, const UnitCost &B) {
              return A.Spent.Cpu != B.Spent.Cpu ? A.Spent.Cpu > B.Spent.Cpu
                                                : A.File < B.File;
            });
  Order.resize(std::min(Order.size(), Most));
  std::string Text;
  for (const UnitCost &Each : Order) {
    char Number[32];
    std::snprintf(Number, sizeof Number, "%9.2f s  ",
                  double(Each.Spent.Cpu) * 1e-6);
    Text += Number + Each.File;
    if (!Each.Conflict.empty())
      Text += (Each.Own           ? " (fewer headers precompiled: "
               : Each.Precompiled ? " (system headers alone precompiled: "
                                  : " (no precompiled header: ") +
              Each.Conflict + ')';
    else if (!Each.Precompiled)
      Text += " (no precompiled header)";
    Text += '\n';
  }
  return Text;
}

} // namespace perfidy
