//===- Finding.h - what a check reports -------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_RANK_FINDING_H
#define PERFIDY_ANALYSIS_RANK_FINDING_H

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// The hierarchy of impact; see docs/hierarchy.md.
enum class Level : uint8_t {
  Complexity = 1,
  Database = 2,
  Memory = 3,
  Io = 4,
  Micro = 5,
};

enum class Confidence : uint8_t { Low, Medium, High };

/// Where the code runs, coldest first.
enum class Heat : uint8_t { Startup, Ordinary, Handler };

/// A place that outlives the summaries it came from.
struct SourcePoint {
  std::string File; ///< absolute
  uint32_t Line = 0;
  uint32_t Column = 0;
  uint32_t Offset = 0;
  auto operator<=>(const SourcePoint &) const = default;
};

struct Step {
  SourcePoint Where;
  std::string Message;
};

/// Replaces Length bytes at Where.Offset by Text.
struct Edit {
  SourcePoint Where;
  uint32_t Length = 0;
  std::string Text;
};

struct Finding {
  std::string Check; ///< "query-in-loop"
  /// It is a check of clang-tidy's own, under the name it has there.
  bool Upstream = false;
  Level Where = Level::Micro;
  Confidence Sure = Confidence::Medium;
  Heat Runs = Heat::Ordinary;
  SourcePoint At;
  std::string Function; ///< qualified name of the function around it
  /// One sentence: the fact, its names, its growth.
  std::string Message;
  /// What to do instead, one sentence.
  std::string Suggestion;
  /// "O(orders x ids)", "one query per element of 'users'".
  std::string Growth;
  /// Polynomial degree of the growth, for ranking.
  unsigned Degree = 1;
  /// From the loop down to the work, in order.
  std::vector<Step> Path;
  std::vector<Edit> Fixes;
  /// Stays the same when lines move; filled by rank().
  std::string Fingerprint;
};

/// \p Of lies, or leads, through a place that \p Fits.
template <class Predicate>
bool anyPlace(const Finding &Of, const Predicate &Fits) {
  return Fits(Of.At) ||
         std::any_of(Of.Path.begin(), Of.Path.end(),
                     [&](const Step &Each) { return Fits(Each.Where); });
}

/// Removes duplicates (same check and place: header code seen by many TUs),
/// gives fingerprints and orders by impact: level, then degree, confidence,
/// heat; ties by place, so that the order never changes between runs.
void rank(std::vector<Finding> &Findings);

/// A message with every number that is no part of a name replaced by '#':
/// numbers follow the data, and two messages that differ in no more are about
/// the same.
std::string withoutNumbers(std::string_view Message);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_RANK_FINDING_H
