//===- PrecompiledGroups.cpp - who shares which precompiled header --------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/PrecompiledGroups.h"
#include "driver/Failure.h"
#include "driver/Unit.h"
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <unistd.h>

namespace fs = std::filesystem;

namespace perfidy {

PrecompiledFolder::PrecompiledFolder(const std::string &Name) : Folder(Name) {
  unfinishedSuffix();
  std::error_code Error;
  if (!Folder.empty()) {
    fs::create_directories(Folder, Error);
    if (Error)
      throw Failure(Folder + ": " + Error.message());
    return;
  }
  std::string Pattern =
      (fs::temp_directory_path(Error) / "perfidy-XXXXXX").string();
  if (Error || !mkdtemp(Pattern.data()))
    throw Failure("cannot make a folder for precompiled headers in the "
                  "system's folder for temporary files");
  Folder = Pattern;
  Temporary = true;
}

namespace {
struct Entry {
  fs::path Path;
  fs::file_time_type Used;
  uint64_t Size = 0;
};
} // namespace

static std::vector<Entry> entriesOf(const std::string &Folder) {
  std::vector<Entry> Result;
  std::error_code Error;
  for (fs::directory_iterator It(Folder, Error), End; !Error && It != End;
       It.increment(Error)) {
    std::error_code Gone; // another scan tidies as well
    Entry Each{It->path(), It->last_write_time(Gone)};
    if (!Gone)
      Each.Size = It->file_size(Gone);
    if (!Gone)
      Result.push_back(std::move(Each));
  }
  std::sort(Result.begin(), Result.end(), [](const Entry &A, const Entry &B) {
    return A.Used != B.Used ? A.Used > B.Used : A.Path < B.Path;
  });
  return Result;
}

PrecompiledFolder::~PrecompiledFolder() {
  std::error_code Error;
  if (Temporary) {
    fs::remove_all(Folder, Error);
    return;
  }
  // Of workers that were stopped. Clang writes beside, and adds a ".tmp".
  const std::string &Mine = unfinishedSuffix();
  for (const Entry &Each : entriesOf(Folder)) {
    std::string Name = Each.Path.string();
    if (Name.ends_with(Mine) || Name.ends_with(Mine + ".tmp"))
      fs::remove(Each.Path, Error);
  }
}

/// Removes the description \p Made and what it describes, and what continues
/// that.
static void forget(const fs::path &Made) {
  std::error_code Error;
  fs::remove(Made, Error);
  fs::remove(fs::path(Made).replace_extension(".pch"), Error);
  // KEY-LIST-CONTENT.made
  std::string Name = Made.stem().string();
  std::string Next = nextKey(Name.substr(Name.rfind('-') + 1)).hex() + '-';
  for (const Entry &Each : entriesOf(Made.parent_path().string()))
    if (Each.Path.extension() == ".made" &&
        Each.Path.filename().string().starts_with(Next))
      forget(Each.Path);
}

std::vector<std::shared_ptr<Precompiled>>
PrecompiledFolder::find(const Digest &Key,
                        std::shared_ptr<const Precompiled> Base) const {
  std::vector<std::shared_ptr<Precompiled>> Result;
  std::string Prefix = Key.hex() + '-';
  for (const Entry &Each : entriesOf(Folder)) {
    if (Each.Path.extension() != ".made" ||
        !Each.Path.filename().string().starts_with(Prefix))
      continue;
    std::error_code Error;
    if (std::optional<Precompiled> Found =
            Precompiled::load(Each.Path.string(), Base)) {
      fs::last_write_time(Each.Path, fs::file_time_type::clock::now(), Error);
      Result.push_back(std::make_shared<Precompiled>(std::move(*Found)));
    } else {
      // Of another state of the system: that may come back, but seldom does.
      forget(Each.Path);
    }
  }
  return Result;
}

std::vector<std::shared_ptr<Precompiled>>
PrecompiledFolder::after(const std::shared_ptr<const Precompiled> &Base) const {
  std::vector<std::shared_ptr<Precompiled>> Result = find(Base->next(), Base);
  for (size_t I = 0; I < Result.size(); ++I)
    for (std::shared_ptr<Precompiled> &Each :
         find(Result[I]->next(), Result[I]))
      Result.push_back(std::move(Each));
  return Result;
}

void PrecompiledFolder::tidy(uint64_t Most) const {
  std::vector<Entry> All = entriesOf(Folder);
  std::map<fs::path, uint64_t> Sizes;
  for (const Entry &Each : All)
    Sizes[Each.Path] = Each.Size;
  std::set<fs::path> Needed;
  uint64_t Total = 0;
  for (const Entry &Each : All) {
    if (Each.Path.extension() != ".made")
      continue;
    fs::path Header = fs::path(Each.Path).replace_extension(".pch");
    Total += Each.Size + Sizes[Header];
    if (Total > Most) {
      forget(Each.Path);
      continue;
    }
    // KEY-LIST-CONTENT.pch is made of KEY-LIST.h.
    std::string List = Header.string();
    Needed.insert({Each.Path, Header, List.substr(0, List.rfind('-')) + ".h"});
  }
  auto LongAgo = fs::file_time_type::clock::now() - std::chrono::hours(1);
  std::error_code Error;
  for (const Entry &Each : All)
    if (!Needed.count(Each.Path) && Each.Used < LongAgo)
      fs::remove(Each.Path, Error);
}

/// Decides PrecompiledGroup::Follows. The largest family of a key leads, and
/// those for which one of their own pays anyway.
static void markFollowers(std::vector<PrecompiledGroup> &Groups) {
  constexpr size_t Least = 8;
  using Family = std::pair<Digest, std::vector<std::string>>;
  std::map<Family, size_t> Units;
  std::map<Digest, size_t> Most;
  for (const PrecompiledGroup &Each : Groups)
    Units[{Each.Key, Each.Folders}] += Each.Members.size();
  for (const auto &[Of, Count] : Units)
    Most[Of.first] = std::max(Most[Of.first], Count);
  for (PrecompiledGroup &Each : Groups) {
    size_t Own = Units[{Each.Key, Each.Folders}];
    Each.Follows = Own < Least && Own < Most[Each.Key];
  }
}

std::vector<PrecompiledGroup> groupUnits(const std::vector<Source> &Sources,
                                         const std::string &Tool,
                                         const PrecompiledFolder &Folder) {
  using Flags = std::tuple<Digest, CommandMacros, std::vector<std::string>>;
  std::map<Flags, std::vector<size_t>> ByFlags;
  for (size_t I = 0; I < Sources.size(); ++I) {
    // The build may not have generated it yet. It could lead a group.
    if (!fs::is_regular_file(Sources[I].File))
      continue;
    SplitCommand Own = splitCommand(
        parsingCommand(Sources[I], resourceDirectory()), Sources[I]);
    Digest Key = precompiledKey(Sources[I], Own, Tool);
    ByFlags[{Key, std::move(Own.Macros), std::move(Own.Folders)}].push_back(I);
  }
  std::vector<PrecompiledGroup> Result;
  std::map<Digest, std::vector<std::shared_ptr<Precompiled>>> Found;
  for (auto &[Of, Members] : ByFlags) {
    const auto &[Key, Macros, Folders] = Of;
    auto Place = Found.find(Key);
    if (Place == Found.end())
      Place = Found.emplace(Key, Folder.find(Key)).first;
    const std::vector<std::shared_ptr<Precompiled>> &There = Place->second;
    auto Fits = [&](const auto &Each) { return Each->fits(Macros, Folders); };
    auto Fitting = std::find_if(There.begin(), There.end(), [&](auto &Each) {
      return Fits(Each) && Each->Folders.front().Given == Folders;
    });
    if (Fitting == There.end())
      Fitting = std::find_if(There.begin(), There.end(), Fits);
    Result.push_back({Key, Macros, Folders, std::move(Members),
                      /*Follows=*/false,
                      Fitting == There.end() ? nullptr : *Fitting});
  }
  std::stable_sort(Result.begin(), Result.end(),
                   [](const PrecompiledGroup &A, const PrecompiledGroup &B) {
                     return A.Members.size() > B.Members.size();
                   });
  markFollowers(Result);
  return Result;
}

} // namespace perfidy
