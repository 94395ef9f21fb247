//===- Store.h - what scans keep for each other -----------------*- C++ -*-===//
//
// Part of Perfidy. `.perfidy/store.db`: the facts of translation units, each
// with the flags and the content of every file they were read from; what was
// found in them; and linked programs (Programs.h), which clang-tidy reads.
// docs/store.md describes it from outside.
//
// It is a cache and a record. Nothing in it is believed: rows that matter carry
// a digest of themselves, facts are named by their content, and a row that is
// not what it was is an error, never an answer.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_STORE_H
#define PERFIDY_ANALYSIS_STORE_STORE_H

#include "analysis/rank/Finding.h"
#include "analysis/store/Database.h"
#include "analysis/store/Packed.h"
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// Raised with every change of the tables; other versions are not read.
inline constexpr int64_t StoreVersion = 4;

/// Why a file cannot serve as a store. The text names the file and says what to
/// do.
class StoreError : public std::runtime_error {
public:
  enum class Kind {
    Absent,     ///< there is none, or it cannot be opened
    Foreign,    ///< somebody else's file: never touched
    Version,    ///< of another version of perfidy
    Damaged,    ///< truncated, or not what it was when it was written
    Busy,       ///< held by others for longer than we wait
    Unwritable, ///< no space, no permission
    Changed,    ///< another process has replaced what was to be read
  };
  Kind What;
  StoreError(Kind What, const std::string &Text)
      : std::runtime_error(Text), What(What) {}
};

struct KnownFile {
  int64_t Id;
  FileState State;
};

/// A translation unit in the store, without its facts.
struct KnownUnit {
  int64_t Id;
  std::string Path;
  Digest Key;   ///< of tool, models and flags
  Digest Facts; ///< PackedUnit::digest()
  std::string Error;
  std::vector<int64_t> Reads; ///< ids of files, ascending
};

struct PastRun {
  int64_t Id;
  int64_t Started;      ///< seconds since the epoch
  std::string Database; ///< the compile database
  Digest Verdict;
  uint64_t Units, Read, Failed;
};

/// One connection; used by one thread. Throws StoreError, and DatabaseError for
/// what happens on the way: a full disk, a lock held too long, a damaged page.
class FactStore {
  Database Data;
  /// Statements that are used for every row of a unit, by their text.
  std::unordered_map<const char *, Statement> Prepared;
  /// Ids that are known already; dropped when another process has written.
  std::unordered_map<std::string, int64_t> FileIds, FunctionIds;
  int64_t SeenVersion = -1;

  Statement &prepared(const char *Sql);
  void forgetIfOthersWrote();
  int64_t fileId(const FileState &State);
  int64_t functionId(const PackedFunction &Which);
  int64_t currentRun();

public:
  /// Opens \p File for a scan and makes it, with its folder, if there is none.
  static FactStore openToWrite(const std::string &File);
  /// Opens \p File for looking things up while others may write it.
  static FactStore openToRead(const std::string &File);

  /// Moves \p File out of the way and returns its new name. Two processes that
  /// find the same damage move it once: \p StillBad is asked again when nobody
  /// else can move it; "" is returned if it then says no.
  static std::string setAside(const std::string &File,
                              const std::function<bool()> &StillBad);

  Database &data() { return Data; }
  const std::string &file() const { return Data.file(); }

  std::vector<KnownFile> files();
  std::vector<KnownUnit> units();
  struct Wanted {
    int64_t Id;
    Digest Facts;
  };
  /// Units ready for assemble(); their functions have ids and no content. Hold
  /// a Transaction around this and content(). StoreError::Changed if a unit no
  /// longer has the facts named.
  std::vector<PackedUnit> load(const std::vector<Wanted> &Units);
  std::string content(int64_t Function);

  /// What facts depend on beside the contents of files.
  struct Key {
    std::string Path;
    Digest Tool; ///< of extractor and models; part of All
    Digest All;  ///< of tool and flags
  };
  /// Keeps a unit, beside those of other contents and other flags, in a
  /// transaction of its own, and sets its functions' ids. Returns the unit's id.
  int64_t save(const Key &Of, PackedUnit &Unit,
               const std::vector<FileState> &Reads);
  /// The content is the same, size or time are not: so that the next scan need
  /// not look again.
  void refresh(const std::vector<KnownFile> &Same);
  /// Of the units of one source these were used last.
  void touch(const std::vector<int64_t> &Units);
  /// Forgets units that are neither in \p Kept nor in a linked program, but for
  /// a few of each source that were used before, by \p Tool: as it was before a
  /// change, on another branch, with other flags. And all that only they needed.
  void prune(const std::vector<int64_t> &Kept, const Digest &Tool);

  /// What was found by the same judgement in the same facts.
  std::optional<std::vector<Finding>> verdict(const Digest &Key);
  void saveVerdict(const Digest &Key, const std::vector<Finding> &Findings);
  /// Remembers that a scan took place; keeps the last hundred.
  void record(const PastRun &Run);
  std::vector<PastRun> runs(); ///< the latest first
};

/// Numbers as a short blob; any order, short if ascending.
std::string packNumbers(const std::vector<int64_t> &Numbers);
/// Throws StoreError if the blob is damaged.
std::vector<int64_t> unpackNumbers(std::string_view Blob,
                                   const std::string &File);

[[noreturn]] void failDamaged(const std::string &File, const std::string &What);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_STORE_H
