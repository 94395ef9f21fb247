//===- KeptBodies.cpp - what does not change by an edit -------------------===//
//
// Part of Perfidy.
//
// Idea: a function's facts are the same if its text is, the headers are, and all
// of the file is that stands around bodies: declarations, and bodies that others
// look into: of constexpr functions and those whose body says what they return,
// or that they do not. Comments do not count.
//
// One that uses templates names the instantiations that are read in place of all,
// and those depend on all who use them: it is kept with their list, and taken over
// if that is the same (KeptTemplate). What headers' templates make of a lambda of
// the file is the same as long as the function is that the lambda is in.
//
// Nothing is kept of functions whose facts rest on another body of the file
// (TuContext::Alone), and nothing at all if the file includes others below its
// first declaration. What the file's own templates make is read each time.
//
// Gives up: a class template that one body fills in is complete for the others
// too; those keep the facts that they had. __LINE__ is the line it was.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/KeptBodies.h"
#include "analysis/extract/TuContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExternalASTSource.h"
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
  if (const auto *Template = dyn_cast<ClassTemplateDecl>(&At))
    return findSpot(*Template->getTemplatedDecl());
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(&At)) {
    if (TemplateAt.try_emplace(Template->getCanonicalDecl(), Templates.size())
            .second)
      Templates.push_back(Template->getCanonicalDecl());
    return findSpot(*Template->getTemplatedDecl());
  }
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&At)) {
    if (Class->isThisDeclarationADefinition())
      findSpots(*Class);
    return;
  }
  const auto *F = dyn_cast<FunctionDecl>(&At);
  if (!F || F->isImplicit() || !F->doesThisDeclarationHaveABody() ||
      F->isTemplateInstantiation() || F->isConstexpr() ||
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
  // One statement may tell that an instantiation does not return.
  if (F->isTemplated() &&
      (!isa<CompoundStmt>(Body) || cast<CompoundStmt>(Body)->size() < 2))
    return;
  ++Its.End;
  Bodies.emplace_back(Its.BodyBegin, Its.BodyEnd);
  if (!F->isTemplated()) // what is made of a template is read each time
    Spots[F] = Its;
}

void BodyMemory::findSpots(const DeclContext &In) {
  for (const Decl *Each : In.noload_decls())
    findSpot(*Each);
}

/// Token by token, since a comment is no reason to read everything again.
std::string BodyMemory::around() const {
  std::vector<std::pair<unsigned, unsigned>> Left = Bodies; ///< out, in order
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

const FunctionTemplateDecl *BodyMemory::find(const KeptTemplate &Which) const {
  if (Which.Id) {
    ExternalASTSource *Headers = Tu.AST.getExternalSource();
    return Headers ? dyn_cast_or_null<FunctionTemplateDecl>(
                         Headers->GetExternalDecl(GlobalDeclID(Which.Id)))
                   : nullptr;
  }
  return Which.At < Templates.size() ? Templates[Which.At] : nullptr;
}

/// Null if it is not one of those that are read in place of others.
const FunctionDecl *BodyMemory::find(const KeptBody &In,
                                     const KeptNeed &Which) const {
  for (const KeptTemplate &Each : In.Templates)
    if (auto At = llvm::find(Each.Instances, Which.Usr);
        At != Each.Instances.end())
      return Tu.firstInstances(*find(Each))[At - Each.Instances.begin()];
  return nullptr;
}

/// The outermost function that \p Inside is in; null if there is none.
static const FunctionDecl *functionAround(const Decl &Inside) {
  const FunctionDecl *Outermost = nullptr;
  for (const DeclContext *In = Inside.getDeclContext(); In;
       In = In->getParent())
    if (const auto *F = dyn_cast<FunctionDecl>(In))
      Outermost = F;
  return Outermost;
}

/// If it has to be read, the functions in which something is that it is made
/// for have to be as well: the names of lambdas are only known then.
bool BodyMemory::canRun(const FunctionDecl *Of, const std::string &Usr) const {
  if (!Of)
    return Tu.Kept->find(Usr) != nullptr;
  std::vector<const Decl *> Others;
  return instance(*Of) || (namedForInstance(*Of, Tu.SM, Others) &&
                           llvm::none_of(Others, [](auto *Each) {
                             return functionAround(*Each);
                           }));
}

bool BodyMemory::canTakeOver(const KeptBody &Known) const {
  for (const KeptTemplate &Each : Known.Templates) {
    const FunctionTemplateDecl *Template = find(Each);
    if (!Template ||
        !llvm::equal(Tu.firstInstances(*Template), Each.Instances,
                     [&](const FunctionDecl *Now, const auto &Then) {
                       return Tu.usr(*Now) == Then;
                     }))
      return false;
  }
  return llvm::all_of(Known.Needs, [&](const KeptNeed &Each) {
    return Each.Instance ? canRun(find(Known, Each), Each.Usr)
                         : canTakeOver(Each.Usr);
  });
}

bool BodyMemory::canTakeOver(const std::string &Usr) const {
  if (Seen.count(Usr))
    return true;
  auto Known = Before->ByUsr.find(Usr);
  return Known != Before->ByUsr.end() && Known->second->Text.empty() &&
         canTakeOver(*Known->second);
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
  for (const KeptNeed &Each : Known->Needs)
    if (Each.Instance)
      Want(find(*Known, Each), Each.Usr);
    else if (Seen.insert(Each.Usr).second)
      takeOver(Each.Usr, nullptr);
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
      !canTakeOver(Then))
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
  Now.Keep = Now.Where || F.isDefaulted();
  Now.Alone = std::exchange(Tu.Alone, true);
  std::swap(Tu.Taken, Now.Made.Taken);
  std::swap(Tu.Filled, Now.Made.Filled);
  std::swap(Tu.Grown, Now.Made.Grown);
  std::swap(Tu.Consulted, Now.Consulted);
}

void BodyMemory::needs(KeptNeed What) {
  if (!Open.empty())
    Open.back().Made.Needs.push_back(std::move(What));
}

/// Notes how to find them again; false if there is no way.
bool BodyMemory::canKeepTemplates(Recording &Of) const {
  for (const FunctionTemplateDecl *Each : Of.Consulted) {
    KeptTemplate Now;
    if (Each->isFromASTFile())
      Now.Id = Each->getGlobalID().getRawValue();
    else if (auto At = TemplateAt.find(Each); At != TemplateAt.end())
      Now.At = At->second;
    else
      return false;
    for (const FunctionDecl *Instance : Tu.firstInstances(*Each))
      Now.Instances.push_back(Tu.usr(*Instance));
    Of.Made.Templates.push_back(std::move(Now));
  }
  return true;
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

bool BodyMemory::done() {
  if (!After)
    return false;
  Recording Now = std::move(Open.back());
  Open.pop_back();
  bool Alone = std::exchange(Tu.Alone, Now.Alone);
  std::swap(Tu.Taken, Now.Made.Taken);
  std::swap(Tu.Filled, Now.Made.Filled);
  std::swap(Tu.Grown, Now.Made.Grown);
  std::swap(Tu.Consulted, Now.Consulted);
  Tu.Taken.insert(Now.Made.Taken.begin(), Now.Made.Taken.end());
  Tu.Filled.insert(Now.Made.Filled.begin(), Now.Made.Filled.end());
  Tu.Grown.insert(Now.Made.Grown.begin(), Now.Made.Grown.end());
  if (!Alone || !Now.Keep || !canKeepTemplates(Now))
    return Alone;
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
  return true;
}

/// Nothing of the main file is instantiated because it is used: no template, nor
/// a class that may have one.
static bool isPlain(const Decl &Named) {
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Named))
    return Class->isLambda() && !Class->isGenericLambda();
  return isa<FunctionDecl, VarDecl, EnumDecl>(Named);
}

bool BodyMemory::within(const FunctionDecl &Made,
                        std::map<std::string, std::string> &Functions) const {
  std::vector<const Decl *> Others;
  if (!After || !madeOfHeaders(Made, Tu.SM) ||
      !namedForInstance(Made, Tu.SM, Others))
    return false;
  for (const Decl *Each : Others) {
    if (!isPlain(*Each))
      return false;
    const FunctionDecl *Around = functionAround(*Each);
    if (!Around)
      continue; // is the same as long as KeptBodies::Around is
    auto Where = Spots.find(Around);
    if (Where == Spots.end())
      return false;
    Functions[Tu.usr(*Around)] =
        Text.slice(Where->second.Begin, Where->second.End).str();
  }
  return true;
}

std::shared_ptr<const KeptInstance>
BodyMemory::instance(const std::string &Usr) const {
  if (std::shared_ptr<const KeptInstance> Known = Tu.Kept->find(Usr))
    return Known;
  if (!Before)
    return nullptr;
  auto Known = Before->Instances.find(Usr);
  return Known == Before->Instances.end() ? nullptr : Known->second;
}

std::shared_ptr<const KeptInstance>
BodyMemory::instance(const FunctionDecl &Made) const {
  std::shared_ptr<const KeptInstance> Known = instance(Tu.usr(Made));
  std::map<std::string, std::string> Now;
  if (Known && !Tu.Kept->find(Tu.usr(Made)) &&
      (!within(Made, Now) || Now != Known->Within))
    return nullptr;
  return Known;
}

void BodyMemory::keep(const std::string &Usr,
                      std::shared_ptr<const KeptInstance> Known) {
  if (After)
    After->Instances.try_emplace(Usr, std::move(Known));
}

} // namespace perfidy
