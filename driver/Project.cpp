//===- Project.cpp - which translation units there are --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Project.h"
#include "driver/CompileDatabase.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "clang/Driver/Types.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <algorithm>
#include <filesystem>
#include <map>

namespace fs = std::filesystem;
using namespace clang::tooling;

namespace perfidy {

static const char DatabaseName[] = "compile_commands.json";

/// Absolute, without "." and "..", symbolic links left as they are: the way the
/// user knows the file.
static fs::path normal(const fs::path &Path) {
  fs::path Whole = fs::absolute(Path).lexically_normal();
  return Whole.has_filename() ? Whole : Whole.parent_path();
}

/// The file itself, whatever name it was reached by.
static fs::path real(const fs::path &Path) {
  std::error_code Error;
  fs::path Real = fs::weakly_canonical(Path, Error);
  return Error ? Path : Real;
}

static bool isBelow(const fs::path &Path, const fs::path &Folder) {
  auto [InFolder, InPath] =
      std::mismatch(Folder.begin(), Folder.end(), Path.begin(), Path.end());
  return InFolder == Folder.end();
}

//===----------------------------------------------------------------------===//
// The compile database
//===----------------------------------------------------------------------===//

static fs::path searchUpwards(const fs::path &From) {
  for (fs::path Folder = From;; Folder = Folder.parent_path()) {
    for (const fs::path &Candidate :
         {Folder / DatabaseName, Folder / "build" / DatabaseName})
      if (fs::is_regular_file(Candidate))
        return Candidate;
    if (Folder == Folder.root_path())
      return {};
  }
}

static fs::path findDatabase(const Options &Asked) {
  const std::string HowToMake =
      "; CMake writes one with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson "
      "always, and `bear -- make` for other build systems. For single files, "
      "give the compiler's flags after --";
  if (!Asked.BuildPath.empty()) {
    fs::path Given = normal(Asked.BuildPath);
    fs::path File = fs::is_directory(Given) ? Given / DatabaseName : Given;
    if (fs::is_regular_file(File))
      return File;
    throw Failure("no compile database: there is no " + File.string() +
                  HowToMake);
  }
  fs::path From = normal(Asked.Paths.empty() ? "." : Asked.Paths.front());
  if (!fs::is_directory(From))
    From = From.parent_path();
  fs::path Found = searchUpwards(From);
  if (Found.empty())
    throw Failure(std::string("no compile database: there is no ") +
                  DatabaseName + " in " + From.string() +
                  ", a folder above it, or their build/ folders; say where it "
                  "is with -p" +
                  HowToMake);
  return Found;
}

static std::unique_ptr<CompilationDatabase> load(const fs::path &File) {
  std::string Error;
  std::unique_ptr<CompilationDatabase> Database =
      JSONCompilationDatabase::loadFromFile(File.string(), Error,
                                            JSONCommandLineSyntax::AutoDetect);
  if (!Database) {
    requireCompileDatabase(File.string());
    throw Failure(File.string() + ": not a compile database: " + Error);
  }
  // Folders that are not absolute are taken from the database's own.
  auto Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  Files->setCurrentWorkingDirectory(File.parent_path().string());
  return expandResponseFiles(std::move(Database), std::move(Files));
}

/// True for assembler and other languages that a compile database may hold.
static bool isForeign(const fs::path &File) {
  namespace types = clang::driver::types;
  std::string Extension = File.extension().string();
  if (Extension.empty())
    return true;
  switch (types::lookupTypeForExtension(Extension.substr(1))) {
  case types::TY_Asm:
  case types::TY_PP_Asm:
  case types::TY_Fortran:
  case types::TY_PP_Fortran:
  case types::TY_LLVM_IR:
    return true;
  default:
    return false;
  }
}

/// \p Base is the database's folder.
static Source toSource(const CompileCommand &Command, const fs::path &File,
                       const fs::path &Base) {
  return {File.string(), "", normal(Base / Command.Directory).string(),
          Command.CommandLine};
}

/// One source a file, the first of which something can be made where the
/// database has several.
static std::vector<Source> allSources(const CompilationDatabase &Database,
                                      const fs::path &Base) {
  std::map<fs::path, Source> ByFile;
  for (const CompileCommand &Command : Database.getAllCompileCommands()) {
    fs::path File =
        normal(Base / Command.Directory / fs::path(Command.Filename));
    if (isForeign(File))
      continue;
    Source Each = toSource(Command, File, Base);
    auto [At, IsNew] = ByFile.try_emplace(real(File), Each);
    if (!IsNew && !whyUnfit(At->second).empty() && whyUnfit(Each).empty())
      At->second = std::move(Each);
  }
  std::vector<Source> Sources;
  for (auto &[Real, Each] : ByFile) {
    Each.Real = Real.string();
    Sources.push_back(std::move(Each));
  }
  return Sources;
}

//===----------------------------------------------------------------------===//
// What the user asked for
//===----------------------------------------------------------------------===//

static void requireToExist(const fs::path &Path) {
  std::error_code Error;
  if (!fs::exists(Path, Error))
    throw Failure(Path.string() + ": no such file or folder");
}

/// Adds what \p Path names to \p Chosen.
static void choose(const std::string &Path, const std::vector<Source> &All,
                   const CompilationDatabase &Inferring,
                   const fs::path &DatabaseFile,
                   std::map<fs::path, Source> &Chosen) {
  requireToExist(Path);
  fs::path Whole = real(normal(Path));
  bool Any = false;
  for (const Source &Each : All) {
    fs::path File = real(Each.File);
    if (isBelow(File, Whole)) {
      Chosen.try_emplace(File, Each);
      Any = true;
    }
  }
  if (Any)
    return;
  if (fs::is_directory(Whole))
    throw Failure(Path + ": " + DatabaseFile.string() +
                  " compiles no file below this folder");
  // A file that is not compiled by itself, a header above all: with the flags
  // of the file most like it.
  std::vector<CompileCommand> Commands =
      Inferring.getCompileCommands(normal(Path).string());
  if (Commands.empty())
    throw Failure(Path + ": " + DatabaseFile.string() +
                  " has no flags for this file");
  Source Found =
      toSource(Commands.front(), normal(Path), DatabaseFile.parent_path());
  Found.Real = Whole.string();
  Chosen.try_emplace(Whole, std::move(Found));
}

static std::vector<Source> fromFlags(const Options &Asked) {
  std::vector<Source> Sources;
  for (const std::string &Path : Asked.Paths) {
    requireToExist(Path);
    if (fs::is_directory(Path))
      throw Failure(Path + ": is a folder; flags after -- are for files");
    Source Each;
    Each.File = normal(Path).string();
    Each.Real = real(Each.File).string();
    Each.Directory = fs::current_path().string();
    Each.Command = {"clang++"};
    if (clang::driver::types::lookupTypeForExtension(
            fs::path(Path).extension().string().erase(0, 1)) ==
        clang::driver::types::TY_C)
      Each.Command = {"clang"};
    Each.Command.insert(Each.Command.end(), Asked.Flags->begin(),
                        Asked.Flags->end());
    Each.Command.push_back("--");
    Each.Command.push_back(Each.File);
    Sources.push_back(std::move(Each));
  }
  return Sources;
}

//===----------------------------------------------------------------------===//
// Where the project begins and ends
//===----------------------------------------------------------------------===//

static fs::path commonAncestor(const std::vector<fs::path> &Files) {
  fs::path Ancestor = Files.front().parent_path();
  for (const fs::path &File : Files)
    while (!isBelow(File, Ancestor))
      Ancestor = Ancestor.parent_path();
  return Ancestor;
}

/// \p Named is the compile database's folder; empty if there is none. All by
/// real names, as the places of facts are: a home folder may be a link.
static void setBorders(Project &Of, const std::vector<Source> &All,
                       const fs::path &Named) {
  fs::path Build = Named.empty() ? Named : real(Named);
  // What is generated or comes with the system says nothing about where the
  // project is, unless there is nothing else.
  std::vector<fs::path> Files, Own;
  for (const Source &Each : All) {
    Files.push_back(Each.Real);
    if (!isBelow(Each.Real, "/usr") &&
        (Build.empty() || !isBelow(Each.Real, Build)))
      Own.push_back(Each.Real);
  }
  if (!Own.empty() && !Build.empty())
    Of.Generated = Build.string();
  fs::path Root = commonAncestor(Own.empty() ? Files : Own);
  Of.Root = Of.Folder = Root.string();
  // A build folder around the sources is no build folder.
  if (isBelow(Root, Build))
    Of.Generated.clear();
  for (fs::path Folder = Root; Folder != Folder.root_path();
       Folder = Folder.parent_path())
    if (fs::exists(Folder / ".git")) {
      Of.Root = Folder.string();
      return;
    }
}

bool Project::owns(const std::string &File) const {
  auto Owns = [this](const fs::path &Path) {
    return isBelow(Path, Root) &&
           (isBelow(Root, "/usr") || !isBelow(Path, "/usr")) &&
           (Generated.empty() || !isBelow(Path, Generated));
  };
  return Owns(File) || Owns(real(File));
}

std::string databaseFor(const std::string &File) {
  return searchUpwards(normal(File).parent_path()).string();
}

Project openProject(const Options &Asked) {
  Project Result;
  if (Asked.Flags) {
    Result.Sources = fromFlags(Asked);
    setBorders(Result, Result.Sources, "");
    return Result;
  }

  fs::path File = findDatabase(Asked);
  std::vector<Source> All = allSources(*load(File), File.parent_path());
  if (All.empty())
    throw Failure(File.string() + ": lists no C or C++ file");
  setBorders(Result, All, File.parent_path());
  Result.Database = File.string();

  if (Asked.Paths.empty()) {
    Result.Sources = std::move(All);
    Result.Whole = true;
    return Result;
  }
  auto Inferring = inferMissingCompileCommands(load(File));
  std::map<fs::path, Source> Chosen;
  for (const std::string &Path : Asked.Paths)
    choose(Path, All, *Inferring, File, Chosen);
  for (auto &[Unused, Each] : Chosen)
    Result.Sources.push_back(std::move(Each));
  return Result;
}

} // namespace perfidy
