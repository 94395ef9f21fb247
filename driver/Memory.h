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

} // namespace perfidy

#endif // PERFIDY_DRIVER_MEMORY_H
