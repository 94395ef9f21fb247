//===- Failure.h - perfidy cannot do its job --------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FAILURE_H
#define PERFIDY_DRIVER_FAILURE_H

#include <stdexcept>

namespace perfidy {

/// Thrown where the work cannot be done; main() prints it and exits with 2. The
/// text says what went wrong, where, and what to do about it.
class Failure : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_FAILURE_H
