//===- Resources.cpp - where clang's own headers lie ----------------------===//
//
// Part of Perfidy. A tool that is not installed beside clang computes a wrong
// place from its own.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Resources.h"
#include "clang/Basic/Version.h"
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

/// What the installed clang says, for a binary that was built elsewhere.
static std::string askClang() {
  std::string Answer;
  FILE *Pipe = popen("clang-" CLANG_VERSION_MAJOR_STRING
                     " -print-resource-dir 2>/dev/null",
                     "r");
  if (!Pipe)
    return Answer;
  for (int C; (C = fgetc(Pipe)) != EOF && C != '\n';)
    Answer += char(C);
  pclose(Pipe);
  return Answer;
}

std::string findResourceDirectory(std::string &Error) {
  auto HasHeaders = [](const std::string &Folder) {
    return !Folder.empty() && fs::exists(fs::path(Folder) / "include/stddef.h");
  };
  if (HasHeaders(PERFIDY_RESOURCE_DIR))
    return PERFIDY_RESOURCE_DIR;
  if (std::string Asked = askClang(); HasHeaders(Asked))
    return Asked;
  Error =
      "clang's own headers (stddef.h ...) are neither in " PERFIDY_RESOURCE_DIR
      " nor where clang-" CLANG_VERSION_MAJOR_STRING
      " would say; install clang-" CLANG_VERSION_MAJOR_STRING
      " or libclang-common-" CLANG_VERSION_MAJOR_STRING "-dev";
  return "";
}

} // namespace perfidy
