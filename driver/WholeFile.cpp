//===- WholeFile.cpp - replaces files as a whole --------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/WholeFile.h"
#include "driver/Failure.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace perfidy {

[[noreturn]] static void fail(const std::string &File, std::error_code Why) {
  throw Failure("cannot write to " + File + ": " + Why.message());
}

void replaceFile(const std::string &File, const std::string &Text) {
  namespace sys = llvm::sys::fs;
  llvm::SmallString<256> Real;
  bool Known = !sys::real_path(File, Real);
  std::string Name = Known ? Real.str().str() : File;
  llvm::ErrorOr<sys::perms> Mode = sys::perms::no_perms;
  if (Known && !sys::is_regular_file(Name))
    fail(File, std::make_error_code(std::errc::invalid_argument));
  if (Known)
    Mode = sys::getPermissions(Name);
  // As others make files here: what the umask leaves.
  unsigned Usual = sys::all_read | sys::all_write;
  llvm::Expected<sys::TempFile> Temporary =
      sys::TempFile::create(Name + ".perfidy-%%%%%%", Usual & ~sys::getUmask());
  if (!Temporary)
    fail(File, llvm::errorToErrorCode(Temporary.takeError()));
  llvm::raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
  Out << Text;
  Out.flush();
  std::error_code Error = Out.error();
  Out.clear_error();
  if (!Error && Known && Mode)
    Error = sys::setPermissions(Temporary->FD, *Mode);
  if (Error) {
    llvm::consumeError(Temporary->discard());
    fail(File, Error);
  }
  if (llvm::Error Why = Temporary->keep(Name))
    fail(File, llvm::errorToErrorCode(std::move(Why)));
}

} // namespace perfidy
