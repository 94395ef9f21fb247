//===- HeaderTree.h - which units share which headers -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_HEADERTREE_H
#define PERFIDY_DRIVER_HEADERTREE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace perfidy {

/// Headers that all of some units include, parsed once after those of a parent.
struct SharedHeaders {
  std::optional<size_t> Parent; ///< an earlier one; nothing for the root
  std::vector<size_t> Headers;  ///< ascending
  std::vector<size_t> Units;    ///< ascending; a child's are among these
};

/// Splits units by the headers they include, \p Included for each unit, into a
/// tree that saves as much parsing as a greedy choice finds: from the root to
/// any node no header stands that not all of the node's units include. So who
/// uses a node has exactly what it asked for, and some of what it asked for may
/// be missing. \p Costs of the headers; \p Overhead of one more node.
std::vector<SharedHeaders>
shareHeaders(const std::vector<std::vector<size_t>> &Included,
             const std::vector<uint64_t> &Costs, uint64_t Overhead);

} // namespace perfidy

#endif // PERFIDY_DRIVER_HEADERTREE_H
