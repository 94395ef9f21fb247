//===- Pool.h - work side by side, in processes of its own ------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_POOL_H
#define PERFIDY_DRIVER_POOL_H

#include "driver/Profile.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <vector>

namespace perfidy {

/// What a piece of work may take, and all of them together.
struct Limits {
  unsigned Jobs = 1;      ///< at the same time; fewer when memory is short
  unsigned Timeout = 300; ///< seconds
  uint64_t Memory = 0;    ///< octets; 0 for what the machine has
};

/// What became of a piece of work.
struct Outcome {
  size_t Id;
  /// What it returned; if Reason is not empty, nothing.
  std::string Answer;
  std::string Reason;
  /// Its process died of itself.
  bool Crashed = false;
  Cost Spent;
  uint64_t Peak = 0; ///< memory, in KB
};

/// Each piece of work runs in a forked process, so that it may crash, hang or
/// eat memory and lose nothing but itself. Use with no other thread running.
class Pool {
public:
  explicit Pool(const Limits &Most);
  /// Stops what still runs: nobody is to work on for nothing.
  ~Pool();
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;

  /// True if another may be started now. One may always if none runs.
  bool hasRoom() const;
  bool idle() const { return Running.empty(); }

  /// Runs \p Work in a process of its own. What it throws is its Reason.
  /// Throws Failure if no process can be made.
  void start(size_t Id, const std::function<std::string()> &Work);

  /// Waits until something has ended, or for a moment if there is something to
  /// watch: the result may be empty.
  std::vector<Outcome> wait();

private:
  struct Worker;
  Limits Most;
  uint64_t MemoryEach; ///< octets that are too many
  uint64_t Expected;   ///< octets that another will take
  std::list<Worker> Running;

  Outcome finish(Worker &Done);
  void stopWhatTakesTooMuch();
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_POOL_H
