//===- Overlay.cpp - contents that stand for those of files ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Overlay.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

const std::string *contentIn(const Overlay &Instead, const std::string &File) {
  if (Instead.empty())
    return nullptr;
  auto At = Instead.find(fs::path(File).lexically_normal().string());
  return At == Instead.end() ? nullptr : &At->second;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
filesWith(const Overlay &Instead) {
  if (Instead.empty())
    return llvm::vfs::getRealFileSystem();
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const auto &[Name, Text] : Instead)
    Memory->addFile(Name, 0, llvm::MemoryBuffer::getMemBufferCopy(Text, Name));
  auto Both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::getRealFileSystem());
  Both->pushOverlay(Memory);
  return Both;
}

} // namespace perfidy
