//===- QueryInLoopCheck.h - a round trip per element ------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_QUERYINLOOPCHECK_H
#define PERFIDY_CHECKS_QUERYINLOOPCHECK_H

#include "checks/Check.h"

namespace perfidy {

/// Finds loops that make a database round trip per element.
///
/// Flags:  for (const User &u : users) posts[u.id] = loadPosts(db, u.id);
/// Passes: auto posts = loadPosts(db, idsOf(users));
/// Docs:   docs/checks/query-in-loop.md
void checkQueryInLoop(const Program &P, const Function &F,
                      std::vector<Finding> &Out);

} // namespace perfidy

#endif // PERFIDY_CHECKS_QUERYINLOOPCHECK_H
