//===- Tasks.h - what workers are asked for ---------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_TASKS_H
#define PERFIDY_DRIVER_TASKS_H

#include "analysis/models/Models.h"
#include "driver/CommandMacros.h"
#include "driver/Precompiled.h"
#include "driver/Project.h"
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

/// A precompiled header: the descriptions of what it continues, from that of the
/// system headers to its own.
using HeaderChain = std::vector<std::string>;
HeaderChain chainOf(const Precompiled *Header);

/// What a worker is asked for. It knows all sources and models from the time it
/// was forked; it is told positions, and files to look things up in.
struct Task {
  enum class Kind {
    Read,     ///< reads the one member; the answer begins with Told
    Build,    ///< buildPrecompiled(), with or without a Header that is there
    Plan,     ///< planOwnHeaders() of Header
    Continue, ///< buildOwn(), of Header
  };
  uint64_t What = 0;
  std::vector<uint64_t> Members, Others;
  HeaderChain Header;
  Digest Key;                     ///< of a build
  std::vector<std::string> List;  ///< of what continues
  bool More = true;               ///< of a plan, as what follows
  std::vector<HeaderChain> Known; ///< what continues Header already
  struct Flags {
    std::vector<std::string> Macros, Folders;
  };
  std::vector<Flags> Commands;
  std::vector<uint64_t> CommandOf; ///< by member

  Task() = default;
  explicit Task(Kind What) : What(uint64_t(What)) {}
  std::string request() const;
};

/// What a worker says beside the facts of a unit.
struct Told {
  uint64_t ExtractionCpu = 0, ExtractionWall = 0;
  bool Precompiled = false, Own = false; ///< as in UnitFacts
  std::string Conflict;
};

/// What a worker does, and what it keeps for its next task.
class Hand {
  const std::vector<Source> &Sources;
  const Models &Known;
  const Overlay &Instead;
  const std::string &Folder; ///< of precompiled headers
  std::map<std::string, std::shared_ptr<const Precompiled>> Headers;

  std::shared_ptr<const Precompiled> header(const HeaderChain &Chain);
  std::vector<const Source *> at(const std::vector<uint64_t> &Positions) const;
  std::string read(const Source &Of, const Precompiled *With);
  std::string plan(const Task &Wanted, const Precompiled &System);

public:
  Hand(const std::vector<Source> &Sources, const Models &Known,
       const Overlay &Instead, const std::string &Folder)
      : Sources(Sources), Known(Known), Instead(Instead), Folder(Folder) {}

  /// Does what Task::request() says. Throws what it cannot.
  std::string operator()(std::string_view Request);
};

/// Takes Told from the beginning of \p Answer. Throws std::runtime_error.
Told takeTold(std::string_view &Answer);

} // namespace perfidy

#endif // PERFIDY_DRIVER_TASKS_H
