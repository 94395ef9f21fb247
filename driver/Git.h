//===- Git.h - asking git ---------------------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_GIT_H
#define PERFIDY_DRIVER_GIT_H

#include <optional>
#include <string>
#include <vector>

namespace perfidy {

struct GitAnswer {
  bool Good;
  std::string Text;  ///< stdout
  std::string Error; ///< stderr, on one line
};

/// The `git` of PATH, run in a folder. Its environment is ours, so that in a
/// hook it sees the index of the commit that is being made.
class Git {
  std::string Program;
  std::string Folder;

public:
  /// Throws Failure if there is no git.
  explicit Git(std::string In);

  GitAnswer ask(const std::vector<std::string> &What,
                const std::string &Input = "");

  /// For what has to succeed; throws Failure with what git says.
  std::string demand(const std::vector<std::string> &What);

  /// The contents of \p Objects ("HEAD:src/a.cpp"); nothing for those that are
  /// not there.
  std::vector<std::optional<std::string>>
  contents(const std::vector<std::string> &Objects);
};

/// The names in an answer to a question with -z.
std::vector<std::string> gitNames(const std::string &ZeroEnded);

} // namespace perfidy

#endif // PERFIDY_DRIVER_GIT_H
