//===- TidyConfig.cpp - what .clang-tidy says of perfidy ------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/TidyConfig.h"
#include "analysis/rank/Words.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang-tidy/GlobList.h"
#include "driver/Failure.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include <filesystem>
#include <map>

namespace fs = std::filesystem;
using namespace clang::tidy;

namespace perfidy {

/// The options in \p Text; if it has none to give, why is put into \p Error,
/// for it goes through code that is compiled without exceptions.
static ClangTidyOptions parse(llvm::MemoryBufferRef Text, std::string &Error) {
  auto Say = [&](const llvm::SMDiagnostic &Found) {
    if (Found.getKind() == llvm::SourceMgr::DK_Error && Error.empty())
      Error = (Text.getBufferIdentifier() + ":" +
               llvm::Twine(Found.getLineNo()) + ":" +
               llvm::Twine(Found.getColumnNo() + 1) + ": " + Found.getMessage())
                  .str();
  };
  llvm::ErrorOr<ClangTidyOptions> Result =
      parseConfigurationWithDiags(Text, Say);
  if (Result)
    return *Result;
  if (Error.empty())
    Error =
        (Text.getBufferIdentifier() + ": " + Result.getError().message()).str();
  return {};
}

namespace {

/// Makes clang-tidy's own search tell errors instead of printing them.
template <class Base> class Telling : public Base {
public:
  std::string Error;

  template <class... Arguments>
  explicit Telling(Arguments &&...Given)
      : Base(std::forward<Arguments>(Given)...) {
    this->ConfigHandlers = {{".clang-tidy", [this](llvm::MemoryBufferRef Text) {
                               return llvm::ErrorOr<ClangTidyOptions>(
                                   parse(Text, Error));
                             }}};
  }
};

/// What holds for one folder.
struct Holding {
  std::vector<ClangTidyOptionsProvider::OptionsSource> Sources;
  ClangTidyOptions All;
};

/// The last glob of a list that decides about a name.
struct Deciding {
  bool Positive = false;
  bool Named = false; ///< it is not "*", which says nothing of any one check
};

} // namespace

class TidyConfig::Files {
  std::string Named; ///< --config-file
  ClangTidyOptions Given;
  std::map<std::string, Holding> ByFolder;

  template <class Provider>
  static std::vector<ClangTidyOptionsProvider::OptionsSource>
  ask(Provider &&From, const std::string &File) {
    auto Result = From.getRawOptions(File);
    if (!From.Error.empty())
      throw Failure(From.Error + "; --no-config does without");
    return Result;
  }

  /// The file, as if in the nearest folder above it that is here: facts may come
  /// from another machine, and clang-tidy complains of each that is not.
  static std::string whereFoldersAre(const std::string &File) {
    llvm::StringRef Folder = llvm::sys::path::parent_path(File);
    while (!Folder.empty() && !llvm::sys::fs::is_directory(Folder))
      Folder = llvm::sys::path::parent_path(Folder);
    llvm::SmallString<128> Result(Folder);
    llvm::sys::path::append(Result, llvm::sys::path::filename(File));
    return std::string(Result);
  }

public:
  explicit Files(const std::string &Named) : Named(Named) {
    if (Named.empty())
      return;
    auto Text = llvm::MemoryBuffer::getFile(Named);
    if (!Text)
      throw Failure("--config-file " + Named + ": " +
                    Text.getError().message());
    std::string Error;
    Given = parse((*Text)->getMemBufferRef(), Error);
    if (!Error.empty())
      throw Failure(Error);
  }

  const Holding &of(const std::string &File) {
    std::string Folder = fs::path(File).parent_path().string();
    auto [At, IsNew] = ByFolder.try_emplace(Folder);
    Holding &Result = At->second;
    if (!IsNew)
      return Result;
    ClangTidyGlobalOptions None;
    if (Named.empty())
      Result.Sources = ask(Telling<FileOptionsProvider>(
                               None, ClangTidyOptions(), ClangTidyOptions()),
                           whereFoldersAre(File));
    else
      Result.Sources =
          ask(Telling<ConfigOptionsProvider>(None, ClangTidyOptions(), Given,
                                             ClangTidyOptions()),
              File);
    unsigned Order = 0;
    for (const auto &[Options, Name] : Result.Sources)
      Result.All.mergeWith(Options, ++Order);
    return Result;
  }

  /// The folder of the file that \p Source names.
  fs::path folderOf(const std::string &Source) const {
    bool Command =
        Source ==
        ClangTidyOptionsProvider::OptionsSourceTypeConfigCommandLineOption;
    return fs::absolute(Command ? Named : Source).parent_path();
  }
};

TidyConfig::TidyConfig(const Options &Asked) {
  if (!Asked.NoConfig)
    From = std::make_unique<Files>(Asked.ConfigFile);
}
TidyConfig::TidyConfig(TidyConfig &&) = default;
TidyConfig::~TidyConfig() = default;

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static std::vector<llvm::StringRef> split(llvm::StringRef Globs) {
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::SplitString(Globs, Parts, ",\n");
  std::vector<llvm::StringRef> Result;
  for (llvm::StringRef Each : Parts)
    if (!Each.trim().empty())
      Result.push_back(Each.trim());
  return Result;
}

static bool isAllOff(llvm::StringRef Glob) {
  return Glob.consume_front("-") && Glob.trim() == "*";
}

/// \p Globs name perfidy checks, be it to turn them on or off.
static bool speaksOfPerfidy(llvm::StringRef Globs, llvm::StringRef Name,
                            bool OnlyToTurnOn) {
  for (llvm::StringRef Glob : split(Globs)) {
    bool Adds = !Glob.consume_front("-");
    Glob = Glob.trim();
    if (Glob == "*" || (OnlyToTurnOn && !Adds))
      continue;
    // Any perfidy check, not just this one, if it is to be turned on.
    if (GlobList(Glob).contains(Name) ||
        (OnlyToTurnOn && Glob.starts_with("perfidy")))
      return true;
  }
  return false;
}

/// Nothing is left on: the way to silence a folder.
static bool turnsAllOff(llvm::StringRef Globs) {
  bool Off = false;
  for (llvm::StringRef Glob : split(Globs))
    if (isAllOff(Glob))
      Off = true;
    else if (!Glob.starts_with("-"))
      Off = false;
  return Off;
}

bool TidyConfig::enables(const Finding &What) {
  // Upstream's run only because the command line named them.
  if (!From || What.Upstream)
    return true;
  const std::optional<std::string> &Globs = From->of(What.At.File).All.Checks;
  if (!Globs)
    return true;
  std::string Name = ruleName(What);
  if (GlobList(*Globs).contains(Name))
    return true;
  return !turnsAllOff(*Globs) &&
         !speaksOfPerfidy(*Globs, Name, /*OnlyToTurnOn=*/true) &&
         !speaksOfPerfidy(*Globs, Name, /*OnlyToTurnOn=*/false);
}

bool TidyConfig::isError(const Finding &What) {
  if (!From)
    return false;
  const auto &Globs = From->of(What.At.File).All.WarningsAsErrors;
  return Globs && GlobList(*Globs).contains(ruleName(What));
}

std::string TidyConfig::forClangTidy(const std::string &File,
                                     const std::string &Globs) {
  ClangTidyOptions Result = ClangTidyOptions::getDefaults();
  if (From)
    Result.mergeWith(From->of(File).All, 1);
  Result.Checks = Globs;
  // Triage sees to what is shown, for all findings alike.
  Result.WarningsAsErrors = "";
  Result.HeaderFilterRegex = ".*";
  Result.ExcludeHeaderFilterRegex = "";
  Result.SystemHeaders = false;
  return configurationAsText(Result);
}

//===----------------------------------------------------------------------===//
// Headers
//===----------------------------------------------------------------------===//

static bool fits(const std::string &Regex, const std::string &File,
                 const char *Option) {
  llvm::Regex Compiled(Regex);
  if (std::string Error; !Compiled.isValid(Error))
    throw Failure(std::string(Option) + " '" + Regex + "' for " + File +
                  " is no regular expression: " + Error);
  return Compiled.match(File);
}

bool TidyConfig::wantsHeader(const std::string &File) {
  if (!From)
    return true;
  const ClangTidyOptions &All = From->of(File).All;
  if (All.HeaderFilterRegex &&
      !fits(*All.HeaderFilterRegex, File, "HeaderFilterRegex"))
    return false;
  return !All.ExcludeHeaderFilterRegex ||
         All.ExcludeHeaderFilterRegex->empty() ||
         !fits(*All.ExcludeHeaderFilterRegex, File, "ExcludeHeaderFilterRegex");
}

//===----------------------------------------------------------------------===//
// CheckOptions
//===----------------------------------------------------------------------===//

Confidence TidyConfig::least(const Finding &What) {
  if (!From)
    return Confidence::Medium;
  std::string Option = ruleName(What) + ".MinConfidence";
  const auto &Set = From->of(What.At.File).All.CheckOptions;
  auto At = Set.find(Option);
  if (At == Set.end())
    return Confidence::Medium;
  std::string Word = At->second.Value;
  if (std::optional<Confidence> Known = confidence(Word))
    return *Known;
  throw Failure("option '" + Option + "' is '" + Word + "' in the " +
                ".clang-tidy for " + What.At.File +
                "; it can be low, medium or high");
}

void TidyConfig::complete(Options &Asked, const std::string &Folder) {
  if (!From)
    return;
  bool StoreGiven = Asked.NoStore || !Asked.Store.empty();
  bool ModelsGiven = !Asked.Models.empty();
  // The nearer file stands later and beats the one above it.
  for (const auto &[Options, Name] : From->of(Folder + "/any").Sources) {
    auto Say = [&, &Set = Options.CheckOptions](
                   const char *Option) -> std::optional<std::string> {
      auto At = Set.find(Option);
      return At == Set.end() ? std::nullopt : std::optional(At->second.Value);
    };
    auto Beside = [&, &Name = Name](llvm::StringRef Path) {
      fs::path Whole = From->folderOf(Name) / Path.trim().str();
      return Whole.lexically_normal().string();
    };
    if (auto Value = Say("perfidy.Models"); Value && !ModelsGiven) {
      Asked.Models.clear();
      for (llvm::StringRef Each : llvm::split(*Value, ';'))
        if (!Each.trim().empty())
          Asked.Models.push_back(Beside(Each));
    }
    if (auto Value = Say("perfidy.Store"); Value && !StoreGiven) {
      Asked.NoStore = *Value == "none";
      Asked.Store = Asked.NoStore || Value->empty() ? "" : Beside(*Value);
    }
    if (auto Value = Say("perfidy.IncludeTests"))
      Asked.IncludeTests |= *Value == "true" || *Value == "1";
  }
}

} // namespace perfidy
