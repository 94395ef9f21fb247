//===- Fate.h - where a callable goes ---------------------------*- C++ -*-===//
//
// Part of Perfidy. Whether what is made in a function outlives it: by what
// takes it, and by whether the function waits for that.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_FATE_H
#define PERFIDY_CHECKS_FATE_H

#include "analysis/link/Program.h"

namespace perfidy {

/// Where a lambda, or another callable, goes when it has been made.
struct Fate {
  bool Later = false;          ///< it outlives the statement
  bool Completes = false;      ///< and is dropped once it has run
  bool Timer = false;          ///< nothing but time runs it
  bool Joins = false;          ///< what takes it waits for it
  bool Guessed = false;        ///< by the taker's signature alone
  const Call *Taker = nullptr; ///< the call that takes it
  Index TakerAt = None;
  const Registration *As = nullptr; ///< taken as a listener
  const Keep *Into = nullptr;       ///< put into a variable
};

Fate fateOf(const Program &P, const Function &Lambda, const Function &Around);
Fate fateOf(const Program &P, const Bound &Made, const Function &Around);

/// The function waits for the callable: joins the thread, gets the future, runs
/// the loop that it was posted to.
bool waitedFor(const Program &P, const Function &Around, const Fate &Goes);

/// The callable goes to the function's caller, or what the call that takes it
/// has made: what it became part of, a future that tells when it has run.
bool isReturned(const Function &Around, const Fate &Goes);

/// Work comes to the function from outside: a request handler, a callback.
bool isHandler(const Program &P, const Function &F, int Depth = 0);

} // namespace perfidy

#endif // PERFIDY_CHECKS_FATE_H
