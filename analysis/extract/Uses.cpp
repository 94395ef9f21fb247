//===- Uses.cpp - what a body reads of an object --------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Uses.h"
#include "analysis/extract/Body.h"
#include "analysis/extract/Contents.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace perfidy {

uint32_t lengthOf(SourceRange Range, const TuContext &Tu) {
  if (Range.isInvalid() || Range.getBegin().isMacroID() ||
      Range.getEnd().isMacroID())
    return 0;
  auto [BeginFile, Begin] = Tu.SM.getDecomposedLoc(Range.getBegin());
  auto [EndFile, End] = Tu.SM.getDecomposedLoc(Lexer::getLocForEndOfToken(
      Range.getEnd(), 0, Tu.SM, Tu.AST.getLangOpts()));
  return BeginFile == EndFile && End > Begin ? End - Begin : 0;
}

namespace {

std::string textOf(SourceRange Range, const TuContext &Tu) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range), Tu.SM,
                              Tu.AST.getLangOpts())
      .str();
}

/// Reads a body for mentions of one object.
class UseReader {
public:
  UseReader(TuContext &Tu, const Mentioned &Object, std::vector<Use> &Out)
      : Tu(Tu), Object(Object.As), Own(Object.Own), ByThis(Object.ByThis),
        Out(Out) {}

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
      if (Own && isa<CXXThisExpr>(E)) // the object around goes somewhere
        return pass(E->getBeginLoc());
      if (isOtherField(E))
        return;
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
  const FieldDecl *Own;
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
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Own && Member->getMemberDecl() == Own &&
             isa<CXXThisExpr>(strip(Member->getBase()));
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    return Ref && Object && Ref->getDecl() == Object;
  }

  /// Another field of the object that has it.
  bool isOtherField(const Expr *E) const {
    const auto *Member = Own ? dyn_cast<MemberExpr>(E) : nullptr;
    return Member && isa<FieldDecl>(Member->getMemberDecl()) &&
           isa<CXXThisExpr>(strip(Member->getBase()));
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

  /// Const, or the one of two accessors that an object gets which is not:
  /// "parser->get()", "list.front()".
  static bool reads(const CXXMethodDecl &Method) {
    if (Method.isConst())
      return true;
    auto Twin = [&](const NamedDecl *D) {
      const auto *Other = dyn_cast<CXXMethodDecl>(D);
      if (!Other || !Other->isConst() ||
          Other->getNumParams() != Method.getNumParams())
        return false;
      for (unsigned I = 0; I < Method.getNumParams(); ++I)
        if (!Method.getASTContext().hasSameType(
                Other->getParamDecl(I)->getType(),
                Method.getParamDecl(I)->getType()))
          return false;
      return true;
    };
    return llvm::any_of(Method.getParent()->lookup(Method.getDeclName()), Twin);
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
      if (!Method || !reads(*Method) || Method->isStatic() ||
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
    QualType Type = Read.E->getType().getNonReferenceType();
    const TypeModel *Model = Tu.typeModel(Type);
    Made.Bulk = Type->isPointerType() ||
                (Model && Model->Role == "container" && !isPlain(Type));
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

std::vector<Use> usesOf(const Mentioned &Object, const Stmt *Body,
                        TuContext &Tu) {
  std::vector<Use> Uses;
  UseReader(Tu, Object, Uses).read(Body);
  return Uses;
}

} // namespace perfidy
