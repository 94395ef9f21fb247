//===- BodyExpressions.cpp - assignments, comparisons, lambdas ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace perfidy {

void Body::walkExpr(const Expr *E) {
  if (!E)
    return;
  // What an assertion does is not the program's work.
  if (E->getBeginLoc().isMacroID() && Tu.inMacro(E->getBeginLoc(), "assert"))
    return;
  switch (E->getStmtClass()) {
  case Stmt::LambdaExprClass:
    makeLambda(*cast<LambdaExpr>(E));
    return;
  case Stmt::BinaryOperatorClass: {
    const auto &Binary = *cast<BinaryOperator>(E);
    if (Binary.isLogicalOp()) {
      walkExpr(Binary.getLHS());
      pushGuard(Binary.getLHS(), Binary.getOpcode() == BO_LAnd);
      walkExpr(Binary.getRHS());
      popGuard();
      return;
    }
    if (Binary.getOpcode() == BO_Assign) {
      walkExpr(Binary.getRHS());
      walkExpr(Binary.getLHS());
      assign(Binary.getLHS(), Binary.getRHS(), /*Step=*/false, /*Whole=*/true);
      return;
    }
    walkExpr(Binary.getLHS());
    walkExpr(Binary.getRHS());
    if (Binary.isEqualityOp())
      recordCompare(E, Binary.getLHS(), Binary.getRHS(),
                    Binary.getOpcode() == BO_NE);
    return;
  }
  case Stmt::CompoundAssignOperatorClass: {
    const auto &Binary = *cast<BinaryOperator>(E);
    walkExpr(Binary.getRHS());
    walkExpr(Binary.getLHS());
    assign(Binary.getLHS(), Binary.getRHS(), /*Step=*/true,
           Binary.getType()->isPointerType());
    return;
  }
  case Stmt::CXXRewrittenBinaryOperatorClass: {
    const auto &Rewritten = *cast<CXXRewrittenBinaryOperator>(E);
    auto Parts = Rewritten.getDecomposedForm();
    walkExpr(Parts.LHS);
    walkExpr(Parts.RHS);
    if (Parts.Opcode == BO_EQ || Parts.Opcode == BO_NE)
      recordCompare(E, Parts.LHS, Parts.RHS, Parts.Opcode == BO_NE);
    return;
  }
  case Stmt::UnaryOperatorClass: {
    const auto &Unary = *cast<UnaryOperator>(E);
    walkExpr(Unary.getSubExpr());
    if (Unary.getOpcode() == UO_LNot)
      recordThreeWay(E, Unary.getSubExpr(), /*Negated=*/false); // !strcmp(a, b)
    if (Unary.isIncrementDecrementOp())
      change(Unary.getSubExpr(), {}, /*Grows=*/true,
             Unary.getType()->isPointerType(), /*Strong=*/true);
    return;
  }
  case Stmt::ConditionalOperatorClass: {
    const auto &Conditional = *cast<ConditionalOperator>(E);
    walkExpr(Conditional.getCond());
    pushGuard(Conditional.getCond(), true);
    walkExpr(Conditional.getTrueExpr());
    popGuard();
    pushGuard(Conditional.getCond(), false);
    walkExpr(Conditional.getFalseExpr());
    popGuard();
    return;
  }
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass:
  case Stmt::CUDAKernelCallExprClass:
    walkCall(*cast<CallExpr>(E));
    return;
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    walkConstruct(*cast<CXXConstructExpr>(E));
    return;
  case Stmt::CoawaitExprClass:
    walkExpr(cast<CoawaitExpr>(E)->getOperand());
    return;
  case Stmt::CoyieldExprClass:
    walkExpr(cast<CoyieldExpr>(E)->getOperand());
    return;
  case Stmt::StmtExprClass:
    walk(cast<StmtExpr>(E)->getSubStmt());
    return;
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::CXXTypeidExprClass:
  case Stmt::RequiresExprClass:
  case Stmt::OpaqueValueExprClass:
  case Stmt::CXXDefaultArgExprClass:
  case Stmt::CXXDefaultInitExprClass:
    return;
  case Stmt::DeclRefExprClass:
    if (const auto *F = dyn_cast<FunctionDecl>(cast<DeclRefExpr>(E)->getDecl()))
      if (!Tu.inSystemHeader(F->getLocation()))
        Tu.addressTaken(*F);
    return;
  case Stmt::InitListExprClass: {
    const auto *List = cast<InitListExpr>(E);
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    for (const Expr *Init : List->inits())
      walkExpr(Init);
    return;
  }
  case Stmt::CXXNewExprClass: {
    walkChildren(E);
    const auto *New = cast<CXXNewExpr>(E);
    if (New->getInitializer())
      storeForCaller(New->getInitializer()); // on the heap, whoever frees it
    if (const CXXConstructExpr *Made = New->getConstructExpr())
      if (auto It = CallOf.find(Made); It != CallOf.end())
        CallOf[E] = It->second;
    return;
  }
  case Stmt::CXXDeleteExprClass: {
    walkChildren(E);
    Call C;
    C.Form = CallForm::Destructor;
    C.Where = Tu.location(E->getBeginLoc());
    C.Receiver = value(cast<CXXDeleteExpr>(E)->getArgument());
    // In a template that nobody has used the type is not known yet.
    QualType Destroyed = cast<CXXDeleteExpr>(E)->getDestroyedType();
    if (const CXXRecordDecl *Class =
            Destroyed.isNull() ? nullptr : Destroyed->getAsCXXRecordDecl();
        Class && Class->hasDefinition())
      if (const CXXDestructorDecl *Destructor = Class->getDestructor()) {
        C.Callee = Tu.usr(*Destructor);
        C.Name = Tu.name(*Destructor);
        C.Virtual = Destructor->isVirtual();
        newCall(std::move(C));
      }
    return;
  }
  case Stmt::CXXThrowExprClass:
    for (Index L : Variables.chain(CurrentLoop))
      Facts.Loops[L].LeavesSometimes = true;
    walkChildren(E);
    if (TryDepth == 0) // else it is caught, maybe
      recordExit(E->getBeginLoc());
    return;
  default:
    return walkChildren(E);
  }
}

/// "T &&": format(text, x) takes x as it is, and hands it on to be read.
static bool isForwarding(const FunctionDecl &Callee, unsigned Position) {
  const FunctionTemplateDecl *Template = Callee.getPrimaryTemplate();
  const FunctionDecl *Pattern =
      Template ? Template->getTemplatedDecl() : nullptr;
  if (!Pattern || Pattern->getNumParams() == 0)
    return false;
  unsigned Last = Pattern->getNumParams() - 1;
  QualType Type = Pattern->getParamDecl(std::min(Position, Last))->getType();
  if (const auto *Pack = Type->getAs<PackExpansionType>())
    Type = Pack->getPattern();
  const auto *Reference = Type->getAs<RValueReferenceType>();
  return Reference && Reference->getPointeeType()->isTemplateTypeParmType() &&
         !Reference->getPointeeType().isConstQualified();
}

void Body::findReassigned(const Stmt *S) {
  if (!S)
    return;
  auto Mark = [&](const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(E)))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
        Reassigned.insert(Var);
  };
  if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
    if (Binary->isAssignmentOp())
      Mark(Binary->getLHS());
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
    if (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf)
      Mark(Unary->getSubExpr());
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Operator->isAssignmentOp() || Operator->getOperator() == OO_PlusPlus ||
        Operator->getOperator() == OO_MinusMinus)
      if (Operator->getNumArgs() >= 1)
        Mark(Operator->getArg(0));
    if ((Operator->getOperator() == OO_LessLess ||
         Operator->getOperator() == OO_PlusEqual) &&
        Operator->getNumArgs() >= 1)
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Operator->getArg(0))))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
          Grown.insert(Var);
  } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S)) {
    if (const CXXMethodDecl *Method = Member->getMethodDecl();
        Method && !Method->isConst())
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(strip(Member->getImplicitObjectArgument())))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
          Grown.insert(Var);
  }
  if (const auto *CallE = dyn_cast<CallExpr>(S))
    if (const FunctionDecl *Callee = CallE->getDirectCallee()) {
      unsigned Shift = isa<CXXOperatorCallExpr>(S) &&
                               isa<CXXMethodDecl>(Callee) &&
                               !cast<CXXMethodDecl>(Callee)->isStatic()
                           ? 1
                           : 0;
      for (unsigned I = 0;
           I + Shift < CallE->getNumArgs() && I < Callee->getNumParams(); ++I) {
        QualType Type = Callee->getParamDecl(I)->getType();
        if (Type->isLValueReferenceType() &&
            !Type->getPointeeType().isConstQualified() &&
            !(Tu.inSystemHeader(Callee->getLocation()) &&
              isForwarding(*Callee, I)))
          if (const auto *Ref =
                  dyn_cast<DeclRefExpr>(strip(CallE->getArg(I + Shift))))
            if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
              Grown.insert(Var);
              if (!Var->getType()->isRecordType())
                Reassigned.insert(Var);
            }
      }
    }
  for (const Stmt *Child : S->children())
    findReassigned(Child);
}

void Body::assign(const Expr *Left, const Expr *Right, bool Step, bool Whole) {
  PathDraft P = path(Left);
  const Expr *Plain = strip(Left);
  // An alias may be assigned through; the variable itself is what is meant
  // only if it is a pointer that is made to point elsewhere.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        Var && !Var->getType()->isReferenceType())
      P.Path = pathOfVar(*Var);
  if (!P.Path.known())
    return;
  Flow::Definition D;
  D.Var = Variables.var(P.Path);
  D.Loop = CurrentLoop;
  collect(Right, D.From);
  D.Step = Step;
  D.Opaque = D.From.empty() && isa<CallExpr>(strip(Right));
  if (isa<ArraySubscriptExpr, CXXOperatorCallExpr>(Plain))
    D.Step = true; // one element of many
  Variables.define(std::move(D));
  if (Whole)
    Variables.reseat(P.Path, CurrentLoop);

  Write W;
  W.Target = value(Left);
  W.Target.Path = P.Path;
  W.Guards = ActiveGuards;
  W.Grows = Step;
  W.Flag = Left->getType()->isBooleanType();
  W.Clears = !Step && isNothing(Right);
  W.Loop = CurrentLoop;
  if (P.Path.Base == Root::Parameter && P.Path.Fields.empty() && Whole &&
      !Step && !concatenates(Right, P.Path))
    Facts.Parameters[P.Path.Position].Replaced = true;
  W.Bulk = !Step || Tu.classOf(Left->getType()) == Tu.classOf(Right->getType());
  Writes.push_back(std::move(W));
  if (P.Path.Base != Root::Local)
    Facts.Writes.push_back(P.Path);
  if (!Step) {
    const auto *Slot = dyn_cast<CXXOperatorCallExpr>(Plain); // m[k] = x
    store(P.Path, Right, Slot != nullptr,
          (Slot ? Slot->getArg(0) : Left)->getType());
    keepToken(Right, [&] { return value(Left); }, Left->getType());
  }

  if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
      if (!Step) {
        if (std::optional<std::string> T = text(Right))
          Texts[Var] = *T;
        else
          Texts.erase(Var);
        if (const Expr *Range = rangeOf(Right); Range && Range != strip(Right))
          IteratorOf[Var] = Range;
        if (!Definitions.contains(Var))
          Definitions[Var] = Right;
        if (roleOf(strip(Right)) != "container.erase")
          LastSet[Var] = Right;
      } else if (!Texts.contains(Var)) {
        if (std::optional<std::string> T = text(Right))
          Texts[Var] = *T;
      } else if (std::optional<std::string> T = text(Right)) {
        Texts[Var] += *T;
      }
      GuardsAt[Var] = ActiveGuards;
    }
  const Expr *From = strip(Right);
  if (auto It = CallOf.find(From); It != CallOf.end() && !Step) {
    Call &Given = Facts.Calls[It->second];
    // "rc = open(path, &handle)": the handle; "field = connect(handle)" keeps
    // what is the same handle.
    bool Kept = P.Path.Base != Root::Local && From->getType()->isPointerType();
    if (Given.Role != "connection.open" || !Given.Target.known() || Kept)
      Given.Target = P.Path;
    // s = s + x: all of s is copied to add a little.
    if (Given.Role == "container.concat" && concatenates(From, P.Path)) {
      Given.Role = "container.rebuild";
      Given.Subject = value(Left);
      Given.Subject.edit().Path = P.Path;
    }
    LastCall[P.Path] = It->second;
  }
  if (P.Path.Base != Root::Local || !P.Path.Fields.empty())
    escape(Right);
}

/// Is the object \p Path one of the parts that are put together?
bool Body::concatenates(const Expr *E, const AccessPath &Path) {
  if (E->IgnoreParenImpCasts()->isXValue())
    return false; // moved, not copied
  E = strip(E);
  if (path(E).Path == Path)
    return true;
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    const Model *M = modelFor(siteOf(*CallE)); // std::move(s) + x
    if (M && M->Role == "unwrap")
      return false;
  }
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  if (!Operator || Operator->getOperator() != OO_Plus)
    return false;
  for (const Expr *Part : Operator->arguments())
    if (concatenates(Part, Path))
      return true;
  return false;
}

void Body::change(const Expr *Target, llvm::ArrayRef<VarId> From, bool Grows,
                  bool Whole, bool Strong) {
  PathDraft P = path(Target);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Target)); Ref && Whole)
    P.Path = pathOfVar(*Ref->getDecl());
  if (!P.Path.known() || P.Path.Base == Root::Result)
    return;
  Flow::Definition D;
  D.Var = Variables.var(P.Path);
  D.Loop = CurrentLoop;
  D.From.assign(From.begin(), From.end());
  D.Step = true;
  Variables.define(std::move(D));
  // A reference's own variable changes with what it refers to.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Target)))
    if (Aliases.contains(Ref->getDecl())) {
      Flow::Definition Own;
      Own.Var = Variables.var(pathOfVar(*Ref->getDecl()));
      Own.Loop = CurrentLoop;
      Own.From.assign(From.begin(), From.end());
      Own.Step = true;
      Variables.define(std::move(Own));
    }
  if (Whole)
    Variables.reseat(P.Path, CurrentLoop);
  Write W;
  W.Target = value(Target);
  W.Target.Path = P.Path;
  W.Guards = ActiveGuards;
  W.Grows = Grows;
  W.Weak = !Strong;
  W.Loop = CurrentLoop;
  W.Bulk = !Grows;
  Writes.push_back(std::move(W));
  if (Strong && P.Path.Base != Root::Local)
    Facts.Writes.push_back(P.Path);
}

/// strcmp(a, b) == 0, a.compare(b) == 0: an equality of a and b.
void Body::recordThreeWay(const Expr *E, const Expr *Result, bool Negated) {
  const auto *CallE = dyn_cast<CallExpr>(strip(Result));
  if (!CallE)
    return;
  Site S = siteOf(*CallE);
  const Model *M = modelFor(S);
  if (!M || M->Role != "compare")
    return;
  if (S.Object && !S.Arguments.empty())
    recordCompare(E, S.Object, S.Arguments[0], Negated);
  else if (S.Arguments.size() >= 2)
    recordCompare(E, S.Arguments[0], S.Arguments[1], Negated);
}

void Body::recordCompare(const Expr *E, const Expr *L, const Expr *R,
                         bool Negated) {
  if (isa<IntegerLiteral>(strip(R)) && isa<CallExpr>(strip(L)))
    return recordThreeWay(E, L, Negated);
  if (CurrentLoop == None && Facts.Kind != EntityKind::Lambda &&
      !Facts.Name.ends_with("::operator()"))
    return;
  auto Plain = [](const Expr *Side) {
    Side = strip(Side);
    return !isa<IntegerLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
                GNUNullExpr, CharacterLiteral, StringLiteral>(Side);
  };
  // An address tells whether it is the same object, not whether it is equal.
  auto Address = [](const Expr *Side) {
    const auto *Unary = dyn_cast<UnaryOperator>(strip(Side));
    return Unary && Unary->getOpcode() == UO_AddrOf;
  };
  if (!Plain(L) || !Plain(R) || Address(L) || Address(R))
    return;
  // Letters of a text are no elements that a hash could hold.
  if (strip(L)->getType()->isAnyCharacterType() ||
      strip(R)->getType()->isAnyCharacterType())
    return;
  auto Bound = [&](const Expr *Side) { // it != v.end()
    Side = strip(Side);
    if (const auto *Made = dyn_cast<CXXConstructExpr>(Side);
        Made && Made->getNumArgs() == 1)
      Side = strip(Made->getArg(0));
    const auto *CallE = dyn_cast<CallExpr>(Side);
    const Model *M = CallE ? modelFor(siteOf(*CallE)) : nullptr;
    return M && (M->Role == "container.end" || M->Role == "container.begin");
  };
  if (Bound(L) || Bound(R))
    return;
  QualType Type = L->getType().getNonReferenceType();
  if (Type->isBooleanType() || Type->isEnumeralType())
    return; // few values: a filter, not a key
  Compare C;
  C.Loop = CurrentLoop;
  C.Where = Tu.location(E->getBeginLoc());
  C.Left = value(L);
  C.Right = value(R);
  C.Negated = Negated;
  C.Guards = ActiveGuards;
  Facts.Compares.push_back(std::move(C));
  CompareOf[E] = static_cast<Index>(Facts.Compares.size() - 1);
}

//===----------------------------------------------------------------------===//
// Lambdas
//===----------------------------------------------------------------------===//

std::string Body::makeLambda(const LambdaExpr &L) {
  const CXXRecordDecl *Closure = L.getLambdaClass();
  if (std::string Known = Tu.lambdaUsr(*Closure); !Known.empty())
    return Known;
  for (const Expr *Init : L.capture_inits())
    if (Init)
      walkExpr(Init);
  for (const LambdaCapture &Capture : L.captures())
    if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
      Shared.insert(pathOfVar(*Capture.getCapturedVar()));
  const CXXMethodDecl *Operator = L.getCallOperator();
  const FunctionDecl *Op = Operator;
  if (!Operator)
    return "";
  // A generic lambda's facts come from how it is used.
  if (const FunctionTemplateDecl *Template =
          Operator->getDescribedFunctionTemplate()) {
    Tu.Alone = false; // others' bodies say what it is instantiated for
    for (const FunctionDecl *Instance : inOrder(*Template))
      if (Instance->hasBody()) {
        Op = Instance;
        break;
      }
  }
  Location Where = Tu.location(L.getBeginLoc());
  Function Made;
  // From where the function begins: the same when that moves.
  Made.Usr = Facts.Usr + "#lambda@" +
             llvm::itostr(int64_t(Where.Offset) - int64_t(Facts.Where.Offset));
  Tu.nameLambda(*Closure, Made.Usr);
  Made.Name = Facts.Name;
  Made.Kind = EntityKind::Lambda;
  Made.Where = Where;
  Made.End = Tu.location(L.getEndLoc());
  Made.Class = Facts.Class;
  Made.Parent = Facts.Usr;
  Made.Test = Facts.Test;
  Made.Template = Facts.Template;
  std::string Usr = Made.Usr;
  Body Inner(Tu, Made, this);
  Inner.readLambda(L, *Op);
  readCaptures(L, *Op, Made);
  Tu.Out.Functions.push_back(std::move(Made));
  LambdasRead.push_back(Tu.Out.Functions.size() - 1);
  return Usr;
}

void Body::readLambda(const LambdaExpr &L, const FunctionDecl &Op) {
  Index Position = 0;
  for (const ParmVarDecl *Param : Op.parameters()) {
    Facts.Parameters.push_back(Tu.parameter(*Param));
    AccessPath Path;
    Path.Base = Root::Parameter;
    Path.Position = Position++;
    PathOf[Param] = Path;
  }
  for (const ValueDecl *Var : (Outer ? Outer : this)->capturedBy(L)) {
    Parameter P;
    P.Name = Var->getNameAsString();
    if (const CXXRecordDecl *Class = Tu.classOf(Var->getType()))
      P.Type = qualifiedName(*Class);
    Facts.Parameters.push_back(std::move(P));
    AccessPath Path;
    Path.Base = Root::Parameter;
    Path.Position = Position++;
    PathOf[Var] = Path;
    if (Outer) { // what is known of it outside holds inside
      if (const auto *Decl = dyn_cast<VarDecl>(Var)) {
        if (auto It = Outer->Texts.find(Decl); It != Outer->Texts.end())
          Texts[Decl] = It->second;
        if (auto It = Outer->LambdaVariables.find(Decl);
            It != Outer->LambdaVariables.end())
          LambdaVariables[Decl] = It->second;
      }
    }
  }
  findReassigned(Op.getBody());
  walk(Op.getBody());
  finish();
}

void Body::escapeVar(const ValueDecl *D) {
  const auto *Var = dyn_cast_or_null<VarDecl>(D);
  if (!Var || !Var->isLocalVarDecl())
    return;
  auto It = PathOf.find(Var);
  if (It != PathOf.end() && It->second.Base == Root::Local)
    Facts.Locals[It->second.Position].Escapes = true;
}

/// The object that \p E names or makes lives on elsewhere.
void Body::escape(const Expr *E) {
  if (!E)
    return;
  E = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return escapeVar(Ref->getDecl());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_AddrOf)
    return escape(Unary->getSubExpr());
  if (const auto *L = dyn_cast<LambdaExpr>(E)) {
    for (const LambdaCapture &Capture : L->captures())
      if (Capture.capturesVariable())
        escapeVar(Capture.getCapturedVar());
    return;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    for (const Expr *Init : List->inits())
      escape(Init);
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    for (const Expr *Argument : Construct->arguments())
      escape(Argument);
    return;
  }
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    escape(Conditional->getTrueExpr());
    escape(Conditional->getFalseExpr());
    return;
  }
  if (const auto *New = dyn_cast<CXXNewExpr>(E))
    return escape(New->getInitializer());
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    Site S = siteOf(*CallE);
    if (const Model *M = modelFor(S)) {
      if (M->Role == "unwrap") {
        const Expr *Of = operand(S, M->Container);
        return escape(Of ? Of : S.Object);
      }
      if (M->Role == "forward")
        for (const Expr *Argument : S.Arguments)
          escape(Argument);
    }
  }
}

} // namespace perfidy
