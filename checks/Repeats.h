//===- Repeats.h - is a listener put on again and again ---------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_REPEATS_H
#define PERFIDY_CHECKS_REPEATS_H

#include "checks/Removals.h"
#include <optional>
#include <string>

namespace perfidy {

/// What is wrong with a registration.
enum class Fault : uint8_t {
  NeverRemoved,
  CannotBeRemoved,
  Accumulates,
  Stays, ///< its phase ends, or its emitter changes, without it
};

struct Imbalance {
  Fault What = Fault::NeverRemoved;
  Confidence Sure = Confidence::High;
  Index Loop = None;               ///< Accumulates: the loop that repeats it
  bool PerRequest = false;         ///< Accumulates: a handler does
  std::string PerEvent;            ///< Accumulates: what an event runs
  std::string Local;               ///< NeverRemoved: the local that listens
  const Function *Until = nullptr; ///< Stays: the end of the phase
  const Function *Again = nullptr; ///< Stays: ends the phase and begins it
  NearMiss Near;                   ///< a removal that comes close
  bool Sometimes = false;          ///< NeverRemoved: there are ways past it
};

/// The registration is made again for the same pair: in a loop, per request, or
/// whenever an event runs F. Whether something takes it off is not asked.
std::optional<Imbalance> accumulates(const Program &P, const Function &F,
                                     const Listening &L);

/// A method of the object registers it with what the object does not own, and
/// may come again: one that begins a phase, or a setter. \p Added is L in terms
/// of fields.
bool mayStay(const Program &P, const Function &F, const Listening &L,
             const Listening &Added);

/// Its phase ends without it, or a setter leaves the old emitter its listener.
std::optional<Imbalance> stays(const Program &P, const Function &F,
                               const Listening &L, const Listening &Added,
                               const Removals &Off);

} // namespace perfidy

#endif // PERFIDY_CHECKS_REPEATS_H
