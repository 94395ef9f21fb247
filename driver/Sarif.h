//===- Sarif.h - parts of the SARIF report ----------------------*- C++ -*-===//
//
// Part of Perfidy. SARIF 2.1.0, OASIS standard, with errata 01.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_SARIF_H
#define PERFIDY_DRIVER_SARIF_H

#include "driver/Report.h"
#include <nlohmann/json_fwd.hpp>

namespace perfidy::sarif {

/// The tool with a rule for each of checks(Of), in that order.
nlohmann::ordered_json tool(const Report &Of);

/// "error", "warning" or "note".
const char *level(Level Of);

/// Id of the notification about a file with errors.
constexpr char IncompleteFile[] = "perfidy-incomplete-file";

} // namespace perfidy::sarif

#endif // PERFIDY_DRIVER_SARIF_H
