//===- BodyBound.cpp - what other callables than lambdas hold -------------===//
//
// Part of Perfidy. The arguments of std::bind and those that std::thread takes
// for its function, and the fields of a function object that is made on the
// spot: each is held as a capture of a lambda is.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Uses.h"
#include "clang/AST/ASTLambda.h"

using namespace clang;

namespace perfidy {

/// An object that a callable is given to keep, by \p E. \p Into: what it lands
/// in, if that has a type of its own.
std::optional<Capture> Body::boundObject(const Expr *E, QualType Into) {
  QualType Type = Into.isNull() ? E->getType().getUnqualifiedType() : Into;
  bool Refers = Type->isReferenceType();
  const VarDecl *Lender = Refers          ? storageOf(E)
                          : borrows(Type) ? borrowedBy(E)
                                          : nullptr;
  auto Known = Lender ? PathOf.find(Lender) : PathOf.end();
  if (Refers && Known == PathOf.end())
    return std::nullopt;
  const CXXRecordDecl *Class =
      Tu.classOf(Known == PathOf.end() ? Type : Lender->getType());
  if (!Class || Class->isLambda())
    return std::nullopt;
  Capture Held;
  describeHeld(*Class, Held);
  if (!Held.Request && !Held.Costly)
    return std::nullopt;
  if (Known != PathOf.end())
    Held.Borrowed = Known->second;
  Held.Of = value(E);
  Held.Name = Held.Of.Spelling;
  Held.How = Tu.holdsOf(Type);
  Held.Where = Tu.location(E->getBeginLoc());
  Held.Length = lengthOf(E->getSourceRange(), Tu);
  const Expr *From = E->IgnoreParenImpCasts();
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(From);
      Copy && Copy->getNumArgs() >= 1)
    From = Copy->getArg(0)->IgnoreParenImpCasts();
  // An object that is made for it has no other owner either.
  Held.Moved = From->isXValue() || From->isPRValue();
  const Model *M = makerOf(E);
  Held.OfThis = M && M->Role == "self";
  return Held;
}

/// It is run on an object, which comes before its arguments.
static bool runsOnObject(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && !Method->isStatic() && !Method->getParent()->isLambda();
}

/// \p Given are the first arguments of \p Function, which runs later.
void Body::bindArguments(const FunctionDecl &Function,
                         llvm::ArrayRef<const Expr *> Given, Bound At) {
  if (runsOnObject(Function) && !Given.empty())
    Given = Given.drop_front();
  const FunctionDecl *Defined = nullptr;
  const Stmt *Body = Function.getBody(Defined);
  for (size_t I = 0; I < Given.size() && I < Function.getNumParams(); ++I) {
    std::optional<Capture> Held = boundObject(Given[I]);
    if (!Held)
      continue;
    if (Body) {
      Tu.Alone = false;
      Held->Uses = usesOf({.As = Defined->getParamDecl(I)}, Body, Tu);
    }
    Bound Made = At;
    Made.Held = std::move(*Held);
    if (!isLambdaCallOperator(&Function))
      Made.Callable = Function.getNameAsString();
    Facts.Bounds.push_back(std::move(Made));
  }
}

/// The field of \p Class that its constructor makes of parameter \p Position.
static const FieldDecl *filledBy(const CXXConstructorDecl &Constructor,
                                 unsigned Position) {
  const FunctionDecl *Defined = nullptr;
  if (!Constructor.getBody(Defined))
    return nullptr;
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Defined)->inits()) {
    const Expr *Of =
        Init->isAnyMemberInitializer() ? strip(Init->getInit()) : nullptr;
    if (const auto *Moved = dyn_cast_or_null<CallExpr>(Of);
        Moved && Moved->getNumArgs() == 1)
      Of = strip(Moved->getArg(0)); // std::move(given)
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Of);
    if (Ref && Ref->getDecl() == Defined->getParamDecl(Position))
      return Init->getAnyMember();
  }
  return nullptr;
}

/// \p Made makes an object with an operator(), whose fields it so holds.
void Body::bindFields(const Expr *Made, Bound At) {
  const CXXRecordDecl *Class = Made->getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Class->isLambda() ||
      Tu.inSystemHeader(Class->getLocation()))
    return;
  const CXXMethodDecl *Operator = nullptr;
  for (const CXXMethodDecl *Method : Class->methods())
    if (Method->getOverloadedOperator() == OO_Call)
      Operator = Method;
  if (!Operator)
    return;
  llvm::SmallVector<std::pair<const FieldDecl *, const Expr *>, 4> Fields;
  if (const auto *List = dyn_cast<InitListExpr>(Made)) {
    unsigned I = 0;
    for (const FieldDecl *Field : Class->fields())
      if (I < List->getNumInits())
        Fields.emplace_back(Field, List->getInit(I++));
  } else if (const auto *Call = dyn_cast<CXXConstructExpr>(Made)) {
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      if (const FieldDecl *Field = filledBy(*Call->getConstructor(), I))
        Fields.emplace_back(Field, Call->getArg(I));
  }
  const Stmt *Body = Operator->getBody();
  for (const auto &[Field, Init] : Fields) {
    std::optional<Capture> Held = boundObject(Init, Field->getType());
    if (!Held)
      continue;
    if (Body) {
      Tu.Alone = false;
      Held->Uses = usesOf({.Own = Field}, Body, Tu);
    }
    Bound Each = At;
    Each.Held = std::move(*Held);
    Each.Callable = Class->getNameAsString();
    Facts.Bounds.push_back(std::move(Each));
  }
}

/// \p Given is what a call takes: a bound function or a function object?
void Body::bindIn(const Expr *Given, const Bound &At) {
  for (int Depth = 0; Given && Depth < 4; ++Depth) {
    Given = strip(resolveLocal(Given));
    if (const auto *CallE = dyn_cast<CallExpr>(Given)) {
      Site S = siteOf(*CallE);
      const Model *M = modelFor(S);
      const Expr *Of =
          M && M->Role == "unwrap" ? operand(S, M->Container) : nullptr;
      if (Of) { // std::move(task)
        Given = Of;
        continue;
      }
      const Expr *Callable =
          M && M->Role == "bind" ? operand(S, M->Callable) : nullptr;
      const FunctionDecl *Function = Callable ? calledBy(Callable) : nullptr;
      if (!Function)
        return;
      llvm::SmallVector<const Expr *, 4> Arguments;
      for (const Expr *Argument : S.Arguments)
        if (Argument != Callable)
          Arguments.push_back(Argument);
      return bindArguments(*Function, Arguments, At);
    }
    if (Given->getType().isNull()) // a list in a template
      return;
    const CXXRecordDecl *Class = Given->getType()->getAsCXXRecordDecl();
    const auto *Made = dyn_cast<CXXConstructExpr>(Given);
    // A std::function of it.
    if (Made && Made->getNumArgs() == 1 && Class &&
        Tu.inSystemHeader(Class->getLocation())) {
      Given = Made->getArg(0);
      continue;
    }
    if (Made || isa<InitListExpr>(Given))
      bindFields(Given, At);
    return;
  }
}

/// What the arguments of call \p Taker hold, if it may run them later.
void Body::recordBound(const Site &S, const Model *M, Index Taker) {
  if (M && (M->Runs != "later" || M->Role == "handler.register"))
    return;
  Bound At;
  At.Taker = Taker;
  const Expr *Callable = M ? operand(S, M->Callable) : nullptr;
  for (size_t I = 0; I < S.Arguments.size(); ++I) {
    At.Argument = static_cast<uint32_t>(I);
    bool Takes = M ? S.Arguments[I] == Callable : handsOver(*S.Callee, I, Tu);
    if (Takes && !Tu.typeModel(S.Arguments[I]->getType())) { // no text, no list
      size_t Before = Facts.Bounds.size();
      bindIn(S.Arguments[I], At);
      if (Facts.Bounds.size() > Before)
        Facts.Calls[Taker].Arguments[I].HandedOver = true;
    }
    if (S.Arguments[I] != Callable || I + 1 == S.Arguments.size())
      continue;
    // std::thread(f, a, b): what follows f is for f.
    llvm::ArrayRef<const Expr *> Rest(S.Arguments);
    Rest = Rest.drop_front(I + 1);
    if (const FunctionDecl *Function = calledBy(Callable);
        Function &&
        Rest.size() == Function->getNumParams() + runsOnObject(*Function))
      bindArguments(*Function, Rest, At);
  }
}

/// The function or lambda that \p Callable names: f, &C::f, std::bind(f, x).
const FunctionDecl *Body::calledBy(const Expr *Callable) {
  if (const LambdaExpr *L = lambdaIn(Callable))
    return L->getCallOperator();
  const Expr *Plain = strip(Callable);
  if (const auto *CallE = dyn_cast<CallExpr>(Plain)) {
    Site S = siteOf(*CallE);
    const Model *M = modelFor(S);
    const Expr *Bound =
        M && M->Role == "bind" ? operand(S, M->Callable) : nullptr;
    return Bound && Bound != Callable ? calledBy(Bound) : nullptr;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(Plain);
      Unary && Unary->getOpcode() == UO_AddrOf)
    Plain = strip(Unary->getSubExpr());
  const auto *Ref = dyn_cast<DeclRefExpr>(Plain);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

} // namespace perfidy
