//===- Words.h - the words of an identifier ---------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_WORDS_H
#define PERFIDY_ANALYSIS_SUMMARY_WORDS_H

#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// "addHTTPListener", "add_http_listener" -> {"add", "http", "listener"}.
std::vector<std::string> wordsOf(std::string_view Name);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_WORDS_H
