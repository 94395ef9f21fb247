//===- RecordingFiles.h - which files clang has read ------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_RECORDINGFILES_H
#define PERFIDY_DRIVER_RECORDINGFILES_H

#include "analysis/store/Packed.h"
#include "driver/Overlay.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace perfidy {

/// The real file system, and what stands for some of its files, with a list of
/// what was asked of it. Below clang's own bookkeeping, so that nothing it
/// reads, from headers to module maps, is missed, and the bytes that are named
/// are those that were parsed, whatever happens to the file meanwhile. One
/// thread.
class RecordingFiles : public llvm::vfs::ProxyFileSystem {
public:
  struct Seen {
    bool Absent = false;
    bool Read = false;
    Digest Content;
    uint64_t Size = 0;
    int64_t Modified = 0;
    llvm::sys::fs::UniqueID Id; ///< of what was read
  };
  using List = std::map<std::string, Seen>;

  /// \p Instead must outlive this and all files. Files in the folder \p Own are
  /// this program's and not noted; "" for none. \p LeaveOutData: see
  /// DataLists.h; what is noted is the file as it is.
  explicit RecordingFiles(const Overlay &Instead, std::string Own = "",
                          bool LeaveOutData = false);

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;

  /// What was read and what was not found so far, ordered by path.
  std::vector<FileState> take();
  const List &seen() const { return *All; }

private:
  const Overlay &Instead;
  std::string Own;
  bool LeaveOutData;
  /// Shared with the files that are open: they may outlive this.
  std::shared_ptr<List> All = std::make_shared<List>();

  void absent(const llvm::Twine &Path, std::error_code Why);
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_RECORDINGFILES_H
