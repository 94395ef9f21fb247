//===- BodyPaths.cpp - access paths, values and text ----------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace perfidy {

/// Nearly all that strip() is asked about: there is nothing around it.
static bool isBare(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::DeclRefExprClass:
  case Stmt::MemberExprClass:
  case Stmt::CXXThisExprClass:
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::BinaryOperatorClass:
  case Stmt::IntegerLiteralClass:
  case Stmt::StringLiteralClass:
  case Stmt::LambdaExprClass:
    return true;
  default:
    return false;
  }
}

const Expr *strip(const Expr *E) {
  while (E && !isBare(E)) {
    const Expr *Next = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(Next))
      Next = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Next))
      Next = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = Bound->getSubExpr();
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Next))
      Next = Cast->getSubExpr();
    else if (const auto *Await = dyn_cast<CoawaitExpr>(Next))
      Next = Await->getOperand();
    else if (const auto *Param = dyn_cast<SubstNonTypeTemplateParmExpr>(Next))
      Next = Param->getReplacement();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Next)) {
      if (Construct->getNumArgs() >= 1 &&
          Construct->getConstructor()->isCopyOrMoveConstructor() &&
          (Construct->getNumArgs() == 1 ||
           isa<CXXDefaultArgExpr>(Construct->getArg(1))))
        Next = Construct->getArg(0);
    } else if (const auto *List = dyn_cast<InitListExpr>(Next)) {
      if (List->getNumInits() == 1 && !List->getType()->isArrayType() &&
          List->isTransparent())
        Next = List->getInit(0);
    }
    if (Next == E)
      return E;
    E = Next;
  }
  return E;
}

Index Body::local(const VarDecl &Var) {
  AccessPath Known = pathOfVar(Var);
  if (Known.Base == Root::Local)
    return Known.Position;
  return None;
}

AccessPath Body::pathOfVar(const ValueDecl &D) {
  auto It = PathOf.find(&D);
  if (It != PathOf.end())
    return It->second;
  AccessPath Path;
  if (const auto *Binding = dyn_cast<BindingDecl>(&D)) {
    if (const auto *Whole =
            dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl())) {
      Path = pathOfVar(*Whole);
      Path.Fields.push_back(Binding->getNameAsString());
    }
    return Path;
  }
  const auto *Var = dyn_cast<VarDecl>(&D);
  if (!Var)
    return Path;
  bool Inside = Var->isLocalVarDeclOrParm();
  if (!Inside || Var->isStaticDataMember()) {
    Path.Base = Root::Global;
    Path.Name = qualifiedName(*Var);
    return PathOf[&D] = Path;
  }
  Local L;
  L.Name = Var->getNameAsString();
  if (const CXXRecordDecl *Class = Tu.classOf(Var->getType()))
    L.Type = qualifiedName(*Class);
  L.Loop = CurrentLoop;
  L.Where = Tu.location(Var->getLocation());
  L.Static = Var->isStaticLocal() || Var->getTLSKind() != VarDecl::TLS_None;
  L.Reference = Var->getType()->isReferenceType();
  L.Pointer = Var->getType()->isPointerType();
  if (const TypeModel *Type = Tu.typeModel(Var->getType());
      Type && !L.Pointer) {
    L.Owns = Type->Role == "pointer";
    L.Range = Type->Role == "container" && Type->Kind != "string";
  }
  if (const CXXRecordDecl *Class = Tu.classOf(Var->getType());
      Class && Class->hasDefinition() && !L.Range)
    // A view. Looked up by name: to list the methods of a class that comes from
    // a precompiled header reads all of them.
    for (const NamedDecl *Method : Class->lookup(&Tu.AST.Idents.get("begin")))
      L.Range |= isa<CXXMethodDecl>(Method);
  if (const TypeModel *Type = Tu.typeModel(Var->getType()))
    L.Range &= Type->Kind != "string" && Type->Role != "text";
  Facts.Locals.push_back(std::move(L));
  Path.Base = Root::Local;
  Path.Position = static_cast<Index>(Facts.Locals.size() - 1);
  PathOf[&D] = Path;
  if (!Facts.Locals.back().Static)
    Variables.declare(Variables.var(Path), CurrentLoop);
  return Path;
}

Body::PathDraft Body::path(const Expr *E, int Depth) {
  PathDraft Result;
  if (!E || Depth > 16)
    return Result;
  E = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    auto It = Aliases.find(Ref->getDecl());
    if (It != Aliases.end())
      return It->second;
    Result.Path = pathOfVar(*Ref->getDecl());
    return Result;
  }
  if (isa<CXXThisExpr>(E)) {
    Result.Path.Base = Root::This;
    return Result;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl())) {
      Result.Path = pathOfVar(*Var);
      return Result;
    }
    Result = path(Member->getBase(), Depth + 1);
    if (Result.Path.known())
      Result.Path.Fields.push_back(Tu.shortName(*Member->getMemberDecl()));
    return Result;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf)
      return path(Unary->getSubExpr(), Depth + 1);
    return Result;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && Binary->isPtrMemOp()) {
    Result = path(Binary->getLHS(), Depth + 1);
    if (Result.Path.known())
      Result.Path.Fields.push_back(".*");
    return Result;
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
      Made && Made->getNumArgs() >= 1 && !CallOf.contains(E)) {
    // A view of it, or its text in another type.
    const TypeModel *Type = Tu.typeModel(Made->getType());
    bool Rest = std::all_of(
        Made->arg_begin() + 1, Made->arg_end(),
        [](const Expr *Argument) { return isa<CXXDefaultArgExpr>(Argument); });
    if (Type && Rest && (Type->Role == "text" || Type->Role == "container"))
      return path(Made->getArg(0), Depth + 1);
  }
  if (isa<CXXConstructExpr, CXXNewExpr>(E)) {
    if (auto It = CallOf.find(E); It != CallOf.end()) {
      Result.Path.Base = Root::Result;
      Result.Path.Position = It->second;
    }
    return Result;
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Result = path(Subscript->getBase(), Depth + 1);
    if (Result.Path.known()) {
      Result.Path.Fields.push_back("[]");
      collect(Subscript->getIdx(), Result.Identity);
    }
    return Result;
  }
  const auto *CallE = dyn_cast<CallExpr>(E);
  if (!CallE)
    return Result;
  Site S = siteOf(*CallE);
  if (!S.Callee)
    return Result;
  if (isa<CXXConversionDecl>(S.Callee) && S.Object)
    return path(S.Object, Depth + 1);

  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    OverloadedOperatorKind Kind = Operator->getOperator();
    const Expr *Object = Operator->getArg(0);
    if (Kind == OO_Star || Kind == OO_Arrow) {
      // An iterator stands for an element of its container.
      const auto *Ref = dyn_cast<DeclRefExpr>(strip(Object));
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (auto It = Var ? IteratorOf.find(Var) : IteratorOf.end();
          It != IteratorOf.end()) {
        Result = path(It->second, Depth + 1);
        if (Result.Path.known()) {
          Result.Path.Fields.push_back("[]");
          Result.Identity.push_back(Variables.var(pathOfVar(*Var)));
          return Result;
        }
      }
      return path(Object, Depth + 1);
    }
    if (Kind == OO_Subscript && Operator->getNumArgs() == 2) {
      Result = path(Object, Depth + 1);
      if (Result.Path.known()) {
        Result.Path.Fields.push_back("[]");
        collect(Operator->getArg(1), Result.Identity);
      }
      return Result;
    }
  }
  const Model *M = modelFor(S);
  if (M && M->Role == "unwrap") {
    const Expr *Of = operand(S, M->Container);
    return path(Of ? Of : S.Object, Depth + 1);
  }
  if (M && (M->Role == "container.begin" || M->Role == "container.end")) {
    const Expr *Of = operand(S, M->Container); // an iterator is its container
    return path(Of ? Of : S.Object, Depth + 1);
  }
  if (M && M->Role == "container.access" && S.Object) {
    Result = path(S.Object, Depth + 1);
    if (Result.Path.known()) {
      Result.Path.Fields.push_back("[]");
      for (const Expr *Argument : S.Arguments)
        collect(Argument, Result.Identity);
    }
    return Result;
  }
  auto Recorded = CallOf.find(E);
  if (Recorded != CallOf.end() &&
      Facts.Calls[Recorded->second].Role.rfind("connection.", 0) == 0) {
    Result.Path.Base = Root::Result;
    Result.Path.Position = Recorded->second;
    return Result;
  }
  // A const accessor names a part of its object.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
      Method && S.Object && (Method->isConst() || S.Arguments.empty())) {
    Result = path(S.Object, Depth + 1);
    if (Result.Path.known()) {
      Result.Path.Fields.push_back(Tu.shortName(*Method).str() +
                                   (S.Arguments.empty() ? "()" : "(..)"));
      for (const Expr *Argument : S.Arguments)
        collect(Argument, Result.Identity);
      if (!Method->isConst())
        Result.Identity.push_back(Variables.var(path(S.Object).Path));
      if (!Method->isConst() && Recorded != CallOf.end()) {
        // What it returns may be new: keep the call.
        Result.Path = {};
        Result.Path.Base = Root::Result;
        Result.Path.Position = Recorded->second;
      }
    }
    return Result;
  }
  if (!S.Object && S.Arguments.empty() &&
      !S.Callee->getReturnType()->isVoidType() &&
      (S.Callee->getReturnType()->isReferenceType() ||
       (S.Callee->getReturnType()->isPointerType() &&
        isa<CXXMethodDecl>(S.Callee))) &&
      !(M && M->Role.rfind("connection.", 0) == 0)) {
    Result.Path.Base = Root::Global; // a singleton's accessor
    Result.Path.Name = Tu.name(*S.Callee) + "()";
    return Result;
  }
  if (Recorded != CallOf.end()) {
    Result.Path.Base = Root::Result;
    Result.Path.Position = Recorded->second;
    for (const Expr *Argument : S.Arguments)
      collect(Argument, Result.Identity);
  }
  return Result;
}

/// The variables an expression is computed from.
void Body::collect(const Stmt *S, std::vector<VarId> &From) {
  if (!S || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    if (isa<VarDecl, BindingDecl>(Ref->getDecl())) {
      AccessPath Path = pathOfVar(*Ref->getDecl());
      if (Path.known())
        From.push_back(Variables.var(Path));
    }
    return;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(S)) {
    if (isa<VarDecl>(Member->getMemberDecl())) {
      From.push_back(Variables.var(pathOfVar(*Member->getMemberDecl())));
      return;
    }
    if (isa<CXXThisExpr>(strip(Member->getBase()))) {
      AccessPath Path;
      Path.Base = Root::This;
      if (isa<FieldDecl>(Member->getMemberDecl()))
        Path.Fields.push_back(Tu.shortName(*Member->getMemberDecl()));
      From.push_back(Variables.var(Path));
      return;
    }
  }
  if (const auto *L = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &Capture : L->captures())
      if (Capture.capturesVariable())
        From.push_back(Variables.var(pathOfVar(*Capture.getCapturedVar())));
    return;
  }
  if (isa<CXXThisExpr>(S)) {
    AccessPath Path;
    Path.Base = Root::This;
    From.push_back(Variables.var(Path));
    return;
  }
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(S))
    return collect(Opaque->getSourceExpr(), From);
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S))
    return collect(Default->getExpr(), From);
  for (const Stmt *Child : S->children())
    collect(Child, From);
}

/// What clang's evaluator would find out as well, at many times the cost: it is
/// made of something that only a run of the program knows.
static bool isVariable(const Expr *E, const ASTContext &AST) {
  E = strip(E);
  if (isa<CXXThisExpr>(E))
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && !Var->mightBeUsableInConstantExpressions(AST);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isa<FieldDecl>(Member->getMemberDecl()) &&
           isVariable(Member->getBase(), AST);
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = CallE->getDirectCallee();
    return !Callee || !(Callee->isConstexpr() || Callee->getBuiltinID());
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return !Binary->isLogicalOp() && !Binary->isCommaOp() &&
           (isVariable(Binary->getLHS(), AST) ||
            isVariable(Binary->getRHS(), AST));
  return false;
}

std::optional<int64_t> Body::constant(const Expr *E) {
  if (!E || E->isValueDependent() || E->isTypeDependent() ||
      E->getType().isNull() || !E->getType()->isIntegralOrEnumerationType() ||
      isVariable(E, Tu.AST))
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Tu.AST, Expr::SE_NoSideEffects))
    return std::nullopt;
  llvm::APSInt Int = Result.Val.getInt();
  return Int.isRepresentableByInt64() ? std::optional(Int.getExtValue())
                                      : std::nullopt;
}

/// A pointer, smart or not, or a std::function, that holds nothing.
bool Body::isNull(const Expr *E) {
  E = strip(E);
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return true;
  const auto *Made = dyn_cast<CXXConstructExpr>(E);
  if (!Made || Made->getNumArgs() > 1 || Made->getType().isNull() ||
      !(Made->getNumArgs() == 0 || isNull(Made->getArg(0))))
    return false;
  const CXXRecordDecl *Class = Made->getType()->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() &&
         Tu.inSystemHeader(Class->getLocation()) &&
         llvm::any_of(Class->getVisibleConversionFunctions(),
                      [](const NamedDecl *D) {
                        const auto *To =
                            dyn_cast<CXXConversionDecl>(D->getUnderlyingDecl());
                        return To && To->getConversionType()->isBooleanType();
                      });
}

bool Body::isNothing(const Expr *E) { return isNull(E) || constant(E) == 0; }

const Expr *Body::resolveLocal(const Expr *E) {
  for (int Depth = 0; Depth < 4; ++Depth) {
    E = strip(E);
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Var || Reassigned.contains(Var))
      return E;
    auto It = Definitions.find(Var);
    if (It == Definitions.end() || !It->second)
      return E;
    E = It->second;
  }
  return E;
}

bool Body::fixedExtent(const Expr *E, int64_t *Count) {
  if (!E)
    return false;
  E = strip(E);
  if (E->getType().isNull())
    return false;
  if (const ConstantArrayType *Array =
          Tu.AST.getAsConstantArrayType(E->getType())) {
    if (Count)
      *Count = static_cast<int64_t>(Array->getSize().getLimitedValue());
    return true;
  }
  const TypeModel *Type = Tu.typeModel(E->getType());
  if (Type && Type->Role == "container" &&
      (Type->Kind == "tree" || Type->Kind == "hash"))
    if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
            E->getType().getNonReferenceType()->getAsCXXRecordDecl());
        Spec && Spec->getTemplateArgs().size() > 0 &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
      QualType Key = Spec->getTemplateArgs()[0].getAsType();
      if (Key->isIntegralOrEnumerationType() && !Key->isIncompleteType() &&
          Tu.AST.getTypeSize(Key) <= 8) { // no more keys than that
        if (Count)
          *Count = 256;
        return true;
      }
    }
  if (Type && Type->Role == "container" && Type->Kind == "fixed") {
    if (Count) {
      *Count = 0;
      if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
              E->getType().getNonReferenceType()->getAsCXXRecordDecl()))
        for (const TemplateArgument &Argument :
             Spec->getTemplateArgs().asArray())
          if (Argument.getKind() == TemplateArgument::Integral)
            *Count = Argument.getAsIntegral().getLimitedValue();
    }
    return true;
  }
  auto ListOf = [](const Expr *Init) -> const InitListExpr * {
    if (!Init)
      return nullptr;
    Init = strip(Init);
    for (int Depth = 0; Depth < 4; ++Depth) {
      if (const auto *List = dyn_cast<InitListExpr>(Init))
        return List;
      if (const auto *Standard = dyn_cast<CXXStdInitializerListExpr>(Init))
        Init = strip(Standard->getSubExpr());
      else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
               Construct && Construct->getNumArgs() >= 1)
        Init = strip(Construct->getArg(0));
      else
        return nullptr;
    }
    return nullptr;
  };
  // QList<int>() << 39 << 40
  std::function<std::optional<int64_t>(const Expr *)> Written =
      [&](const Expr *Init) -> std::optional<int64_t> {
    if (!Init)
      return std::nullopt;
    Init = strip(Init);
    if (const InitListExpr *List = ListOf(Init))
      return List->getNumInits();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Init);
        Operator && Operator->getOperator() == OO_LessLess &&
        Operator->getNumArgs() == 2)
      if (std::optional<int64_t> Rest = Written(Operator->getArg(0)))
        return *Rest + 1;
    const auto *Made = dyn_cast<CXXConstructExpr>(Init);
    return Made && Made->getNumArgs() == 0 ? std::optional<int64_t>(0)
                                           : std::nullopt;
  };
  std::optional<int64_t> Size;
  if (const InitListExpr *List = ListOf(E))
    Size = List->getNumInits();
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Var = Ref      ? dyn_cast<VarDecl>(Ref->getDecl())
                    : Member ? dyn_cast<VarDecl>(Member->getMemberDecl())
                             : nullptr;
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (Field && Field->getType().isConstQualified() &&
      Field->hasInClassInitializer())
    Size = Written(Field->getInClassInitializer());
  if (!Size && Var) {
    // A table written in the source: const, or a local that never grows.
    bool Const = Var->getType().isConstQualified() ||
                 (Var->getType()->isReferenceType() &&
                  Var->getType()->getPointeeType().isConstQualified());
    bool Local = Var->isLocalVarDecl() && !Grown.contains(Var) &&
                 !Reassigned.contains(Var);
    bool Table = Var->hasGlobalStorage() && !Grown.contains(Var) &&
                 !Var->isExternallyVisible();
    if (Const || Local || Table)
      Size = Written(Var->getAnyInitializer());
    // An empty one is there to be filled, somewhere.
    if (Size && *Size == 0)
      Size.reset();
  }
  if (!Size)
    return false;
  if (Count)
    *Count = *Size;
  return true;
}

const Expr *Body::rangeOf(const Expr *E, int Depth) {
  if (!E || Depth > 6)
    return nullptr;
  E = strip(E);
  if (E->getType().isNull()) // "T x(a, b)" in a template nobody has used
    return nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1) // iterator -> const_iterator
    return rangeOf(Construct->getArg(0), Depth + 1);
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    Site S = siteOf(*CallE);
    if (isa_and_nonnull<CXXConversionDecl>(S.Callee) && S.Object)
      return rangeOf(S.Object, Depth + 1);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Operator->getOperator() == OO_Plus ||
          Operator->getOperator() == OO_Minus)
        return rangeOf(Operator->getArg(0), Depth + 1);
      return nullptr;
    }
    const Model *M = modelFor(S);
    if (!M)
      return nullptr;
    if (M->Role == "container.begin" || M->Role == "container.end") {
      const Expr *Of = operand(S, M->Container);
      return strip(Of ? Of : S.Object);
    }
    if (M->Role == "container.find" || M->Role == "container.lookup") {
      // An iterator into the container that was searched.
      const Expr *Of = operand(S, M->Container);
      if (!Of)
        Of = S.Object;
      const Expr *Whole = rangeOf(Of, Depth + 1);
      return Whole ? Whole : (S.Object ? strip(S.Object) : nullptr);
    }
    return nullptr;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && Binary->isAdditiveOp())
    return rangeOf(Binary->getLHS(), Depth + 1);
  if (E->getType()->isArrayType())
    return E;
  return nullptr;
}

Value Body::value(const Expr *E) {
  Value V;
  if (!E)
    return V;
  V.Spelling = Tu.spelling(E->IgnoreImplicit());
  V.Constant = isNull(E) ? 0 : constant(E);
  PathDraft P = path(E);
  V.Path = P.Path;
  Draft D;
  D.Loop = CurrentLoop;
  collect(E, D.From);
  D.Identity = std::move(P.Identity);
  Drafts.push_back(std::move(D));
  V.Draft = static_cast<Index>(Drafts.size() - 1);

  V.Member = memberOf(E);
  const Expr *Plain = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      V.Callable = Tu.usr(*F);
  if (const LambdaExpr *L = lambdaIn(Plain)) {
    V.Callable = Tu.lambdaUsr(*L->getLambdaClass());
    V.Captures = captureValues(*L);
  }
  return V;
}

Value Body::valueOfVar(const ValueDecl &D) {
  Value V;
  V.Spelling = D.getNameAsString();
  auto It = Aliases.find(&D);
  PathDraft P;
  if (It != Aliases.end())
    P = It->second;
  else
    P.Path = pathOfVar(D);
  V.Path = P.Path;
  Draft Made;
  Made.Loop = CurrentLoop;
  AccessPath Own = pathOfVar(D);
  if (Own.known())
    Made.From.push_back(Variables.var(Own));
  Made.Identity = P.Identity;
  Drafts.push_back(std::move(Made));
  V.Draft = static_cast<Index>(Drafts.size() - 1);
  if (const auto *Var = dyn_cast<VarDecl>(&D))
    if (auto L = LambdaVariables.find(Var); L != LambdaVariables.end()) {
      V.Callable = Tu.lambdaUsr(*L->second->getLambdaClass());
      if (LambdaDepth < 3)
        V.Captures = captureValues(*L->second);
    }
  return V;
}

/// What a lambda captures, and what the lambdas among that captured: all that
/// its body can name of the outside.
std::vector<const ValueDecl *> Body::capturedBy(const LambdaExpr &L) {
  std::vector<const ValueDecl *> All;
  for (const LambdaCapture &Capture : L.captures())
    if (Capture.capturesVariable())
      All.push_back(Capture.getCapturedVar());
  for (size_t I = 0; I < All.size(); ++I) {
    const auto *Var = dyn_cast<VarDecl>(All[I]);
    auto It = Var ? LambdaVariables.find(Var) : LambdaVariables.end();
    if (It == LambdaVariables.end() || It->second == &L)
      continue;
    for (const LambdaCapture &Capture : It->second->captures())
      if (Capture.capturesVariable() &&
          std::find(All.begin(), All.end(), Capture.getCapturedVar()) ==
              All.end())
        All.push_back(Capture.getCapturedVar());
  }
  return All;
}

std::vector<Value> Body::captureValues(const LambdaExpr &L) {
  std::vector<Value> Values;
  ++LambdaDepth;
  for (const ValueDecl *Var : capturedBy(L)) {
    const auto *Decl = dyn_cast<VarDecl>(Var);
    if (Decl && Decl->isInitCapture() && Decl->getInit())
      Values.push_back(value(Decl->getInit()));
    else
      Values.push_back(valueOfVar(*Var));
  }
  --LambdaDepth;
  return Values;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

namespace {
std::string literalText(const StringLiteral &Literal) {
  std::string Text;
  for (unsigned I = 0; I < Literal.getLength(); ++I) {
    uint32_t Unit = Literal.getCodeUnit(I);
    Text += Unit < 0x80 ? static_cast<char>(Unit) : '?';
  }
  return Text;
}

const StringLiteral *onlyLiteral(const Stmt *S) {
  if (!S)
    return nullptr;
  if (const auto *Literal = dyn_cast<StringLiteral>(S))
    return Literal;
  for (const Stmt *Child : S->children())
    if (const StringLiteral *Literal = onlyLiteral(Child))
      return Literal;
  if (const auto *Decls = dyn_cast<DeclStmt>(S))
    for (const Decl *D : Decls->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        if (const StringLiteral *Literal = onlyLiteral(Var->getInit()))
          return Literal;
  return nullptr;
}

/// The characters in \p V, a class that was made of a literal or an array.
std::optional<std::string> charactersIn(const APValue &V) {
  if (V.isStruct()) {
    for (unsigned I = 0; I < V.getStructNumFields(); ++I)
      if (std::optional<std::string> Text = charactersIn(V.getStructField(I)))
        return Text;
    return std::nullopt;
  }
  if (!V.isArray())
    return std::nullopt;
  std::string Text;
  for (unsigned I = 0; I < V.getArrayInitializedElts(); ++I) {
    const APValue &Unit = V.getArrayInitializedElt(I);
    if (!Unit.isInt())
      return std::nullopt;
    uint64_t Value = Unit.getInt().getZExtValue();
    if (Value == 0)
      break;
    Text += Value < 0x80 ? static_cast<char>(Value) : '?';
  }
  return Text;
}

/// The text of a literal whose operator takes it as a template argument,
/// template <Text T> auto operator""_sql().
std::optional<std::string> templateText(const UserDefinedLiteral &Literal) {
  const FunctionDecl *Operator = Literal.getDirectCallee();
  const TemplateArgumentList *Arguments =
      Operator ? Operator->getTemplateSpecializationArgs() : nullptr;
  if (!Arguments || Arguments->size() != 1)
    return std::nullopt;
  const TemplateArgument &Text = Arguments->get(0);
  if (Text.getKind() != TemplateArgument::Declaration)
    return std::nullopt;
  const auto *Object = dyn_cast<TemplateParamObjectDecl>(Text.getAsDecl());
  return Object ? charactersIn(Object->getValue()) : std::nullopt;
}

constexpr const char *Hole = "\x01";
constexpr size_t LongestText = 4096;
} // namespace

/// The text as far as it can be read, holes where it cannot.
std::optional<std::string> Body::text(const Expr *E, int Depth) {
  if (!E || Depth > 24 || isa<CXXDefaultArgExpr>(E))
    return std::nullopt;
  E = strip(E);
  auto Join = [&](const Expr *Left,
                  const Expr *Right) -> std::optional<std::string> {
    std::optional<std::string> L = text(Left, Depth + 1);
    std::optional<std::string> R = text(Right, Depth + 1);
    if (!L && !R)
      return std::nullopt;
    std::string Joined = L.value_or(Hole) + R.value_or(Hole);
    if (Joined.size() > LongestText)
      Joined.resize(LongestText);
    return Joined;
  };
  if (const auto *Literal = dyn_cast<StringLiteral>(E))
    return literalText(*Literal);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return std::nullopt;
    if (auto It = Texts.find(Var); It != Texts.end())
      return It->second;
    if (Var->hasGlobalStorage() &&
        (Var->getType().isConstQualified() || Var->getType()->isArrayType() ||
         Var->isConstexpr() || (Var->getType()->isPointerType())))
      return text(Var->getAnyInitializer(), Depth + 1);
    if (Outer)
      if (auto It = Outer->Texts.find(Var); It != Outer->Texts.end())
        return It->second;
    return std::nullopt;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl());
        Var && Var->getType().isConstQualified())
      return text(Var->getAnyInitializer(), Depth + 1);
    return std::nullopt;
  }
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    std::optional<std::string> Then =
        text(Conditional->getTrueExpr(), Depth + 1);
    return Then ? Then : text(Conditional->getFalseExpr(), Depth + 1);
  }
  if (const auto *Statement = dyn_cast<StmtExpr>(E)) {
    if (const StringLiteral *Literal = onlyLiteral(Statement))
      return literalText(*Literal);
    return std::nullopt;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() == 0)
      return std::nullopt;
    const TypeModel *Type = Tu.typeModel(Construct->getType());
    if (Type && (Type->Role == "text" || Type->Kind == "string"))
      return text(Construct->getArg(0), Depth + 1);
    return std::nullopt;
  }
  const auto *CallE = dyn_cast<CallExpr>(E);
  if (!CallE)
    return std::nullopt;
  if (const auto *Literal = dyn_cast<UserDefinedLiteral>(CallE))
    return Literal->getNumArgs() ? text(Literal->getArg(0), Depth + 1)
                                 : templateText(*Literal);
  Site S = siteOf(*CallE);
  if (isa_and_nonnull<CXXConversionDecl>(S.Callee) && S.Object)
    return text(S.Object, Depth + 1);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    switch (Operator->getOperator()) {
    case OO_Plus:
    case OO_PlusEqual:
    case OO_LessLess:
    case OO_Percent:
      if (Operator->getNumArgs() == 2)
        return Join(Operator->getArg(0), Operator->getArg(1));
      return std::nullopt;
    case OO_Call: // QStringLiteral: a lambda called at once
      if (const auto *L = dyn_cast<LambdaExpr>(strip(Operator->getArg(0))))
        if (E->getBeginLoc().isMacroID())
          if (const StringLiteral *Literal = onlyLiteral(L->getBody()))
            return literalText(*Literal);
      return std::nullopt;
    default:
      return std::nullopt;
    }
  }
  if (const Model *M = modelFor(S)) {
    if (M->Role == "text.build" || M->Role == "text.append") {
      const Expr *Of = operand(S, M->Text);
      return text(Of ? Of : S.Object ? S.Object : nullptr, Depth + 1);
    }
    if (M->Role == "unwrap")
      return text(operand(S, M->Container), Depth + 1);
    if (M->Role == "container.concat" && S.Arguments.size() == 2)
      return Join(S.Arguments[0], S.Arguments[1]);
  }
  return std::nullopt;
}

AccessPath Body::textSource(const Expr *E) {
  for (int Depth = 0; Depth < 8; ++Depth) {
    E = resolveLocal(E);
    const auto *CallE = dyn_cast<CallExpr>(E);
    if (!CallE)
      break;
    Site S = siteOf(*CallE);
    const Model *M = modelFor(S);
    const Expr *Of =
        M && M->Role == "text.build" ? operand(S, M->Text) : nullptr;
    if (!Of)
      break;
    E = Of;
  }
  return path(E).Path;
}

} // namespace perfidy
