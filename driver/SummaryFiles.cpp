//===- SummaryFiles.cpp - summaries as plain files ------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/SummaryFiles.h"
#include "analysis/store/Packed.h"
#include "analysis/summary/Cbor.h"
#include "analysis/summary/Serialize.h"
#include "driver/Failure.h"
#include "driver/WholeFile.h"
#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

namespace fs = std::filesystem;

namespace perfidy {

static constexpr char Extension[] = ".perfidy";

namespace {
struct Borders {
  std::string Root, Generated;
  bool operator==(const Borders &) const = default;
};
} // namespace
// clang-format off
PERFIDY_FIELDS(Borders, (), Root, Generated)
// clang-format on

bool wantsFolder(const Options &Asked, const Project &Of) {
  if (Asked.Dump) {
    if (Of.Sources.size() > 1)
      throw Failure("--dump shows one file, not " +
                    std::to_string(Of.Sources.size()));
    return false;
  }
  bool IsFolder = Asked.Output.ends_with('/') || fs::is_directory(Asked.Output);
  if (Of.Sources.size() > 1 && Asked.Output.empty())
    throw Failure("the summaries of " + std::to_string(Of.Sources.size()) +
                  " files need a folder to go to: -o DIR");
  return IsFolder || Of.Sources.size() > 1;
}

void writeSummary(const Unit &Which, const Project &Of, const Options &Asked) {
  CborWriter Writer;
  Writer.open();
  Writer.key("perfidy");
  Writer.write(SummaryVersion);
  Writer.key("project");
  Writer.write(Borders{Of.Root, Of.Generated});
  Writer.key("source");
  Writer.write(Which.File);
  Writer.key("reason");
  Writer.write(Which.Reason);
  if (Which.Facts) {
    Writer.key("summary");
    Writer.write(assemble({*Which.Facts}, nullptr, 1).front());
  }
  Writer.close();

  std::error_code Error;
  fs::create_directories(Asked.Output, Error);
  std::string Name = fs::path(Which.File).filename().string() + '-' +
                     digestOf(Which.File).hex().substr(0, 12) + Extension;
  fs::path To = fs::path(Asked.Output) / Name;
  writeWhole(To.string(), Writer.take());
}

static std::vector<fs::path> filesIn(const std::vector<std::string> &Paths) {
  std::vector<fs::path> Result;
  for (const std::string &Path : Paths) {
    std::error_code Error;
    if (!fs::exists(Path, Error))
      throw Failure(Path + ": no such file or folder");
    if (!fs::is_directory(Path, Error)) {
      Result.push_back(Path);
      continue;
    }
    size_t Before = Result.size();
    for (const fs::directory_entry &Each :
         fs::recursive_directory_iterator(Path, Error))
      if (Each.path().extension() == Extension && Each.is_regular_file())
        Result.push_back(Each.path());
    if (Error)
      throw Failure(Path + ": " + Error.message());
    if (Result.size() == Before)
      throw Failure(Path + ": has no summary; `perfidy extract FILE... -o " +
                    Path + "` writes them");
  }
  std::sort(Result.begin(), Result.end());
  Result.erase(std::unique(Result.begin(), Result.end()), Result.end());
  return Result;
}

static std::string contentOf(const fs::path &File) {
  std::error_code Error;
  std::ifstream In(File, std::ios::binary);
  std::string All(fs::file_size(File, Error), '\0');
  if (Error || !In.read(All.data(), std::streamsize(All.size())))
    throw Failure(File.string() + ": cannot be read: " + std::strerror(errno));
  return All;
}

namespace {
struct SummaryFile {
  Borders Of;
  std::string Source, Reason;
  std::optional<TUSummary> Facts;
  Digest Content;
};
} // namespace

static SummaryFile read(const fs::path &File, PartTable &Parts) {
  std::string Bytes = contentOf(File);
  auto Bad = [&](const std::string &What) -> Failure {
    return Failure(File.string() + ": " + What +
                   "; write it again with `perfidy extract`");
  };
  SummaryFile Result;
  Result.Content = digestOf(Bytes);
  bool HasProject = false, HasFacts = false, HasReason = false;
  // fromCbor knows versions and looks at every index; it passes over what is
  // ours.
  try {
    CborReader Reader(Bytes);
    Reader.map("not a summary", [&](std::string_view Key) {
      if (Key == "project") {
        Reader.read(Result.Of);
        HasProject = true;
      } else if (Key == "source") {
        Reader.read(Result.Source);
      } else if (Key == "reason") {
        Reader.read(Result.Reason);
        HasReason = true;
      } else {
        HasFacts |= Key == "summary";
        Reader.skip();
      }
    });
  } catch (const std::exception &Error) {
    throw Bad(std::string("bad summary: ") + Error.what());
  }
  std::string Error;
  TUSummary Facts;
  if (fromCbor(Bytes, Facts, Error, &Parts))
    Result.Facts = std::move(Facts);
  else if (HasFacts || Error != "bad summary: not a summary" || !HasReason)
    throw Bad(Error);
  if (!HasProject || Result.Source.empty())
    throw Bad("does not say which project it is of: `perfidy extract FILE -o "
              "DIR` writes summaries that can be linked");
  return Result;
}

/// All of \p Files, by up to \p Jobs threads; of what they throw, what is thrown
/// first in the order of files.
static std::vector<SummaryFile> readAll(const std::vector<fs::path> &Files,
                                        unsigned Jobs) {
  std::vector<SummaryFile> Result(Files.size());
  std::vector<std::exception_ptr> Failed(Files.size());
  std::atomic<size_t> Next = 0;
  auto Work = [&] {
    PartTable Parts;
    for (size_t I; (I = Next++) < Files.size();)
      try {
        Result[I] = read(Files[I], Parts);
      } catch (...) {
        Failed[I] = std::current_exception();
      }
  };
  std::vector<std::thread> Threads;
  for (unsigned I = 1; I < Jobs && I < Files.size(); ++I)
    Threads.emplace_back(Work);
  Work();
  for (std::thread &Each : Threads)
    Each.join();
  for (const std::exception_ptr &Each : Failed)
    if (Each)
      std::rethrow_exception(Each);
  return Result;
}

Gathered readSummaries(const std::vector<std::string> &Paths, unsigned Jobs) {
  Gathered Result;
  struct From {
    fs::path File;
    Digest Content;
  };
  std::map<std::string, From> Sources;
  std::optional<Borders> Common;
  fs::path First;
  std::map<std::string, Unit> Units;
  std::vector<fs::path> Files = filesIn(Paths);
  std::vector<SummaryFile> All = readAll(Files, Jobs);
  for (size_t I = 0; I < Files.size(); ++I) {
    const fs::path &File = Files[I];
    SummaryFile &Each = All[I];
    if (!Common) {
      Common = Each.Of;
      First = File;
    } else if (*Common != Each.Of) {
      throw Failure(File.string() + ": is of the project in " + Each.Of.Root +
                    ", but " + First.string() + " of the one in " +
                    Common->Root + "; link one project at a time");
    }
    auto [Known, IsNew] =
        Sources.try_emplace(Each.Source, From{File, Each.Content});
    if (!IsNew) {
      if (Known->second.Content == Each.Content)
        continue;
      throw Failure(File.string() + " and " + Known->second.File.string() +
                    " differ, and are both of " + Each.Source +
                    "; remove the older one");
    }
    Unit &Its = Units[Each.Source];
    Its.File = Each.Source;
    Its.Reason = Each.Reason;
    if (Each.Facts) {
      Its.Facts.emplace();
      Result.Summaries.push_back(std::move(*Each.Facts));
    }
  }
  std::vector<TUSummary *> Together;
  for (TUSummary &Each : Result.Summaries)
    Together.push_back(&Each);
  std::sort(Together.begin(), Together.end(),
            [](const TUSummary *A, const TUSummary *B) {
              return A->MainFile < B->MainFile;
            });
  dropUnfit(std::move(Together));
  for (auto &[Unused, Each] : Units)
    Result.Units.push_back(std::move(Each));
  Result.Of.Root = Common->Root;
  Result.Of.Generated = Common->Generated;
  return Result;
}

} // namespace perfidy
