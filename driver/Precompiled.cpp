//===- Precompiled.cpp - what is known of a precompiled header ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Precompiled.h"
#include "analysis/store/FileFields.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace perfidy {

// clang-format off
PERFIDY_FIELDS(PrecompiledFile, (), State, Includes)
PERFIDY_FIELDS(ListEntry, (), Define, Text)
PERFIDY_FIELDS(PrecompiledFolders, (), Given, Unreached)
PERFIDY_FIELDS(PrecompiledLookup, (), From, Name, Angled, Next, Asked, System, Found)
PERFIDY_FIELDS(PrecompiledInclude, (), Offset, File, Text)
PERFIDY_FIELDS(PrecompiledText, (), File, Start, Includes)
PERFIDY_FIELDS(PrecompiledContents, (), List, Defines, Files, Texts, Given, Folders, Lookups, Absent, Mentioned, Size, Content)
// clang-format on

static const char Suffix[] = ".made";

const std::string &unfinishedSuffix() {
  static const std::string Suffix = ".tmp-" + std::to_string(getpid());
  return Suffix;
}

std::string Precompiled::beside(const std::string &File) {
  return fs::path(File).replace_extension(Suffix).string();
}

uint64_t Precompiled::hashOf(std::string_view Identifier) {
  return llvm::xxh3_64bits(llvm::StringRef(Identifier));
}

bool Precompiled::mentions(std::string_view Identifier) const {
  uint64_t Wanted = hashOf(Identifier);
  size_t First = 0, Last = Mentioned.Data.size() / sizeof Wanted;
  while (First < Last) {
    size_t Middle = (First + Last) / 2;
    uint64_t Here;
    std::memcpy(&Here, Mentioned.Data.data() + Middle * sizeof Here,
                sizeof Here);
    if (Here == Wanted)
      return true;
    Here < Wanted ? First = Middle + 1 : Last = Middle;
  }
  return Base && Base->mentions(Identifier);
}

CommandMacros Precompiled::given() const {
  CommandMacros Result;
  for (const std::string &Each : Given)
    Result[macroName(Each)] = Each;
  return Result;
}

/// Some of those are clang's own: to take one away again is not to have it as
/// it was.
static bool isReserved(const std::string &Name) {
  return Name.starts_with('_') ||
         std::none_of(Name.begin(), Name.end(),
                      [](char C) { return C >= 'A' && C <= 'Z'; });
}

const PrecompiledFolders *
Precompiled::with(const std::vector<std::string> &UnitFolders) const {
  for (const PrecompiledFolders &Each : Folders)
    if (Each.Given == UnitFolders)
      return &Each;
  return nullptr;
}

bool Precompiled::fits(const CommandMacros &Unit,
                       const std::vector<std::string> &UnitFolders) const {
  for (const Precompiled *Each = this; Each; Each = Each->Base.get())
    if (!Each->with(UnitFolders))
      return false;
  std::vector<std::string> All = differences(given(), Unit);
  return std::none_of(All.begin(), All.end(), [&](const std::string &Each) {
    return isReserved(Each) || mentions(Each);
  });
}

std::optional<unsigned> Precompiled::find(uint64_t Device,
                                          uint64_t Inode) const {
  auto Found = ByInode.find({Device, Inode});
  if (Found == ByInode.end())
    return std::nullopt;
  return Found->second;
}

void Precompiled::save() const {
  PrecompiledContents Own = *this;
  if (Base) {
    auto Leave = [](auto &From, const auto &First) {
      From.erase(From.begin(), From.begin() + ptrdiff_t(First.size()));
    };
    Leave(Own.Defines, Base->Defines);
    Leave(Own.Files, Base->Files);
    Leave(Own.Texts, Base->Texts);
    Leave(Own.Absent, Base->Absent);
  }
  std::string Packed = compress(cborOf(Own));
  std::string Name = beside(File);
  std::string Temporary = Name + unfinishedSuffix();
  std::ofstream Out(Temporary, std::ios::binary);
  Out << digestOf(Packed).octets() << Packed;
  Out.close();
  std::error_code Error;
  if (Out)
    fs::rename(Temporary, Name, Error);
  if (!Out || Error)
    throw Failure(Name + ": cannot be written");
}

static std::optional<Digest> contentOf(const std::string &File) {
  auto Read = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!Read)
    return std::nullopt;
  return digestOf({(*Read)->getBufferStart(), (*Read)->getBufferSize()});
}

Precompiled::Precompiled(std::shared_ptr<const Precompiled> Of)
    : Base(std::move(Of)) {
  beginWithBase();
}

void Precompiled::beginWithBase() {
  if (!Base)
    return;
  auto Begin = [](auto &With, const auto &First) {
    With.insert(With.begin(), First.begin(), First.end());
  };
  Begin(Defines, Base->Defines);
  Begin(Files, Base->Files);
  Begin(Texts, Base->Texts);
  Begin(Absent, Base->Absent);
  ByInode = Base->ByInode;
}

Digest Precompiled::next() const { return nextKey(Content.hex()); }

bool Precompiled::holds() {
  for (unsigned I = unsigned(firstFile()); I < Files.size(); ++I) {
    FileState &Was = Files[I].State;
    struct stat Seen;
    uint64_t Size;
    int64_t Modified;
    if (::stat(Was.Path.c_str(), &Seen) != 0 ||
        !lookAt(Was.Path, Size, Modified) || Size != Was.Size)
      return false;
    if ((Was.Modified == 0 || Was.Modified != Modified) &&
        contentOf(Was.Path) != Was.Content)
      return false;
    ByInode.emplace(std::pair(Seen.st_dev, Seen.st_ino), I);
  }
  for (size_t I = Base ? Base->Absent.size() : 0; I < Absent.size(); ++I)
    if (::access(Absent[I].c_str(), F_OK) == 0)
      return false;
  return contentOf(File) == Content;
}

std::optional<Precompiled>
Precompiled::load(const std::string &Beside,
                  std::shared_ptr<const Precompiled> Base) try {
  auto Read = llvm::MemoryBuffer::getFile(Beside, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  Digest Whole;
  if (!Read)
    return std::nullopt;
  std::string_view All((*Read)->getBufferStart(), (*Read)->getBufferSize());
  std::string_view Packed =
      All.substr(std::min(All.size(), Whole.octets().size()));
  if (!Whole.setOctets(All.substr(0, All.size() - Packed.size())) ||
      digestOf(Packed) != Whole)
    return std::nullopt;
  std::string Text = expand(Packed);
  Precompiled Result;
  CborReader(Text).read(static_cast<PrecompiledContents &>(Result));
  Result.File = fs::path(Beside).replace_extension(".pch").string();
  Result.Base = std::move(Base);
  Result.beginWithBase();
  if (!Result.holds())
    return std::nullopt;
  return Result;
} catch (const std::runtime_error &) {
  return std::nullopt;
}

Digest nextKey(std::string_view Content) {
  Digester Key;
  Key.add("continues");
  Key.add(Content);
  return Key.finish();
}

Digest precompiledKey(const Source &Unit, const SplitCommand &Flags,
                      const std::string &Tool) {
  Digester Key;
  Key.add(Tool);
  Key.add(Unit.Directory);
  Key.add(fs::path(Unit.File).extension().string());
  for (const std::string &Each : Flags.Rest)
    Key.add(Each);
  return Key.finish();
}

} // namespace perfidy
