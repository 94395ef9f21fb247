//===- Cache.cpp - what a scan need not do again --------------------------===//
//
// Part of Perfidy.
//
// A unit's facts hold if its key (tool, models, flags) is the same and every
// file it read has the content it had, and every file it looked for in vain is
// still not there. Size and time of a file that are as they were stand for its
// content; where they are not, it is read and compared, once for all units.
//
//===----------------------------------------------------------------------===//
#include "driver/Cache.h"
#include "analysis/store/Identity.h"
#include "analysis/summary/Cbor.h"
#include "driver/Failure.h"
#include "driver/FilesNow.h"
#include "driver/Flags.h"
#include "driver/Unit.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace perfidy {

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

/// "" if nothing is to be kept.
static std::string storeFile(const Options &Asked, const Project &Of) {
  if (Asked.NoStore)
    return "";
  if (!Asked.Store.empty())
    return fs::absolute(Asked.Store).lexically_normal().string();
  // Files with flags of their own are no project.
  if (Of.Database.empty())
    return "";
  return (fs::path(Of.Root) / ".perfidy" / "store.db").string();
}

static void say(const std::string &Text) {
  // A damaged store may have put anything into its complaint.
  std::fprintf(stderr, "perfidy: %s\n", utf8(Text).c_str());
}

/// The folder is ours: version control need not ask about it.
static void ignoreFolder(const fs::path &Folder) {
  std::error_code Error;
  if (Folder.filename() != ".perfidy" ||
      fs::exists(Folder / ".gitignore", Error))
    return;
  std::ofstream(Folder / ".gitignore") << "*\n";
}

bool knowsWhole(const Options &Asked, const Project &Of) try {
  std::string File = storeFile(Asked, Of);
  if (File.empty())
    return false;
  FactStore Kept = FactStore::openToRead(File);
  std::optional<KnownProgram> Known = knownProgram(Kept, Of.Database);
  return Known && Known->Whole;
} catch (const StoreError &) {
  return false; // the scan will say what is the matter with it
} catch (const DatabaseError &) {
  return false;
}

bool setStoreAside(const Options &Asked, const Project &Of,
                   const std::string &Why) try {
  std::string File = storeFile(Asked, Of);
  std::string Now = FactStore::setAside(File, [&] {
    try {
      FactStore Again = FactStore::openToWrite(File);
      Again.units();
      Again.files();
      return false;
    } catch (const StoreError &Error) {
      return Error.What != StoreError::Kind::Busy;
    } catch (const DatabaseError &Error) {
      return Error.What == DatabaseError::Kind::Damaged;
    }
  });
  if (!Now.empty())
    say(Why + "; moved to " + Now + ", which can be deleted, and begun anew");
  return true;
} catch (const StoreError &Error) {
  say(Error.what());
  return false;
}

Cache::Cache(const Options &Asked, const Project &Of, const Models &Known)
    : Of(Of) {
  std::string File = storeFile(Asked, Of);
  if (File.empty())
    return;
  bool Named = !Asked.Store.empty();
  for (bool Again : {false, true}) {
    try {
      Kept = std::make_unique<FactStore>(FactStore::openToWrite(File));
      Writing = true;
      break;
    } catch (const StoreError &Error) {
      using Kind = StoreError::Kind;
      bool Ours = Error.What == Kind::Version || Error.What == Kind::Damaged;
      if (!Again && (Ours || (Error.What == Kind::Foreign && !Named)) &&
          setStoreAside(Asked, Of, Error.what()))
        continue;
      if (Named)
        throw Failure(std::string(Error.what()) +
                      "; give another file with --store, move this one away, "
                      "or keep nothing with --no-store");
      say(std::string(Error.what()) + "; nothing is kept for the next run");
      return;
    }
  }
  ignoreFolder(fs::path(File).parent_path());

  Tool = digestOf(factsIdentity() + '\n' + Known.fingerprint() +
                  clangEnvironment());
  for (const Source &Each : Of.Sources) {
    Digester Key;
    Key.add(Tool);
    Key.add(Each.File);
    Key.add(Each.Directory);
    for (const std::string &Argument :
         parsingCommand(Each, resourceDirectory()))
      Key.add(Argument);
    if (!Each.ClangTidy.empty())
      Key.add(Each.ClangTidy);
    Keys.push_back(Key.finish());
  }
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

std::vector<Unit> Cache::reuse() {
  std::vector<Unit> Result(Of.Sources.size());
  for (size_t I = 0; I < Result.size(); ++I)
    Result[I].File = Of.Sources[I].File;
  if (!Kept)
    return Result;

  std::vector<KnownUnit> Known;
  std::vector<KnownFile> Files;
  {
    Transaction View(Kept->data(), Database::Access::Read);
    Known = Kept->units();
    Files = Kept->files();
  }
  // Of several contents, of a branch and of another.
  std::unordered_multimap<std::string_view, const KnownUnit *> ByKey;
  for (const KnownUnit &Each : Known)
    ByKey.emplace(Each.Key.octets(), &Each);
  FilesNow Disk(std::move(Files), Of.Instead);
  for (size_t I = 0; I < Result.size(); ++I) {
    auto [Begin, End] = ByKey.equal_range(Keys[I].octets());
    auto Found = std::find_if(Begin, End, [&](const auto &Each) {
      return Each.second->Path == Result[I].File && Disk.holds(*Each.second);
    });
    if (Found == End)
      continue;
    Result[I].Stored = Found->second->Id;
    Result[I].Name = Found->second->Facts;
    Result[I].Reason = Found->second->Error;
  }
  if (!Disk.Moved.empty())
    write([&] { Kept->refresh(Disk.Moved); });
  return Result;
}

std::vector<TUSummary> Cache::facts(std::vector<Unit> &Units, unsigned Jobs) {
  std::vector<PackedUnit> Packed;
  std::vector<FactStore::Wanted> Stored;
  for (Unit &Each : Units)
    if (Each.Facts)
      Packed.push_back(std::move(*Each.Facts));
    else if (Each.Stored)
      Stored.push_back({Each.Stored, Each.Name});
  if (Stored.empty())
    return assemble(std::move(Packed), nullptr, Jobs);
  // One view from the list of functions to the last of them, whatever another
  // scan forgets meanwhile.
  Transaction View(Kept->data(), Database::Access::Read);
  bool AllStored = Packed.empty();
  for (PackedUnit &Each : Kept->load(Stored))
    Packed.push_back(std::move(Each));
  if (AllStored) {
    Linked = Packed;
    LinkedIds = Stored;
  }
  try {
    return assemble(
        std::move(Packed), [&](int64_t Id) { return Kept->content(Id); }, Jobs);
  } catch (const StoreError &) {
    throw;
  } catch (const DatabaseError &) {
    throw;
  } catch (const std::runtime_error &Error) {
    failDamaged(Kept->file(), Error.what());
  }
}

std::optional<std::vector<Finding>> Cache::verdict(const Digest &Key) {
  return Kept ? Kept->verdict(Key) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

static Digest programKey(const Project &Of,
                         const std::vector<FactStore::Wanted> &Units) {
  std::vector<Digest> Names;
  for (const FactStore::Wanted &Each : Units)
    Names.push_back(Each.Facts);
  std::sort(Names.begin(), Names.end());
  Digester Key;
  Key.add(judgementIdentity());
  Key.add(Of.Root);
  for (const Digest &Each : Names)
    Key.add(Each);
  return Key.finish();
}

bool Cache::wantsProgram(const std::vector<Unit> &Units) {
  if (!Kept || !Writing || Of.Database.empty() || Of.Past)
    return false;
  std::vector<FactStore::Wanted> Ids;
  for (const Unit &Each : Units)
    if (Each.Stored)
      Ids.push_back({Each.Stored, Each.Name});
    else if (Each.hasFacts())
      return false;
  std::optional<KnownProgram> Known = knownProgram(*Kept, Of.Database);
  if (!Known)
    return true;
  return Known->Key != programKey(Of, Ids) && (Of.Whole || !Known->Whole);
}

void Cache::saveProgram(const Program &Whole) {
  write([&] {
    std::vector<int64_t> Ids;
    for (const FactStore::Wanted &Each : LinkedIds)
      Ids.push_back(Each.Id);
    try {
      perfidy::saveProgram(*Kept,
                           {Of.Database, Of.Folder, Of.Root, Of.Whole,
                            programKey(Of, LinkedIds)},
                           Whole, originsOf(Linked, Ids), Linked, LinkedIds);
    } catch (const StoreError &Error) {
      // Another scan has read something anew: it keeps its own program.
      if (Error.What != StoreError::Kind::Changed)
        throw;
    }
  });
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void Cache::cannotWrite(const std::exception &Why) {
  Writing = false;
  say(std::string(Why.what()) +
      "; the report is complete, but not all of it is kept for the next run");
}

template <class Callback> void Cache::write(Callback What) {
  if (!Writing)
    return;
  try {
    What();
  } catch (const DatabaseError &Error) {
    if (Error.What == DatabaseError::Kind::Damaged)
      failDamaged(Kept->file(), Error.what());
    cannotWrite(Error);
  }
}

std::string Cache::precompiledFolder() const {
  if (!Kept || !Writing)
    return "";
  fs::path Store(Kept->file());
  if (Store.parent_path().filename() == ".perfidy")
    return (Store.parent_path() / "pch").string();
  return Store.string() + ".pch";
}

void Cache::save(size_t Source, Unit &Which) {
  // What is kept need not stay in memory: most units see the same headers, and
  // of those the linker takes one.
  write([&] {
    if (!Which.Facts)
      return;
    Which.Stored =
        Kept->save({Which.File, Tool, Keys[Source]}, *Which.Facts, Which.Reads);
    Which.Facts.reset();
  });
  if (!Which.Stored)
    for (const FileState &Each : Which.Reads)
      if (!Each.Absent)
        Contents[Each.Path].insert(Each.Content);
  Which.Reads = {};
}

std::map<std::string, Digest>
Cache::contentsRead(const std::vector<Unit> &Units,
                    const std::set<std::string> &Files) {
  std::map<std::string, std::set<Digest>> All;
  // Names are as clang was given them, and edits' are real ones.
  std::set<std::string> Last;
  for (const std::string &Each : Files)
    Last.insert(fs::path(Each).filename());
  auto Wanted = [&](const std::string &Name) -> std::set<Digest> * {
    if (!Last.count(fs::path(Name).filename()))
      return nullptr;
    std::error_code Error;
    std::string Real = fs::weakly_canonical(Name, Error).string();
    return Files.count(Real) ? &All[Real] : nullptr;
  };
  for (const auto &[Name, Content] : Contents)
    if (std::set<Digest> *Into = Wanted(Name))
      Into->insert(Content.begin(), Content.end());
  if (Kept) {
    std::set<int64_t> Stored, Read;
    for (const Unit &Each : Units)
      Stored.insert(Each.Stored);
    for (const KnownUnit &Each : Kept->units())
      if (Stored.count(Each.Id))
        Read.insert(Each.Reads.begin(), Each.Reads.end());
    for (const KnownFile &Each : Kept->files())
      if (!Each.State.Absent && Read.count(Each.Id))
        if (std::set<Digest> *Into = Wanted(Each.State.Path))
          Into->insert(Each.State.Content);
  }
  std::map<std::string, Digest> Result;
  for (const auto &[Name, Content] : All)
    if (Content.size() == 1)
      Result[Name] = *Content.begin();
  return Result;
}

void Cache::saveVerdict(const Digest &Key,
                        const std::vector<Finding> &Findings) {
  write([&] { Kept->saveVerdict(Key, Findings); });
}

/// What runs have to agree in for their findings to be compared.
static std::string kindOf(const Project &Of,
                          const std::vector<const CheckInfo *> &Checks,
                          const Options &Asked) {
  Digester Rest;
  for (const CheckInfo *Check : Checks)
    Rest.add(Check->Name);
  Rest.add(uint64_t(Asked.IncludeTests));
  Rest.add(Asked.WithClangTidy);
  if (!Of.Whole)
    for (const Source &Each : Of.Sources)
      Rest.add(Each.File);
  return Of.Database + '#' + Rest.finish().hex();
}

std::optional<std::vector<Finding>>
Cache::lastFindings(const std::vector<const CheckInfo *> &Checks,
                    const Options &Asked) {
  if (!Kept)
    return std::nullopt;
  std::string Kind = kindOf(Of, Checks, Asked);
  for (const PastRun &Each : Kept->runs())
    if (Each.Database == Kind)
      return Kept->verdict(Each.Verdict);
  return std::nullopt;
}

void Cache::finish(const std::vector<Unit> &Units, const Digest &Verdict,
                   size_t Read, const std::vector<const CheckInfo *> &Checks,
                   const Options &Asked) {
  if (!Kept)
    return;
  PastRun Run{0,
              int64_t(std::time(nullptr)),
              kindOf(Of, Checks, Asked) + (Asked.Staged ? "#staged" : ""),
              Verdict,
              Units.size(),
              Read,
              0};
  std::vector<int64_t> Ids;
  for (const Unit &Each : Units) {
    Run.Failed += !Each.Reason.empty();
    if (Each.Stored)
      Ids.push_back(Each.Stored);
  }
  write([&] { Kept->record(Run); });
  if (Of.Whole)
    write([&] { Kept->prune(Ids, Tool); });
}

void Cache::touch(const std::vector<Unit> &Units) {
  std::vector<int64_t> Ids;
  for (const Unit &Each : Units)
    if (Each.Stored)
      Ids.push_back(Each.Stored);
  write([&] { Kept->touch(Ids); });
}

Digest verdictKey(const std::vector<Unit> &Units, const Project &Of,
                  const Options &Asked,
                  const std::vector<const CheckInfo *> &Checks) {
  Digester Key;
  Key.add(judgementIdentity());
  Key.add(Of.Root);
  Key.add(uint64_t(Asked.IncludeTests));
  Key.add(uint64_t(Checks.size()));
  for (const CheckInfo *Check : Checks)
    Key.add(Check->Name);
  std::vector<Digest> Names;
  for (const Unit &Each : Units)
    if (Each.hasFacts())
      Names.push_back(Each.Name);
  std::sort(Names.begin(), Names.end());
  for (const Digest &Each : Names)
    Key.add(Each);
  return Key.finish();
}

} // namespace perfidy
