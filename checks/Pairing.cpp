//===- Pairing.cpp - does a removal belong to a registration --------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Pairing.h"
#include "checks/Lifetime.h"
#include "checks/Wording.h"
#include <algorithm>

namespace perfidy {

namespace {

/// Both are known, and in terms of one object or of the program.
bool comparable(const AccessPath &A, const AccessPath &B) {
  auto Fixed = [](const AccessPath &Path) {
    return Path.Base == Root::This || Path.Base == Root::Global;
  };
  return Fixed(A) && Fixed(B);
}

/// Paths that may name the same: anything that cannot be compared may.
bool maySame(const AccessPath &A, const AccessPath &B) {
  return !comparable(A, B) || A == B;
}

} // namespace

bool isSelf(const AccessPath &Path) {
  return Path.Base == Root::This && Path.Fields.empty();
}

bool mayHold(const AccessPath &A, const AccessPath &B) {
  return !comparable(A, B) || isPrefix(A, B) || isPrefix(B, A);
}

bool samePair(const Function &RemovedIn, const Registration &R,
              const Listening &Added) {
  const Registration &A = *Added.Of;
  if (R.Generic != A.Generic)
    return false;
  return !R.Generic || R.Inverse.empty() ||
         R.Inverse == shortName(Added.In->Calls[A.Call].Name) ||
         A.Inverse == shortName(RemovedIn.Calls[R.Call].Name);
}

bool sameKind(const Listening &Removal, const Listening &Added) {
  if (!samePair(*Removal.In, *Removal.Of, Added))
    return false;
  if (!Removal.Event.empty() && !Added.Event.empty() &&
      Removal.Event != Added.Event)
    return false;
  return Removal.Handler.empty() || Added.Handler.empty() ||
         Removal.Handler == Added.Handler;
}

bool byToken(const Listening &Removal) {
  return Removal.Token.known() || Removal.Of->Token.Path.known();
}

bool takesOff(const Listening &Removal, const Listening &Added) {
  if (byToken(Removal)) {
    if (Added.Fate == TokenFate::Dropped)
      return false;
    return Added.Fate != TokenFate::Kept || mayHold(Removal.Token, Added.Token);
  }
  return sameKind(Removal, Added) && maySame(Removal.Emitter, Added.Emitter) &&
         (!Removal.Listener.known() || !Added.Listener.known() ||
          maySame(Removal.Listener, Added.Listener));
}

//===----------------------------------------------------------------------===//
// What runs with what
//===----------------------------------------------------------------------===//

static bool isSubset(const std::vector<Index> &A, const std::vector<Index> &B) {
  return std::all_of(A.begin(), A.end(),
                     [&](Index Each) { return contains(B, Each); });
}

/// Code under \p A does not run when code under \p B does: two branches of one
/// condition, or two cases.
static bool exclusive(const Function &F, const std::vector<Index> &A,
                      const std::vector<Index> &B) {
  for (Index GA : A)
    for (Index GB : B) {
      const Guard &Its = F.Guards[GA], &Other = F.Guards[GB];
      if (GA == GB ? Its.Case : Its.Where.valid() && Its.Where == Other.Where)
        return true;
    }
  return false;
}

const Exit *exitPast(const Program &P, const Function &F,
                     const Listening &Added, const Listening &Removal) {
  const Few<Index> &AddedUnder = F.Calls[Added.Call].Guards;
  for (const Exit &E : F.Exits) {
    if (E.Call < Added.Call || E.Call >= Removal.Call ||
        contains(E.Tests, Added.Call) || exclusive(F, AddedUnder, E.Guards))
      continue;
    const std::vector<Listening> &All = P.listenings(F);
    bool Done = std::any_of(All.begin(), All.end(), [&](const Listening &L) {
      return !L.Of->Adds && L.Call > Added.Call && L.Call <= E.Call &&
             takesOff(L, Added) &&
             !exclusive(F, F.Calls[L.Call].Guards, E.Guards);
    });
    if (!Done)
      return &E;
  }
  return nullptr;
}

const Listening *overwrites(const Program &P, const Function &F,
                            const Listening &Added) {
  if (Added.In != &F || Added.Fate != TokenFate::Kept || Added.Appended ||
      Added.Scoped || Added.Token.Base != Root::This ||
      std::find(Added.Token.Fields.begin(), Added.Token.Fields.end(), "[]") !=
          Added.Token.Fields.end())
    return nullptr;
  const std::vector<Listening> &All = P.listenings(F);
  const Few<Index> &Under = F.Calls[Added.Call].Guards;
  for (const Listening &L : All) {
    if (!L.Of->Adds || L.Call <= Added.Call || L.In != &F ||
        L.Fate != TokenFate::Kept || L.Token != Added.Token)
      continue;
    const Few<Index> &Its = F.Calls[L.Call].Guards;
    if (exclusive(F, Under, Its) ||
        (!isSubset(Under, Its) && !isSubset(Its, Under)))
      continue;
    bool Before = std::any_of(All.begin(), All.end(), [&](const Listening &R) {
      return !R.Of->Adds && R.Call > Added.Call && R.Call < L.Call &&
             takesOff(R, Added);
    });
    return Before ? nullptr : &L;
  }
  return nullptr;
}

std::string dependsOn(const Program &P, const Function &F,
                      const Listening &Added, const Function &End,
                      const Listening &Removal) {
  if (Removal.In != &End || !F.Calls[Added.Call].Guards.empty() ||
      !Added.In->Calls[Added.Of->Call].Guards.empty())
    return "";
  for (Index G : End.Calls[Removal.Call].Guards) {
    const Few<AccessPath> &Reads = End.Guards[G].Reads;
    if (Reads.size() != 1 || Reads[0].Base != Root::This ||
        Reads[0].Fields.size() != 1)
      continue;
    // What says it is a flag that was given: of others nothing is kept.
    if (givenFlag(P, F.Class, Reads[0]))
      return Reads[0].Fields[0];
  }
  return "";
}

} // namespace perfidy
