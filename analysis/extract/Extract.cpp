//===- Extract.cpp - from clang's AST to a TU summary ---------------------===//
//
// Part of Perfidy. Collects every function with a body outside of system
// headers and reads it. The declarations are walked by hand: a visitor would
// enter every statement of every system header.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Extract.h"
#include "analysis/extract/Body.h"
#include "analysis/extract/Contents.h"
#include "analysis/extract/KeptBodies.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include <iterator>
#include <utility>

using namespace clang;

namespace perfidy {

namespace {

class Collector {
public:
  /// \p Partial: the traversal scope is not all of the TU.
  Collector(TuContext &Tu, bool Partial)
      : Tu(Tu),
        Memory(Tu, Seen, [this](const FunctionDecl *Of, std::string Usr) {
          Instances.push_back({Of, std::move(Usr)});
        }) {
    if (Tu.Kept)
      Tu.Known = [this](const FunctionDecl &Made) {
        return Memory.instance(Made);
      };
    Tu.ReadInstance = [this, Partial](const FunctionDecl &Instance) {
      if (!Partial || !userCode(Instance.getLocation()))
        return;
      Memory.needs({this->Tu.usr(Instance), /*Instance=*/true});
      Instances.push_back({&Instance, this->Tu.usr(Instance)});
      if (Now)
        Now->Facts.Runs.push_back(Instances.back().Usr);
    };
    Tu.ReadClass = [this](const CXXRecordDecl &Class) {
      this->Tu.Alone = false;
      if (Class.isThisDeclarationADefinition()) {
        readClass(Class);
        collectContext(&Class);
      }
    };
    Tu.ReadConstructor = [this](const CXXConstructorDecl &Ctor) {
      if (!Ctor.isImplicit() && !Ctor.isDefaulted())
        return;
      Memory.needs({this->Tu.usr(Ctor), /*Instance=*/false});
      read(Ctor);
    };
  }

  /// What is taken over from an earlier reading of the main file. To be called
  /// before \p Scope is read; the first \p Files of the summary are the headers'.
  void recallFrom(KeptFacts &Known, llvm::ArrayRef<Decl *> Scope,
                  size_t Files) {
    Memory.begin(Scope, Files, Known.bodies());
  }

  void collect(const Decl *D) {
    if (!D || D->isImplicit())
      return;
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      return collectTemplate(*Template);
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D)) {
      bool Any = false;
      for (const ClassTemplateSpecializationDecl *Spec : inOrder(*Template))
        if (Spec->hasDefinition() &&
            Spec->getSpecializationKind() != TSK_ExplicitSpecialization) {
          InTemplate = true;
          readClass(*Spec);
          collectContext(Spec);
          InTemplate = false;
          Any = true;
        }
      if (!Any && userCode(D->getLocation())) {
        InTemplate = true;
        collectContext(Template->getTemplatedDecl());
        InTemplate = false;
      }
      return;
    }
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      return collectFunction(*F);
    if (const auto *Friend = dyn_cast<FriendDecl>(D)) {
      if (const NamedDecl *Inner = Friend->getFriendDecl())
        if (isa<FunctionDecl, FunctionTemplateDecl>(Inner))
          collect(Inner);
      return;
    }
    if (const auto *Var = dyn_cast<VarDecl>(D))
      return collectVar(*Var);
    if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D))
      return collectContext(cast<DeclContext>(D));
    if (const auto *Record = dyn_cast<CXXRecordDecl>(D)) {
      if (Record->isThisDeclarationADefinition() &&
          userCode(Record->getLocation())) {
        readClass(*Record);
        collectContext(Record);
      }
      return;
    }
  }

  /// What the functions read so far call of templates outside of the scope.
  void collectInstances() {
    InTemplate = true;
    for (size_t I = 0; I < Instances.size(); ++I) {
      Wanted Each = Instances[I];
      if (!recall(Each) && Each.Of)
        readInstance(Each);
    }
    InTemplate = false;
  }

  /// Adds the instantiations that were read and depend on headers alone to
  /// \p To, whose files the summary begins with, and what depends on no more than
  /// the declarations of the main file and on the text of single functions.
  void keep(HeaderFacts &To) {
    Index Main = None;
    for (size_t I = 0; I < Tu.Out.Files.size(); ++I)
      if (Tu.Out.Files[I].Path == Tu.Out.MainFile)
        Main = static_cast<Index>(I);
    auto InHeaders = [&](const Location &At) {
      return At.File != Main && size_t(At.File) < To.Summary.Files.size();
    };
    for (auto &[Usr, Made] : Readings) {
      fillIn(Made);
      Made.Keep =
          Made.Keep &&
          llvm::all_of(Made.Facts.Functions,
                       [&](auto &Each) { return InHeaders(Each.Where); }) &&
          llvm::all_of(Made.Facts.Classes,
                       [&](auto &Each) { return InHeaders(Each.Where); });
    }
    // Nor what runs one that cannot be kept.
    for (bool Changed = true; std::exchange(Changed, false);)
      for (auto &[Usr, Made] : Readings)
        if (Made.Keep && llvm::any_of(Made.Facts.Runs, [&](auto &Run) {
              auto Its = Readings.find(Run);
              if (Its != Readings.end())
                return !Its->second.Keep ||
                       (Made.OfHeaders && !Its->second.OfHeaders) ||
                       !isIn(Its->second.Facts.Within, Made.Facts.Within);
              if (Tu.Kept->find(Run))
                return false;
              std::shared_ptr<const KeptInstance> Known = Memory.instance(Run);
              return Known && (Made.OfHeaders ||
                               !isIn(Known->Within, Made.Facts.Within));
            })) {
          Made.Keep = false;
          Changed = true;
        }
    for (auto &[Usr, Made] : Readings)
      if (Made.Keep && Made.OfHeaders)
        To.Kept.add(Usr, std::move(Made.Facts));
      else if (Made.Keep)
        Memory.keep(Usr, std::make_shared<KeptInstance>(std::move(Made.Facts)));
    To.Kept.setBodies(Memory.result());
  }

private:
  TuContext &Tu;
  struct Wanted {
    const FunctionDecl *Of = nullptr; ///< null if its USR alone is known
    std::string Usr;
  };
  std::vector<Wanted> Instances;
  /// An instantiation that is read, or was.
  struct Reading {
    KeptInstance Facts;
    std::set<std::string> Functions, Classes; ///< that it has led to
    bool Alone = true;
    bool Keep = false, OfHeaders = false;
  };
  Reading *Now = nullptr;
  std::map<std::string, Reading> Readings;
  bool InTemplate = false;
  std::set<std::string> Seen, SeenClasses;
  BodyMemory Memory;
  std::map<unsigned, unsigned> TimesRead; ///< by the body's raw location

  static bool isIn(const std::map<std::string, std::string> &Few,
                   const std::map<std::string, std::string> &All) {
    return llvm::all_of(Few, [&](auto &Each) { return All.count(Each.first); });
  }

  /// What is known of it from an earlier reading of the file.
  bool recall(const Wanted &Which) {
    if (!Tu.Kept)
      return false;
    std::shared_ptr<const KeptInstance> Known =
        Which.Of ? Memory.instance(*Which.Of) : Memory.instance(Which.Usr);
    if (!Known)
      return false;
    if (!Tu.Kept->find(Which.Usr))
      Memory.keep(Which.Usr, Known);
    if (Seen.count(Which.Usr) || ++TimesRead[Known->Body] > Tu.MostInstances)
      return true;
    for (const Function &Each : Known->Functions)
      if (Seen.insert(Each.Usr).second)
        Tu.Out.Functions.push_back(Each);
    for (const Class &Each : Known->Classes)
      if (SeenClasses.insert(Each.Name).second)
        Tu.Out.Classes.push_back(Each);
    Tu.Taken.insert(Known->Taken.begin(), Known->Taken.end());
    Tu.Filled.insert(Known->Filled.begin(), Known->Filled.end());
    Tu.Grown.insert(Known->Grown.begin(), Known->Grown.end());
    for (const std::string &Run : Known->Runs)
      Instances.push_back({nullptr, Run});
    return true;
  }

  void readInstance(const Wanted &Which) {
    Reading Made;
    std::set<std::string> *Sets[] = {&Tu.Taken, &Tu.Filled, &Tu.Grown};
    std::set<std::string> *Its[] = {&Made.Facts.Taken, &Made.Facts.Filled,
                                    &Made.Facts.Grown};
    for (size_t I = 0; I < std::size(Sets); ++I)
      Sets[I]->swap(*Its[I]);
    Now = &Made;
    size_t First = Tu.Out.Functions.size();
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Which.Of))
      readClass(*Method->getParent());
    collectFunction(*Which.Of);
    Now = nullptr;
    for (size_t I = 0; I < std::size(Sets); ++I) {
      Sets[I]->swap(*Its[I]);
      Sets[I]->insert(Its[I]->begin(), Its[I]->end());
    }
    if (!Tu.Kept || Tu.Out.Functions.size() == First)
      return;
    for (size_t I = First; I < Tu.Out.Functions.size(); ++I)
      Made.Functions.insert(Tu.Out.Functions[I].Usr);
    Made.OfHeaders = madeOfHeadersAlone(*Which.Of, Tu.SM);
    Made.Keep = Made.OfHeaders ||
                (Made.Alone && Memory.within(*Which.Of, Made.Facts.Within));
    Made.Facts.Body = Which.Of->getBody()->getBeginLoc().getRawEncoding();
    Readings.try_emplace(Which.Usr, std::move(Made));
  }

  /// The facts that \p Made names.
  void fillIn(Reading &Made) {
    for (const Function &Each : Tu.Out.Functions)
      if (Made.Functions.count(Each.Usr))
        Made.Facts.Functions.push_back(Each);
    for (const Class &Each : Tu.Out.Classes)
      if (Made.Classes.count(Each.Name))
        Made.Facts.Classes.push_back(Each);
  }

  bool userCode(SourceLocation Loc) const {
    return Loc.isValid() && !Tu.inSystemHeader(Loc);
  }

  void collectContext(const DeclContext *DC) {
    for (const Decl *D : DC->decls()) {
      // Most of a TU is system headers: leave them at the door.
      if (!isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D) &&
          !isa<ClassTemplateDecl, FunctionTemplateDecl>(D) &&
          !userCode(D->getLocation()))
        continue;
      collect(D);
    }
  }

  void collectTemplate(const FunctionTemplateDecl &Template) {
    if (!userCode(Template.getLocation()))
      return;
    bool Any = false;
    InTemplate = true;
    for (const FunctionDecl *Instance : inOrder(Template))
      if (Instance->isThisDeclarationADefinition() || Instance->hasBody()) {
        collectFunction(*Instance);
        Any = true;
      }
    if (!Any)
      collectFunction(*Template.getTemplatedDecl());
    InTemplate = false;
  }

  void collectFunction(const FunctionDecl &F) {
    if (F.isDeleted() || F.isDefaulted() || !userCode(F.getLocation()))
      return;
    const FunctionDecl *Definition = nullptr;
    if (!F.isThisDeclarationADefinition()) {
      // An instance's body belongs to its own declaration.
      if (!F.isTemplateInstantiation() || !F.hasBody(Definition))
        return;
    } else {
      Definition = &F;
    }
    read(*Definition);
  }

  void read(const FunctionDecl &F) {
    const FunctionDecl *Definition = &F;
    if (!Definition->getBody())
      return;
    std::string Usr = Tu.usr(*Definition);
    if (Definition->isTemplateInstantiation() && !Seen.count(Usr) &&
        ++TimesRead[Definition->getBody()->getBeginLoc().getRawEncoding()] >
            Tu.MostInstances)
      return;
    if (Now && !Usr.empty())
      Now->Functions.insert(Usr);
    if (Usr.empty() || !Seen.insert(Usr).second ||
        (!InTemplate && Memory.recall(F, Usr)))
      return;
    Location Where = Tu.location(Definition->getLocation());
    if (!Where.valid())
      return;
    Function Facts;
    Facts.Usr = Usr;
    Facts.Name = Tu.name(*Definition);
    Facts.Where = Where;
    Facts.End = Tu.location(Definition->getEndLoc());
    Facts.Template = InTemplate;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Definition)) {
      Facts.Kind = isa<CXXConstructorDecl>(Method)  ? EntityKind::Constructor
                   : isa<CXXDestructorDecl>(Method) ? EntityKind::Destructor
                                                    : EntityKind::Method;
      Facts.Class = qualifiedName(*Method->getParent());
      Facts.Virtual = Method->isVirtual();
      for (const CXXMethodDecl *Base : Method->overridden_methods())
        Facts.Overrides.push_back(Tu.usr(*Base));
      Facts.Event = isEvent(*Method);
      Facts.Test = isTestClass(*Method->getParent());
    } else if (Definition->isMain()) {
      Facts.Kind = EntityKind::Main;
    }
    if (Definition->getLocation().isMacroID() &&
        Tu.inMacro(Definition->getLocation(), "test"))
      Facts.Test = true;
    if (Facts.Test)
      Tu.Out.Files[Where.File].Test = true;
    Memory.start(F, Usr);
    {
      Body Reader(Tu, Facts);
      Reader.readFunction(*Definition);
    }
    Tu.Out.Functions.push_back(std::move(Facts));
    if (!Memory.done() && Now)
      Now->Alone = false;
  }

  void readClass(const CXXRecordDecl &Record) {
    if (Record.isLambda() || Record.isUnion() || !Record.getIdentifier())
      return;
    Class Made;
    Made.Name = qualifiedName(Record);
    Made.Where = Tu.location(Record.getLocation());
    if (Now)
      Now->Classes.insert(Made.Name);
    if (!Made.Where.valid() || !SeenClasses.insert(Made.Name).second)
      return; // more instantiations say nothing new
    for (const CXXBaseSpecifier &Base : Record.bases())
      if (const CXXRecordDecl *Of = Tu.classOf(Base.getType()))
        Made.Bases.push_back(qualifiedName(*Of));
    for (const FieldDecl *Member : Record.fields()) {
      if (!Member->getIdentifier())
        continue;
      Field Has;
      Has.Name = Member->getNameAsString();
      Has.How = Tu.holds(Member->getType());
      if (const CXXRecordDecl *Of = Tu.classOf(Member->getType())) {
        Has.Type = qualifiedName(*Of);
        Has.Request = Tu.derivesFrom(*Of, "request");
        Has.Costly = Has.How == Holds::Value &&
                     !Tu.inSystemHeader(Of->getLocation()) &&
                     contentsOf(*Of, Tu).costly();
      }
      Made.Fields.push_back(std::move(Has));
    }
    if (const CXXDestructorDecl *Destructor = Record.getDestructor();
        Destructor && Destructor->isUserProvided())
      Made.Destructor = Tu.usr(*Destructor);
    Tu.Out.Classes.push_back(std::move(Made));
  }

  /// Overrides, directly or through others, what a library calls on events.
  bool isEvent(const CXXMethodDecl &Method) {
    for (const CXXMethodDecl *Base : Method.overridden_methods()) {
      for (const Model &M : Tu.Modelled.functions(Tu.name(*Base)))
        if (M.Role == "event")
          return true;
      if (isEvent(*Base))
        return true;
    }
    return false;
  }

  /// Derives from a test framework's fixture.
  bool isTestClass(const CXXRecordDecl &Class) {
    const TypeModel *Type = Tu.typeModel(Tu.AST.getCanonicalTagType(&Class));
    return Type && Type->Role == "test";
  }

  void collectVar(const VarDecl &Var) {
    const Expr *Init = Var.getInit();
    if (!Init || Init->isValueDependent() || !userCode(Var.getLocation()) ||
        Var.isConstexpr() ||
        !isa<NamespaceDecl, TranslationUnitDecl, CXXRecordDecl>(
            Var.getDeclContext()))
      return;
    if (isa<IntegerLiteral, StringLiteral, FloatingLiteral, CXXBoolLiteralExpr>(
            strip(Init)))
      return;
    Function Facts;
    Facts.Name = qualifiedName(Var);
    Facts.Where = Tu.location(Var.getLocation());
    if (!Facts.Where.valid())
      return;
    Facts.Usr =
        "init:" + Facts.Name + "@" + Tu.Out.Files[Facts.Where.File].Path;
    if (!Seen.insert(Facts.Usr).second)
      return;
    Facts.End = Tu.location(Var.getEndLoc());
    Facts.StaticInit = true;
    Body Reader(Tu, Facts);
    Reader.readInitializer(Var);
    if (!Facts.Calls.empty())
      Tu.Out.Functions.push_back(std::move(Facts));
  }
};

} // namespace

/// A template itself, not what was made of it.
static bool isPattern(const Function &Of) {
  if (!Of.Template)
    return false;
  llvm::StringRef Usr = std::string_view(Of.Usr);
  return Usr.contains("@FT@") || Usr.contains("@ST>") || Usr.contains("@SP>");
}

static bool byUsr(const Function &A, const Function &B) {
  return A.Usr < B.Usr;
}

/// Adds what \p Headers has and the scope has not. The functions of both are in
/// order, and stay so.
static void append(TUSummary &Out, TuContext &Tu, const TUSummary &Headers) {
  std::set<std::string> Known, Dropped;
  std::set<std::pair<Index, uint32_t>> Places; ///< of instantiations
  for (const Function &Each : Out.Functions) {
    Known.insert(Each.Usr);
    if (Each.Template)
      Places.emplace(Each.Where.File, Each.Where.Offset);
  }
  std::vector<Function> All;
  All.reserve(Out.Functions.size() + Headers.Functions.size());
  auto Own = Out.Functions.begin();
  for (const Function &Each : Headers.Functions)
    // A pattern speaks only for a template that nobody instantiates.
    if (Known.count(Each.Usr) || Dropped.count(Each.Parent) ||
        (isPattern(Each) && Places.count({Each.Where.File, Each.Where.Offset})))
      Dropped.insert(Each.Usr);
    else {
      for (; Own != Out.Functions.end() && byUsr(*Own, Each); ++Own)
        All.push_back(std::move(*Own));
      All.push_back(Each);
    }
  std::move(Own, Out.Functions.end(), std::back_inserter(All));
  Out.Functions = std::move(All);
  Known.clear();
  for (const Class &Each : Out.Classes)
    Known.insert(Each.Name);
  for (const Class &Each : Headers.Classes)
    if (!Known.count(Each.Name))
      Out.Classes.push_back(Each);
  Tu.Taken.insert(Headers.AddressTaken.begin(), Headers.AddressTaken.end());
  Tu.Filled.insert(Headers.Filled.begin(), Headers.Filled.end());
  Tu.Grown.insert(Headers.Grown.begin(), Headers.Grown.end());
}

/// \p Top: see the second extract().
static TUSummary extractFrom(ASTContext &AST, const Models &Modelled,
                             HeaderFacts *Headers,
                             std::optional<llvm::ArrayRef<const Decl *>> Top) {
  TUSummary Out;
  if (Headers)
    Out.Files = Headers->Summary.Files; // so that indices of both mean the same
  TuContext Tu(AST, Modelled, Out);
  Tu.Kept = Headers ? &Headers->Kept : nullptr;
  const SourceManager &SM = AST.getSourceManager();
  if (OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID())) {
    if (Location Start =
            Tu.location(SM.getLocForStartOfFile(SM.getMainFileID()));
        Start.valid())
      Out.MainFile = Out.Files[Start.File].Path;
    else
      Out.MainFile = Main->getName().str();
  }
  bool Partial = !llvm::any_of(AST.getTraversalScope(),
                               llvm::IsaPred<TranslationUnitDecl>);
  Collector All(Tu, Partial);
  if (Headers && Partial)
    All.recallFrom(Headers->Kept, AST.getTraversalScope(),
                   Headers->Summary.Files.size());
  for (const Decl *D : AST.getTraversalScope()) {
    const auto *Unit = dyn_cast<TranslationUnitDecl>(D);
    if (!Unit)
      All.collect(D);
    else if (Top)
      llvm::for_each(*Top, [&](const Decl *Each) { All.collect(Each); });
    else
      llvm::for_each(Unit->decls(),
                     [&](const Decl *Each) { All.collect(Each); });
  }
  All.collectInstances();
  std::sort(Out.Functions.begin(), Out.Functions.end(), byUsr);
  if (Headers) {
    All.keep(*Headers);
    append(Out, Tu, Headers->Summary);
  }
  Out.AddressTaken.assign(Tu.Taken.begin(), Tu.Taken.end());
  Out.Filled.assign(Tu.Filled.begin(), Tu.Filled.end());
  Out.Grown.assign(Tu.Grown.begin(), Tu.Grown.end());
  std::sort(Out.Classes.begin(), Out.Classes.end(),
            [](const Class &A, const Class &B) { return A.Name < B.Name; });
  return Out;
}

TUSummary extract(ASTContext &AST, const Models &Modelled,
                  HeaderFacts *Headers) {
  return extractFrom(AST, Modelled, Headers, std::nullopt);
}

TUSummary extract(ASTContext &AST, const Models &Modelled,
                  llvm::ArrayRef<const Decl *> Top) {
  return extractFrom(AST, Modelled, nullptr, Top);
}

} // namespace perfidy
