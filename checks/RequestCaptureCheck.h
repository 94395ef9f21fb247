//===- RequestCaptureCheck.h - lambdas that hold too much -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_REQUESTCAPTURECHECK_H
#define PERFIDY_CHECKS_REQUESTCAPTURECHECK_H

#include "checks/Check.h"

namespace perfidy {

/// Finds lambdas that outlive a call and hold a whole request, or themselves.
///
/// Flags:  a posted lambda that copies the request to read its path; one that
///         refers to a request that is gone when it runs; a callback kept in
///         the object that it keeps alive.
/// Passes: lambdas that run now, that use most of the object or pass it on,
///         that move it in, that hold what they need of it already.
/// Docs:   docs/checks/request-capture.md
void checkRequestCapture(const Program &P, const Function &F,
                         std::vector<Finding> &Out);

} // namespace perfidy

#endif // PERFIDY_CHECKS_REQUESTCAPTURECHECK_H
