//===- PartTable.h - what summaries say more than once ----------*- C++ -*-===//
//
// Part of Perfidy. Most calls of a program are given what others are given:
// "this", the first parameter, the same field.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_PARTTABLE_H
#define PERFIDY_ANALYSIS_SUMMARY_PARTTABLE_H

#include "analysis/summary/Summary.h"
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace perfidy {

/// Gives equal parts of what is read with it one memory: texts and what calls
/// are given. Not for several threads.
class PartTable {
  template <class T>
  using ByBytes = std::unordered_map<std::string, T, TextHash, TextEqual>;
  TextTable Texts;
  std::tuple<ByBytes<Few<Value>>, ByBytes<Seldom<Value>>,
             ByBytes<Few<AccessPath>>>
      Parts;

public:
  /// Nothing refers into these from outside of the function they are in.
  template <class T>
  static constexpr bool Has =
      std::is_same_v<T, Few<Value>> || std::is_same_v<T, Seldom<Value>> ||
      std::is_same_v<T, Few<AccessPath>>;

  SharedText share(std::string_view Text) { return Texts.share(Text); }

  /// What was made of the same bytes; null if nothing was.
  template <class T> const T *find(std::string_view Bytes) const {
    auto &Known = std::get<ByBytes<T>>(Parts);
    auto At = Known.find(Bytes);
    return At == Known.end() ? nullptr : &At->second;
  }
  template <class T> void add(std::string_view Bytes, const T &Made) {
    std::get<ByBytes<T>>(Parts).emplace(Bytes, Made);
  }
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_PARTTABLE_H
