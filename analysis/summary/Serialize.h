//===- Serialize.h - TU summaries as CBOR and as JSON -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H
#define PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H

#include "analysis/summary/Summary.h"
#include <string>
#include <string_view>

namespace perfidy {

/// The summary as CBOR: what pipes, caches and files hold.
std::string toCbor(const TUSummary &Summary);

/// Reads what toCbor wrote. On bad input returns false and says in \p Error
/// what is wrong; \p Summary is then left in a valid but unspecified state.
bool fromCbor(std::string_view Bytes, TUSummary &Summary, std::string &Error);

/// The same for people: indented JSON, fields with default values left out.
std::string toJson(const TUSummary &Summary);
bool fromJson(std::string_view Text, TUSummary &Summary, std::string &Error);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H
