//===- KeptBodies.cpp - what does not change by an edit -------------------===//
//
// Part of Perfidy.
//
// Idea: a function's facts are the same if its text is, the headers are, and all
// of the file is that stands around bodies: declarations, and bodies that others
// look into: of templates, constexpr functions and those whose body says what
// they return, or that they do not. Comments do not count.
//
// Nothing is kept of functions whose facts rest on another body of the file
// (TuContext::Alone), and nothing at all if the file includes others below its
// first declaration.
//
// Gives up: a class template that one body fills in is complete for the others
// too; those keep the facts that they had. __LINE__ is the line it was.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/KeptBodies.h"
#include "analysis/extract/TuContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"
#include <algorithm>
#include <utility>

using namespace clang;

namespace perfidy {

bool BodyMemory::onlyMainFile() const {
  for (unsigned I = 1; I < Tu.SM.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Tu.SM.getLocalSLocEntry(I);
    if (!Entry.isFile())
      continue;
    OptionalFileEntryRef File = Entry.getFile().getContentCache().OrigEntry;
    if (File && Tu.SM.translateFile(*File) != Main)
      return false;
  }
  return true;
}

/// A directive inside would change what stands below.
static bool hasDirective(llvm::StringRef Body) {
  for (size_t At = Body.find('#'); At != llvm::StringRef::npos;
       At = Body.find('#', At + 1))
    if (llvm::StringRef Before = Body.take_front(At).rtrim(" \t\\");
        Before.empty() || Before.back() == '\n' || Before.back() == '/')
      return true;
  return Body.contains("%:");
}

void BodyMemory::findSpot(const Decl &At) {
  if (isa<NamespaceDecl, LinkageSpecDecl>(At))
    return findSpots(cast<DeclContext>(At));
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&At)) {
    if (Class->isThisDeclarationADefinition())
      findSpots(*Class);
    return;
  }
  const auto *F = dyn_cast<FunctionDecl>(&At);
  if (!F || F->isImplicit() || !F->doesThisDeclarationHaveABody() ||
      F->isTemplated() || F->isTemplateInstantiation() || F->isConstexpr() ||
      F->hasAttr<InferredNoReturnAttr>() ||
      F->getDeclaredReturnType()->getContainedDeducedType() ||
      F->getReturnType()->getContainedDeducedType())
    return;
  const Stmt *Body = F->getBody();
  auto Offset = [&](SourceLocation Of, unsigned &To) {
    if (Of.isMacroID() || !Tu.SM.isInFileID(Of, Main, &To))
      return false;
    return To < Text.size();
  };
  Spot Its;
  if (!Body || !Offset(F->getBeginLoc(), Its.Begin) ||
      !Offset(F->getEndLoc(), Its.End) ||
      !Offset(Body->getBeginLoc(), Its.BodyBegin) ||
      !Offset(Body->getEndLoc(), Its.BodyEnd) || Its.End != Its.BodyEnd ||
      Its.Begin > Its.BodyBegin || Its.BodyBegin >= Its.BodyEnd ||
      Text[Its.BodyBegin] != '{' || Text[Its.BodyEnd] != '}' ||
      hasDirective(Text.slice(Its.BodyBegin, Its.BodyEnd)))
    return;
  ++Its.End;
  Spots[F] = Its;
}

void BodyMemory::findSpots(const DeclContext &In) {
  for (const Decl *Each : In.noload_decls())
    findSpot(*Each);
}

/// Token by token, since a comment is no reason to read everything again.
std::string BodyMemory::around() const {
  std::vector<std::pair<unsigned, unsigned>> Left; ///< out, in order
  for (const auto &[F, Where] : Spots)
    Left.emplace_back(Where.BodyBegin, Where.BodyEnd);
  std::sort(Left.begin(), Left.end());
  SourceLocation Start = Tu.SM.getLocForStartOfFile(Main);
  std::string Tokens;
  unsigned At = 0;
  for (size_t I = 0; I <= Left.size(); ++I) {
    unsigned Stop = I < Left.size() ? Left[I].first : Text.size();
    if (At > Stop)
      continue; // inside of the one before
    Lexer Reader(Start, Tu.AST.getLangOpts(), Text.begin(), Text.begin() + At,
                 Text.end());
    Token Next;
    while (!Reader.LexFromRawLexer(Next) || Next.isNot(tok::eof)) {
      unsigned Offset =
          Next.getLocation().getRawEncoding() - Start.getRawEncoding();
      if (Next.is(tok::eof) || Offset >= Stop)
        break;
      Tokens += Next.isAtStartOfLine() ? '\n' : ' ';
      Tokens += Text.substr(Offset, Next.getLength());
    }
    Tokens += "{}";
    At = I < Left.size() ? Left[I].second + 1 : At;
  }
  return Tokens;
}

void BodyMemory::begin(llvm::ArrayRef<Decl *> Scope, size_t Files,
                       std::shared_ptr<const KeptBodies> Known) {
  HeaderFiles = Files;
  Main = Tu.SM.getMainFileID();
  std::optional<llvm::MemoryBufferRef> Buffer = Tu.SM.getBufferOrNone(Main);
  if (!Buffer || !onlyMainFile())
    return;
  Text = Buffer->getBuffer();
  for (const Decl *Each : Scope)
    findSpot(*Each);
  After = std::make_shared<KeptBodies>();
  After->Around = around();
  After->Known = &Tu.Modelled;
  if (Known && Known->Known == After->Known && Known->Around == After->Around)
    Before = std::move(Known);
}

Location BodyMemory::startOf(const Spot &Where) const {
  return Tu.location(
      Tu.SM.getLocForStartOfFile(Main).getLocWithOffset(Where.Begin));
}

bool BodyMemory::canTakeOver(const std::string &Usr) const {
  if (Seen.count(Usr))
    return true;
  auto Known = Before->ByUsr.find(Usr);
  return Known != Before->ByUsr.end() && Known->second->Text.empty() &&
         llvm::all_of(Known->second->Constructors,
                      [&](auto &Each) { return canTakeOver(Each); });
}

void BodyMemory::takeOver(const std::string &Usr, const Location *Start) {
  std::shared_ptr<const KeptBody> Known = Before->ByUsr.at(Usr);
  for (const Function &Each : Known->Functions) {
    Tu.Out.Functions.push_back(Each);
    Function &Now = Tu.Out.Functions.back();
    if (Start && *Start != Known->Start)
      forEachPlace(Now, [&](Location &At) {
        if (At.File != Start->File)
          return;
        At.Line += Start->Line - Known->Start.Line;
        At.Offset += Start->Offset - Known->Start.Offset;
      });
    if (Now.Test)
      Tu.Out.Files[size_t(Now.Where.File)].Test = true;
  }
  Tu.Taken.insert(Known->Taken.begin(), Known->Taken.end());
  Tu.Filled.insert(Known->Filled.begin(), Known->Filled.end());
  Tu.Grown.insert(Known->Grown.begin(), Known->Grown.end());
  After->ByUsr[Usr] = Known;
  for (const std::string &Each : Known->Constructors)
    if (Seen.insert(Each).second)
      takeOver(Each, nullptr);
}

bool BodyMemory::recall(const FunctionDecl &F, const std::string &Usr) {
  auto Where = Spots.find(&F);
  if (!Before || Where == Spots.end() || !Open.empty())
    return false;
  auto Known = Before->ByUsr.find(Usr);
  if (Known == Before->ByUsr.end())
    return false;
  const KeptBody &Then = *Known->second;
  if (Then.Text != Text.slice(Where->second.Begin, Where->second.End))
    return false;
  Location Start = startOf(Where->second);
  if (Start.File != Then.Start.File || Start.Column != Then.Start.Column ||
      !llvm::all_of(Then.Constructors,
                    [&](auto &Each) { return canTakeOver(Each); }))
    return false;
  takeOver(Usr, &Start);
  return true;
}

void BodyMemory::start(const FunctionDecl &F, const std::string &Usr) {
  if (!After)
    return;
  Open.emplace_back();
  Recording &Now = Open.back();
  Now.Usr = Usr;
  if (auto Where = Spots.find(&F); Where != Spots.end())
    Now.Where = &Where->second;
  Now.First = Tu.Out.Functions.size();
  Now.Alone = std::exchange(Tu.Alone, Now.Where || F.isDefaulted());
  std::swap(Tu.Taken, Now.Made.Taken);
  std::swap(Tu.Filled, Now.Made.Filled);
  std::swap(Tu.Grown, Now.Made.Grown);
}

void BodyMemory::needs(const std::string &Usr) {
  if (!Open.empty())
    Open.back().Made.Constructors.push_back(Usr);
}

bool BodyMemory::canKeep(const KeptBody &Made, const Spot *Where) const {
  bool Good = true;
  auto Look = [&](const Location &At) {
    bool InMain = Where && At.File == Made.Start.File;
    Good &= InMain ? At.Offset >= Where->Begin && At.Offset <= Where->End
            : !At.valid()
                ? true
                : size_t(At.File) < HeaderFiles &&
                      Tu.Out.Files[size_t(At.File)].Path != Tu.Out.MainFile;
  };
  for (Function Each : Made.Functions)
    forEachPlace(Each, Look);
  return Good;
}

void BodyMemory::done() {
  if (!After)
    return;
  Recording Now = std::move(Open.back());
  Open.pop_back();
  bool Alone = std::exchange(Tu.Alone, Now.Alone);
  std::swap(Tu.Taken, Now.Made.Taken);
  std::swap(Tu.Filled, Now.Made.Filled);
  std::swap(Tu.Grown, Now.Made.Grown);
  Tu.Taken.insert(Now.Made.Taken.begin(), Now.Made.Taken.end());
  Tu.Filled.insert(Now.Made.Filled.begin(), Now.Made.Filled.end());
  Tu.Grown.insert(Now.Made.Grown.begin(), Now.Made.Grown.end());
  if (!Alone)
    return;
  if (Now.Where) {
    Now.Made.Text = Text.slice(Now.Where->Begin, Now.Where->End).str();
    Now.Made.Start = startOf(*Now.Where);
  }
  // What was read in the middle, of constructors, is known by itself.
  std::string Lambdas = Now.Usr + "#lambda@";
  for (size_t I = Now.First; I < Tu.Out.Functions.size(); ++I) {
    const Function &Each = Tu.Out.Functions[I];
    if (Each.Usr == std::string_view(Now.Usr) ||
        std::string_view(Each.Usr).starts_with(Lambdas))
      Now.Made.Functions.push_back(Each);
  }
  if (canKeep(Now.Made, Now.Where))
    After->ByUsr[Now.Usr] = std::make_shared<KeptBody>(std::move(Now.Made));
}

} // namespace perfidy
