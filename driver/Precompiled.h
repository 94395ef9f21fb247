//===- Precompiled.h - headers, parsed once for many units ------*- C++ -*-===//
//
// Part of Perfidy. A precompiled header of clang, and beside it what clang does
// not say of one: which files it was made of and which includes which, so that
// a unit that uses it knows which of them it would have read itself; and every
// identifier that was looked at, so that a macro of the unit's own that would
// have changed these headers is noticed.
//
// One of headers of the project's own continues another: that of the system
// headers at the end of such a chain.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PRECOMPILED_H
#define PERFIDY_DRIVER_PRECOMPILED_H

#include "analysis/store/Packed.h"
#include "analysis/summary/Cbor.h"
#include "driver/Flags.h"
#include "driver/HeaderScan.h"
#include "driver/Project.h"
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace perfidy {

struct PrecompiledFile {
  FileState State;
  std::vector<unsigned> Includes; ///< positions in Precompiled::Files
};

/// Where a header was looked for, and what was found.
struct PrecompiledLookup {
  unsigned From = 0; ///< position in PrecompiledContents::Files, from 1; or 0
  std::string Name;
  bool Angled = false;
  bool Next = false;   ///< by #include_next
  bool Asked = false;  ///< by __has_include or __has_include_next
  bool System = false; ///< what was found is the system's
  std::string Found;   ///< its path; "" for nothing
  auto operator<=>(const PrecompiledLookup &) const = default;
};

/// An include that led to a file of the project's.
struct PrecompiledInclude {
  unsigned Offset = 0; ///< in the file that has it
  unsigned File = 0;   ///< position in PrecompiledContents::Files
  /// Position in PrecompiledContents::Texts of what was read there, from 1; 0
  /// if the file had been read before.
  unsigned Text = 0;
};

/// A file of the project's as it was read, once.
struct PrecompiledText {
  unsigned File = 0;  ///< position in PrecompiledContents::Files
  unsigned Start = 0; ///< clang's number for its first place
  std::vector<PrecompiledInclude> Includes; ///< in order
};

/// Folders of headers with which a precompiled header would be the same.
struct PrecompiledFolders {
  std::vector<std::string> Given; ///< SplitCommand::Folders
  /// Positions in PrecompiledContents::Files of what nothing leads to with
  /// these. A unit that finds one of them after all finds it in its own way.
  std::vector<unsigned> Unreached;
};

/// What a precompiled header was made of, as it is kept beside it.
struct PrecompiledContents {
  /// What it is a list of: headers and macros, in order.
  std::vector<ListEntry> List;
  /// The macros of the list that its headers mention, "NAME VALUE".
  std::vector<std::string> Defines;
  std::vector<PrecompiledFile> Files;
  /// Of files that are no system headers.
  std::vector<PrecompiledText> Texts;
  /// -D and -U of the command it was made with.
  std::vector<std::string> Given;
  std::vector<PrecompiledFolders> Folders; ///< first those of that command
  std::vector<PrecompiledLookup> Lookups;  ///< in order
  /// Looked for in vain while it was made, or seen to be the same.
  std::vector<std::string> Absent;
  /// Of all identifiers: eight octets each, ascending.
  Bytes Mentioned;
  /// Of the precompiled header itself.
  uint64_t Size = 0;
  Digest Content;
};

/// Defines, Files, Texts and Absent begin with those of what it continues.
class Precompiled : public PrecompiledContents {
public:
  /// The precompiled header; its description lies beside it.
  std::string File;
  /// What it continues; null for one of system headers.
  std::shared_ptr<const Precompiled> Base;

  Precompiled() = default;
  explicit Precompiled(std::shared_ptr<const Precompiled> Base);

  /// Reads the description \p Beside, of what continues \p Base. Nothing if it
  /// is not there, damaged, or no longer true: a file it was made of has
  /// changed, or one that was missing is there.
  static std::optional<Precompiled>
  load(const std::string &Beside,
       std::shared_ptr<const Precompiled> Base = nullptr);
  /// Where the chain begins.
  const Precompiled &system() const { return Base ? Base->system() : *this; }
  /// Where Files begin that what it continues does not have.
  size_t firstFile() const { return Base ? Base->Files.size() : 0; }
  /// Key of what continues this.
  Digest next() const;
  /// Writes the description beside File. Throws Failure.
  void save() const;
  /// FILE.pch is described by FILE.made.
  static std::string beside(const std::string &File);

  /// Position in Files of what has this device and inode now.
  std::optional<unsigned> find(uint64_t Device, uint64_t Inode) const;
  bool mentions(std::string_view Identifier) const;
  /// True if it would be the same with these macros and folders in its command,
  /// and a unit can be given the macros after it: nothing in it mentions one
  /// that differs.
  bool fits(const CommandMacros &Unit,
            const std::vector<std::string> &UnitFolders) const;
  CommandMacros given() const;
  /// What is known of \p UnitFolders; null if nothing is.
  const PrecompiledFolders *
  with(const std::vector<std::string> &UnitFolders) const;
  static uint64_t hashOf(std::string_view Identifier);

private:
  std::map<std::pair<uint64_t, uint64_t>, unsigned> ByInode;
  void beginWithBase();
  bool holds();
};

/// The end of the names of files that this scan has not finished; nobody looks
/// for those. Made before workers are forked, which share it.
const std::string &unfinishedSuffix();

/// What decides that two units can share a precompiled header, but for macros
/// of the command and folders of headers: \p Tool, the folder, the language,
/// SplitCommand::Rest.
Digest precompiledKey(const Source &Unit, const SplitCommand &Flags,
                      const std::string &Tool);

/// The same for what continues the precompiled header with this content.
Digest nextKey(std::string_view Content);

/// Makes a precompiled header in \p Folder, in this process, of the system
/// headers that \p Members include; all have the same precompiledKey(),
/// \p Key, and the same folders of headers. Returns its description's file:
/// that of \p Existing if that covers them. It says whether the folders of
/// \p Others, which have that key too, would make a difference.
/// Throws Failure if the members share no headers or those cannot be parsed.
/// For a worker process, as readUnit().
std::string buildPrecompiled(const std::vector<const Source *> &Members,
                             const Digest &Key, const std::string &Folder,
                             const Precompiled *Existing,
                             const std::vector<const Source *> &Others);

/// The same of the headers \p List of the project's own, absolute paths in order,
/// which continues \p Base and is made for \p First.
std::string buildOwn(const Source &First, const std::vector<std::string> &List,
                     const std::shared_ptr<const Precompiled> &Base,
                     const std::string &Folder,
                     const std::vector<const Source *> &Others);

/// Adds to \p Made the folders of those \p Others with which it would be the
/// same. True if there are any that it did not know.
bool addFolders(Precompiled &Made, const std::vector<const Source *> &Others,
                const std::string &Folder);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PRECOMPILED_H
