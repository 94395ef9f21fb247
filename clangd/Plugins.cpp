//===- Plugins.cpp - clang-tidy plugins in clangd -------------------------===//
//
// Part of Perfidy. A plugin registers its modules while it is loaded, so those
// in the registry that were not there before are the plugins'.
//
//===----------------------------------------------------------------------===//
#include "clangd/Plugins.h"
#include "clang-tidy/ClangTidyModule.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/raw_ostream.h"
#include <iterator>
#include <string>

using clang::tidy::ClangTidyCheckFactories;
using clang::tidy::ClangTidyModuleRegistry;

namespace perfidy {

static size_t modules() {
  auto All = ClangTidyModuleRegistry::entries();
  return size_t(std::distance(All.begin(), All.end()));
}

/// How many modules are this program's own.
static size_t ownModules() {
  static const size_t Own = modules();
  return Own;
}

static void load(const std::string &Plugin) {
  size_t Before = modules();
  std::string Error;
  if (llvm::sys::DynamicLibrary::LoadLibraryPermanently(Plugin.c_str(), &Error))
    llvm::errs() << "perfidy-clangd: cannot load the plugin '" << Plugin
                 << "': " << Error
                 << ". A plugin has to be built for LLVM " LLVM_VERSION_STRING
                    "; going on without it\n";
  else if (modules() == Before)
    llvm::errs() << "perfidy-clangd: '" << Plugin
                 << "' has no clang-tidy module that is not there already; its "
                    "checks, if it has some, are not available\n";
}

void addLoadOption() {
  using namespace llvm::cl;
  ownModules();
  // Among clangd's own, which hides options of other categories from --help.
  static list<std::string> Load(
      "load", desc("Load a clang-tidy plugin. May be given several times"),
      value_desc("plugin"),
      callback([](const std::string &Plugin) { load(Plugin); }));
  if (auto Tidy = getRegisteredOptions().find("clang-tidy");
      Tidy != getRegisteredOptions().end())
    Load.addCategory(*Tidy->second->Categories.front());
}

bool isPluginCheck(llvm::StringRef Check) {
  static const llvm::StringSet<> Checks = [] {
    ClangTidyCheckFactories Factories;
    size_t At = 0;
    for (const auto &Module : ClangTidyModuleRegistry::entries())
      if (At++ >= ownModules())
        Module.instantiate()->addCheckFactories(Factories);
    llvm::StringSet<> Names;
    for (const auto &Each : Factories)
      Names.insert(Each.getKey());
    return Names;
  }();
  return Checks.contains(Check);
}

} // namespace perfidy
