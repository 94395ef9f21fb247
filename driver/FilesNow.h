//===- FilesNow.h - which known contents are on disk now --------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FILESNOW_H
#define PERFIDY_DRIVER_FILESNOW_H

#include "analysis/store/Store.h"
#include "driver/Overlay.h"
#include <unordered_set>
#include <vector>

namespace perfidy {

/// Looks at the disk once, side by side, for all the contents that units have
/// seen of files. Size and time as they were stand for the content; otherwise it
/// is read and compared.
class FilesNow {
  std::unordered_set<int64_t> Current; ///< ids of contents

public:
  /// Those whose size or time in the store is to be corrected.
  std::vector<KnownFile> Moved;

  /// \p Instead: contents that stand for those of files.
  FilesNow(std::vector<KnownFile> Files, const Overlay &Instead);

  /// Everything that \p Unit has read is as it was.
  bool holds(const KnownUnit &Unit) const;
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_FILESNOW_H
