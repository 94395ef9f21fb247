//===- Memory.h - how much memory there is ----------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_MEMORY_H
#define PERFIDY_DRIVER_MEMORY_H

#include <cstdint>
#include <optional>
#include <sys/types.h>

namespace perfidy {

/// Octets that processes can have before the system runs short, or the control
/// group this one is in. Nothing where the system does not say.
std::optional<uint64_t> memoryAvailable();

/// Octets of memory that \p Process has now; 0 if it is gone.
uint64_t memoryOf(pid_t Process);

/// The most memory that this process has had since resetPeakMemory(), in KB;
/// since it began where the system cannot tell.
uint64_t peakMemory();
void resetPeakMemory();

/// Has this process keep the memory that it frees, for what it does next, and
/// take it in large pages: clang's trees are many small objects, of which each
/// new page costs a fault, and each visit a look at the page tables. For a
/// process that will use hundreds of megabytes; without effect where the C
/// library or the system cannot.
void keepFreedMemory();

} // namespace perfidy

#endif // PERFIDY_DRIVER_MEMORY_H
