//===- Pairing.h - does a removal belong to a registration ------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_PAIRING_H
#define PERFIDY_CHECKS_PAIRING_H

#include "analysis/link/Program.h"
#include <string>

namespace perfidy {

/// The path is this, and no part of it.
bool isSelf(const AccessPath &Path);

/// A token may be one of those that the other path holds: anything that cannot
/// be compared may.
bool mayHold(const AccessPath &A, const AccessPath &B);

/// removeClient() takes off what addClient() has added, and nothing else.
bool samePair(const Function &RemovedIn, const Registration &R,
              const Listening &Added);

/// The pair, the event and the handler agree, as far as they are known.
bool sameKind(const Listening &Removal, const Listening &Added);

/// The removal names a token.
bool byToken(const Listening &Removal);

/// The removal may take off what was added: nothing that is known of both
/// differs.
bool takesOff(const Listening &Removal, const Listening &Added);

/// The way out of F that leaves the listener where it is; null if all are after
/// \p Removal, or do without it.
const Exit *exitPast(const Program &P, const Function &F,
                     const Listening &Added, const Listening &Removal);

/// The next registration in the function that puts its token in the place of
/// this one's; null if there is none.
const Listening *overwrites(const Program &P, const Function &F,
                            const Listening &Added);

/// The flag that \p Removal, in \p End, depends on and the registration does
/// not: given to the constructor, and the same as long as the object lives.
/// Empty if there is none.
std::string dependsOn(const Program &P, const Function &F,
                      const Listening &Added, const Function &End,
                      const Listening &Removal);

} // namespace perfidy

#endif // PERFIDY_CHECKS_PAIRING_H
