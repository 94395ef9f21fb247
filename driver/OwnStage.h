//===- OwnStage.h - from system headers to the project's own ----*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_OWNSTAGE_H
#define PERFIDY_DRIVER_OWNSTAGE_H

#include "driver/OwnHeaders.h"
#include "driver/PrecompiledGroups.h"
#include "driver/Tasks.h"
#include <cstddef>
#include <optional>

namespace perfidy {

/// Takes units that use the same precompiled header of system headers to one
/// that holds headers of the project's own as well. Workers do that; this says
/// what they are to do, and what has come of it.
class OwnStage {
public:
  using Header = std::shared_ptr<const Precompiled>;
  /// \p Known: what continues \p System. \p More: others may be made.
  OwnStage(Header System, std::vector<std::shared_ptr<Precompiled>> Known,
           std::vector<size_t> Units,
           std::vector<const PrecompiledGroup *> Groups, bool More);

  /// What is to be done first. Its result is for planned().
  Task plan() const;
  /// What can be made now: numbers for make().
  std::vector<size_t> planned(const std::string &Answer);
  /// Makes one; the result is for made().
  Task make(size_t Number) const;
  /// \p Answer: nothing if that failed. What can be made now in addition.
  std::vector<size_t> made(size_t Number,
                           const std::optional<std::string> &Answer);

  struct Started {
    size_t Unit; ///< one of those it was made with
    Header With;
  };
  /// Units that wait for nothing any more, each once.
  std::vector<Started> takeReady();

private:
  Header System;
  std::vector<Header> Headers; ///< by OwnPlan::Node::Base, from 1; once settled
  std::vector<size_t> Units;
  std::vector<const PrecompiledGroup *> Groups; ///< of each unit
  bool More;
  OwnPlan Plan;
  size_t FirstNode = 0; ///< number of the first of Plan.Nodes
  std::vector<Started> Ready;

  const OwnPlan::Node &node(size_t Number) const {
    return Plan.Nodes[Number - FirstNode];
  }
  const Header &header(size_t Number) const {
    return Number ? Headers[Number - 1] : System;
  }
  std::vector<size_t> settle(size_t Number);
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_OWNSTAGE_H
