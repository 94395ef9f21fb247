//===- HeaderScan.cpp - which system headers units include ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/HeaderScan.h"
#include "driver/IncludeGraph.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/DenseSet.h"
#include <algorithm>
#include <map>
#include <set>

namespace perfidy {

namespace {

using namespace clang;

/// What a file of the project's leads to, in order.
class Walk {
  IncludeGraph &Graph;
  llvm::DenseSet<const FileEntry *> Seen;
  std::set<ListEntry> Named;

  void enter(FileEntryRef File) {
    if (!Seen.insert(&File.getFileEntry()).second)
      return;
    for (const IncludeGraph::Edge &Each : Graph.at(File).Edges)
      if (Each.Own)
        enter(*Each.Own);
      else if (Named.insert(Each.Listed).second)
        Names.push_back(Each.Listed);
  }

public:
  std::vector<ListEntry> Names;
  Walk(IncludeGraph &Graph, FileEntryRef From) : Graph(Graph) { enter(From); }
};

/// Leaves out of \p List the headers that mention a macro of which most units
/// that include them have another value than the list. \p All: lists of units.
void leaveOutContested(std::vector<ListEntry> &List,
                       const std::vector<std::vector<ListEntry>> &All,
                       IncludeGraph &Graph) {
  std::map<std::string, std::set<ListEntry>> Values;
  for (const std::vector<ListEntry> &Each : All)
    for (const ListEntry &Entry : Each)
      if (Entry.Define)
        Values[definedName(Entry.Text)].insert(Entry);
  std::set<std::string> Contested;
  for (const auto &[Name, Different] : Values)
    if (Different.size() > 1)
      Contested.insert(Name);
  if (Contested.empty())
    return;
  std::set<ListEntry> Kept(List.begin(), List.end());
  std::erase_if(List, [&](const ListEntry &Header) {
    if (Header.Define)
      return false;
    std::set<std::string> Said = Graph.mentions(Header.Text, Contested);
    if (Said.empty())
      return false;
    size_t Users = 0, Others = 0;
    for (const std::vector<ListEntry> &Each : All) {
      if (std::find(Each.begin(), Each.end(), Header) == Each.end())
        continue;
      ++Users;
      Others += std::any_of(Each.begin(), Each.end(), [&](const auto &Entry) {
        return Entry.Define && !Kept.count(Entry) &&
               Said.count(definedName(Entry.Text));
      });
    }
    return 2 * Others > Users;
  });
}

/// One list of all, with what comes before what in most of them.
class Merged {
  std::vector<ListEntry> Order;
  std::map<ListEntry, unsigned> Count;

public:
  void add(const std::vector<ListEntry> &List) {
    auto After = Order.begin();
    for (const ListEntry &Each : List) {
      if (Count[Each]++ == 0) {
        After = Order.insert(After, Each) + 1;
        continue;
      }
      auto There = std::find(Order.begin(), Order.end(), Each);
      if (There >= After)
        After = There + 1;
    }
  }

  /// Headers that so many use. A macro is kept if most agree on it, and only
  /// before a header.
  std::vector<ListEntry> usedBy(unsigned Headers, unsigned Macros) {
    std::vector<ListEntry> Result;
    size_t Last = 0;
    for (const ListEntry &Each : Order) {
      if (Count[Each] < (Each.Define ? Macros : Headers))
        continue;
      Result.push_back(Each);
      if (!Each.Define)
        Last = Result.size();
    }
    Result.resize(Last);
    return Result;
  }
};

/// A header that few use costs the others a little and those few nothing.
unsigned leastUsers(size_t Units) { return std::max(2u, unsigned(Units / 40)); }

} // namespace

std::string definedName(std::string_view Define) {
  return std::string(Define.substr(0, Define.find(' ')));
}

bool hasWord(std::string_view Text, std::string_view Word) {
  for (size_t At = 0; (At = Text.find(Word, At)) != Text.npos;
       At += Word.size()) {
    size_t After = At + Word.size();
    if ((At == 0 || !isAsciiIdentifierContinue(Text[At - 1])) &&
        (After == Text.size() || !isAsciiIdentifierContinue(Text[After])))
      return true;
  }
  return false;
}

std::vector<ListEntry>
sharedHeaders(const std::vector<const Source *> &Members) {
  std::vector<ListEntry> Headers;
  withIncludeGraph(*Members.front(), [&](IncludeGraph &Graph,
                                         FileManager &Files) {
    std::vector<std::vector<ListEntry>> All;
    for (const Source *Each : Members)
      if (OptionalFileEntryRef File = Files.getOptionalFileRef(Each->File))
        All.push_back(Walk(Graph, *File).Names);
    // The longest knows most of the order.
    std::stable_sort(All.begin(), All.end(), [](const auto &A, const auto &B) {
      return A.size() > B.size();
    });
    Merged Together;
    for (const std::vector<ListEntry> &Each : All)
      Together.add(Each);
    Headers =
        Together.usedBy(leastUsers(All.size()), unsigned(All.size() / 2 + 1));
    leaveOutContested(Headers, All, Graph);
  });
  return Headers;
}

} // namespace perfidy
