//===- Memory.cpp - how much memory there is ------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Memory.h"
#include <algorithm>
#include <fstream>
#include <string>
#include <unistd.h>

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

} // namespace perfidy
