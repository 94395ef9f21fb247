//===- EffectFields.h - the fields of effects, by name ----------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/store; see analysis/summary/Reflect.h.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_EFFECTFIELDS_H
#define PERFIDY_ANALYSIS_STORE_EFFECTFIELDS_H

#include "analysis/link/Program.h"
#include "analysis/store/FindingFields.h"

namespace perfidy {

/// A name that units speak of, and two of them: enough to know that one does
/// whatever another says now.
struct Said {
  std::string Name;
  std::vector<int64_t> By; ///< ids of units
};

/// What units say beside functions and classes.
struct KnownFacts {
  std::vector<std::string> Tests; ///< files, sorted
  std::vector<Said> Filled, Grown;
};

struct KnownClasses {
  std::vector<std::string> Files; ///< what the classes' places point into
  std::vector<Class> Classes;
};

// clang-format off
PERFIDY_ENUM(EffectKind, Query, Prepare, Begin, Commit, Rollback, Connect, Close,
  Fetch, Wait, Lookup, Traverse, Rebuild, FrontWork, Concat, Sort, Append, Invoke)
PERFIDY_ENUM(Nature, Plain, Batch, Retry, Service, Once, Drain)
PERFIDY_FIELDS(Effect, (),
  Kind, Database, Library, What, Subject, Name, Inputs, ChosenBy, Spot, Keyed, Sql, SqlFrom,
  Prepared, Lifetime, Returned, Stored, Scoped, Fresh, Connection, Looped,
  Iterated, Over, Memo, Remembered, Flush, ErrorPath, Rare, Selected, Needs,
  Conditions, Sure, At, Through, Next, NextEffect)
PERFIDY_FIELDS(Said, (), Name, By)
PERFIDY_FIELDS(KnownFacts, (), Tests, Filled, Grown)
PERFIDY_FIELDS(KnownClasses, (), Files, Classes)
PERFIDY_FIELDS(Settled, (Handles),
  Outside, HasEffects, Effects, Writes, Natures, Kept, HasPlace, Startup, Handler,
  InTransaction, Taken, Recursive, Files)
// clang-format on

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_EFFECTFIELDS_H
