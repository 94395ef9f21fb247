//===- FilesNow.cpp - which known contents are on disk now ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/FilesNow.h"
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

namespace fs = std::filesystem;

namespace perfidy {

static std::optional<Digest> contentOf(const std::string &File) {
  std::ifstream In(File, std::ios::binary);
  std::string All(std::istreambuf_iterator<char>(In), {});
  if (!In && !In.eof())
    return std::nullopt;
  return digestOf(All);
}

static void look(std::vector<KnownFile *> &Rows, std::vector<char> &IsNow,
                 std::vector<char> &HasMoved, const KnownFile *First,
                 const Overlay &Instead) {
  const std::string &Name = Rows.front()->State.Path;
  auto Mark = [&](KnownFile *Row) { IsNow[size_t(Row - First)] = 1; };
  if (const std::string *Text = contentIn(Instead, Name)) {
    Digest Content = digestOf(*Text);
    for (KnownFile *Row : Rows)
      if (!Row->State.Absent && Row->State.Content == Content)
        Mark(Row);
    return;
  }
  uint64_t Size;
  int64_t Modified;
  if (!lookAt(Name, Size, Modified)) {
    std::error_code Error;
    bool There = fs::exists(Name, Error) || Error; // a folder, say
    for (KnownFile *Row : Rows)
      if (Row->State.Absent && !There)
        Mark(Row);
    return;
  }
  KnownFile *Fits = nullptr;
  size_t Fitting = 0;
  for (KnownFile *Row : Rows)
    if (!Row->State.Absent && Row->State.Modified != 0 &&
        Row->State.Modified == Modified && Row->State.Size == Size) {
      Fits = Row;
      ++Fitting;
    }
  if (Fitting == 1)
    return Mark(Fits);
  std::optional<Digest> Content = contentOf(Name);
  for (KnownFile *Row : Rows)
    if (!Row->State.Absent && Content && Row->State.Content == *Content) {
      Mark(Row);
      int64_t Settled = settledTime(Modified);
      if (Row->State.Modified != Settled || Row->State.Size != Size) {
        Row->State.Modified = Settled;
        Row->State.Size = Size;
        HasMoved[size_t(Row - First)] = 1;
      }
    }
}

FilesNow::FilesNow(std::vector<KnownFile> Files, const Overlay &Instead) {
  std::sort(Files.begin(), Files.end(),
            [](const KnownFile &A, const KnownFile &B) {
              return A.State.Path < B.State.Path;
            });
  std::vector<std::vector<KnownFile *>> ByPath;
  for (KnownFile &Each : Files) {
    if (ByPath.empty() || ByPath.back().front()->State.Path != Each.State.Path)
      ByPath.emplace_back();
    ByPath.back().push_back(&Each);
  }
  std::vector<char> IsNow(Files.size()), HasMoved(Files.size());
  // Waiting for a disk or a network is done side by side.
  std::atomic<size_t> Next = 0;
  auto Work = [&] {
    constexpr size_t Portion = 64;
    for (size_t Begin; (Begin = Next.fetch_add(Portion)) < ByPath.size();)
      for (size_t I = Begin; I < std::min(ByPath.size(), Begin + Portion); ++I)
        look(ByPath[I], IsNow, HasMoved, Files.data(), Instead);
  };
  std::vector<std::thread> Threads;
  size_t Wanted = std::min<size_t>(8, ByPath.size() / 1024);
  for (size_t I = 1; I < Wanted; ++I)
    Threads.emplace_back(Work);
  Work();
  for (std::thread &Each : Threads)
    Each.join();
  for (size_t I = 0; I < Files.size(); ++I) {
    if (IsNow[I])
      Current.insert(Files[I].Id);
    if (HasMoved[I])
      Moved.push_back(std::move(Files[I]));
  }
}

bool FilesNow::holds(const KnownUnit &Unit) const {
  return std::all_of(Unit.Reads.begin(), Unit.Reads.end(),
                     [&](int64_t Id) { return Current.count(Id) != 0; });
}

} // namespace perfidy
