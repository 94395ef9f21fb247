//===- Lifetime.h - who outlives whom ---------------------------*- C++ -*-===//
//
// Part of Perfidy. What can be said of the life of an object that a function
// names, compared with the object whose method the function is.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_LIFETIME_H
#define PERFIDY_CHECKS_LIFETIME_H

#include "analysis/link/Program.h"
#include <optional>

namespace perfidy {

enum class Life : uint8_t {
  Unknown,
  Owned,   ///< this, or a part of it: ends when this does
  Outside, ///< somebody else's: a parameter, what a constructor was given
  Program, ///< a global, a singleton
};

/// Of the object that \p Path names in \p F, against the life of this.
Life lifeOf(const Program &P, const Function &F, const AccessPath &Path);

/// The field of this that keeps the object a constructor is given as \p
/// Parameter; nothing if it keeps none.
std::optional<AccessPath> keptIn(const Function &F, Index Parameter);

/// The parameter of a constructor of \p Class that the field was given in;
/// null if no constructor that we see does.
struct Given {
  const Function *Constructor = nullptr;
  Index Parameter = None;
};
Given givenAs(const Program &P, const std::string &Class,
              const AccessPath &Field);

/// The field is a flag that every constructor of \p Class is given, and that
/// nothing sets afterwards.
bool givenFlag(const Program &P, const std::string &Class,
               const AccessPath &Field);

/// Every object of the class that we see being made lives as long as what it
/// is given as \p Parameter: locals of one function, members of one class, a
/// part of what it is given.
bool livesWith(const Program &P, const Function &Constructor, Index Parameter);

/// Objects of the class are made at start-up only, or as statics: they live as
/// long as the program.
bool livesForever(const Program &P, const std::string &Class);

/// Another object may stand behind \p Path the next time: a pointer that the
/// class, or that of the accessor, sets outside of its constructors.
bool replaceable(const Program &P, const Function &F, const AccessPath &Path);

/// The path begins with what the lambda captured: captures stand behind a
/// lambda's own parameters, under the names they have in its body.
bool isCaptured(const Function &Lambda, const AccessPath &Path);

} // namespace perfidy

#endif // PERFIDY_CHECKS_LIFETIME_H
