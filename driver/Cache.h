//===- Cache.h - what a scan need not do again ------------------*- C++ -*-===//
//
// Part of Perfidy. Decides which translation units are as they were, and keeps
// what is new.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_CACHE_H
#define PERFIDY_DRIVER_CACHE_H

#include "analysis/models/Models.h"
#include "analysis/store/Programs.h"
#include "analysis/store/Store.h"
#include "checks/Check.h"
#include "driver/Project.h"
#include "driver/Workers.h"
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace perfidy {

/// Works without a store too: then nothing is known and nothing kept. What
/// keeps it from writing is said on stderr once and does not stop the scan,
/// which has its facts in memory. A store that turns out to be damaged is a
/// StoreError out of any call: set it aside and begin again.
class Cache {
  std::unique_ptr<FactStore> Kept;
  bool Writing = false;
  const Project &Of;
  /// What facts() has read from the store, for saveProgram().
  std::vector<PackedUnit> Linked;
  std::vector<FactStore::Wanted> LinkedIds;
  /// Of files that units of this scan have read, where no store knows it.
  std::map<std::string, std::set<Digest>> Contents;
  Digest Tool;              ///< extractor, models, clang's environment
  std::vector<Digest> Keys; ///< of Of.Sources: Tool, flags

  void cannotWrite(const std::exception &Why);
  template <class Callback> void write(Callback What);

public:
  /// Opens the store that \p Asked and \p Of name. Throws Failure if the user
  /// named a file that is somebody else's or cannot be used.
  Cache(const Options &Asked, const Project &Of, const Models &Known);

  /// One for each of Of.Sources; those whose facts still hold are Stored.
  std::vector<Unit> reuse();
  void save(size_t Source, Unit &Which);
  /// The facts of all units that have any, for the linker.
  std::vector<TUSummary> facts(std::vector<Unit> &Units, unsigned Jobs);

  std::optional<std::vector<Finding>> verdict(const Digest &Key);
  void saveVerdict(const Digest &Key, const std::vector<Finding> &Findings);

  /// The store has another program than that of \p Units, and this scan is one
  /// to replace it: of all the compile database, or of more than was known.
  bool wantsProgram(const std::vector<Unit> &Units);
  /// Keeps what facts() gave for clang-tidy, once it is linked.
  void saveProgram(const Program &Whole);

  /// Forgets what no longer belongs to the project, and records the run, so that
  /// lastFindings() knows it. What is staged is no run.
  void finish(const std::vector<Unit> &Units, const Digest &Verdict,
              size_t Read, const std::vector<const CheckInfo *> &Checks,
              const Options &Asked);

  /// They were of use, though this is no run: of the project as it was.
  void touch(const std::vector<Unit> &Units);

  /// The findings of the last run of the same kind; nothing if there is none.
  std::optional<std::vector<Finding>>
  lastFindings(const std::vector<const CheckInfo *> &Checks,
               const Options &Asked);

  /// What clang was given for each of \p Files, by name; without those that
  /// two of \p Units read with different contents.
  std::map<std::string, Digest>
  contentsRead(const std::vector<Unit> &Units,
               const std::set<std::string> &Files);

  /// Where precompiled headers lie: beside the store; "" if nothing is kept.
  std::string precompiledFolder() const;

  FactStore *store() { return Kept.get(); }
};

/// The store that \p Asked and \p Of name has a program of all of the compile
/// database.
bool knowsWhole(const Options &Asked, const Project &Of);

/// Moves the store that \p Asked and \p Of name out of the way and says so; says
/// why not and returns false if it cannot be moved.
bool setStoreAside(const Options &Asked, const Project &Of,
                   const std::string &Why);

/// Names what findings follow from: the judgement, its options, the facts.
Digest verdictKey(const std::vector<Unit> &Units, const Project &Of,
                  const Options &Asked,
                  const std::vector<const CheckInfo *> &Checks);

} // namespace perfidy

#endif // PERFIDY_DRIVER_CACHE_H
