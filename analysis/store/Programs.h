//===- Programs.h - linked programs in the store ----------------*- C++ -*-===//
//
// Part of Perfidy. A scan leaves its linked program behind: every function with
// its effects, and the call graph. A host that has one file at hand
// (clang-tidy) then reads the graph, which is a few bytes a call, and of the
// functions only those that the file's own verdicts rest on.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_PROGRAMS_H
#define PERFIDY_ANALYSIS_STORE_PROGRAMS_H

#include "analysis/link/Program.h"
#include "analysis/store/Store.h"
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// Which program it is.
struct ProgramName {
  std::string Database; ///< the compile database; one program each
  /// Where its sources are: files below that are not among them belong to it.
  std::string Folder;
  std::string Root;   ///< of the project: Program::link
  bool Whole = false; ///< all of the compile database
  Digest Key;         ///< names all facts: two of one key are the same program
};

/// Where the linker took a function from.
struct Origin {
  int64_t Function = 0; ///< Store id
  int64_t Unit = 0;     ///< Store id
};
using Origins = std::unordered_map<std::string, Origin>; ///< by USR

/// Origins of all functions of a link of \p Units, with \p Ids their store ids,
/// which assemble() would take.
Origins originsOf(const std::vector<PackedUnit> &Units,
                  const std::vector<int64_t> &Ids);

/// What is kept of a program; none if there is none.
struct KnownProgram {
  bool Whole;
  Digest Key;
};
std::optional<KnownProgram> knownProgram(FactStore &In,
                                         const std::string &Database);

/// Keeps \p P in place of the program of the same database, in one transaction:
/// readers see the old one or the new one. \p Units are those it was linked of.
/// StoreError::Changed if other processes have replaced one of them.
void saveProgram(FactStore &In, const ProgramName &Name, const Program &P,
                 const Origins &From, const std::vector<PackedUnit> &Units,
                 const std::vector<FactStore::Wanted> &Ids);

/// The part of a program that one file needs.
struct Slice {
  TUSummary Around; ///< functions of other files
  std::unordered_map<std::string, Settled> Known;
  std::string Root;
  /// How much of the program that is.
  size_t Entities = 0, Read = 0;
};

/// What has to be linked with \p Fresh, a unit's facts as they are now, to judge
/// its functions as a scan of the whole program would. Nothing of the store
/// stands in for what \p Fresh says: functions it defines are its own, those
/// its files no longer have are gone, and what depends on a function that has
/// changed is worked out anew.
///
/// Nothing if the store has no program that the file belongs to. Throws
/// StoreError and DatabaseError; StoreError::Version if the program was linked
/// by another build of perfidy.
std::optional<Slice> sliceFor(FactStore &From, const TUSummary &Fresh);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_PROGRAMS_H
