//===- PoolWorker.h - a process that works for a Pool -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_POOLWORKER_H
#define PERFIDY_DRIVER_POOLWORKER_H

#include "driver/Pool.h"
#include <cstdint>
#include <string_view>

namespace perfidy {

/// What a worker writes before its answer, in the form that this program has it
/// in memory: both ends are the same program.
struct PoolReply {
  uint64_t Length; ///< of the answer, octets
  uint64_t Cpu;    ///< microseconds that it took
  uint64_t Peak;   ///< most memory meanwhile, KB
  bool Failed;     ///< the answer says why there is none
};

/// Writes the length of \p Bytes, and them. False if nobody listens any more.
bool sendFrame(int To, std::string_view Bytes);

/// What a process does that was forked to be a worker: one request after the
/// other, from \p Channel, until its other end is closed.
[[noreturn]] void workFor(int Channel, const Pool::Work &Does);

} // namespace perfidy

#endif // PERFIDY_DRIVER_POOLWORKER_H
