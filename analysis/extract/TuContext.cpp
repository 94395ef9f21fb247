//===- TuContext.cpp - names, files and macros of one TU ------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/TuContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace clang;

namespace perfidy {

/// What clang's getNameAsString() makes, which asks for a printing policy and
/// a stream first.
static void appendName(std::string &To, const NamedDecl &D) {
  if (const IdentifierInfo *Name = D.getIdentifier())
    To += Name->getName();
  else
    To += D.getDeclName().getAsString();
}

std::string qualifiedName(const NamedDecl &D) {
  llvm::SmallVector<const NamedDecl *, 8> Parts;
  Parts.push_back(&D);
  for (const DeclContext *DC = D.getDeclContext(); DC; DC = DC->getParent()) {
    if (const auto *NS = dyn_cast<NamespaceDecl>(DC)) {
      if (!NS->isInline() && !NS->isAnonymousNamespace())
        Parts.push_back(NS);
    } else if (const auto *Tag = dyn_cast<TagDecl>(DC)) {
      if (Tag->getIdentifier() || Tag->getTypedefNameForAnonDecl())
        Parts.push_back(Tag);
    }
  }
  std::string Name;
  for (const NamedDecl *Part : llvm::reverse(Parts)) {
    if (!Name.empty())
      Name += "::";
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Part))
      Name += Ctor->getParent()->getName();
    else if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(Part))
      Name += ("~" + Dtor->getParent()->getName()).str();
    else if (const auto *Tag = dyn_cast<TagDecl>(Part);
             Tag && !Tag->getIdentifier() && Tag->getTypedefNameForAnonDecl())
      Name += Tag->getTypedefNameForAnonDecl()->getName();
    else
      appendName(Name, *Part);
  }
  return Name;
}

template <class Made, class Template>
static std::vector<const Made *> sorted(const Template &Of) {
  const SourceManager &SM = Of.getASTContext().getSourceManager();
  std::vector<std::pair<std::string, const Made *>> All;
  for (const Made *Each : Of.specializations()) {
    if (SM.isInSystemHeader(SM.getExpansionLoc(Each->getLocation())))
      continue;
    llvm::SmallString<128> Usr;
    clang::index::generateUSRForDecl(Each, Usr);
    All.emplace_back(Usr.str().str(), Each);
  }
  std::stable_sort(All.begin(), All.end(), [](const auto &A, const auto &B) {
    return A.first < B.first;
  });
  std::vector<const Made *> Result;
  for (const auto &[Usr, Each] : All)
    Result.push_back(Each);
  return Result;
}

std::vector<const FunctionDecl *>
inOrder(const FunctionTemplateDecl &Template) {
  return sorted<FunctionDecl>(Template);
}

std::vector<const ClassTemplateSpecializationDecl *>
inOrder(const ClassTemplateDecl &Template) {
  return sorted<ClassTemplateSpecializationDecl>(Template);
}

Index TuContext::file(FileID Id) {
  auto [It, New] = Files.try_emplace(Id, None);
  if (!New)
    return It->second;
  OptionalFileEntryRef Entry = SM.getFileEntryRefForID(Id);
  if (!Entry)
    return None;
  llvm::SmallString<256> Path = Entry->getFileEntry().tryGetRealPathName();
  if (Path.empty()) {
    Path = Entry->getName();
    SM.getFileManager().makeAbsolutePath(Path);
  }
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  for (size_t I = 0; I < Out.Files.size(); ++I)
    if (Out.Files[I].Path == Path.str())
      return It->second = static_cast<Index>(I);
  Out.Files.push_back({std::string(Path), false});
  return It->second = static_cast<Index>(Out.Files.size() - 1);
}

Location TuContext::location(SourceLocation Loc) {
  Location Result;
  if (Loc.isInvalid())
    return Result;
  Loc = SM.getFileLoc(Loc);
  auto [Id, Offset] = SM.getDecomposedLoc(Loc);
  Result.File = file(Id);
  if (Result.File == None)
    return {};
  Result.Offset = Offset;
  Result.Line = SM.getLineNumber(Id, Offset);
  Result.Column = SM.getColumnNumber(Id, Offset);
  return Result;
}

bool TuContext::inSystemHeader(SourceLocation Loc) const {
  if (Loc.isInvalid())
    return true;
  return SM.isInSystemHeader(SM.getExpansionLoc(Loc));
}

bool TuContext::inMacro(SourceLocation Loc, llvm::StringRef Role) {
  if (!Loc.isMacroID())
    return false;
  // All that one expansion wrote has the same answer.
  llvm::DenseMap<FileID, bool> &Answers = InMacros[Role];
  FileID Expansion = SM.getFileID(Loc);
  if (auto Known = Answers.find(Expansion); Known != Answers.end())
    return Known->second;
  llvm::StringRef Name =
      Lexer::getImmediateMacroName(Loc, SM, AST.getLangOpts());
  bool Is = Modelled.macro(Name.str()) == std::string_view(Role) ||
            inMacro(SM.getImmediateMacroCallerLoc(Loc), Role);
  return Answers[Expansion] = Is;
}

SharedText TuContext::shortName(const NamedDecl &D) {
  SharedText &Name = ShortNames[&D];
  if (Name.empty()) {
    std::string Text;
    appendName(Text, D);
    Name = std::move(Text);
  }
  return Name;
}

bool TuContext::writtenByLibrary(SourceLocation Loc) const {
  return Loc.isMacroID() && SM.isInSystemHeader(SM.getSpellingLoc(Loc));
}

const std::string &TuContext::usr(const FunctionDecl &F) {
  static const std::string NotYet;
  const FunctionDecl *Key = F.getCanonicalDecl();
  auto [It, New] = Usrs.try_emplace(Key);
  if (!New)
    return It->second;
  std::string Usr;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
    if (Method->getParent()->isLambda()) {
      auto Lambda = Lambdas.find(Method->getParent());
      if (Lambda == Lambdas.end()) { // not seen yet: do not remember
        Usrs.erase(Key);
        return NotYet;
      }
      Usr = Lambda->second;
    }
  if (Usr.empty()) {
    llvm::SmallString<128> Buffer;
    if (!index::generateUSRForDecl(&F, Buffer))
      Usr = std::string(Buffer);
    else
      Usr = "n:" + qualifiedName(F);
    // The USR of what only one file can name holds no more than the file's
    // last name: two statics in a/util.cpp and b/util.cpp would be one.
    // And a compile database holds as many mains as programs.
    if (!F.isExternallyVisible() || F.isMain()) {
      Location Where = location(F.getLocation());
      if (Where.valid())
        Usr += "@" + Out.Files[Where.File].Path;
    }
  }
  return Usrs[Key] = std::move(Usr);
}

const std::vector<const FunctionDecl *> &
TuContext::firstInstances(const FunctionTemplateDecl &Template) {
  auto [It, New] = FirstInstances.try_emplace(Template.getCanonicalDecl());
  if (!New)
    return It->second;
  std::vector<const FunctionDecl *> First;
  for (const FunctionDecl *Instance : inOrder(Template)) {
    bool IsKept = Known && Instance->hasSkippedBody() && Known(*Instance);
    if (!Instance->hasBody() && !IsKept)
      continue;
    First.push_back(Instance);
    if (First.size() == MostInstances)
      break;
  }
  return FirstInstances[Template.getCanonicalDecl()] = std::move(First);
}

const FunctionDecl &TuContext::representative(const FunctionDecl &F) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  if (!Template || inSystemHeader(F.getLocation()))
    return F;
  if (Kept && !llvm::is_contained(Consulted, Template->getCanonicalDecl()))
    Consulted.push_back(Template->getCanonicalDecl());
  const std::vector<const FunctionDecl *> &First = firstInstances(*Template);
  for (const FunctionDecl *Instance : First)
    if (Instance->getCanonicalDecl() == F.getCanonicalDecl())
      return F;
  return First.empty() ? F : *First.front();
}

const std::string &TuContext::name(const FunctionDecl &F) {
  auto [It, New] = Names.try_emplace(&F);
  if (New)
    It->second = qualifiedName(F);
  return It->second;
}

/// One of the two methods by which the language itself walks a class ([stmt.ranged]).
static bool isOfRange(const CXXMethodDecl &Method, ASTContext &AST) {
  if (!Method.getDeclName().isIdentifier() || Method.getNumParams() ||
      Method.getReturnType()->isVoidType())
    return false;
  bool Begin = Method.getName() == "begin";
  if (!Begin && Method.getName() != "end")
    return false;
  for (const NamedDecl *Twin :
       Method.getParent()->lookup(&AST.Idents.get(Begin ? "end" : "begin")))
    if (isa<CXXMethodDecl>(Twin))
      return true;
  return false;
}

const std::vector<const std::vector<Model> *> &
TuContext::models(const FunctionDecl &F) {
  auto [It, New] = ModelsOf.try_emplace(&F);
  if (!New)
    return It->second;
  auto AddNamed = [&](const std::string &Name) {
    if (const std::vector<Model> &All = Modelled.functions(Name); !All.empty())
      It->second.push_back(&All);
  };
  auto Add = [&](const FunctionDecl &Of) { AddNamed(name(Of)); };
  // Names without a namespace belong to C libraries: a function of the
  // project's own that is called connect() or open() is another one.
  if (name(F).find("::") == std::string::npos && !F.isExternC() &&
      !inSystemHeader(F.getLocation()))
    return It->second;
  Add(F);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F)) {
    for (const CXXMethodDecl *Base : Method->overridden_methods())
      Add(*Base);
    if (It->second.empty() && isOfRange(*Method, AST))
      AddNamed("<range>::" + Method->getNameAsString());
  }
  return It->second;
}

TuContext::Inverse TuContext::inverse(const CXXMethodDecl &Of,
                                      Inverse (*Find)(const CXXMethodDecl &)) {
  auto [It, New] = Inverses.try_emplace(&Of);
  if (!New)
    return It->second;
  bool OfHeaders = Kept && Of.isFromASTFile();
  if (OfHeaders)
    if (std::optional<KeptInverse> Known = Kept->inverse(usr(Of)))
      if (const CXXMethodDecl *Other = methodNamed(Of, *Known);
          Other || Known->Usr.empty())
        return It->second = {Other, Known->Adds};
  It->second = Find(Of);
  if (OfHeaders) {
    const CXXMethodDecl *Other = It->second.Other;
    Kept->addInverse(usr(Of),
                     {Other ? usr(*Other) : "",
                      Other ? Other->getNameAsString() : "", It->second.Adds});
  }
  return It->second;
}

/// A class is loaded name by name, where its list of methods is not asked for.
const CXXMethodDecl *TuContext::methodNamed(const CXXMethodDecl &Of,
                                            const KeptInverse &Known) {
  if (Known.Usr.empty())
    return nullptr;
  DeclarationName Name = &AST.Idents.get(Known.Name);
  llvm::SmallVector<const CXXRecordDecl *, 8> Classes = {Of.getParent()};
  for (size_t I = 0; I < Classes.size() && I < MostBases; ++I) {
    const CXXRecordDecl *Class = Classes[I]->getDefinition();
    if (!Class)
      continue;
    for (const NamedDecl *Found : Class->lookup(Name))
      if (const auto *Other =
              dyn_cast_or_null<CXXMethodDecl>(Found->getAsFunction());
          Other && usr(*Other) == Known.Usr)
        return Other;
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl())
        Classes.push_back(Record);
  }
  return nullptr;
}

std::string TuContext::lambdaUsr(const CXXRecordDecl &Closure) const {
  auto It = Lambdas.find(&Closure);
  return It == Lambdas.end() ? std::string() : It->second;
}

namespace {
const CXXRecordDecl *recordOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  Type = Type.getNonReferenceType().getCanonicalType();
  if (const auto *Pointer = Type->getAs<PointerType>())
    Type = Pointer->getPointeeType().getCanonicalType();
  return Type->getAsCXXRecordDecl();
}
} // namespace

const TypeModel *TuContext::typeModel(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Record)
    return nullptr;
  auto [It, New] = TypeModels.try_emplace(Record, nullptr);
  if (!New)
    return It->second;
  const TypeModel *Found = Modelled.type(qualifiedName(*Record));
  if (!Found && Record->hasDefinition())
    for (const CXXBaseSpecifier &Base : Record->bases())
      if ((Found = typeModel(Base.getType())))
        break;
  return TypeModels[Record] = Found;
}

bool TuContext::derivesFrom(const CXXRecordDecl &Class, llvm::StringRef Role) {
  const TypeModel *Model = Modelled.type(qualifiedName(Class));
  // "request.served" is a request.
  if (Model && llvm::StringRef(Model->Role).starts_with(Role) &&
      (Model->Role.size() == Role.size() || Model->Role[Role.size()] == '.'))
    return true;
  if (!Class.hasDefinition())
    return false;
  for (const CXXBaseSpecifier &Base : Class.bases())
    if (const CXXRecordDecl *Record = recordOf(Base.getType());
        Record && derivesFrom(*Record, Role))
      return true;
  return false;
}

bool TuContext::isServed(const CXXRecordDecl &Class) {
  if (derivesFrom(Class, "request.served"))
    return true;
  // What a program keeps of a call: its context, the message, the answer.
  return Class.hasDefinition() && !inSystemHeader(Class.getLocation()) &&
         llvm::any_of(Class.fields(), [&](const FieldDecl *Field) {
           const auto *Part = Field->getType()->getAsCXXRecordDecl();
           return Part && derivesFrom(*Part, "request.served");
         });
}

Parameter TuContext::parameter(const ParmVarDecl &Param) {
  Parameter P;
  P.Name = Param.getNameAsString();
  QualType Type = Param.getType();
  P.ByValue = !Type->isReferenceType() && !Type->isPointerType();
  P.Mutable = !P.ByValue && !Type->getPointeeType().isConstQualified();
  if (const CXXRecordDecl *Class = classOf(Type)) {
    P.Type = qualifiedName(*Class);
    P.Served = isServed(*Class);
  }
  return P;
}

/// A unique_ptr whose handle somebody's own function ends: event_free.
static bool hasOwnDeleter(const ClassTemplateSpecializationDecl &Pointer) {
  const TemplateArgumentList &Given = Pointer.getTemplateArgs();
  if (Given.size() < 2 || Given[1].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Deleter = Given[1].getAsType()->getAsCXXRecordDecl();
  return !Deleter || !Deleter->isInStdNamespace();
}

bool TuContext::endsListeners(QualType Type, int Depth) {
  if (Type.isNull() || Depth > 3 || Type->isPointerType() ||
      Type->isReferenceType())
    return false;
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Record)
    return false;
  if (derivesFrom(*Record, "token.scoped"))
    return true;
  const TypeModel *Model = typeModel(Type);
  if (Model && (Model->Role == "container" || Model->Role == "pointer")) {
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
    if (!Spec || Model->Holds == "weak")
      return false;
    if (Model->Role == "pointer" && hasOwnDeleter(*Spec))
      return true;
    for (const TemplateArgument &Argument : Spec->getTemplateArgs().asArray())
      if (Argument.getKind() == TemplateArgument::Type &&
          endsListeners(Argument.getAsType(), Depth + 1))
        return true;
    return false;
  }
  if (!Record->hasDefinition() || inSystemHeader(Record->getLocation()))
    return false;
  // A class that somebody wrote around a token, with a destructor that can
  // use it, or around a scoped one.
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  bool Written = Destructor && Destructor->isUserProvided();
  for (const FieldDecl *Field : Record->fields()) {
    if (endsListeners(Field->getType(), Depth + 1))
      return true;
    const TypeModel *Held = typeModel(Field->getType());
    if (Written && Held && Held->Role == "token")
      return true;
  }
  return false;
}

Holds TuContext::holds(QualType Type) {
  if (Type->isReferenceType())
    return Holds::Reference;
  if (Type->isPointerType())
    return Holds::Pointer;
  const TypeModel *Model = typeModel(Type);
  if (!Model || Model->Role != "pointer")
    return Holds::Value;
  return Model->Holds == "alone"    ? Holds::Alone
         : Model->Holds == "shared" ? Holds::Shared
         : Model->Holds == "weak"   ? Holds::Weak
                                    : Holds::Pointer;
}

Holds TuContext::holdsOf(QualType Type) {
  Holds How = holds(Type);
  const TypeModel *Model = How == Holds::Value ? typeModel(Type) : nullptr;
  return Model && Model->Holds == "shared" ? Holds::Shared : How;
}

bool TuContext::holdsWeakly(QualType Type) {
  if (Type.isNull())
    return false;
  const TypeModel *Model = typeModel(Type);
  if (!Model || Model->Role != "container")
    return holds(Type) == Holds::Weak;
  const auto *Spec =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(Type));
  return Spec &&
         llvm::any_of(Spec->getTemplateArgs().asArray(), [&](const auto &Its) {
           return Its.getKind() == TemplateArgument::Type &&
                  holds(Its.getAsType()) == Holds::Weak;
         });
}

QualType TuContext::unwrap(QualType Type) {
  for (int Depth = 0; Depth < 4; ++Depth) {
    if (Type.isNull())
      return Type;
    Type = Type.getNonReferenceType();
    if (const auto *Pointer = Type->getAs<PointerType>()) {
      Type = Pointer->getPointeeType();
      continue;
    }
    const TypeModel *Model = typeModel(Type);
    if (!Model || Model->Role != "pointer")
      return Type;
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Type->getAsCXXRecordDecl());
    if (!Spec || Spec->getTemplateArgs().size() == 0 ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return Type;
    Type = Spec->getTemplateArgs()[0].getAsType();
  }
  return Type;
}

const CXXRecordDecl *TuContext::classOf(QualType Type) {
  return recordOf(unwrap(Type));
}

/// The name of a variable, or of a member of this object, that \p E consists of
/// and that stands there; what most expressions are.
std::optional<llvm::StringRef> TuContext::writtenName(const Expr &E) const {
  const NamedDecl *Named = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E);
      Ref && !Ref->hasQualifier() && !Ref->hasExplicitTemplateArgs())
    Named = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(&E);
           Member && Member->isImplicitAccess() && !Member->hasQualifier() &&
           !Member->hasExplicitTemplateArgs())
    Named = Member->getMemberDecl();
  SourceLocation Loc = E.getExprLoc();
  if (!Named || !Named->getIdentifier() || !Loc.isFileID())
    return std::nullopt;
  llvm::StringRef Name = Named->getName();
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  llvm::StringRef There = SM.getBufferData(File).substr(Offset);
  if (Name.empty() || !There.consume_front(Name) ||
      (!There.empty() && isAsciiIdentifierContinue(There.front())))
    return std::nullopt;
  return Name;
}

std::string TuContext::spelling(const Expr *E) {
  if (!E)
    return "";
  // Nobody wrote it down: there stands what is done with it.
  if (const auto *This = dyn_cast<CXXThisExpr>(E->IgnoreParenImpCasts());
      This && This->isImplicit())
    return "*this";
  if (std::optional<llvm::StringRef> Name = writtenName(*E))
    return Name->str();
  constexpr size_t Longest = 48;
  SourceRange Range = E->getSourceRange();
  if (Range.isInvalid() || writtenByLibrary(Range.getBegin()))
    return "";
  CharSourceRange Chars = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(Range), SM, AST.getLangOpts());
  llvm::StringRef Text =
      Chars.isValid() ? Lexer::getSourceText(Chars, SM, AST.getLangOpts()) : "";
  std::string Line;
  for (char C : Text) {
    if (isWhitespace(C)) {
      if (!Line.empty() && Line.back() != ' ')
        Line += ' ';
    } else {
      Line += C;
    }
  }
  if (llvm::StringRef(Line).ends_with("->")) // of a smart pointer
    Line.resize(Line.size() - 2);
  if (!Line.empty() && Line.size() <= Longest)
    return Line;
  // Too long to quote: the name of what is called or accessed.
  E = E->IgnoreParenImpCasts();
  if (const auto *CallE = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *Callee = CallE->getDirectCallee())
      return Callee->getDeclName().getAsString() + "()";
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl()->getDeclName().getAsString();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl()->getDeclName().getAsString();
  return "";
}

} // namespace perfidy
