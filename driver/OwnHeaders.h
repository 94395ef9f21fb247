//===- OwnHeaders.h - the project's own headers, precompiled ----*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_OWNHEADERS_H
#define PERFIDY_DRIVER_OWNHEADERS_H

#include "driver/Precompiled.h"
#include "driver/Project.h"
#include <memory>
#include <string>
#include <vector>

namespace perfidy {

/// What units share beside system headers: chains of precompiled headers, each
/// of which holds nothing that one of its users does not include.
struct OwnPlan {
  struct Node {
    /// What it continues: 0 for the header of system headers, else a number in
    /// one row of those that are known, from 1, and after them these.
    unsigned Base = 0;
    std::vector<std::string> Headers; ///< absolute paths, in order
    std::vector<unsigned> Users;      ///< positions of units, ascending
  };
  std::vector<Node> Nodes;    ///< after what they continue
  std::vector<unsigned> Uses; ///< by unit, numbers as Node::Base
};

/// A unit, and what its command says that may make a difference.
struct Member {
  const Source *Unit;
  const CommandMacros *Macros;
  const std::vector<std::string> *Folders;
};

/// Decides for \p Units, all of which use \p System, what of \p Known they use,
/// which continue that, and, if \p More, what is worth making for them. Null in
/// \p Known stands for what is gone. For a worker process, as readUnit().
OwnPlan
planOwnHeaders(const std::vector<Member> &Units, const Precompiled &System,
               const std::vector<std::shared_ptr<const Precompiled>> &Known,
               bool More);

std::string toText(const OwnPlan &Plan);
/// Throws std::runtime_error.
OwnPlan planFrom(std::string_view Text);

} // namespace perfidy

#endif // PERFIDY_DRIVER_OWNHEADERS_H
