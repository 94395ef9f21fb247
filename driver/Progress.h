//===- Progress.h - how far a scan has come ---------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PROGRESS_H
#define PERFIDY_DRIVER_PROGRESS_H

#include <cstddef>
#include <string>

namespace perfidy {

/// One line on stderr that is rewritten after each file and gone at the end. If
/// stderr is no terminal, nothing.
class Progress {
  size_t Total;
  size_t Done = 0;
  bool Shown;

  void show(const std::string &What) const;

public:
  explicit Progress(size_t Total);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void next(const std::string &File);
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_PROGRESS_H
