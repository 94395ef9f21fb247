//===- Overlay.h - contents that stand for those of files -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_OVERLAY_H
#define PERFIDY_DRIVER_OVERLAY_H

#include <map>
#include <string>

namespace llvm {
template <class T> class IntrusiveRefCntPtr;
namespace vfs {
class FileSystem;
}
} // namespace llvm

namespace perfidy {

/// By absolute path: what is read in place of what is on disk. Empty but for
/// --staged.
using Overlay = std::map<std::string, std::string>;

/// Null if nothing stands for \p File, which may have ".." in it.
const std::string *contentIn(const Overlay &Instead, const std::string &File);

/// The real file system, with \p Instead before it. Copies the contents.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
filesWith(const Overlay &Instead);

} // namespace perfidy

#endif // PERFIDY_DRIVER_OVERLAY_H
