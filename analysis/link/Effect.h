//===- Effect.h - what a function does, seen from outside -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_LINK_EFFECT_H
#define PERFIDY_ANALYSIS_LINK_EFFECT_H

#include "analysis/rank/Finding.h"
#include "analysis/summary/Summary.h"
#include <string>
#include <vector>

namespace perfidy {

enum class EffectKind : uint8_t {
  Query,   ///< executes a statement: one round trip
  Prepare, ///< compiles a statement
  Begin,   ///< opens a transaction
  Commit,  ///< ends one: a round trip, on a local database a sync
  Rollback,
  Connect,   ///< opens a connection; Subject holds it
  Close,     ///< closes the connection in Subject
  Fetch,     ///< moves on to the next row of a result
  Wait,      ///< waits for work, time or an event
  Lookup,    ///< searches all of Subject for a key
  Traverse,  ///< walks all of Subject, whatever the arguments
  Rebuild,   ///< copies Subject as a whole to add to it
  FrontWork, ///< inserts or erases at Subject's front or middle
  Concat,    ///< makes something new of Subject and more
  Sort,      ///< sorts all of Subject
  Append,    ///< Subject grows at its end
  Invoke,    ///< runs the callable in parameter Subject.Position
};

/// One thing a function does, in terms of its own parameters, this and globals.
struct Effect {
  EffectKind Kind = EffectKind::Query;
  SharedText Database; ///< "remote", "embedded" or empty for unknown
  SharedText Library;  ///< model it came from; empty for the generic SQL rule
  SharedText What;     ///< the function at the end of the path: "PQexec"
  AccessPath Subject;  ///< container, statement, connection or callable
  SharedText Name;     ///< how the source spells Subject at the end
  /// What the key, text or bound values are computed from.
  Few<AccessPath> Inputs;
  /// What decides which object Subject is.
  Few<AccessPath> ChosenBy;
  AccessPath Spot;       ///< FrontWork: the position, where it is a parameter
  bool Keyed = false;    ///< FrontWork: erases what equals a key
  SharedText Sql;        ///< as far as readable, "" if not
  AccessPath SqlFrom;    ///< where an unreadable text comes from
  bool Prepared = false; ///< Query: of a statement compiled before
  SharedText Lifetime;   ///< Connect: "raii", "handle", "registry"
  bool Returned = false; ///< Connect: handed to the caller as the result
  bool Stored = false;   ///< Connect: kept in Subject, a field or a global
  bool Scoped = false;   ///< Connect: closed again before the function returns
  bool Fresh = false;    ///< Connect: the connection is what the call returns
  AccessPath Connection; ///< Query: what it is sent over
  /// Happens within a loop of the function or below; a check has looked at it.
  bool Looped = false;
  /// The callable was run by a loop of the function it was given to.
  bool Iterated = false;
  SharedText Over;        ///< Looped, Iterated: what that loop walks
  bool Memo = false;      ///< only on a cache miss or the first time
  AccessPath Remembered;  ///< Memo: in which object
  bool Flush = false;     ///< only when a batch is full
  bool ErrorPath = false; ///< only after a failure
  bool Rare = false;      ///< only for one value among many
  bool Selected = false;  ///< only for the one element that is looked for
  /// What must hold of the function's parameters for it to happen.
  Few<Need> Needs;
  /// On how many levels of the path it stands under some other condition:
  /// what is doubtful on each is unlikely on all.
  unsigned Conditions = 0;
  Confidence Sure = Confidence::High;

  // The witness: where in the function it happens and, if that is a call, what
  // it reaches.
  Location At;
  Index Through = None;    ///< position into Function::Calls
  SharedText Next;         ///< USR of the function reached; empty at the end
  uint32_t NextEffect = 0; ///< position into that function's effects
};

/// Both are of one prepared statement: the same object, or the same name, which
/// the source writes out.
bool sameStatement(const Effect &A, const Effect &B);

/// An effect as a call of it is seen in the function that makes the call:
/// paths are the caller's, and what varies with which of its loops is known.
struct CallEffect {
  Effect Does;
  std::vector<Index> Varies;      ///< loops with which the inputs vary
  std::vector<Index> OtherObject; ///< loops that make Subject another object
  std::vector<Index> OtherMemory; ///< the same for Remembered
  std::vector<Index> OtherConnection; ///< the same for Connection
  /// Does.Iterated: the inputs vary with the loop that runs the callable.
  bool VariesWhereIterated = false;
  bool FixedExtent = false; ///< Subject has a small constant size
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_LINK_EFFECT_H
