//===- Names.h - what the words of a method's name say ----------*- C++ -*-===//
//
// Part of Perfidy. Only for the project's own interfaces, where no model
// speaks, and never alone: parameters must fit and bodies be as the name says.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_NAMES_H
#define PERFIDY_ANALYSIS_EXTRACT_NAMES_H

#include "analysis/summary/Words.h"
#include <string>
#include <vector>

namespace perfidy {

/// Verbs that undo \p Verb; \p Adds says whether it is the one that puts on.
/// Empty if the verb has no inverse.
std::vector<std::string> inverseVerbs(const std::string &Verb, bool &Adds);

/// Verbs that say nothing of listeners by themselves: add, insert.
bool isWeakVerb(const std::string &Verb);

/// Verbs of every collection: add, insert, append, push.
bool isCollecting(const std::string &Verb);

/// One of the words is a word for listeners.
bool namesListener(const std::vector<std::string> &Words);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_NAMES_H
