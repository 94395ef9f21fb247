//===- Packed.h - a TU summary as pieces that are kept once -----*- C++ -*-===//
//
// Part of Perfidy. Most functions of a translation unit stand in headers, and
// many units see the same. So a summary travels and is kept as a list of
// functions, each named by its content: equal ones are kept, sent and read
// once, and of a function that many units define only the one that the linker
// takes is read at all.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_PACKED_H
#define PERFIDY_ANALYSIS_STORE_PACKED_H

#include "analysis/store/Digest.h"
#include "analysis/summary/PartTable.h"
#include "analysis/summary/Summary.h"
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace perfidy {

struct PackedFunction {
  std::string Usr;
  Digest Facts;        ///< of the CBOR in Content
  Digest Shape;        ///< of the facts but for their places
  std::string Content; ///< compressed CBOR; empty while only in the store
  int64_t Id = 0;      ///< in the store; 0 while not in it
};

struct PackedUnit {
  std::string MainFile;
  std::vector<File> Files;
  std::vector<Class> Classes;
  std::vector<std::string> AddressTaken;
  std::string Error;
  std::vector<PackedFunction> Functions;
  std::vector<std::string> Filled, Grown;
  std::vector<Remark> Remarks;

  /// Names all of it but the ids.
  Digest digest() const;
};

/// A file as a translation unit found it.
struct FileState {
  std::string Path;    ///< absolute
  bool Absent = false; ///< looked for and not there
  Digest Content;
  uint64_t Size = 0;
  /// When the file last changed, in nanoseconds since the epoch; 0 if that was
  /// so shortly before it was read that a later change might not show.
  int64_t Modified = 0;
};

/// Size and time of a file that is there; false if it is not, or is none.
/// The time is the later of the content's and the entry's: tools that set the
/// former back do not set the latter.
bool lookAt(const std::string &Path, uint64_t &Size, int64_t &Modified);

/// Nanoseconds since the epoch, or 0 if that is so short ago that the file may
/// change again within the same tick of the file system's clock.
int64_t settledTime(int64_t Nanoseconds);

PackedUnit pack(const TUSummary &Summary);

/// The shape of one function: PackedFunction::Shape.
Digest shapeOf(const Function &Of);

/// Reads what pack() wrote into Content. Throws std::runtime_error if it is
/// damaged. Locations of the result point into \p Files; its texts share what
/// \p Parts has.
Function unpack(std::string_view Content, const Digest &Facts,
                std::vector<std::string> &Files, PartTable &Parts);

/// What the linker is to have of \p Units: all functions, but of those that
/// several define only the one it would take, decoded by up to \p Jobs threads.
/// \p Load gives the Content of functions that have an Id and no Content; it is
/// called on this thread. Throws what \p Load throws, and std::runtime_error if
/// a content is damaged.
std::vector<TUSummary>
assemble(std::vector<PackedUnit> Units,
         const std::function<std::string(int64_t Id)> &Load, unsigned Jobs);

/// Unit and what it read, for a pipe.
std::string toWire(const PackedUnit &Unit, const std::vector<FileState> &Reads);
bool fromWire(std::string_view Wire, PackedUnit &Unit,
              std::vector<FileState> &Reads, std::string &Error);

/// Zstandard; expand() throws std::runtime_error if \p Data is damaged.
std::string compress(std::string_view Data);
std::string expand(std::string_view Data);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_PACKED_H
