//===- Flags.cpp - compile commands as our clang wants them ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Flags.h"
#include "clang/Driver/Driver.h"
#include "clang/Driver/Types.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

using Arguments = std::vector<std::string>;

namespace perfidy {

namespace options = clang::options;
using llvm::opt::Arg;

//===----------------------------------------------------------------------===//
// Reading a command as clang's driver does
//===----------------------------------------------------------------------===//

namespace {

/// A command, and what each of its arguments is to clang. No list of other
/// compilers' flags has to be kept: clang's own table says what it knows.
class Parsed {
  const Arguments &Command;
  std::vector<const char *> Given;
  unsigned MissingIndex = 0, MissingCount = 0;
  llvm::opt::InputArgList List;

  static std::vector<const char *> pointers(const Arguments &Command) {
    std::vector<const char *> Result;
    for (size_t I = 1; I < Command.size(); ++I)
      Result.push_back(Command[I].c_str());
    return Result;
  }

public:
  explicit Parsed(const Arguments &Command)
      : Command(Command), Given(pointers(Command)),
        List(clang::getDriverOptTable().ParseArgs(
            Given, MissingIndex, MissingCount,
            llvm::opt::Visibility(options::ClangOption))) {}

  template <class Predicate>
  std::vector<const Arg *> all(const Predicate &Wanted) const {
    std::vector<const Arg *> Result;
    for (const Arg *Each : List)
      if (Wanted(*Each))
        Result.push_back(Each);
    return Result;
  }

  /// The command without \p Unwanted and their values.
  Arguments without(const std::vector<const Arg *> &Unwanted) const {
    std::set<size_t> Gone;
    for (const Arg *Each : Unwanted) {
      size_t End = Given.size();
      for (const Arg *Other : List)
        if (Other->getIndex() > Each->getIndex())
          End = std::min<size_t>(End, Other->getIndex());
      for (size_t I = Each->getIndex(); I < End; ++I)
        Gone.insert(I);
    }
    Arguments Kept(Command.begin(), Command.begin() + !Command.empty());
    for (size_t I = 0; I < Given.size(); ++I)
      if (!Gone.count(I))
        Kept.push_back(Given[I]);
    return Kept;
  }
};

} // namespace

/// What clang has no entry for, or another meaning: GCC's
/// -mno-fp-ret-in-387 is about return values, clang's takes long double away;
/// Intel's -xHost names a processor, clang's -x a language.
static bool isUnknown(const Arg &Asked) {
  namespace types = clang::driver::types;
  const Arg &Each = Asked.getAlias() ? *Asked.getAlias() : Asked;
  return Each.getOption().matches(options::OPT_UNKNOWN) ||
         Each.getSpelling() == "-mno-fp-ret-in-387" ||
         (Each.getOption().matches(options::OPT_x) &&
          llvm::StringRef(Each.getValue()) != "none" &&
          types::lookupTypeForTypeSpecifier(Each.getValue()) ==
              types::TY_INVALID);
}

static bool isInput(const Arg &Each) {
  return Each.getOption().matches(options::OPT_INPUT);
}

/// What a parse alone would still write.
static bool isOutput(const Arg &Each) {
  const llvm::opt::Option &Which = Each.getOption();
  return Which.matches(options::OPT_MJ) ||
         Which.matches(options::OPT_fmodules) ||
         Which.matches(options::OPT_fmodules_cache_path);
}

/// "--", which has what follows it for its values.
static bool isEndOfFlags(const Arg &Each) {
  return Each.getOption().matches(options::OPT__DASH_DASH);
}

static bool isMacro(const Arg &Each) {
  return Each.getOption().matches(options::OPT_D) ||
         Each.getOption().matches(options::OPT_U);
}

static bool isFolder(const Arg &Each) {
  for (auto Which : {options::OPT_I, options::OPT_isystem, options::OPT_iquote,
                     options::OPT_idirafter, options::OPT_isystem_after,
                     options::OPT_cxx_isystem})
    if (Each.getOption().matches(Which))
      return true;
  return false;
}

static bool isAboutGeneration(const Arg &Each) {
  llvm::StringRef Name = Each.getSpelling();
  return Each.getOption().matches(options::OPT_m_Group) ||
         (Each.getOption().matches(options::OPT_CompileOnly_Group) &&
          Name.starts_with("-f") && Name.ends_with("="));
}

//===----------------------------------------------------------------------===//
// What is left out
//===----------------------------------------------------------------------===//

static std::string programOf(llvm::StringRef Path) {
  // A database that was made on Windows has Windows' paths.
  using namespace llvm::sys;
  path::Style As =
      Path.contains('\\') ? path::Style::windows : path::Style::native;
  llvm::StringRef Name = path::filename(Path, As);
  if (Name.ends_with_insensitive(".exe"))
    Name = Name.drop_back(4);
  return Name.lower();
}

static bool isSourceName(const std::string &Argument) {
  namespace types = clang::driver::types;
  llvm::StringRef Extension = llvm::sys::path::extension(Argument);
  return !Extension.empty() && types::lookupTypeForExtension(
                                   Extension.drop_front()) != types::TY_INVALID;
}

/// Takes programs that start the compiler off the front, and the variables that
/// they set for it. `ccache -c a.cpp` names no compiler and is left alone.
static Arguments withoutLaunchers(Arguments Command) {
  static const std::set<std::string> Launchers = {
      "ccache",     "distcc", "sccache", "gomacc", "icecc",
      "buildcache", "env",    "time",    "nice"};
  while (!Command.empty() && Launchers.count(programOf(Command.front()))) {
    auto Next = Command.begin() + 1;
    while (Next != Command.end() && !Next->starts_with('-') &&
           Next->find('=') != std::string::npos)
      ++Next;
    if (Next == Command.end() || Next->starts_with('-') || isSourceName(*Next))
      break;
    Command.erase(Command.begin(), Next);
  }
  return Command;
}

/// Leaves out "-Xclang -include-pch -Xclang FILE", as CMake writes it: a
/// precompiled header of another clang cannot be read, and the header itself is
/// included by the command as well. Also response files that are not there:
/// the build makes them, and may have deleted them since.
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
    // Those that are there have been put in their place already.
    if (Command[I].starts_with('@'))
      continue;
    Kept.push_back(Command[I]);
  }
  return Kept;
}

/// One command may compile several files, and what is left of flags that are
/// not known (`-model fast`) looks like files.
static Arguments withoutOtherInputs(const Arguments &Command,
                                    const Source &Unit) {
  namespace fs = std::filesystem;
  Parsed As(Command);
  std::vector<const Arg *> Inputs = As.all(isInput), Others;
  if (!As.all(isEndOfFlags).empty())
    return As.without(Inputs);
  if (Inputs.size() < 2)
    return Command;
  for (const Arg *Each : Inputs) {
    fs::path Whole = fs::path(Unit.Directory) / Each->getValue();
    if (Whole.lexically_normal() != Unit.File)
      Others.push_back(Each);
  }
  return Others.size() < Inputs.size() ? As.without(Others) : Command;
}

static Arguments own(const Source &Unit) {
  return withoutOthersFiles(withoutLaunchers(Unit.Command));
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

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
  Arguments Command = own(Unit);
  Parsed Whole(Command);
  Command = Adjust(Whole.without(Whole.all(isOutput)), Unit.File);
  Parsed As(Command);
  Command = withoutOtherInputs(As.without(As.all(isUnknown)), Unit);
  return getInsertArgumentAdjuster(Added, ArgumentInsertPosition::BEGIN)(
      Command, Unit.File);
}

SplitCommand splitCommand(const Arguments &Parsing, const Source &Unit) {
  Parsed As(Parsing);
  auto Matters = [&](const Arg &Each) {
    llvm::StringRef Name = Each.getSpelling();
    bool Itself = isInput(Each) &&
                  (std::filesystem::path(Unit.Directory) / Each.getValue())
                          .lexically_normal() == Unit.File;
    return !(Itself || isMacro(Each) || isFolder(Each) ||
             Each.getOption().matches(options::OPT_W_Group) ||
             Name.starts_with("-flto") || Name.starts_with("-fno-lto") ||
             Name.ends_with("fat-lto-objects"));
  };
  SplitCommand Result;
  for (const Arg *Each : As.all(isMacro)) {
    bool Defines = Each->getOption().matches(options::OPT_D);
    std::string Given = (Defines ? "-D" : "-U") + std::string(Each->getValue());
    Result.Macros[macroName(Given)] = Given;
  }
  for (const Arg *Each : As.all(isFolder))
    Result.Folders.push_back(Each->getOption().getPrefixedName().str() +
                             Each->getValue());
  Result.Rest =
      As.without(As.all([&](const Arg &Each) { return !Matters(Each); }));
  return Result;
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

Arguments withoutGeneration(const Arguments &Command) {
  Parsed As(Command);
  return As.without(As.all(isAboutGeneration));
}

std::string whyUnfit(const Source &Unit) {
  Arguments Command = own(Unit);
  if (Command.empty() || (Command.size() == 1 && Command.front().empty()))
    return "the compile database has an empty command for it";
  std::string Program = programOf(Command.front());
  std::vector<const char *> Given;
  for (const std::string &Each : Command)
    Given.push_back(Each.c_str());
  if (clang::driver::IsClangCL(
          clang::driver::getDriverMode(Program, llvm::ArrayRef(Given))))
    return "compiled by " + Program +
           ", whose flags perfidy does not read; make the compile database "
           "with a build that uses g++ or clang++";
  return "";
}

//===----------------------------------------------------------------------===//
// What is said about it
//===----------------------------------------------------------------------===//

std::set<std::string> unknownFlags(const std::vector<Source> &Units) {
  std::set<std::string> Result;
  for (const Source &Each : Units) {
    Arguments Command = own(Each);
    Parsed As(Command);
    for (const Arg *Flag : As.all(isUnknown)) {
      const Arg &Written = Flag->getAlias() ? *Flag->getAlias() : *Flag;
      // Warnings are off anyway.
      if (std::string Text(Written.getSpelling()); !Text.starts_with("-W"))
        Result.insert(std::move(Text));
    }
  }
  return Result;
}

std::string noteOnFlags(const std::vector<Source> &Units) {
  std::set<std::string> Flags = unknownFlags(Units);
  for (const Source &Each : Units)
    for (const std::string &Argument : Each.Command)
      // Module maps, which CMake has GCC read, say nothing to us.
      if (Argument.starts_with('@') && !Argument.ends_with(".modmap"))
        Flags.insert(Argument + " (not there)");
  constexpr size_t Most = 12;
  std::string Names;
  size_t Shown = 0;
  for (const std::string &Flag : Flags)
    if (Shown++ < Most)
      Names += (Names.empty() ? "" : ", ") + Flag;
  if (Shown > Most)
    Names += " and " + std::to_string(Shown - Most) + " more";
  return Names.empty()
             ? ""
             : "note: flags that clang does not know are left out: " + Names;
}

} // namespace perfidy
