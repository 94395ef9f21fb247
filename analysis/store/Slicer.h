//===- Slicer.h - how a slice of a program is cut out -----------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/store: Slice.cpp has what calls decide,
// SliceLives.cpp what the lives of objects do.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_SLICER_H
#define PERFIDY_ANALYSIS_STORE_SLICER_H

#include "analysis/store/EffectFields.h"
#include "analysis/store/Programs.h"
#include "analysis/store/Rows.h"
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace perfidy {

using Ids = std::unordered_set<int64_t>;

/// The call graph as the last scan left it.
struct Graph {
  std::unordered_map<int64_t, std::vector<int64_t>> Callees, Callers;
  Ids Registering; ///< put listeners on or take them off
  Ids Removing;    ///< of these, those that take off

  Graph(std::string_view Blob, const std::string &File);

  static const std::vector<int64_t> &
  of(const std::unordered_map<int64_t, std::vector<int64_t>> &Edges,
     int64_t Id) {
    static const std::vector<int64_t> Nobody;
    auto Found = Edges.find(Id);
    return Found == Edges.end() ? Nobody : Found->second;
  }
  const std::vector<int64_t> &callees(int64_t Id) const {
    return of(Callees, Id);
  }
  const std::vector<int64_t> &callers(int64_t Id) const {
    return of(Callers, Id);
  }

  /// \p From and all that can be reached.
  template <class Next> static Ids reach(const Ids &From, Next Edges) {
    Ids Seen = From;
    std::vector<int64_t> Pending(From.begin(), From.end());
    while (!Pending.empty()) {
      int64_t Id = Pending.back();
      Pending.pop_back();
      for (int64_t Each : Edges(Id))
        if (Seen.insert(Each).second)
          Pending.push_back(Each);
    }
    return Seen;
  }
};

/// A row of the table of entities.
struct Entity {
  int64_t Id;
  std::string Usr;
  int64_t Unit;
  std::vector<int64_t> Takers;
  Digest Shape;
};

class Slicer {
  FactStore &From;
  const TUSummary &Fresh;
  int64_t Program = 0;
  int64_t Unit = 0; ///< of the file; 0 if the program has none
  std::string GraphBlob, ClassesBlob;
  std::optional<KnownClasses> Classes; ///< once they are needed
  KnownFacts Facts;

  std::unordered_map<std::string_view, const Function *> FreshByUsr;
  std::unordered_map<int64_t, const Function *> FreshById;
  std::unordered_map<std::string_view, Entity> FreshEntities;
  Ids FreshIds, Gone;
  std::set<SharedText> Handled; ///< USRs of the file that others register
  std::unordered_map<std::string, int64_t> IdByUsr; ///< asked already; 0: none

  Slice Result;
  struct Loaded {
    Function Facts;
    std::vector<std::string> Files;
    Settled Past;
  };
  std::map<int64_t, Loaded> Read;
  PartTable Parts;

  Statement ByUsr, Row, Wanted, Overridden, Methods, Changing, Handling;

  std::optional<Entity> entity(const std::string &Usr);
  int64_t idOf(const std::string &Usr); ///< 0 if there is none
  std::vector<int64_t> list(Statement &Of, const std::string &Name);
  Loaded &load(int64_t Id);
  bool taken(const std::vector<int64_t> &Takers) const;

  bool choose();
  void matchFresh();
  void findGone();
  std::vector<int64_t> targetsOf(const Function &F);
  void addBases(const Function &F, const Graph &Calls, Ids &To);
  void slice();
  void followPaths(const Ids &From);

  // SliceLives.cpp
  struct Lives;
  void addLives(const Graph &Calls,
                const std::vector<const Function *> &Altered, Ids &Needed);

  Index fileIn(std::map<std::string, Index> &FileIds, const std::string &Path);
  void addClasses(std::map<std::string, Index> &FileIds);
  void build();

public:
  Slicer(FactStore &From, const TUSummary &Fresh) : From(From), Fresh(Fresh) {}
  std::optional<Slice> run();
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_SLICER_H
