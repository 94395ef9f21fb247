//===- HeaderScan.h - which system headers units include --------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_HEADERSCAN_H
#define PERFIDY_DRIVER_HEADERSCAN_H

#include "driver/Project.h"
#include <string>
#include <vector>

namespace perfidy {

/// A header of the system, or a macro of the project's that stands before some.
struct ListEntry {
  bool Define = false;
  std::string Text; ///< "vector", "NAME VALUE"
  auto operator<=>(const ListEntry &) const = default;
};

/// The system headers that enough of \p Members include, themselves or through
/// headers of the project, as they name them and in their order, with the plain
/// macros that these files define before. All members have the flags of the
/// first. No header of the system is read, and no condition decided: what stands
/// in one is left out.
std::vector<ListEntry>
sharedHeaders(const std::vector<const Source *> &Members);

} // namespace perfidy

#endif // PERFIDY_DRIVER_HEADERSCAN_H
