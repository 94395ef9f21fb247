//===- Profile.h - where the time of a run went -----------------*- C++ -*-===//
//
// Part of Perfidy. What --profile-self prints.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PROFILE_H
#define PERFIDY_DRIVER_PROFILE_H

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace perfidy {

/// Microseconds.
struct Cost {
  uint64_t Cpu = 0;  ///< user and system
  uint64_t Wall = 0; ///< of all workers together, where workers do it
  Cost &operator+=(const Cost &Other) {
    Cpu += Other.Cpu;
    Wall += Other.Wall;
    return *this;
  }
};

/// What this process and the caller's clock have used until now; differences
/// of two are costs.
Cost costSoFar();
Cost operator-(const Cost &Later, const Cost &Earlier);

enum class Phase {
  Prepare,
  Precompile,
  Parse,
  Extract,
  Link,
  Checks,
  Report,
  Store
};

/// What reading one unit took.
struct UnitCost {
  std::string File;
  Cost Spent;
  bool Precompiled = false; ///< with a precompiled header
  bool Own = false;         ///< with one that has headers of the project's
  std::string Conflict;     ///< why the one it was given was of no use
};

class Profile {
  static constexpr size_t Count = size_t(Phase::Store) + 1;
  std::array<Cost, Count> Costs;

public:
  std::vector<UnitCost> Units;     ///< that were read
  std::vector<std::string> Unmade; ///< why a precompiled header was not made
  size_t PrecompiledHeaders = 0;
  uint64_t LargestProcess = 0; ///< most memory that a worker had, in KB

  void add(Phase In, const Cost &More) { Costs[size_t(In)] += More; }
  std::string table() const;
  /// The units that took most, the first first.
  std::string costliest() const;

  /// Adds what this process does until its end.
  class Timer {
    Profile &Into;
    Phase In;
    Cost Before = costSoFar();

  public:
    Timer(Profile &Into, Phase In) : Into(Into), In(In) {}
    ~Timer() { Into.add(In, costSoFar() - Before); }
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;
  };
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_PROFILE_H
