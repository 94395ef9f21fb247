//===- RemoteIndex.cpp - there is no remote index -------------------------===//
//
// Part of Perfidy. clangd's client of an index server needs gRPC. Without it
// this is what clangd itself links (index/remote/unimplemented).
//
//===----------------------------------------------------------------------===//
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

namespace clang::clangd {

/// index/Index.h; never looked into here.
class SymbolIndex;

namespace remote {

struct NoIndex {
  SymbolIndex *None = nullptr;
  NoIndex() = default;
  NoIndex(const NoIndex &) {} // returned in memory, as a unique_ptr is
};

/// index/remote/Client.h: std::unique_ptr<SymbolIndex>; null is none.
NoIndex getClient(llvm::StringRef Address, llvm::StringRef) {
  llvm::errs() << "perfidy-clangd: built without support for a remote index; "
               << Address << " is not used\n";
  return NoIndex();
}

} // namespace remote
} // namespace clang::clangd
