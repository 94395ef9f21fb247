//===- HeaderScan.cpp - which system headers units include ----------------===//
//
// Part of Perfidy.
//
// The directives of the project's own files are scanned, without
// preprocessing: that takes a thousandth of a parse. It may be wrong, and that
// costs only time: a unit says while it is parsed which headers it wants.
//
//===----------------------------------------------------------------------===//
#include "driver/HeaderScan.h"
#include "driver/ClangRun.h"
#include "driver/Flags.h"
#include "driver/HeaderLookup.h"
#include "driver/Unit.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include <algorithm>
#include <map>
#include <set>

namespace perfidy {

namespace {

using namespace clang;
namespace directives = dependency_directives_scan;

/// What a file leads to: an entry of the list, or another file.
struct Edge {
  ListEntry Listed;
  OptionalFileEntryRef Own;
};

struct Line {
  enum class Kind { Quoted, Angled, Define } What;
  std::string Text;
};

/// "NAME VALUE" of a macro without parameters, on one line; "" of others.
std::string plainMacro(StringRef Line) {
  StringRef Rest = Line.ltrim("# \t");
  if (!Rest.consume_front("define"))
    return "";
  Rest = Rest.trim();
  size_t End =
      Rest.find_if_not([](char C) { return isAsciiIdentifierContinue(C); });
  if (End == 0 || (End != StringRef::npos && Rest[End] == '(') ||
      Rest.contains('\n') || Rest.contains("//") || Rest.contains("/*"))
    return "";
  StringRef Value = End == StringRef::npos ? "" : Rest.substr(End).trim();
  return (Rest.substr(0, End) + " " + Value).str();
}

/// The unconditional includes and plain macros of a text; an include guard is
/// no condition.
std::vector<Line> linesIn(StringRef Text) {
  SmallVector<directives::Token, 256> Tokens;
  SmallVector<directives::Directive, 64> Found;
  std::vector<Line> Result;
  if (scanSourceForDependencyDirectives(Text, Tokens, Found))
    return Result;
  bool Guarded = Found.size() > 2 && Found[0].Kind == directives::pp_ifndef &&
                 Found[1].Kind == directives::pp_define;
  int Depth = Guarded ? -1 : 0;
  for (size_t I = 0; I < Found.size(); ++I) {
    const directives::Directive &Each = Found[I];
    if (Each.Tokens.empty())
      continue;
    StringRef Source =
        Text.slice(Each.Tokens.front().Offset, Each.Tokens.back().getEnd());
    switch (Each.Kind) {
    case directives::pp_if:
    case directives::pp_ifdef:
    case directives::pp_ifndef:
      ++Depth;
      break;
    case directives::pp_endif:
      --Depth;
      break;
    case directives::pp_define:
      if (Depth <= 0 && !(Guarded && I == 1))
        if (std::string Macro = plainMacro(Source); !Macro.empty())
          Result.push_back({Line::Kind::Define, Macro});
      break;
    case directives::pp_include: {
      // A macro's name has neither.
      size_t Open = Source.find_first_of("<\"");
      if (Depth > 0 || Open == StringRef::npos)
        break;
      bool Angled = Source[Open] == '<';
      size_t Close = Source.find(Angled ? '>' : '"', Open + 1);
      if (Close == StringRef::npos)
        break;
      Result.push_back({Angled ? Line::Kind::Angled : Line::Kind::Quoted,
                        Source.slice(Open + 1, Close).str()});
      break;
    }
    default:
      break;
    }
  }
  return Result;
}

class Scanner {
  HeaderSearch &Search;
  FileManager &Files;
  llvm::DenseMap<const FileEntry *, std::vector<Edge>> Known;

public:
  Scanner(HeaderSearch &Search, FileManager &Files)
      : Search(Search), Files(Files) {}

  /// What \p File leads to, in order.
  std::vector<ListEntry> from(FileEntryRef File) {
    std::vector<ListEntry> Names;
    std::set<ListEntry> Named;
    llvm::DenseMap<const FileEntry *, bool> Seen;
    walk(File, Seen, Named, Names);
    return Names;
  }

  /// Those of \p Names that the header \p Name mentions, or what it includes.
  /// The names are the same in all calls.
  std::set<std::string> mentions(StringRef Name,
                                 const std::set<std::string> &Names) {
    std::set<std::string> Result;
    std::vector<FileEntryRef> Left;
    llvm::DenseMap<const FileEntry *, bool> Seen;
    if (OptionalFileEntryRef File = find(Name, /*Angled=*/true, std::nullopt))
      Left.push_back(*File);
    while (!Left.empty()) {
      FileEntryRef File = Left.back();
      Left.pop_back();
      if (!Seen.try_emplace(&File.getFileEntry(), true).second)
        continue;
      auto Place = Within.find(&File.getFileEntry());
      if (Place == Within.end())
        Place =
            Within.try_emplace(&File.getFileEntry(), scan(File, Names)).first;
      Result.insert(Place->second.Said.begin(), Place->second.Said.end());
      Left.insert(Left.end(), Place->second.Includes.begin(),
                  Place->second.Includes.end());
    }
    return Result;
  }

private:
  struct System {
    std::set<std::string> Said;
    std::vector<FileEntryRef> Includes;
  };
  std::map<const FileEntry *, System> Within;

  System scan(FileEntryRef File, const std::set<std::string> &Names) {
    System Result;
    Search.getFileInfo(File);
    auto Text = Files.getBufferForFile(File);
    if (!Text)
      return Result;
    for (const std::string &Each : Names)
      if (hasWord((*Text)->getBuffer(), Each))
        Result.Said.insert(Each);
    for (const Line &Each : linesIn((*Text)->getBuffer()))
      if (Each.What != Line::Kind::Define)
        if (OptionalFileEntryRef Next =
                find(Each.Text, Each.What == Line::Kind::Angled, File))
          Result.Includes.push_back(*Next);
    return Result;
  }

  void walk(FileEntryRef File, llvm::DenseMap<const FileEntry *, bool> &Seen,
            std::set<ListEntry> &Named, std::vector<ListEntry> &Names) {
    if (!Seen.try_emplace(&File.getFileEntry(), true).second)
      return;
    // Copied: what follows adds to the map.
    std::vector<Edge> Edges = edges(File);
    for (const Edge &Each : Edges)
      if (Each.Own)
        walk(*Each.Own, Seen, Named, Names);
      else if (Named.insert(Each.Listed).second)
        Names.push_back(Each.Listed);
  }

  const std::vector<Edge> &edges(FileEntryRef File) {
    auto Found = Known.find(&File.getFileEntry());
    if (Found != Known.end())
      return Found->second;
    Search.getFileInfo(File); // a lookup from there wants it to exist
    std::vector<Edge> Edges;
    if (auto Text = Files.getBufferForFile(File))
      for (const Line &Each : linesIn((*Text)->getBuffer()))
        resolve(Each, File, Edges);
    return Known[&File.getFileEntry()] = std::move(Edges);
  }

  OptionalFileEntryRef find(StringRef Name, bool Angled,
                            OptionalFileEntryRef From) {
    ConstSearchDirIterator Where = nullptr;
    return lookUp(Search, Name, Angled, From, /*After=*/nullptr, Where);
  }

  void resolve(const Line &What, FileEntryRef From, std::vector<Edge> &Edges) {
    if (What.What == Line::Kind::Define) {
      Edges.push_back({{true, What.Text}, std::nullopt});
      return;
    }
    OptionalFileEntryRef File =
        find(What.Text, What.What == Line::Kind::Angled, From);
    if (!File)
      return;
    if (SrcMgr::isSystem(Search.getFileDirFlavor(*File)))
      Edges.push_back({{false, What.Text}, std::nullopt});
    else
      Edges.push_back({{}, File});
  }
};

/// Leaves out of \p List the headers that mention a macro of which most units
/// that include them have another value than the list. \p All: lists of units.
void leaveOutContested(std::vector<ListEntry> &List,
                       const std::vector<std::vector<ListEntry>> &All,
                       Scanner &Scan) {
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
    std::set<std::string> Said = Scan.mentions(Header.Text, Contested);
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

class ScanAction : public FrontendAction {
  const std::vector<const Source *> &Members;
  std::vector<ListEntry> &Headers;

public:
  ScanAction(const std::vector<const Source *> &Members,
             std::vector<ListEntry> &Headers)
      : Members(Members), Headers(Headers) {}

protected:
  bool usesPreprocessorOnly() const override { return true; }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return nullptr;
  }

  void ExecuteAction() override {
    CompilerInstance &Instance = getCompilerInstance();
    FileManager &Files = Instance.getFileManager();
    Scanner Scan(Instance.getPreprocessor().getHeaderSearchInfo(), Files);
    std::vector<std::vector<ListEntry>> All;
    for (const Source *Each : Members)
      if (OptionalFileEntryRef File = Files.getOptionalFileRef(Each->File))
        All.push_back(Scan.from(*File));
    // The longest knows most of the order.
    std::stable_sort(All.begin(), All.end(), [](const auto &A, const auto &B) {
      return A.size() > B.size();
    });
    Merged Together;
    for (const std::vector<ListEntry> &Each : All)
      Together.add(Each);
    Headers =
        Together.usedBy(leastUsers(All.size()), unsigned(All.size() / 2 + 1));
    leaveOutContested(Headers, All, Scan);
  }

  /// A header that few use costs the others a little and those few nothing.
  static unsigned leastUsers(size_t Units) {
    return std::max(2u, unsigned(Units / 40));
  }
};

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
  FirstError Errors;
  auto Files = filesOver(llvm::vfs::getRealFileSystem());
  runClang(
      parsingCommand(*Members.front(), resourceDirectory()), *Files, Errors,
      [](CompilerInvocation &) {},
      [&] { return std::make_unique<ScanAction>(Members, Headers); });
  return Headers;
}

} // namespace perfidy
