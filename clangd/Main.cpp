//===- Main.cpp - clangd with the checks inside ---------------------------===//
//
// Part of Perfidy. All of clangd's features and flags; one more, --load.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Resources.h"
#include "clangd/Clangd.h"
#include "clangd/Host.h"
#include "clangd/Plugins.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

/// clangd looks for clang's own headers beside itself, where they are not. What
/// the user gives, as a flag or among the flags of the compiler, comes after.
static void setResourceDirectory() {
  auto Option = llvm::cl::getRegisteredOptions().find("resource-dir");
  if (Option == llvm::cl::getRegisteredOptions().end())
    return;
  std::string Error;
  std::string Folder = perfidy::findResourceDirectory(Error);
  if (Folder.empty())
    llvm::errs() << "perfidy-clangd: " << Error << '\n';
  else // opt<Path> in tool/ClangdMain.cpp, where Path is std::string
    static_cast<llvm::cl::opt<std::string> *>(Option->second)
        ->setInitialValue(Folder);
}

int main(int argc, char *argv[]) {
  setResourceDirectory();
  perfidy::registerClangdModule();
  perfidy::addLoadOption();
  return clang::clangd::clangdMain(argc, argv);
}
