//===- RecordingFiles.cpp - which files clang has read --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/RecordingFiles.h"
#include "driver/DataLists.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace perfidy {

using OpenFile = llvm::vfs::File;
using llvm::vfs::Status;

/// As clang was given it, made absolute. ".." stays: what it leads to depends
/// on symbolic links.
static std::string nameOf(const llvm::Twine &Path) {
  llvm::SmallString<256> Whole;
  Path.toVector(Whole);
  llvm::sys::fs::make_absolute(Whole);
  llvm::sys::path::remove_dots(Whole, /*remove_dot_dot=*/false);
  return Whole.str().str();
}

namespace {

/// Notes the content when it is read.
class RecordingFile : public OpenFile {
  std::unique_ptr<OpenFile> Inner;
  std::shared_ptr<RecordingFiles::List> All;
  std::string Name;
  int64_t Modified; ///< before it was opened
  bool LeaveOutData;

public:
  RecordingFile(std::unique_ptr<OpenFile> Inner,
                std::shared_ptr<RecordingFiles::List> All, std::string Name,
                int64_t Modified, bool LeaveOutData)
      : Inner(std::move(Inner)), All(std::move(All)), Name(std::move(Name)),
        Modified(Modified), LeaveOutData(LeaveOutData) {}

  llvm::ErrorOr<Status> status() override { return Inner->status(); }
  llvm::ErrorOr<std::string> getName() override { return Inner->getName(); }
  std::error_code close() override { return Inner->close(); }

  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
  getBuffer(const llvm::Twine &Path, int64_t Size, bool NullTerminated,
            bool Volatile) override {
    auto Buffer = Inner->getBuffer(Path, Size, NullTerminated, Volatile);
    if (!Buffer)
      return Buffer;
    RecordingFiles::Seen &Entry = (*All)[Name];
    Entry.Absent = false;
    Entry.Read = true;
    llvm::StringRef Text = (*Buffer)->getBuffer();
    Entry.Content = digestOf({Text.data(), Text.size()});
    Entry.Size = Text.size();
    Entry.Modified = Modified == 0 ? 0 : settledTime(Modified);
    if (llvm::ErrorOr<Status> Known = Inner->status())
      Entry.Id = Known->getUniqueID();
    if (LeaveOutData)
      if (std::optional<std::string> Rest =
              withoutData({Text.data(), Text.size()}))
        return llvm::MemoryBuffer::getMemBufferCopy(
            *Rest, (*Buffer)->getBufferIdentifier());
    return Buffer;
  }
};

} // namespace

RecordingFiles::RecordingFiles(const Overlay &Instead, std::string Own,
                               bool LeaveOutData)
    : ProxyFileSystem(filesWith(Instead)), Instead(Instead),
      Own(std::move(Own)), LeaveOutData(LeaveOutData) {}

void RecordingFiles::absent(const llvm::Twine &Path, std::error_code Why) {
  if (Why == std::errc::no_such_file_or_directory ||
      Why == std::errc::not_a_directory)
    (*All)[nameOf(Path)].Absent = true;
}

llvm::ErrorOr<Status> RecordingFiles::status(const llvm::Twine &Path) {
  llvm::ErrorOr<Status> Result = ProxyFileSystem::status(Path);
  if (!Result)
    absent(Path, Result.getError());
  return Result;
}

bool RecordingFiles::exists(const llvm::Twine &Path) {
  return bool(status(Path));
}

llvm::ErrorOr<std::unique_ptr<OpenFile>>
RecordingFiles::openFileForRead(const llvm::Twine &Path) {
  // Before it is opened: should the file be replaced meanwhile, its time does
  // not fit its content, and it is looked at again.
  std::string Name = nameOf(Path);
  if (!Own.empty() && llvm::StringRef(Name).starts_with(Own))
    return ProxyFileSystem::openFileForRead(Path);
  uint64_t Size;
  int64_t Modified = 0;
  // What stands for a file has no time: it is known by its content alone.
  if (!contentIn(Instead, Name))
    lookAt(Name, Size, Modified);
  llvm::ErrorOr<std::unique_ptr<OpenFile>> Result =
      ProxyFileSystem::openFileForRead(Path);
  if (!Result) {
    absent(Path, Result.getError());
    return Result;
  }
  return std::unique_ptr<OpenFile>(std::make_unique<RecordingFile>(
      std::move(*Result), All, std::move(Name), Modified, LeaveOutData));
}

std::vector<FileState> RecordingFiles::take() {
  std::vector<FileState> Result;
  for (const auto &[Name, Seen] : *All)
    if (Seen.Absent || Seen.Read)
      Result.push_back(
          {Name, Seen.Absent, Seen.Content, Seen.Size, Seen.Modified});
  return Result;
}

} // namespace perfidy
