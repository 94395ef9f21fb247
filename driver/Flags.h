//===- Flags.h - compile commands as our clang wants them -------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_FLAGS_H
#define PERFIDY_DRIVER_FLAGS_H

#include "driver/CommandMacros.h"
#include "driver/Project.h"
#include <set>
#include <string>
#include <vector>

namespace perfidy {

/// The command of \p Unit, made fit for parsing with this clang: nothing is
/// written, warnings are off, every error is told, launchers (ccache ...) are
/// gone, and so are flags that clang does not know (those of GCC and of other
/// clangs) and files of other translation units.
std::vector<std::string> parsingCommand(const Source &Unit,
                                        const std::string &ResourceDirectory);

/// What a parsing command says of macros and of folders of headers, and what
/// else decides how a header of the system reads: all but the source, warnings
/// and link-time optimisation.
struct SplitCommand {
  CommandMacros Macros;
  std::vector<std::string> Folders; ///< "-IFOLDER", "-isystemFOLDER", in order
  std::vector<std::string> Rest;
};
SplitCommand splitCommand(const std::vector<std::string> &Parsing,
                          const Source &Unit);

/// The variables that change what clang reads, with their values.
std::string clangEnvironment();

/// \p Command with no flag that says how code is to be generated: for a
/// machine that clang does not know, or does not know so well as GCC does.
std::vector<std::string>
withoutGeneration(const std::vector<std::string> &Command);

/// Why nothing can be made of the command of \p Unit; "" if something can.
std::string whyUnfit(const Source &Unit);

/// The flags, but for warnings, that parsingCommand() leaves out of \p Units
/// because clang does not know them.
std::set<std::string> unknownFlags(const std::vector<Source> &Units);

/// One line that names the flags that parsingCommand() leaves out of \p Units
/// and that may matter; "" if there are none.
std::string noteOnFlags(const std::vector<Source> &Units);

} // namespace perfidy

#endif // PERFIDY_DRIVER_FLAGS_H
