//===- Words.h - how levels and confidence are called -----------*- C++ -*-===//
//
// Part of Perfidy. One place for the words that every host prints and reads, so
// that clang-tidy, driver and clangd say the same.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_RANK_WORDS_H
#define PERFIDY_ANALYSIS_RANK_WORDS_H

#include "analysis/rank/Finding.h"
#include <optional>
#include <string>
#include <string_view>

namespace perfidy {

/// "database queries"; the same as the headings of docs/hierarchy.md.
std::string_view name(Level Which);
/// "high"
std::string_view name(Confidence Which);
/// "request handler"
std::string_view name(Heat Which);

/// What the check is called outside of perfidy: "perfidy-query-in-loop".
std::string ruleName(const Finding &Of);

/// The reverse of name(Confidence); nothing for any other word.
std::optional<Confidence> confidence(std::string_view Word);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_RANK_WORDS_H
