//===- PrecompiledGroups.h - who shares which precompiled header -*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PRECOMPILEDGROUPS_H
#define PERFIDY_DRIVER_PRECOMPILEDGROUPS_H

#include "driver/Precompiled.h"
#include "driver/Project.h"
#include <memory>
#include <string>
#include <vector>

namespace perfidy {

/// A folder of precompiled headers. Any number of scans use it at once; what is
/// in it is complete, or has a name that nobody looks for.
class PrecompiledFolder {
  std::string Folder;
  bool Temporary = false;

public:
  /// \p Folder is made if need be; "" for one that ends with this object.
  /// Throws Failure.
  explicit PrecompiledFolder(const std::string &Folder);
  /// Removes what this scan has left unfinished there; no worker may run.
  ~PrecompiledFolder();
  PrecompiledFolder(const PrecompiledFolder &) = delete;
  PrecompiledFolder &operator=(const PrecompiledFolder &) = delete;

  const std::string &path() const { return Folder; }
  /// Those with this key that are still true, the latest first. They continue
  /// \p Base, whose next() is the key, if it is not null.
  std::vector<std::shared_ptr<Precompiled>>
  find(const Digest &Key,
       std::shared_ptr<const Precompiled> Base = nullptr) const;
  /// All that continue \p Base, at whatever distance.
  std::vector<std::shared_ptr<Precompiled>>
  after(const std::shared_ptr<const Precompiled> &Base) const;
  /// Removes what was used longest ago until the rest takes no more than
  /// \p Most octets, and what was left unfinished long ago.
  void tidy(uint64_t Most) const;
};

/// Units with the same flags. Groups with the same key can share a precompiled
/// header if it fits the macros and the folders of headers of both.
struct PrecompiledGroup {
  Digest Key;
  CommandMacros Macros;
  std::vector<std::string> Folders; ///< SplitCommand::Folders
  std::vector<size_t> Members;      ///< positions of sources
  /// Of the key, few have these folders: a header that is made for others is
  /// better than one of their own.
  bool Follows = false;
  std::shared_ptr<Precompiled> Header; ///< what they use; may be null
  bool Building = false;               ///< one is being made, or will be
  bool Settled = false;                ///< Header is what it will be

  bool isFamily(const PrecompiledGroup &Other) const {
    return Key == Other.Key && Folders == Other.Folders;
  }
  bool fits(const Precompiled &Made) const {
    return Made.fits(Macros, Folders);
  }
};

/// Those of \p Sources that are on disk, in groups, the largest first, with what
/// \p Folder has for them. \p Tool names what makes precompiled headers.
std::vector<PrecompiledGroup> groupUnits(const std::vector<Source> &Sources,
                                         const std::string &Tool,
                                         const PrecompiledFolder &Folder);

} // namespace perfidy

#endif // PERFIDY_DRIVER_PRECOMPILEDGROUPS_H
