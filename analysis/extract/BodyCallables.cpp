//===- BodyCallables.cpp - calls that the source does not write -----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

/// make_unique<T>(args): the constructor of T that will run.
void Body::constructForwarded(const Site &S, QualType Made) {
  const CXXRecordDecl *Class = Made->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return;
  const CXXConstructorDecl *Best = nullptr;
  int BestScore = -1;
  size_t Count = S.Arguments.size();
  for (const CXXConstructorDecl *Ctor : Class->ctors()) {
    if (Ctor->isDeleted() || Count < Ctor->getMinRequiredArguments() ||
        (Count > Ctor->getNumParams() && !Ctor->isVariadic()))
      continue;
    if (Ctor->isCopyOrMoveConstructor() && Count == 1 &&
        S.Arguments[0]->getType().getNonReferenceType()->getAsCXXRecordDecl() !=
            Class)
      continue;
    int Score = 0;
    for (size_t I = 0; I < Count; ++I) {
      QualType Param = Ctor->getParamDecl(I)->getType().getNonReferenceType();
      QualType Given = S.Arguments[I]->getType().getNonReferenceType();
      if (Tu.AST.hasSameUnqualifiedType(Param, Given))
        Score += 2;
      else if (Param->isRecordType() == Given->isRecordType())
        Score += 1;
    }
    if (Score > BestScore) {
      BestScore = Score;
      Best = Ctor;
    }
  }
  if (!Best)
    return;
  Site Inner = S;
  Inner.Callee = Best;
  Inner.Form = CallForm::Constructor;
  Inner.Object = nullptr;
  if (Index C = recordCall(Inner); C != None)
    CallOf[S.E] = C;
}

void Body::callDestructor(const VarDecl &Var) {
  if (Var.isStaticLocal() || !Var.getType()->isRecordType())
    return;
  const CXXRecordDecl *Class = Var.getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() ||
      Tu.inSystemHeader(Class->getLocation()))
    return;
  const CXXDestructorDecl *Destructor = Class->getDestructor();
  if (!Destructor || !Destructor->isUserProvided())
    return;
  Call C;
  C.Callee = Tu.usr(*Destructor);
  C.Name = Tu.name(*Destructor);
  C.Form = CallForm::Destructor;
  C.Where = Tu.location(Var.getLocation());
  C.Receiver = valueOfVar(Var);
  newCall(std::move(C));
}

//===----------------------------------------------------------------------===//
// Callables that a call runs
//===----------------------------------------------------------------------===//

void Body::runCallable(const Site &S, const Model &M) {
  const Expr *Callable = operand(S, M.Callable);
  if (!Callable)
    return;
  if (M.Runs == "first") {
    pushMemo();
    callCallable(Callable, None, S.E->getExprLoc(), S.E);
    popGuard();
    return;
  }
  if (M.Runs == "later") {
    escape(Callable);
    callCallable(Callable, None, S.E->getExprLoc(), S.E, &M);
    if (M.Role == "defer") // one for success, one for errors
      for (const Expr *Other : S.Arguments)
        if (Other != Callable && lambdaIn(Other)) {
          escape(Other);
          callCallable(Other, None, S.E->getExprLoc(), S.E, &M);
        }
    return;
  }
  if (M.Runs != "each") {
    callCallable(Callable, None, S.E->getExprLoc(), S.E);
    return;
  }
  const Expr *Of = operand(S, M.Container);
  if (!Of)
    Of = S.Object;
  const Expr *Range = Of ? rangeOf(Of) : nullptr;
  if (!Range)
    Range = Of;
  Index L = openLoop(LoopForm::Algorithm, *S.E);
  Facts.Loops[L].Steps = true;
  Local Element;
  Element.Name = "element";
  Element.Loop = L;
  Element.Where = Facts.Loops[L].Begin;
  Facts.Locals.push_back(std::move(Element));
  Index Position = static_cast<Index>(Facts.Locals.size() - 1);
  Facts.Loops[L].Element = Position;
  if (Range)
    describeRange(L, Range);
  Flow::Definition D;
  AccessPath Path;
  Path.Base = Root::Local;
  Path.Position = Position;
  D.Var = Variables.var(Path);
  Variables.declare(D.Var, L);
  D.Loop = L;
  D.Iteration = true;
  if (Range)
    collect(Range, D.From);
  Variables.define(std::move(D));
  callCallable(Callable, Position, S.E->getExprLoc(), S.E);
  closeLoop(L, nullptr);
}

void Body::callCallable(const Expr *Callable, Index Element,
                        SourceLocation Where, const Expr *By,
                        const Model *Later) {
  Value V = value(Callable);
  const Expr *Plain = strip(Callable);
  Call C;
  C.Where = Tu.location(Where);
  C.Form = CallForm::Implicit;
  C.Later = Later != nullptr;
  if (auto It = CallOf.find(By); It != CallOf.end())
    C.Taker = It->second;
  if (Later) {
    C.Completes = Later->Completes || Later->EndsAtOnce;
    C.Timer = Later->Timer;
    C.Joins = Later->EndsWithToken && Later->Role == "defer";
    if (Later->Role == "handler.register")
      C.Role = Later->Role;
  }
  const LambdaExpr *L = lambdaIn(Plain);
  unsigned Explicit = 1;
  if (L) {
    C.Callee = Tu.lambdaUsr(*L->getLambdaClass());
    if (const CXXMethodDecl *Op = L->getCallOperator())
      Explicit = Op->getNumParams();
    C.Where = Tu.location(L->getBeginLoc());
    C.Receiver.Path.Base = Root::This;
  } else if (!V.Callable.empty()) {
    C.Callee = V.Callable;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
      if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl())) {
        C.Name = Tu.name(*F);
        C.System = Tu.inSystemHeader(F->getLocation());
        Explicit = F->getNumParams();
      }
  } else if (const FunctionDecl *F = Later ? calledBy(Plain) : nullptr) {
    C.Callee = Tu.usr(*F);
    C.Name = Tu.name(*F);
    C.System = Tu.inSystemHeader(F->getLocation());
    Explicit = 0; // what it is given is not what it was bound to
  } else if (V.Path.Base == Root::Parameter) {
    C.Role = "invoke";
    C.Receiver = V;
    C.Name = V.Spelling;
  } else if (const auto *Record = Callable->getType()
                                      .getNonReferenceType()
                                      ->getAsCXXRecordDecl();
             Record && Record->hasDefinition() &&
             !Tu.inSystemHeader(Record->getLocation())) {
    for (const CXXMethodDecl *Method : Record->methods())
      if (Method->getOverloadedOperator() == OO_Call) {
        C.Callee = Tu.usr(*Method);
        C.Name = Tu.name(*Method);
        C.Receiver = V;
        Explicit = Method->getNumParams();
        break;
      }
    if (C.Callee.empty())
      return;
  } else {
    return;
  }
  for (unsigned I = 0; I < Explicit; ++I) {
    Value Given;
    if (Element != None) {
      AccessPath Path;
      Path.Base = Root::Local;
      Path.Position = Element;
      Given.Path = Path;
      Given.Spelling = "element";
      Draft D;
      D.Loop = CurrentLoop;
      D.From.push_back(Variables.var(Path));
      Drafts.push_back(std::move(D));
      Given.Draft = static_cast<Index>(Drafts.size() - 1);
    }
    C.Arguments.push_back(std::move(Given));
  }
  if (L)
    for (Value &Captured : captureValues(*L))
      C.Arguments.push_back(std::move(Captured));
  newCall(std::move(C));
}

} // namespace perfidy
