//===- CommandMacros.h - what -D and -U of a command say --------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_COMMANDMACROS_H
#define PERFIDY_DRIVER_COMMANDMACROS_H

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// The macros of a command by name; the last word on each, as it is given:
/// "-DNAME=VALUE", "-UNAME".
using CommandMacros = std::map<std::string, std::string, std::less<>>;

/// The name in "-DNAME(x)=VALUE".
std::string macroName(std::string_view Given);

/// Names on which the two do not agree.
std::vector<std::string> differences(const CommandMacros &A,
                                     const CommandMacros &B);

/// Directives that make of what \p From says what \p To says.
std::string directives(const CommandMacros &From, const CommandMacros &To);

} // namespace perfidy

#endif // PERFIDY_DRIVER_COMMANDMACROS_H
