//===- Packed.cpp - a TU summary as pieces that are kept once -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Packed.h"
#include "analysis/store/FileFields.h"
#include "analysis/summary/Cbor.h"
#include "analysis/summary/Serialize.h"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <sys/stat.h>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <zstd.h>

namespace perfidy {

// On the wire content is a byte string, not text.
namespace {
struct WireFunction {
  std::string Usr;
  Digest Facts, Shape;
  Bytes Content;
};
struct Wire {
  std::string MainFile;
  std::vector<File> Files;
  std::vector<Class> Classes;
  std::vector<std::string> AddressTaken;
  std::string Error;
  std::vector<WireFunction> Functions;
  std::vector<std::string> Filled, Grown;
  std::vector<Remark> Remarks;
  std::vector<FileState> Reads;
};
} // namespace

// clang-format off
PERFIDY_FIELDS(WireFunction, (), Usr, Facts, Shape, Content)
PERFIDY_FIELDS(Wire, (), MainFile, Files, Classes, AddressTaken, Error, Functions, Filled,
  Grown, Remarks, Reads)
// clang-format on

//===----------------------------------------------------------------------===//
// Compression
//===----------------------------------------------------------------------===//

std::string compress(std::string_view Data) {
  constexpr int Level = 3;
  std::string Result(ZSTD_compressBound(Data.size()), '\0');
  size_t Size = ZSTD_compress(Result.data(), Result.size(), Data.data(),
                              Data.size(), Level);
  if (ZSTD_isError(Size))
    throw std::runtime_error(std::string("cannot compress: ") +
                             ZSTD_getErrorName(Size));
  Result.resize(Size);
  return Result;
}

std::string expand(std::string_view Data) {
  unsigned long long Size = ZSTD_getFrameContentSize(Data.data(), Data.size());
  constexpr unsigned long long Most = 1ull << 30;
  if (Size == ZSTD_CONTENTSIZE_ERROR || Size == ZSTD_CONTENTSIZE_UNKNOWN ||
      Size > Most)
    throw std::runtime_error("damaged: not compressed as it should be");
  std::string Result(Size, '\0');
  // One context a thread: to make one costs more than most functions' facts.
  struct Free {
    void operator()(ZSTD_DCtx *Context) const { ZSTD_freeDCtx(Context); }
  };
  static thread_local std::unique_ptr<ZSTD_DCtx, Free> Context(
      ZSTD_createDCtx());
  if (!Context)
    throw std::bad_alloc();
  size_t Read = ZSTD_decompressDCtx(Context.get(), Result.data(), Result.size(),
                                    Data.data(), Data.size());
  if (ZSTD_isError(Read) || Read != Size)
    throw std::runtime_error("damaged: cannot be decompressed");
  return Result;
}

//===----------------------------------------------------------------------===//
// Packing
//===----------------------------------------------------------------------===//

int64_t settledTime(int64_t Nanoseconds) {
  using namespace std::chrono;
  int64_t Now =
      duration_cast<nanoseconds>(system_clock::now().time_since_epoch())
          .count();
  constexpr int64_t Coarsest = 2'000'000'000; // FAT and some network drives
  return Nanoseconds + Coarsest > Now ? 0 : Nanoseconds;
}

bool lookAt(const std::string &Path, uint64_t &Size, int64_t &Modified) {
  struct stat Seen;
  if (::stat(Path.c_str(), &Seen) != 0 || !S_ISREG(Seen.st_mode))
    return false;
  auto Nanoseconds = [](const timespec &Time) {
    return int64_t(Time.tv_sec) * 1'000'000'000 + Time.tv_nsec;
  };
  Size = uint64_t(Seen.st_size);
  Modified = std::max(Nanoseconds(Seen.st_mtim), Nanoseconds(Seen.st_ctim));
  return true;
}

Digest shapeOf(const Function &Of) { return digestOf(withoutPlaces(Of)); }

PackedUnit pack(const TUSummary &Summary) {
  PackedUnit Result;
  Result.MainFile = Summary.MainFile;
  Result.Files = Summary.Files;
  Result.Classes = Summary.Classes;
  Result.AddressTaken = Summary.AddressTaken;
  Result.Error = Summary.Error;
  Result.Filled = Summary.Filled;
  Result.Grown = Summary.Grown;
  Result.Remarks = Summary.Remarks;
  for (const Function &Each : Summary.Functions) {
    std::string Cbor = toCbor(Each, Summary.Files);
    Result.Functions.push_back(
        {Each.Usr, digestOf(Cbor), shapeOf(Each), compress(Cbor)});
  }
  return Result;
}

Digest PackedUnit::digest() const {
  Digester All;
  All.add(MainFile);
  All.add(uint64_t(Files.size()));
  for (const File &Each : Files) {
    All.add(Each.Path);
    All.add(uint64_t(Each.Test));
  }
  All.add(uint64_t(AddressTaken.size()));
  for (const std::string &Usr : AddressTaken)
    All.add(Usr);
  CborWriter Rest;
  Rest.write(Classes);
  Rest.write(Filled);
  Rest.write(Grown);
  Rest.write(Remarks);
  All.add(Rest.take());
  All.add(Error);
  for (const PackedFunction &Each : Functions)
    All.add(Each.Facts);
  return All.finish();
}

Function unpack(std::string_view Content, const Digest &Facts,
                std::vector<std::string> &Files, PartTable &Parts) {
  std::string Cbor = expand(Content);
  if (digestOf(Cbor) != Facts)
    throw std::runtime_error("damaged: a function's facts are not what they "
                             "were when they were kept");
  Function Result;
  std::string Error;
  if (!functionFromCbor(Cbor, Result, Files, Error, &Parts))
    throw std::runtime_error(Error);
  return Result;
}

std::string toWire(const PackedUnit &Unit,
                   const std::vector<FileState> &Reads) {
  Wire All{Unit.MainFile, Unit.Files, Unit.Classes, Unit.AddressTaken,
           Unit.Error,    {},         Unit.Filled,  Unit.Grown,
           Unit.Remarks,  Reads};
  for (const PackedFunction &Each : Unit.Functions)
    All.Functions.push_back({Each.Usr, Each.Facts, Each.Shape, {Each.Content}});
  return cborOf(All);
}

bool fromWire(std::string_view From, PackedUnit &Unit,
              std::vector<FileState> &Reads, std::string &Error) {
  try {
    Wire All;
    CborReader Reader(From);
    Reader.read(All);
    Unit = {std::move(All.MainFile), std::move(All.Files),
            std::move(All.Classes),  std::move(All.AddressTaken),
            std::move(All.Error),    {},
            std::move(All.Filled),   std::move(All.Grown),
            std::move(All.Remarks)};
    for (WireFunction &Each : All.Functions)
      Unit.Functions.push_back({std::move(Each.Usr), Each.Facts, Each.Shape,
                                std::move(Each.Content.Data)});
    Reads = std::move(All.Reads);
    return true;
  } catch (const std::exception &Exception) {
    Error = std::string("bad facts: ") + Exception.what();
    return false;
  }
}

//===----------------------------------------------------------------------===//
// Assembling
//===----------------------------------------------------------------------===//

std::vector<TUSummary>
assemble(std::vector<PackedUnit> Units,
         const std::function<std::string(int64_t Id)> &Load, unsigned Jobs) {
  // The linker keeps the first by name of main file.
  std::stable_sort(Units.begin(), Units.end(),
                   [](const PackedUnit &A, const PackedUnit &B) {
                     return A.MainFile < B.MainFile;
                   });
  struct Task {
    const PackedFunction *From;
    size_t Unit;
    size_t Position; ///< in that unit's summary
  };
  std::vector<Task> Tasks;
  std::unordered_set<std::string_view> Seen;
  std::vector<TUSummary> Result(Units.size());
  for (size_t I = 0; I < Units.size(); ++I) {
    size_t Count = 0;
    for (const PackedFunction &Each : Units[I].Functions)
      if (Seen.insert(Each.Usr).second)
        Tasks.push_back({&Each, I, Count++});
    Result[I].Functions.resize(Count);
    Result[I].MainFile = Units[I].MainFile;
    Result[I].Classes = std::move(Units[I].Classes);
    Result[I].AddressTaken = std::move(Units[I].AddressTaken);
    Result[I].Error = Units[I].Error;
    Result[I].Filled = std::move(Units[I].Filled);
    Result[I].Grown = std::move(Units[I].Grown);
    Result[I].Remarks = std::move(Units[I].Remarks);
    Result[I].Files = Units[I].Files;
  }

  // Content from the store comes in its order there, in portions: no more of
  // it is in memory than the threads are busy with.
  std::sort(Tasks.begin(), Tasks.end(), [](const Task &A, const Task &B) {
    return A.From->Id < B.From->Id;
  });
  std::vector<std::map<std::string, Index, std::less<>>> FilesOf(Units.size());
  for (size_t I = 0; I < Units.size(); ++I)
    for (size_t At = 0; At < Result[I].Files.size(); ++At)
      FilesOf[I].try_emplace(Result[I].Files[At].Path, Index(At));

  std::vector<PartTable> Parts(std::max(1u, Jobs)); // one a thread
  constexpr size_t Portion = 4096;
  for (size_t Begin = 0; Begin < Tasks.size(); Begin += Portion) {
    size_t End = std::min(Tasks.size(), Begin + Portion);
    std::vector<std::string> Loaded(End - Begin);
    for (size_t I = Begin; I < End; ++I)
      if (Tasks[I].From->Content.empty())
        Loaded[I - Begin] = Load(Tasks[I].From->Id);
    std::atomic<size_t> Next = Begin;
    std::mutex Guard;
    std::exception_ptr Failed;
    auto Work = [&](PartTable &Parts) {
      try {
        for (size_t I; (I = Next++) < End;) {
          const Task &Now = Tasks[I];
          const std::string &Own = Now.From->Content;
          std::vector<std::string> Files;
          Function F = unpack(Own.empty() ? Loaded[I - Begin] : Own,
                              Now.From->Facts, Files, Parts);
          std::vector<Index> NewIndex;
          for (const std::string &Path : Files) {
            auto Known = FilesOf[Now.Unit].find(Path);
            if (Known == FilesOf[Now.Unit].end())
              throw std::runtime_error("damaged: a function names " + Path +
                                       ", which its unit does not");
            NewIndex.push_back(Known->second);
          }
          remapFiles(F, NewIndex);
          Result[Now.Unit].Functions[Now.Position] = std::move(F);
        }
      } catch (...) {
        std::lock_guard Lock(Guard);
        Failed = std::current_exception();
      }
    };
    std::vector<std::thread> Threads;
    for (unsigned I = 1; I < Jobs && (End - Begin) > 64; ++I)
      Threads.emplace_back(Work, std::ref(Parts[I]));
    Work(Parts[0]);
    for (std::thread &Each : Threads)
      Each.join();
    if (Failed)
      std::rethrow_exception(Failed);
  }
  std::vector<TUSummary *> All;
  for (TUSummary &Each : Result)
    All.push_back(&Each);
  dropUnfit(std::move(All));
  return Result;
}

} // namespace perfidy
