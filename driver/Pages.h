//===- Pages.h - what is written about a check ------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PAGES_H
#define PERFIDY_DRIVER_PAGES_H

#include <string>
#include <string_view>

namespace perfidy {

/// docs/checks/<Check>.md as it was when perfidy was built: Markdown, with links
/// relative to that folder. Without "perfidy-" before the name; empty if there
/// is no such check. Lives as long as the program.
std::string_view page(std::string_view Check);

/// The same for readers outside of the repository: without comments, and with
/// links that lead somewhere from there, or else their text alone.
std::string pageAlone(std::string_view Check);

/// Where that page is on the web, at the version of this build; empty if the
/// build was not told where its home is (PERFIDY_HOMEPAGE).
std::string pageAddress(std::string_view Check);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PAGES_H
