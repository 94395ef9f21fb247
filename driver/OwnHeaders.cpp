//===- OwnHeaders.cpp - the project's own headers, precompiled ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/OwnHeaders.h"
#include "analysis/summary/Cbor.h"
#include "driver/ClangRun.h"
#include "driver/HeaderTree.h"
#include "driver/IncludeGraph.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <map>
#include <set>

namespace perfidy {

PERFIDY_FIELDS(OwnPlan::Node, (), Base, Headers, Users)
PERFIDY_FIELDS(OwnPlan, (), Nodes, Uses)

namespace {

using namespace clang;
using FileId = std::pair<uint64_t, uint64_t>;

FileId idOf(FileEntryRef File) {
  return {File.getUniqueID().getDevice(), File.getUniqueID().getFile()};
}

/// A header as some units read it. What mentions a macro is another header with
/// each of its values.
struct Header {
  std::string Path;
  FileId Id;
  uint64_t Size = 0;
};

/// Which headers units include.
class Survey {
  using Key = std::pair<FileId, std::string>; ///< with the values of macros
  std::map<Key, size_t> Places;
  /// Macros that are not the same in all units.
  std::set<std::string> Contested;

public:
  std::vector<Header> Headers;
  std::vector<std::vector<size_t>> Included; ///< by unit, in order

  explicit Survey(const std::vector<Member> &Units) : Included(Units.size()) {
    for (const Member &Each : Units)
      for (const std::string &Name :
           differences(*Units.front().Macros, *Each.Macros))
        Contested.insert(Name);
    // The folders of headers decide what is found.
    std::map<std::vector<std::string>, std::vector<size_t>> ByFolders;
    for (size_t I = 0; I < Units.size(); ++I)
      ByFolders[*Units[I].Folders].push_back(I);
    for (const auto &[Folders, Members] : ByFolders)
      withIncludeGraph(
          *Units[Members.front()].Unit,
          [&, &Members = Members](IncludeGraph &Graph, FileManager &Files) {
            look(Graph, Files, Units, Members);
          });
  }

private:
  using Mentions = std::map<const FileEntry *, std::set<std::string>>;

  /// One unit's walk.
  struct Walk {
    IncludeGraph &Graph;
    Mentions &Said;
    const CommandMacros &Macros;
    std::vector<size_t> &Result;
    std::set<const FileEntry *> Seen;
    std::set<std::string> Before; ///< macros that the unit has defined itself
  };

  void look(IncludeGraph &Graph, FileManager &Files,
            const std::vector<Member> &Units,
            const std::vector<size_t> &Members) {
    std::vector<std::pair<size_t, FileEntryRef>> Mains;
    for (size_t Each : Members)
      if (OptionalFileEntryRef Main =
              Files.getOptionalFileRef(Units[Each].Unit->File))
        Mains.emplace_back(Each, *Main);
    for (const auto &[Unit, Main] : Mains)
      for (const IncludeGraph::Edge &Each : Graph.at(Main).Edges)
        if (Each.Listed.Define)
          Contested.insert(definedName(Each.Listed.Text));
    Mentions Said;
    for (const auto &[Unit, Main] : Mains) {
      Walk Of{Graph, Said, *Units[Unit].Macros, Included[Unit], {}, {}};
      for (const IncludeGraph::Edge &Each : Graph.at(Main).Edges)
        if (Each.Own)
          enter(*Each.Own, Of);
        else if (Each.Listed.Define)
          Of.Before.insert(definedName(Each.Listed.Text));
    }
  }

  /// The contested macros that \p File mentions, or what it includes.
  const std::set<std::string> &said(FileEntryRef File, IncludeGraph &Graph,
                                    Mentions &Said) {
    auto [Place, New] = Said.try_emplace(&File.getFileEntry());
    if (!New || Contested.empty())
      return Place->second;
    std::set<const FileEntry *> Seen;
    std::vector<FileEntryRef> Left = {File};
    while (!Left.empty()) {
      FileEntryRef Next = Left.back();
      Left.pop_back();
      if (!Seen.insert(&Next.getFileEntry()).second)
        continue;
      const std::set<std::string> &Here = Graph.words(Next, Contested);
      Place->second.insert(Here.begin(), Here.end());
      for (const IncludeGraph::Edge &Each : Graph.at(Next).Edges)
        if (Each.Own)
          Left.push_back(*Each.Own);
    }
    return Place->second;
  }

  void enter(FileEntryRef File, Walk &Of) {
    if (!Of.Seen.insert(&File.getFileEntry()).second)
      return;
    const IncludeGraph::Text &Text = Of.Graph.at(File);
    const std::set<std::string> &Said = said(File, Of.Graph, Of.Said);
    bool Alone = std::any_of(Said.begin(), Said.end(), [&](const auto &Each) {
      return Of.Before.count(Each) != 0;
    });
    if (Text.Guarded && !Alone) {
      std::string Values;
      for (const std::string &Each : Said)
        if (auto Given = Of.Macros.find(Each); Given != Of.Macros.end())
          Values += Given->second + '\n';
      add(File, Text, std::move(Values), Of.Result);
    }
    for (const IncludeGraph::Edge &Each : Text.Edges)
      if (Each.Own)
        enter(*Each.Own, Of);
  }

  void add(FileEntryRef File, const IncludeGraph::Text &Text,
           std::string Values, std::vector<size_t> &To) {
    llvm::SmallString<256> Path(File.getName());
    llvm::sys::fs::make_absolute(Path);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/false);
    // There is no way to write it in an #include.
    if (Path.str().contains('>') || Path.str().contains('\n'))
      return;
    auto [Place, New] =
        Places.try_emplace({idOf(File), std::move(Values)}, Headers.size());
    if (New)
      Headers.push_back({Path.str().str(), idOf(File), Text.Size});
    To.push_back(Place->second);
  }
};

/// Octets of code that take as long as to write one more precompiled header.
constexpr uint64_t Overhead = 24 << 10;

class Planner {
  const std::vector<Member> &Units;
  const Precompiled &System;
  const std::vector<std::shared_ptr<const Precompiled>> &Known;
  Survey All;
  OwnPlan Result;

  bool has(const Precompiled &There, const Header &Which) const {
    return There.find(Which.Id.first, Which.Id.second).has_value();
  }

  /// The code that \p There saves the unit; nothing if it is not for it.
  std::optional<uint64_t> saves(const Precompiled &There, size_t Unit) const {
    if (!There.fits(*Units[Unit].Macros, *Units[Unit].Folders))
      return std::nullopt;
    std::set<std::string_view> Includes;
    uint64_t Code = 0;
    for (size_t Each : All.Included[Unit]) {
      const Header &Which = All.Headers[Each];
      Includes.insert(Which.Path);
      if (has(There, Which))
        Code += Which.Size;
    }
    for (const Precompiled *Each = &There; Each->Base; Each = Each->Base.get())
      for (const ListEntry &Listed : Each->List)
        if (!Includes.count(Listed.Text))
          return std::nullopt;
    return Code;
  }

  void chooseKnown() {
    Result.Uses.resize(Units.size());
    for (size_t Unit = 0; Unit < Units.size(); ++Unit) {
      uint64_t Best = 0;
      for (size_t I = 0; I < Known.size(); ++I)
        if (std::optional<uint64_t> Code =
                Known[I] ? saves(*Known[I], Unit) : std::nullopt;
            Code && *Code > Best) {
          Best = *Code;
          Result.Uses[Unit] = unsigned(I + 1);
        }
    }
  }

  /// Makes more of what the units \p Of use, which is \p Base.
  void extend(unsigned Base, const std::vector<size_t> &Of) {
    const Precompiled &There = Base ? *Known[Base - 1] : System;
    std::vector<std::vector<size_t>> Missing;
    for (size_t Unit : Of) {
      Missing.emplace_back();
      for (size_t Each : All.Included[Unit])
        if (!has(There, All.Headers[Each]))
          Missing.back().push_back(Each);
    }
    std::vector<uint64_t> Costs;
    for (const Header &Each : All.Headers)
      Costs.push_back(Each.Size);
    size_t First = Known.size() + Result.Nodes.size() + 1;
    for (const SharedHeaders &Each : shareHeaders(Missing, Costs, Overhead)) {
      OwnPlan::Node Node;
      Node.Base = Each.Parent ? unsigned(First + *Each.Parent) : Base;
      // In the order of one that includes all of them.
      for (size_t Header : Missing[Each.Units.front()])
        if (std::binary_search(Each.Headers.begin(), Each.Headers.end(),
                               Header))
          Node.Headers.push_back(All.Headers[Header].Path);
      Result.Nodes.push_back(std::move(Node));
      unsigned Number = unsigned(Known.size() + Result.Nodes.size());
      for (size_t Unit : Each.Units) {
        Result.Nodes.back().Users.push_back(unsigned(Of[Unit]));
        Result.Uses[Of[Unit]] = Number;
      }
    }
  }

public:
  Planner(const std::vector<Member> &Units, const Precompiled &System,
          const std::vector<std::shared_ptr<const Precompiled>> &Known)
      : Units(Units), System(System), Known(Known), All(Units) {}

  OwnPlan run(bool More) {
    chooseKnown();
    if (!More)
      return std::move(Result);
    std::map<unsigned, std::vector<size_t>> ByUse;
    for (size_t Unit = 0; Unit < Units.size(); ++Unit)
      ByUse[Result.Uses[Unit]].push_back(Unit);
    for (const auto &[Base, Of] : ByUse)
      extend(Base, Of);
    return std::move(Result);
  }
};

} // namespace

OwnPlan
planOwnHeaders(const std::vector<Member> &Units, const Precompiled &System,
               const std::vector<std::shared_ptr<const Precompiled>> &Known,
               bool More) {
  enterDirectory(*Units.front().Unit);
  return Planner(Units, System, Known).run(More);
}

std::string toText(const OwnPlan &Plan) { return cborOf(Plan); }

OwnPlan planFrom(std::string_view Text) {
  OwnPlan Result;
  CborReader(Text).read(Result);
  return Result;
}

} // namespace perfidy
