//===- HeaderScan.h - which system headers units include --------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_HEADERSCAN_H
#define PERFIDY_DRIVER_HEADERSCAN_H

#include "driver/Project.h"
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// A header, or a macro of the project's that stands before some.
struct ListEntry {
  bool Define = false;
  std::string Text; ///< "vector", "NAME VALUE"
  auto operator<=>(const ListEntry &) const = default;
};

/// The system headers that enough of \p Members include, themselves or through
/// headers of the project, as they name them and in their order, with the plain
/// macros that these files define before. All members have the flags of the
/// first. No condition is decided: what stands in one is left out; and so is
/// a header if it mentions a macro of which most that include it have a value
/// of their own.
std::vector<ListEntry>
sharedHeaders(const std::vector<const Source *> &Members);

/// The name in "NAME VALUE", of a macro.
std::string definedName(std::string_view Define);

/// True if \p Word stands somewhere in \p Text, be it in a comment.
bool hasWord(std::string_view Text, std::string_view Word);

} // namespace perfidy

#endif // PERFIDY_DRIVER_HEADERSCAN_H
