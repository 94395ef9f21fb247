//===- Installed.cpp - where the parts of perfidy lie ---------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Installed.h"
#include "driver/Failure.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

std::string tidyModule() {
  std::error_code Error;
  fs::path Self = fs::canonical("/proc/self/exe", Error);
  fs::path Prefix = Self.parent_path().parent_path();
  for (const char *Folder : {"lib", PERFIDY_LIBDIR})
    if (fs::path File = Prefix / Folder / "PerfidyTidy.so";
        fs::exists(File, Error))
      return File.string();
  throw Failure("PerfidyTidy.so is neither in " + (Prefix / "lib").string() +
                " nor in " + (Prefix / PERFIDY_LIBDIR).string() +
                ", where it is installed beside " + Self.string());
}

} // namespace perfidy
