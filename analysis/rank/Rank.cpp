//===- Rank.cpp - orders findings by impact -------------------------------===//
//
// Part of Perfidy. Also gives each finding its fingerprint: a name that it
// keeps when lines move, so that a later run can tell old from new.
//
// The fingerprint is made of what a reader would call the finding by: check,
// file name, function and message. Not of its line, of the folder the tree is
// checked out to, nor of numbers in the message, which follow the data.
// Findings that agree in all of these are told apart by their order in the
// file.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Finding.h"
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace perfidy {

/// FNV-1a, 64 bits: Fowler, Noll and Vo. Has to stay the same for ever, since
/// baselines are kept in files, so it is written out here.
static uint64_t fnv1a(std::string_view Text) {
  uint64_t Hash = 0xcbf29ce484222325;
  for (unsigned char C : Text) {
    Hash ^= C;
    Hash *= 0x100000001b3;
  }
  return Hash;
}

static std::string hex(uint64_t Number) {
  std::string Text(16, '0');
  for (auto Digit = Text.rbegin(); Digit != Text.rend(); ++Digit, Number >>= 4)
    *Digit = "0123456789abcdef"[Number & 15];
  return Text;
}

static bool isDigit(char C) { return C >= '0' && C <= '9'; }

static bool isWord(char C) {
  return isDigit(C) || C == '_' || (C >= 'a' && C <= 'z') ||
         (C >= 'A' && C <= 'Z');
}

std::string withoutNumbers(std::string_view Message) {
  std::string Result;
  for (size_t I = 0; I < Message.size();) {
    if (!isDigit(Message[I]) || (I > 0 && isWord(Message[I - 1]))) {
      Result += Message[I++];
      continue;
    }
    Result += '#';
    while (I < Message.size() && isWord(Message[I]))
      ++I;
  }
  return Result;
}

static std::string_view fileName(std::string_view Path) {
  return Path.substr(Path.find_last_of('/') + 1);
}

/// Ascending is from the worst to the least.
static auto impact(const Finding &F) {
  return std::make_tuple(F.Where, -int64_t(F.Degree), -int(F.Sure),
                         -int(F.Runs), std::cref(F.At), std::cref(F.Check),
                         std::cref(F.Message));
}

static void addFingerprints(std::vector<Finding> &Findings) {
  std::vector<Finding *> ByPlace;
  for (Finding &F : Findings)
    ByPlace.push_back(&F);
  std::sort(ByPlace.begin(), ByPlace.end(),
            [](const Finding *A, const Finding *B) {
              return std::tie(A->At, A->Check, A->Message) <
                     std::tie(B->At, B->Check, B->Message);
            });

  std::map<std::string, unsigned> Seen;
  for (Finding *F : ByPlace) {
    std::string Identity;
    for (std::string_view Part :
         {std::string_view(F->Check), fileName(F->At.File),
          std::string_view(F->Function)}) {
      Identity += Part;
      Identity += '\0';
    }
    Identity += withoutNumbers(F->Message);
    unsigned Ordinal = Seen[Identity]++;
    F->Fingerprint = hex(fnv1a(Identity + '\0' + std::to_string(Ordinal)));
  }
}

void rank(std::vector<Finding> &Findings) {
  // Stable: of the instances of one template, which say the same, the first is
  // shown, whatever else was found.
  std::stable_sort(
      Findings.begin(), Findings.end(),
      [](const Finding &A, const Finding &B) { return impact(A) < impact(B); });

  // Of several findings of a check at one place the worst stands first.
  std::set<std::tuple<std::string, SourcePoint>> Seen;
  std::erase_if(Findings, [&](const Finding &F) {
    return !Seen.emplace(F.Check, F.At).second;
  });

  addFingerprints(Findings);
}

} // namespace perfidy
