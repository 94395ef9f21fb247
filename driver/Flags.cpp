//===- Flags.cpp - compile commands as our clang wants them ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Flags.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/Option/ArgList.h"
#include <cstdlib>
#include <filesystem>
#include <set>

using Arguments = std::vector<std::string>;

namespace perfidy {

/// Leaves out every argument that clang's own table of options does not have,
/// so that no list of other compilers' flags has to be kept.
static Arguments withoutUnknown(const Arguments &Command) {
  std::vector<const char *> Given;
  for (size_t I = 1; I < Command.size(); ++I)
    Given.push_back(Command[I].c_str());
  unsigned MissingIndex, MissingCount;
  llvm::opt::InputArgList Parsed = clang::getDriverOptTable().ParseArgs(
      Given, MissingIndex, MissingCount,
      llvm::opt::Visibility(clang::options::ClangOption));
  std::set<unsigned> Unknown;
  for (const llvm::opt::Arg *Each : Parsed)
    if (Each->getOption().matches(clang::options::OPT_UNKNOWN))
      Unknown.insert(Each->getIndex());

  Arguments Kept = {Command.front()};
  for (unsigned I = 0; I < Given.size(); ++I)
    if (!Unknown.count(I))
      Kept.push_back(Given[I]);
  return Kept;
}

/// Leaves out "-Xclang -include-pch -Xclang FILE", as CMake writes it: a
/// precompiled header of another clang cannot be read, and the header itself is
/// included by the command as well. Also response files that are not there:
/// the module maps that CMake has GCC read are made by the build.
static Arguments withoutOthersFiles(const Arguments &Command) {
  Arguments Kept;
  for (size_t I = 0; I < Command.size(); ++I) {
    if (Command[I] == "-Xclang" && I + 3 < Command.size() &&
        Command[I + 1] == "-include-pch" && Command[I + 2] == "-Xclang") {
      I += 3;
      continue;
    }
    if (Command[I] == "-include-pch") {
      ++I;
      continue;
    }
    if (Command[I].starts_with('@') &&
        !std::filesystem::exists(Command[I].substr(1)))
      continue;
    Kept.push_back(Command[I]);
  }
  return Kept;
}

Arguments parsingCommand(const Source &Unit,
                         const std::string &ResourceDirectory) {
  using namespace clang::tooling;
  Arguments Added = {"-w",
                     "-Wno-error",
                     "-Wno-unknown-warning-option",
                     "-Qunused-arguments",
                     "-ferror-limit=0",
                     "-fno-color-diagnostics"};
  bool HasResources = false;
  for (const std::string &Argument : Unit.Command)
    HasResources |= Argument.starts_with("-resource-dir");
  if (!HasResources)
    Added.push_back("-resource-dir=" + ResourceDirectory);

  ArgumentsAdjuster Adjust =
      combineAdjusters(combineAdjusters(getClangStripOutputAdjuster(),
                                        getClangStripDependencyFileAdjuster()),
                       combineAdjusters(getStripPluginsAdjuster(),
                                        getClangSyntaxOnlyAdjuster()));
  Arguments Command = Adjust(Unit.Command, Unit.File);
  Command = withoutUnknown(withoutOthersFiles(Command));
  return getInsertArgumentAdjuster(Added, ArgumentInsertPosition::BEGIN)(
      Command, Unit.File);
}

std::string clangEnvironment() {
  std::string Text;
  for (const char *Variable :
       {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH",
        "OBJCPLUS_INCLUDE_PATH", "CCC_OVERRIDE_OPTIONS", "GCC_EXEC_PREFIX",
        "COMPILER_PATH", "SOURCE_DATE_EPOCH"})
    if (const char *Value = std::getenv(Variable))
      Text += std::string("\n") + Variable + '=' + Value;
  return Text;
}

} // namespace perfidy
