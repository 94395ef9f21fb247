//===- Flow.h - which variables change with which loops ---------*- C++ -*-===//
//
// Part of Perfidy. Flow-insensitive within a function: a variable varies with
// a loop if something in the loop steps it, or if it is computed in the loop
// from something that varies with it. Solved as a fixed point over the
// definitions seen while the body was read; no AST here.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_FLOW_H
#define PERFIDY_ANALYSIS_EXTRACT_FLOW_H

#include "analysis/summary/Summary.h"
#include <map>
#include <vector>

namespace perfidy {

using VarId = int;

class Flow {
public:
  /// \p Loops must outlive the Flow and grow only.
  explicit Flow(const std::vector<Loop> &Loops) : Loops(Loops) {}

  /// The variable a path belongs to: a local, parameter or global as a whole,
  /// or one field of this.
  VarId var(const AccessPath &Path);

  /// \p Var comes to life anew in each round of \p Loop.
  void declare(VarId Var, Index Loop) { Declared[Var] = Loop; }

  struct Definition {
    VarId Var = -1;
    Index Loop = None; ///< the innermost loop around it
    std::vector<VarId> From;
    /// The new value depends on the old one: ++i, s += x, q.next().
    bool Step = false;
    /// The element variable of Loop itself.
    bool Iteration = false;
    /// The value comes from outside: a call without arguments.
    bool Opaque = false;
  };
  void define(Definition D) { Definitions.push_back(std::move(D)); }

  /// \p Path denotes another object after this: assigned, or stepped if it is
  /// a pointer or iterator.
  void reseat(AccessPath Path, Index Loop) {
    Reseated.emplace_back(std::move(Path), Loop);
  }

  /// To be called once, after the last definition.
  void solve();

  /// The loops around \p At with which any of \p From varies, outermost first.
  std::vector<Index> varies(const std::vector<VarId> &From, Index At) const;
  /// The loops around \p At whose rounds make \p Path another object, if its
  /// subscripts and accessor arguments are computed from \p Identity.
  /// \p Kept: what is assigned to \p Path itself stays in the same object,
  /// as a cache's entry does.
  std::vector<Index> otherObject(const AccessPath &Path,
                                 const std::vector<VarId> &Identity, Index At,
                                 bool Kept = false) const;
  /// \p Var is computed from \p On, directly or through others.
  bool dependsOn(VarId Var, VarId On) const;
  /// Parameters, fields of this and globals that \p From is computed from.
  std::vector<AccessPath> inputs(const std::vector<VarId> &From) const;

  bool encloses(Index Outer, Index Inner) const;
  std::vector<Index> chain(Index Loop) const; ///< outermost first

private:
  const std::vector<Loop> &Loops;
  std::vector<AccessPath> Paths; ///< by VarId
  std::map<AccessPath, VarId> Ids;
  std::map<VarId, Index> Declared;
  std::vector<Definition> Definitions;
  std::vector<std::pair<AccessPath, Index>> Reseated;
  std::vector<std::vector<Index>> Varying; ///< by VarId, sorted
  std::vector<std::vector<VarId>> Sources; ///< by VarId, sorted, transitive
};

/// The variable part of a path; see Flow::var.
AccessPath variableOf(const AccessPath &Path);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_FLOW_H
