//===- Pool.h - work side by side, in processes of its own ------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_POOL_H
#define PERFIDY_DRIVER_POOL_H

#include "driver/Profile.h"
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
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
  size_t Id = 0;
  /// What it returned; if Reason is not empty, nothing.
  std::string Answer;
  std::string Reason;
  /// Its process died of itself.
  bool Crashed = false;
  Cost Spent;
  uint64_t Peak = 0; ///< memory, in KB
};

/// Forked processes that live for many pieces of work, one after the other, so
/// that each may crash, hang or eat memory and lose nothing but itself: whoever
/// follows gets a new process, and what was too much for one that had worked
/// before is tried in a new one. Use with no other thread running.
class Pool {
public:
  /// What a worker does with what it is asked; what it throws is the Reason.
  /// Called in the worker, which has this process' memory as it was when the
  /// worker was started, and keeps from one call to the next what Work keeps.
  using Work = std::function<std::string(std::string_view Request)>;

  Pool(const Limits &Most, Work Does);
  /// Stops what still runs: nobody is to work on for nothing.
  ~Pool();
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;

  bool idle() const { return busy() == 0; }

  /// Which process does a piece of work: one that may have worked before, or
  /// one for it alone. That is for what takes much more memory than the rest:
  /// neither has it what others left, nor do others keep what it took.
  enum class Where { Any, Alone };

  /// True if another may be started now. One may always if none runs.
  bool hasRoom(Where In = Where::Any);

  /// Has a worker do what \p Request says. Throws Failure if no process can be
  /// made.
  void start(size_t Id, std::string Request, Where In = Where::Any);

  /// Waits until something has ended, or for a moment if there is something to
  /// watch: the result may be empty.
  std::vector<Outcome> wait();

private:
  struct Worker;
  using Place = std::list<Worker>::iterator;
  Limits Most;
  Work Does;
  uint64_t MemoryEach; ///< octets that are too many
  uint64_t MemoryKept; ///< octets that are too many between two pieces of work
  uint64_t Expected;   ///< octets that another will take
  std::list<Worker> Workers;

  size_t busy() const;
  bool fits(Where In) const;
  Place unused();
  Place launch();
  void give(Place To, size_t Id, std::string Request);
  Outcome answered(Worker &By);
  bool died(Place Who, Outcome &Result);
  void retire(Place Who);
  void stopWhatTakesTooMuch();
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_POOL_H
