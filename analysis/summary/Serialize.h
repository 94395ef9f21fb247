//===- Serialize.h - TU summaries as CBOR and as JSON -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H
#define PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H

#include "analysis/summary/PartTable.h"
#include "analysis/summary/Summary.h"
#include <string>
#include <string_view>

namespace perfidy {

/// The summary as CBOR: what pipes, caches and files hold.
std::string toCbor(const TUSummary &Summary);

/// Reads what toCbor wrote. On bad input returns false and says in \p Error
/// what is wrong; \p Summary is then left in a valid but unspecified state.
/// What \p Parts has, if it is given, is not in memory once more.
bool fromCbor(std::string_view Bytes, TUSummary &Summary, std::string &Error,
              PartTable *Parts = nullptr);

/// One function that stands for itself: places name files by their paths, which
/// are part of it, so that the same function seen by two translation units is
/// the same bytes. \p Files is its summary's table.
std::string toCbor(const Function &Of, const std::vector<File> &Files);

/// Reads what the above wrote; locations then point into \p Files. On bad input
/// returns false with the reason in \p Error; \p Into is then left as it was.
bool functionFromCbor(std::string_view Bytes, Function &Into,
                      std::vector<std::string> &Files, std::string &Error,
                      PartTable *Parts = nullptr);

/// What a lambda captured is in terms of the function around it. Where that one
/// comes from another translation unit, which may have seen other text, or is
/// missing, captures that do not fit it are dropped. Call on all that will be
/// linked together, in the order in which the linker takes them.
void dropUnfit(std::vector<TUSummary *> Summaries);

/// The facts of a function but for where they stand: the same before and after
/// code above it has grown. To be compared, not read.
std::string withoutPlaces(const Function &Of);

/// Gives every location of \p Of the file that \p NewIndex has for its own.
void remapFiles(Function &Of, const std::vector<Index> &NewIndex);

/// The same for people: indented JSON, fields with default values left out.
std::string toJson(const TUSummary &Summary);
bool fromJson(std::string_view Text, TUSummary &Summary, std::string &Error);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_SERIALIZE_H
