//===- DocLinks.cpp - where a diagnostic is explained ---------------------===//
//
// Part of Perfidy. clangd makes the address of a check's page from its name, as
// if all checks were clang-tidy's. Ours have pages of their own, and of a
// plugin's nothing is known.
//
//===----------------------------------------------------------------------===//
#include "clangd/Clangd.h"
#include "clangd/Plugins.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <string>

/// "/usr/share/doc/a b" -> "file:///usr/share/doc/a%20b"
static std::string fileUri(llvm::StringRef Path) {
  std::string Uri = "file://";
  for (char C : Path)
    if (llvm::isAlnum(C) || llvm::StringRef("/-._~+").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::utohexstr(uint8_t(C), /*LowerCase=*/false, 2);
  return Uri;
}

/// The folder with the checks' pages: beside this program where it is
/// installed, in the sources where it was built; "" if there is none.
static std::string findPages() {
  llvm::SmallString<256> Installed = llvm::sys::path::parent_path(
      llvm::sys::path::parent_path(llvm::sys::fs::getMainExecutable(
          nullptr, reinterpret_cast<void *>(findPages))));
  llvm::sys::path::append(Installed, PERFIDY_INSTALLED_PAGES);
  for (llvm::StringRef Folder :
       {Installed.str(), llvm::StringRef(PERFIDY_PAGES)})
    if (llvm::sys::fs::is_directory(Folder))
      return Folder.str();
  return "";
}

/// "" if there is none: better no link than a dead one.
static std::string address(llvm::StringRef Check) {
  if (!llvm::StringRef(PERFIDY_HOMEPAGE).empty())
    return (PERFIDY_HOMEPAGE "/blob/v" PERFIDY_VERSION "/docs/checks/" + Check +
            ".md")
        .str();
  static const std::string Pages = findPages();
  std::string Page = (Pages + "/" + Check + ".md").str();
  return llvm::sys::fs::exists(Page) ? fileUri(Page) : "";
}

namespace clang::clangd {

void wrappedToLSPDiags(const Diag &D, const URIForFile &File,
                       const ClangdDiagnosticOptions &Opts,
                       DiagnosticTaker Out) {
  realToLSPDiags(D, File, Opts,
                 [&](Diagnostic &Each, llvm::ArrayRef<Fix> Fixes) {
                   llvm::StringRef Check = Each.code;
                   std::string Page;
                   bool Ours = Check.consume_front("perfidy-");
                   if (Ours)
                     Page = address(Check);
                   if (Ours || perfidy::isPluginCheck(Check))
                     Each.codeDescription.reset();
                   if (!Page.empty())
                     Each.codeDescription = CodeDescription{Page};
                   Out(Each, Fixes);
                 });
}

} // namespace clang::clangd
