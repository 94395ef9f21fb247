//===- BodyCaptures.cpp - what lambdas hold, and use of it ----------------===//
//
// Part of Perfidy. For every object of a class that a lambda captures: what it
// is, how it is held, and what of it the lambda's body reads (Uses.h).
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Contents.h"
#include "analysis/extract/Uses.h"
#include "clang/Basic/CharInfo.h"

using namespace clang;

namespace perfidy {

namespace {

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

} // namespace

/// What is known of the class of what is held.
void Body::describeHeld(const CXXRecordDecl &Class, Capture &Held) {
  Held.Type = qualifiedName(Class);
  Held.Request = Tu.derivesFrom(Class, "request");
  Contents Has = contentsOf(Class, Tu);
  Held.Members = Has.Members;
  Held.Containers = Has.Containers;
  Held.Contents = Has.inWords();
  Held.Costly = Has.costly();
}

/// The model that a call goes by which makes what \p E names.
const Model *Body::makerOf(const Expr *E) {
  const auto *CallE = E ? dyn_cast<CallExpr>(strip(E)) : nullptr;
  return CallE ? modelFor(siteOf(*CallE)) : nullptr;
}

/// What is captured, and how; not yet what is done with it.
Capture Body::captureOf(const LambdaCapture &Captured, const VarDecl &Var) {
  Capture Out;
  bool ByInit = Var.isInitCapture() && Var.getInit();
  Out.Implicit = Captured.isImplicit();
  Out.Name = Var.getNameAsString();
  Out.Kind = Captured.getCaptureKind() == LCK_ByRef ? CaptureKind::Reference
             : ByInit                               ? CaptureKind::Init
                                                    : CaptureKind::Copy;
  Out.How = Tu.holdsOf(Var.getType().getNonReferenceType());
  const Expr *From = nullptr;
  if (ByInit) {
    From = Var.getInit()->IgnoreImplicit();
    Out.Of = value(From);
    if (const auto *Copy = dyn_cast<CXXConstructExpr>(From);
        Copy && Copy->getNumArgs() >= 1)
      Out.Moved = Copy->getArg(0)->IgnoreParenImpCasts()->isXValue();
    Out.Moved |= From->isXValue();
  } else {
    Out.Of = valueOfVar(Var);
    if (auto It = Definitions.find(&Var); It != Definitions.end())
      From = It->second; // auto self = shared_from_this();
  }
  const Model *M = makerOf(From);
  Out.OfThis = M && M->Role == "self";
  if (M && M->Role == "self.weak")
    Out.How = Holds::Weak;
  return Out;
}

/// Where an edit would go: the capture itself, or behind the others.
static void placeCapture(const LambdaCapture &Captured, const LambdaExpr &L,
                         const VarDecl &Var, TuContext &Tu, Capture &Out) {
  SourceRange Introducer = L.getIntroducerRange();
  Out.Editable = lengthOf(Introducer, Tu) > 0;
  if (Out.Implicit) {
    Out.Where = Tu.location(Introducer.getEnd());
    return;
  }
  SourceLocation Begin = Captured.getLocation();
  bool ByInit = Var.isInitCapture() && Var.getInit();
  SourceLocation End = ByInit ? Var.getEndLoc() : Begin;
  if (Out.Kind == CaptureKind::Reference)
    Begin = ampersandBefore(Begin, Tu);
  Out.Where = Tu.location(Begin);
  Out.Length = lengthOf({Begin, End}, Tu);
  Out.Editable &= Out.Length > 0;
}

void Body::readCaptures(const LambdaExpr &L, const FunctionDecl &Op,
                        Function &Made) {
  for (const LambdaCapture &Captured : L.captures()) {
    if (Captured.capturesThis()) {
      Capture Out;
      Out.Implicit = Captured.isImplicit();
      Out.Name = "this";
      Out.Kind = CaptureKind::This;
      Out.Type = Facts.Class;
      Out.Where = Tu.location(Captured.getLocation());
      Out.How = Captured.getCaptureKind() == LCK_StarThis ? Holds::Value
                                                          : Holds::Pointer;
      Out.Of.Path.Base = Root::This;
      Out.Uses = usesOf({.ByThis = true}, Op.getBody(), Tu);
      Made.Captures.push_back(std::move(Out));
      continue;
    }
    const auto *Var = Captured.capturesVariable()
                          ? dyn_cast<VarDecl>(Captured.getCapturedVar())
                          : nullptr;
    if (!Var)
      continue;
    // What is referred to counts, not by what: a part of it, a pointer.
    const VarDecl *Lender = borrowedFrom(Captured);
    auto Known = Lender ? PathOf.find(Lender) : PathOf.end();
    const CXXRecordDecl *Class =
        Tu.classOf(Known == PathOf.end() ? Var->getType() : Lender->getType());
    if (!Class || Class->isLambda())
      continue;
    Capture Out = captureOf(Captured, *Var);
    if (Out.How == Holds::Weak)
      continue;
    if (Known != PathOf.end())
      Out.Borrowed = Known->second;
    placeCapture(Captured, L, *Var, Tu, Out);
    describeHeld(*Class, Out);
    // [this, self = shared_from_this()]: one object by two names.
    Out.Uses = usesOf({.As = Var, .ByThis = Out.OfThis}, Op.getBody(), Tu);
    Made.Captures.push_back(std::move(Out));
  }
}

} // namespace perfidy
