//===- Memory.cpp - how much memory there is ------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Memory.h"
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

namespace perfidy {

/// The number after \p Name in a file of names and numbers.
static std::optional<uint64_t> lookUp(const char *File,
                                      const std::string &Name) {
  std::ifstream In(File);
  std::string Word;
  uint64_t Number;
  while (In >> Word)
    if (Word == Name && In >> Number)
      return Number;
  return std::nullopt;
}

static std::optional<uint64_t> numberIn(const char *File) {
  std::ifstream In(File);
  uint64_t Number;
  if (In >> Number)
    return Number;
  return std::nullopt; // "max", or no such file
}

/// What the control group still allows; what it caches of files counts as free.
static std::optional<uint64_t> leftInGroup() {
  std::optional<uint64_t> Most = numberIn("/sys/fs/cgroup/memory.max");
  std::optional<uint64_t> Used = numberIn("/sys/fs/cgroup/memory.current");
  if (!Most || !Used)
    return std::nullopt;
  uint64_t Cached =
      lookUp("/sys/fs/cgroup/memory.stat", "inactive_file").value_or(0);
  uint64_t Taken = *Used - std::min(*Used, Cached);
  return *Most - std::min(*Most, Taken);
}

std::optional<uint64_t> memoryAvailable() {
  std::optional<uint64_t> Result = lookUp("/proc/meminfo", "MemAvailable:");
  if (Result)
    *Result *= 1024;
  if (std::optional<uint64_t> Left = leftInGroup())
    Result = Result ? std::min(*Result, *Left) : *Left;
  return Result;
}

uint64_t memoryOf(pid_t Process) {
  std::ifstream In("/proc/" + std::to_string(Process) + "/statm");
  uint64_t All = 0, Resident = 0;
  In >> All >> Resident;
  return Resident * uint64_t(sysconf(_SC_PAGESIZE));
}

void resetPeakMemory() {
  // proc(5): resets the high water mark of the resident set.
  std::ofstream("/proc/self/clear_refs") << 5;
}

uint64_t peakMemory() {
  if (std::optional<uint64_t> Peak = lookUp("/proc/self/status", "VmHWM:"))
    return *Peak;
  rusage Used = {};
  getrusage(RUSAGE_SELF, &Used);
  return uint64_t(Used.ru_maxrss);
}

void keepFreedMemory() {
#ifdef __GLIBC__
  // The heap grows at its end by as much as is wanted at once, and what is
  // freed there stays. Addresses only: a page is there when it is written to.
  // What is very large stays outside, where it can grow without being copied:
  // the octets of a precompiled header would leave a hole at each doubling.
  constexpr size_t Grown = size_t(256) << 20, LargePage = size_t(2) << 20;
  constexpr int VeryLarge = 16 << 20;
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  void *Heap = std::malloc(Grown);
  if (!Heap)
    return;
  uintptr_t First = (uintptr_t(Heap) + LargePage - 1) / LargePage * LargePage;
  madvise(reinterpret_cast<void *>(First), Grown - LargePage, MADV_HUGEPAGE);
  std::free(Heap);
  mallopt(M_MMAP_THRESHOLD, VeryLarge);
#endif
}

} // namespace perfidy
