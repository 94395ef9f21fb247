//===- ConnectionPerCallCheck.h - connect, use, close, again ----*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_CONNECTIONPERCALLCHECK_H
#define PERFIDY_CHECKS_CONNECTIONPERCALLCHECK_H

#include "checks/Check.h"

namespace perfidy {

/// Finds connections that are opened and closed within a call that can run often.
///
/// Flags:  User load(int id) { pqxx::connection c(dsn); return query(c, id); }
/// Passes: User load(Pool &pool, int id) { auto c = pool.lease(); return query(*c, id); }
/// Docs:   docs/checks/connection-per-call.md
void checkConnectionPerCall(const Program &P, const Function &F,
                            std::vector<Finding> &Out);

} // namespace perfidy

#endif // PERFIDY_CHECKS_CONNECTIONPERCALLCHECK_H
