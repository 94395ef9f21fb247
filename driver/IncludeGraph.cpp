//===- IncludeGraph.cpp - which file includes which -----------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/IncludeGraph.h"
#include "driver/ClangRun.h"
#include "driver/DataLists.h"
#include "driver/Flags.h"
#include "driver/HeaderLookup.h"
#include "driver/Unit.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseSet.h"

namespace perfidy {

namespace {

using namespace clang;
namespace directives = dependency_directives_scan;

struct Line {
  enum class Kind { Quoted, Angled, Define } What;
  std::string Text;
};

struct Lines {
  std::vector<Line> All;
  bool Guarded = false;
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
Lines linesIn(StringRef Text) {
  SmallVector<directives::Token, 256> Tokens;
  SmallVector<directives::Directive, 64> Found;
  Lines Result;
  if (scanSourceForDependencyDirectives(Text, Tokens, Found))
    return Result;
  bool Guard = Found.size() > 2 && Found[0].Kind == directives::pp_ifndef &&
               Found[1].Kind == directives::pp_define;
  Result.Guarded = Guard;
  int Depth = Guard ? -1 : 0;
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
    case directives::pp_pragma_once:
      Result.Guarded |= Depth <= 0;
      break;
    case directives::pp_define:
      if (Depth <= 0 && !(Guard && I == 1))
        if (std::string Macro = plainMacro(Source); !Macro.empty())
          Result.All.push_back({Line::Kind::Define, Macro});
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
      Result.All.push_back({Angled ? Line::Kind::Angled : Line::Kind::Quoted,
                            Source.slice(Open + 1, Close).str()});
      break;
    }
    default:
      break;
    }
  }
  return Result;
}

class GraphAction : public FrontendAction {
  const std::function<void(IncludeGraph &, FileManager &)> &Do;

public:
  explicit GraphAction(
      const std::function<void(IncludeGraph &, FileManager &)> &Do)
      : Do(Do) {}

protected:
  bool usesPreprocessorOnly() const override { return true; }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return nullptr;
  }
  void ExecuteAction() override {
    CompilerInstance &Instance = getCompilerInstance();
    FileManager &Files = Instance.getFileManager();
    IncludeGraph Graph(Instance.getPreprocessor().getHeaderSearchInfo(), Files);
    Do(Graph, Files);
  }
};

} // namespace

OptionalFileEntryRef IncludeGraph::find(StringRef Name, bool Angled,
                                        OptionalFileEntryRef From) {
  ConstSearchDirIterator Where = nullptr;
  return lookUp(Search, Name, Angled, From, /*After=*/nullptr, Where);
}

const IncludeGraph::Text &IncludeGraph::at(FileEntryRef File) {
  auto [Place, New] = Known.try_emplace(&File.getFileEntry());
  Text &Result = Place->second;
  if (!New)
    return Result;
  Search.getFileInfo(File); // a lookup from there wants it to exist
  auto Read = Files.getBufferForFile(File);
  if (!Read)
    return Result;
  StringRef Whole = (*Read)->getBuffer();
  std::optional<std::string> Code = withoutData({Whole.data(), Whole.size()});
  Result.Size = llvm::count_if(Code ? StringRef(*Code) : Whole,
                               [](char C) { return !isWhitespace(C); });
  Lines Found = linesIn(Whole);
  Result.Guarded = Found.Guarded;
  for (const Line &Each : Found.All) {
    if (Each.What == Line::Kind::Define) {
      Result.Edges.push_back({{true, Each.Text}, std::nullopt});
      continue;
    }
    OptionalFileEntryRef Target =
        find(Each.Text, Each.What == Line::Kind::Angled, File);
    if (!Target)
      continue;
    if (SrcMgr::isSystem(Search.getFileDirFlavor(*Target)))
      Result.Edges.push_back({{false, Each.Text}, std::nullopt});
    else
      Result.Edges.push_back({{}, Target});
  }
  return Result;
}

const std::set<std::string> &
IncludeGraph::words(FileEntryRef File, const std::set<std::string> &Names) {
  auto [Place, New] = Said.try_emplace(&File.getFileEntry());
  if (!New)
    return Place->second;
  if (auto Text = Files.getBufferForFile(File))
    for (StringRef Rest = (*Text)->getBuffer(); !Rest.empty();) {
      Rest = Rest.drop_until([](char C) { return isAsciiIdentifierStart(C); });
      StringRef Word =
          Rest.take_while([](char C) { return isAsciiIdentifierContinue(C); });
      if (auto Known = Names.find(Word.str()); Known != Names.end())
        Place->second.insert(*Known);
      Rest = Rest.drop_front(Word.size());
    }
  return Place->second;
}

const std::vector<FileEntryRef> &IncludeGraph::targets(FileEntryRef File) {
  auto [Place, New] = Targets.try_emplace(&File.getFileEntry());
  if (!New)
    return Place->second;
  Search.getFileInfo(File);
  if (auto Text = Files.getBufferForFile(File))
    for (const Line &Each : linesIn((*Text)->getBuffer()).All)
      if (Each.What != Line::Kind::Define)
        if (OptionalFileEntryRef Next =
                find(Each.Text, Each.What == Line::Kind::Angled, File))
          Place->second.push_back(*Next);
  return Place->second;
}

std::set<std::string>
IncludeGraph::mentions(StringRef Name, const std::set<std::string> &Names) {
  std::set<std::string> Result;
  std::vector<FileEntryRef> Left;
  if (OptionalFileEntryRef First = find(Name, /*Angled=*/true, std::nullopt))
    Left.push_back(*First);
  llvm::DenseSet<const FileEntry *> Seen;
  while (!Left.empty()) {
    FileEntryRef File = Left.back();
    Left.pop_back();
    if (!Seen.insert(&File.getFileEntry()).second)
      continue;
    const std::set<std::string> &Here = words(File, Names);
    Result.insert(Here.begin(), Here.end());
    const std::vector<FileEntryRef> &Next = targets(File);
    Left.insert(Left.end(), Next.begin(), Next.end());
  }
  return Result;
}

void withIncludeGraph(
    const Source &Of,
    const std::function<void(IncludeGraph &, FileManager &)> &Do) {
  FirstError Errors;
  auto Files = filesOver(llvm::vfs::getRealFileSystem());
  runClang(
      parsingCommand(Of, resourceDirectory()), *Files, Errors,
      [](CompilerInvocation &) {},
      [&] { return std::make_unique<GraphAction>(Do); });
}

} // namespace perfidy
