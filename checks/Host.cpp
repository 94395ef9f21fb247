//===- Host.cpp - loads the module only into a host that fits -------------===//
//
// Part of Perfidy. Entry of PerfidyTidy.so.
//
// A clang-tidy plugin links no LLVM library: the program that loads it brings
// LLVM along. If that is LLVM of another version, the best that can happen is
// an "undefined symbol" with a mangled name, the worst is a crash. So the
// module asks first, and says what it found.
//
// This works because nothing of LLVM is needed to get here: this file uses no
// LLVM header, no other file of the module has a static initialiser, and all
// imports of the finished module are weak (cmake/weaken-imports.py), so that
// the dynamic linker loads it even where some do not exist.
//
//===----------------------------------------------------------------------===//
#include "checks/Module.h"
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

namespace {

struct Host {
  unsigned Major = 0;  ///< 0 if the host does not say
  std::string Version; ///< "22.1.8"
  /// C++ functions with strings in their signature can be called: the host
  /// uses the same C++ library as this module.
  bool SameLibrary = false;
};

} // namespace

/// "Debian clang version 14.0.6" -> "14.0.6"
static std::string numberIn(const std::string &Text) {
  size_t Begin = Text.find_first_of("0123456789");
  if (Begin == Text.npos)
    return "";
  return Text.substr(Begin,
                     Text.find_first_not_of("0123456789.", Begin) - Begin);
}

static Host askHost() {
  Host Result;
  // clang::getClangFullVersion(), in every clang that could load a plugin.
  auto *FullVersion = reinterpret_cast<std::string (*)()>(
      dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev"));
  Result.SameLibrary = FullVersion != nullptr;
  // Since LLVM 16, and in C.
  auto *Version =
      reinterpret_cast<void (*)(unsigned *, unsigned *, unsigned *)>(
          dlsym(RTLD_DEFAULT, "LLVMGetVersion"));
  if (Version) {
    unsigned Minor, Patch;
    Version(&Result.Major, &Minor, &Patch);
    Result.Version = std::to_string(Result.Major) + '.' +
                     std::to_string(Minor) + '.' + std::to_string(Patch);
  } else if (FullVersion) {
    Result.Version = numberIn(FullVersion());
    Result.Major = unsigned(std::strtoul(Result.Version.c_str(), nullptr, 10));
  }
  return Result;
}

/// Runs while the host loads the module.
__attribute__((constructor)) static void load() {
  Host Found = askHost();
  if (Found.Major == PERFIDY_LLVM_VERSION && Found.SameLibrary)
    return perfidy::registerModule();

  std::string Is = "does not say which LLVM it is";
  if (Found.Major != 0 && Found.Major != PERFIDY_LLVM_VERSION)
    Is = "is LLVM " + Found.Version;
  else if (Found.Major != 0)
    Is =
        "is LLVM " + Found.Version + " with another C++ library than libstdc++";
  std::fprintf(stderr,
               "perfidy: PerfidyTidy.so was built for LLVM %d and this host "
               "%s; no perfidy check is loaded. Use clang-tidy-%d, or a "
               "PerfidyTidy.so that was built for this host.\n",
               PERFIDY_LLVM_VERSION, Is.c_str(), PERFIDY_LLVM_VERSION);
}
