//===- BodyCaptures.cpp - what lambdas hold, and use of it ----------------===//
//
// Part of Perfidy. For every object of a class that a lambda captures: what it
// is, how it is held, and each mention in the lambda's body as the longest
// part of it that is read there: "req.path()", "req.headers.size()".
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Contents.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace perfidy {

namespace {

/// Length of what the user wrote for \p Range; 0 if a macro wrote some of it.
uint32_t lengthOf(SourceRange Range, const TuContext &Tu) {
  if (Range.isInvalid() || Range.getBegin().isMacroID() ||
      Range.getEnd().isMacroID())
    return 0;
  auto [BeginFile, Begin] = Tu.SM.getDecomposedLoc(Range.getBegin());
  auto [EndFile, End] = Tu.SM.getDecomposedLoc(Lexer::getLocForEndOfToken(
      Range.getEnd(), 0, Tu.SM, Tu.AST.getLangOpts()));
  return BeginFile == EndFile && End > Begin ? End - Begin : 0;
}

/// The & of a capture by reference, whose location is that of the name.
SourceLocation ampersandBefore(SourceLocation Name, const TuContext &Tu) {
  if (Name.isMacroID())
    return Name;
  auto [File, Offset] = Tu.SM.getDecomposedLoc(Name);
  llvm::StringRef Text = Tu.SM.getBufferData(File);
  while (Offset > 0 && isWhitespace(Text[Offset - 1]))
    --Offset;
  return Offset > 0 && Text[Offset - 1] == '&'
             ? Tu.SM.getComposedLoc(File, Offset - 1)
             : Name;
}

std::string textOf(SourceRange Range, const TuContext &Tu) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range), Tu.SM,
                              Tu.AST.getLangOpts())
      .str();
}

/// Reads a lambda's body for mentions of one captured object: by the variable
/// \p Object, if there is one, and \p ByThis by "this".
class UseReader {
public:
  UseReader(TuContext &Tu, const ValueDecl *Object, bool ByThis,
            std::vector<Use> &Out)
      : Tu(Tu), Object(Object), ByThis(ByThis), Out(Out) {}

  void read(const Stmt *S, bool Reads = false) {
    if (!S)
      return;
    if (const auto *Compound = dyn_cast<CompoundStmt>(S)) {
      // A call whose result nobody wants is made for what it does.
      for (const Stmt *Child : Compound->body()) {
        const auto *E = dyn_cast<Expr>(Child);
        if (E && isa<CXXMemberCallExpr>(strip(E)) && part(strip(E)).E)
          pass(E->getBeginLoc());
        else
          read(Child);
      }
      return;
    }
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (const auto *L = dyn_cast<LambdaExpr>(E))
        return nested(*L);
      if (endsIt(E))
        return;
      if (mentions(E))
        return pass(E->getBeginLoc());
      bool Const = Reads || E->isPRValue() || E->getType().isConstQualified();
      if (Part Read = part(E); Read.E && Const)
        return use(E, Read);
      if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
        bool Loads = Cast->getCastKind() == CK_LValueToRValue ||
                     E->getType().isConstQualified();
        return read(Cast->getSubExpr(), Loads);
      }
      if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr>(E)) {
        for (const Stmt *Child : E->children())
          read(Child, Reads);
        return;
      }
    }
    for (const Stmt *Child : S->children())
      read(Child);
  }

private:
  TuContext &Tu;
  const ValueDecl *Object;
  bool ByThis;
  std::vector<Use> &Out;

  /// A part of the object that an expression reads.
  struct Part {
    const Expr *E = nullptr;       ///< null: the expression reads no part of it
    const FieldDecl *In = nullptr; ///< the object's own field
    bool Depends = false;          ///< on what the body makes
    bool OfThis = false;
  };

  bool mentions(const Expr *E) const {
    if (isa<CXXThisExpr>(E))
      return ByThis;
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    return Ref && Object && Ref->getDecl() == Object;
  }

  /// "delete this" ends the object and asks nothing of it.
  bool endsIt(const Expr *E) const {
    const auto *Delete = dyn_cast<CXXDeleteExpr>(E);
    return Delete && ByThis && isa<CXXThisExpr>(strip(Delete->getArgument()));
  }

  void pass(SourceLocation Where) {
    Use Made;
    Made.Where = Tu.location(Where);
    Out.push_back(std::move(Made));
  }

  /// A lambda inside that takes the object too passes it on.
  void nested(const LambdaExpr &L) {
    for (const LambdaCapture &Capture : L.captures()) {
      if (Capture.capturesThis() && ByThis)
        pass(L.getBeginLoc());
      if (Object && Capture.capturesVariable() &&
          Capture.getCapturedVar() == Object) {
        if (Capture.getCaptureKind() != LCK_ByRef) {
          pass(L.getBeginLoc());
          continue;
        }
        size_t Before = Out.size(); // reads it in place, and stays as it is
        read(L.getBody());
        for (size_t I = Before; I < Out.size(); ++I)
          Out[I].Owning.clear();
      }
    }
    for (const Expr *Init : L.capture_inits())
      if (Init && !mentions(strip(Init)))
        read(Init);
  }

  /// Does not depend on the body: a literal, an enumerator, a global constant.
  bool independent(const Expr *E) const {
    E = strip(E);
    if (isa<IntegerLiteral, StringLiteral, CXXBoolLiteralExpr, CharacterLiteral,
            FloatingLiteral, CXXNullPtrLiteralExpr, CXXDefaultArgExpr>(E))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (isa<EnumConstantDecl>(Ref->getDecl()))
        return true;
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      return Var && Var->hasGlobalStorage() &&
             Var->getType().isConstQualified();
    }
    if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
      return std::all_of(Made->arg_begin(), Made->arg_end(),
                         [&](const Expr *A) { return independent(A); });
    return false;
  }

  /// A const method that acts: it sends the answer to the request.
  bool answers(const CXXMethodDecl &Method) const {
    for (const Model &M : Tu.Modelled.functions(Tu.name(Method)))
      if (M.Role == "answer")
        return true;
    return false;
  }

  /// Text or a number: there is no point in holding a part of it.
  bool isPlain(QualType Type) const {
    Type = Type.getNonReferenceType();
    if (Type->isArithmeticType() || Type->isEnumeralType())
      return true;
    const TypeModel *Model = Tu.typeModel(Type);
    return !Type->isPointerType() && Model &&
           (Model->Kind == "string" || Model->Role == "text");
  }

  /// The part of the object that \p E reads: E itself or, on the way to it,
  /// the first text or number.
  Part part(const Expr *E) const {
    Part Read;
    auto Through = [&](const Expr *Step) {
      if (!Read.E || isPlain(Step->getType()))
        Read.E = Step;
      Read.In = nullptr;
    };
    for (int Depth = 0; Depth < 12; ++Depth) {
      E = E->IgnoreParenImpCasts();
      if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E)) {
        E = Temporary->getSubExpr();
        continue;
      }
      if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E)) {
        E = Bound->getSubExpr();
        continue;
      }
      if (mentions(E)) {
        Read.OfThis = isa<CXXThisExpr>(E);
        return Read;
      }
      if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
        if (Unary->getOpcode() != UO_Deref)
          return {};
        E = Unary->getSubExpr();
        continue;
      }
      if (const auto *Member = dyn_cast<MemberExpr>(E)) {
        const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
        if (!Field)
          return {};
        Through(E);
        Read.In = Field;
        E = Member->getBase();
        continue;
      }
      if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
        // A smart pointer's -> and * are the object itself.
        if ((Operator->getOperator() == OO_Arrow ||
             Operator->getOperator() == OO_Star) &&
            Tu.holds(Operator->getArg(0)->getType()) != Holds::Value) {
          E = Operator->getArg(0);
          continue;
        }
        const auto *Method =
            dyn_cast_or_null<CXXMethodDecl>(Operator->getDirectCallee());
        if (Operator->getOperator() != OO_Subscript || !Method ||
            !Method->isConst() || Operator->getNumArgs() != 2 ||
            !independent(Operator->getArg(1)))
          return {};
        Through(E);
        E = Operator->getArg(0);
        continue;
      }
      const auto *CallE = dyn_cast<CXXMemberCallExpr>(E);
      const CXXMethodDecl *Method = CallE ? CallE->getMethodDecl() : nullptr;
      if (!Method || !Method->isConst() || Method->isStatic() ||
          Method->getReturnType()->isVoidType() ||
          isa<CXXConversionDecl>(Method) || answers(*Method))
        return {};
      Read.Depends |=
          !std::all_of(CallE->arg_begin(), CallE->arg_end(),
                       [&](const Expr *A) { return independent(A); });
      Through(E);
      E = CallE->getImplicitObjectArgument();
    }
    return {};
  }

  static const StringLiteral *literal(const Expr *E) {
    E = strip(E);
    while (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
      if (Made->getNumArgs() < 1)
        return nullptr;
      E = strip(Made->getArg(0));
    }
    return dyn_cast<StringLiteral>(E);
  }

  /// What the part could be called: its last accessor, "get" left out.
  std::string nameOf(const Expr *E) const {
    E = strip(E);
    std::string Name;
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      Name = Member->getMemberDecl()->getNameAsString();
    else if (const auto *CallE = dyn_cast<CXXMemberCallExpr>(E)) {
      Name = CallE->getMethodDecl()->getNameAsString();
      // get_header_value("Accept") is the value that the literal names.
      if (CallE->getNumArgs() > 0)
        if (const auto *Key = literal(CallE->getArg(0));
            Key && Key->isOrdinary() &&
            std::all_of(Key->getString().begin(), Key->getString().end(),
                        [](char C) {
                          return llvm::isAlnum(C) || C == '-' || C == '_';
                        }) &&
            !Key->getString().empty() &&
            llvm::isAlpha(Key->getString().front())) {
          Name = Key->getString().lower();
          std::replace(Name.begin(), Name.end(), '-', '_');
        }
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Operator->getNumArgs() > 0)
        return nameOf(Operator->getArg(0));
    }
    for (const char *Prefix : {"get_", "m_"})
      if (llvm::StringRef(Name).starts_with(Prefix) &&
          Name.size() > std::strlen(Prefix))
        Name.erase(0, std::strlen(Prefix));
    if (Name.size() > 3 && llvm::StringRef(Name).starts_with("get") &&
        llvm::isUpper(Name[3])) {
      Name.erase(0, 3);
      Name[0] = llvm::toLower(Name[0]);
    }
    while (Name.size() > 1 && Name.back() == '_')
      Name.pop_back();
    return Name;
  }

  /// The part as a value that lives on by itself. \p Asked: the body calls a
  /// method of it.
  std::string owning(const Expr *E, const std::string &Text, bool Asked) const {
    QualType Type = E->getType().getNonReferenceType();
    if (Type->isPointerType() || Type->isArrayType() ||
        Type->isFunctionType() || Type->isVoidType())
      return "";
    const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
    if (!Class)
      return Text;
    if (!Class->hasDefinition())
      return "";
    // Copyable, and no view of somebody else's data.
    bool Copyable = !Class->defaultedCopyConstructorIsDeleted();
    for (const CXXConstructorDecl *Ctor : Class->ctors())
      if (Ctor->isCopyConstructor() &&
          (Ctor->isDeleted() || Ctor->getAccess() != AS_public))
        Copyable = false;
    if (!Copyable)
      return "";
    if (!isView(*Class))
      return Text;
    const TypeModel *Model = Tu.typeModel(Type);
    if (!Model || Model->Kind != "string")
      return "";
    // What a view can do its text class may not, but for those of std.
    if (Asked && !Class->isInStdNamespace())
      return "";
    // The text class that a view of characters is made into.
    for (const CXXMethodDecl *Method : Class->methods())
      if (Method->getIdentifier() && Method->getName() == "toString" &&
          Method->param_empty())
        return Text + ".toString()";
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
    bool Chars =
        Spec && Spec->getTemplateArgs().size() > 0 &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
        Spec->getTemplateArgs()[0].getAsType()->isCharType();
    return Chars ? "std::string(" + Text + ")" : "";
  }

  /// Refers to data and owns none: it has pointers and no destructor to free
  /// what they point to.
  static bool isView(const CXXRecordDecl &Class, int Depth = 0) {
    if (Depth > 4 || !Class.hasTrivialDestructor())
      return false;
    for (const FieldDecl *Field : Class.fields()) {
      QualType Type = Field->getType();
      if (Type->isPointerType() || Type->isReferenceType())
        return true;
      if (const CXXRecordDecl *Inner = Type->getAsCXXRecordDecl();
          Inner && Inner->hasDefinition() && isView(*Inner, Depth + 1))
        return true;
    }
    for (const CXXBaseSpecifier &Base : Class.bases())
      if (const auto *Inner = Base.getType()->getAsCXXRecordDecl();
          Inner && Inner->hasDefinition() && isView(*Inner, Depth + 1))
        return true;
    return false;
  }

  /// \p E reads a part of the object.
  void use(const Expr *E, const Part &Read) {
    Use Made;
    Made.Where = Tu.location(Read.E->getBeginLoc());
    Made.OfThis = Read.OfThis;
    if (Read.In)
      Made.Field = Read.In->getNameAsString();
    Made.Length = lengthOf(Read.E->getSourceRange(), Tu);
    Made.Text = Made.Length ? textOf(Read.E->getSourceRange(), Tu)
                            : Tu.spelling(Read.E);
    Made.Name = nameOf(Read.E);
    if (Made.Text.empty())
      Made.Text = Made.Name;
    if (Tu.AST.getLangOpts().CPlusPlus14 && !Read.Depends) // [name = ...]
      Made.Owning = owning(Read.E, Made.Text, strip(E) != Read.E);
    Out.push_back(std::move(Made));
    if (Read.Depends) // the arguments may mention it too
      arguments(E);
  }

  void arguments(const Expr *E) {
    E = strip(E);
    if (const auto *CallE = dyn_cast<CXXMemberCallExpr>(E)) {
      for (const Expr *Argument : CallE->arguments())
        read(Argument);
      arguments(CallE->getImplicitObjectArgument());
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      arguments(Member->getBase());
    }
  }
};

} // namespace

void Body::readCaptures(const LambdaExpr &L, const FunctionDecl &Op,
                        Function &Made) {
  for (const LambdaCapture &Captured : L.captures()) {
    Capture Out;
    Out.Implicit = Captured.isImplicit();
    if (Captured.capturesThis()) {
      Out.Name = "this";
      Out.Kind = CaptureKind::This;
      Out.Type = Facts.Class;
      Out.Where = Tu.location(Captured.getLocation());
      Out.How = Captured.getCaptureKind() == LCK_StarThis ? Holds::Value
                                                          : Holds::Pointer;
      Out.Of.Path.Base = Root::This;
      UseReader(Tu, nullptr, /*ByThis=*/true, Out.Uses).read(Op.getBody());
      Made.Captures.push_back(std::move(Out));
      continue;
    }
    if (!Captured.capturesVariable())
      continue;
    const auto *Var = dyn_cast<VarDecl>(Captured.getCapturedVar());
    const CXXRecordDecl *Class = Var ? Tu.classOf(Var->getType()) : nullptr;
    if (!Class || Class->isLambda())
      continue;
    bool ByInit = Var->isInitCapture() && Var->getInit();
    Out.Name = Var->getNameAsString();
    Out.Kind = Captured.getCaptureKind() == LCK_ByRef ? CaptureKind::Reference
               : ByInit                               ? CaptureKind::Init
                                                      : CaptureKind::Copy;
    Out.Type = qualifiedName(*Class);
    Out.How = Tu.holds(Var->getType().getNonReferenceType());
    if (ByInit) {
      const Expr *Source = Var->getInit()->IgnoreImplicit();
      Out.Of = value(Source);
      if (const auto *Copy = dyn_cast<CXXConstructExpr>(Source);
          Copy && Copy->getNumArgs() >= 1)
        Out.Moved = Copy->getArg(0)->IgnoreParenImpCasts()->isXValue();
      Out.Moved |= Source->isXValue();
      const auto *CallE = dyn_cast<CallExpr>(strip(Source));
      const Model *M = CallE ? modelFor(siteOf(*CallE)) : nullptr;
      Out.OfThis = M && M->Role == "self";
      if (M && M->Role == "self.weak")
        continue;
    } else {
      Out.Of = valueOfVar(*Var);
      // auto self = shared_from_this();
      auto It = Definitions.find(Var);
      const auto *CallE = It != Definitions.end() && It->second
                              ? dyn_cast<CallExpr>(strip(It->second))
                              : nullptr;
      const Model *M = CallE ? modelFor(siteOf(*CallE)) : nullptr;
      Out.OfThis = M && M->Role == "self";
    }
    // Where an edit would go: the capture itself, or behind the others.
    SourceRange Introducer = L.getIntroducerRange();
    Out.Editable = lengthOf(Introducer, Tu) > 0;
    if (Out.Implicit) {
      Out.Where = Tu.location(Introducer.getEnd());
    } else {
      SourceLocation Begin = Captured.getLocation();
      SourceLocation End = ByInit ? Var->getEndLoc() : Begin;
      if (Out.Kind == CaptureKind::Reference)
        Begin = ampersandBefore(Begin, Tu);
      Out.Where = Tu.location(Begin);
      Out.Length = lengthOf({Begin, End}, Tu);
      Out.Editable &= Out.Length > 0;
    }
    Out.Request = Tu.derivesFrom(*Class, "request");
    Contents Has = contentsOf(*Class, Tu);
    Out.Members = Has.Members;
    Out.Contents = Has.inWords();
    Out.Costly = Has.costly();
    // [this, self = shared_from_this()]: one object by two names.
    UseReader(Tu, Var, /*ByThis=*/Out.OfThis, Out.Uses).read(Op.getBody());
    Made.Captures.push_back(std::move(Out));
  }
}

} // namespace perfidy
