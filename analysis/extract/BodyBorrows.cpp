//===- BodyBorrows.cpp - what refers to an object of the function's own ---===//
//
// Part of Perfidy.
//
// Problem: "[&req]" dangles when the lambda runs after the function, and so do
// "[held = &req]", "[path = std::string_view(req.path)]" and std::ref(req).
// Idea: follow what is referred to down to the variable whose storage it is
// part of. Whatever else may own it on the way, a shared pointer, a raw one, a
// handle to what others have too, ends the search: unknown, so nothing is said.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Contents.h"

using namespace clang;

namespace perfidy {

namespace {

constexpr int Deepest = 12;

/// A copy of the object is the same object: what it hands out may live on.
bool isHandle(const CXXRecordDecl &Class, TuContext &Tu, int Depth = 0) {
  if (!Class.hasDefinition() || Depth > Deepest)
    return true;
  for (const FieldDecl *Field : Class.fields()) {
    Holds How = Tu.holds(Field->getType());
    if (How == Holds::Shared || How == Holds::Reference)
      return true;
    // Of a library it may be anybody's; "T *data_" of a container is its own.
    if (How == Holds::Pointer && Class.hasTrivialDestructor())
      return true;
  }
  return llvm::any_of(Class.bases(), [&](const CXXBaseSpecifier &Base) {
    const auto *Inner = Base.getType()->getAsCXXRecordDecl();
    return Inner && isHandle(*Inner, Tu, Depth + 1);
  });
}

} // namespace

/// The variable that has what the call of \p S hands out: an element of a
/// container, what a unique_ptr points to, a part by an accessor.
const VarDecl *Body::lender(const Site &S, int Depth) {
  const Expr *Of = S.Object;
  const Model *M = modelFor(S);
  if (M && M->Role == "unwrap")
    if (const Expr *Named = operand(S, M->Container))
      Of = Named;
  if (!Of)
    return nullptr;
  Holds How = Tu.holds(Of->getType().getNonReferenceType());
  if (How == Holds::Pointer || borrows(Of->getType().getNonReferenceType()))
    return borrowedBy(Of, Depth + 1); // a reference_wrapper, a part of a view
  if (How == Holds::Alone)
    return storageOf(Of, Depth + 1);
  if (How != Holds::Value)
    return nullptr;
  if (M && (M->Role == "unwrap" || M->Role == "container.access"))
    return storageOf(Of, Depth + 1);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  const auto *Class = Of->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (!Method || !Class)
    return nullptr;
  bool Own = isa<CXXConversionDecl>(Method) || Method->isConst() ||
             Method->getOverloadedOperator() == OO_Subscript;
  return Own && !isHandle(*Class, Tu) ? storageOf(Of, Depth + 1) : nullptr;
}

/// What the pointer \p E points to: \p E is dereferenced. Who gives a pointer to
/// const, a gRPC server with its message, lends as by a reference.
const VarDecl *Body::pointee(const Expr *E, int Depth) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(E)))
    if (const auto *Given = dyn_cast<ParmVarDecl>(Ref->getDecl());
        Given && Given->getType()->isPointerType() &&
        Given->getType()->getPointeeType().isConstQualified())
      return Given;
  return borrowedBy(E, Depth);
}

/// The local or parameter that \p E names, or names a part of.
const VarDecl *Body::storageOf(const Expr *E, int Depth) {
  if (!E || Depth > Deepest)
    return nullptr;
  E = E->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || Var->hasGlobalStorage())
      return nullptr;
    if (!Var->getType()->isReferenceType() || isa<ParmVarDecl>(Var))
      return Var;
    const Expr *Init = Var->getInit();
    return Init ? storageOf(Init, Depth + 1) : nullptr;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || Field->getType()->isReferenceType())
      return nullptr;
    return Member->isArrow() ? pointee(Member->getBase(), Depth + 1)
                             : storageOf(Member->getBase(), Depth + 1);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? pointee(Unary->getSubExpr(), Depth + 1)
               : nullptr;
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return borrowedBy(Element->getBase(), Depth + 1);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return E->isGLValue() ? storageOf(Cast->getSubExpr(), Depth + 1) : nullptr;
  const auto *CallE = dyn_cast<CallExpr>(E);
  return CallE && E->isGLValue() ? lender(siteOf(*CallE), Depth) : nullptr;
}

/// The local or parameter that the pointer, reference_wrapper or view \p E
/// refers to (a part of), and keeps by nothing.
const VarDecl *Body::borrowedBy(const Expr *E, int Depth) {
  if (!E || Depth > Deepest)
    return nullptr;
  if (const auto *Decay = dyn_cast<ImplicitCastExpr>(E->IgnoreParens());
      Decay && Decay->getCastKind() == CK_ArrayToPointerDecay)
    return storageOf(Decay->getSubExpr(), Depth + 1);
  E = strip(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf
               ? storageOf(Unary->getSubExpr(), Depth + 1)
               : nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || Var->hasGlobalStorage() || isa<ParmVarDecl>(Var) ||
        Reassigned.contains(Var))
      return nullptr;
    return borrows(Var->getType()) ? borrowedBy(Var->getInit(), Depth + 1)
                                   : nullptr;
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    // string_view(text), QStringView(text): of the text, not of a copy.
    if (Made->getNumArgs() == 0 || !borrows(Made->getType()))
      return nullptr;
    const Expr *Of = Made->getArg(0);
    return borrows(Of->getType().getNonReferenceType())
               ? borrowedBy(Of, Depth + 1)
               : storageOf(Of, Depth + 1);
  }
  const auto *CallE = dyn_cast<CallExpr>(E);
  return CallE && borrows(E->getType()) ? lender(siteOf(*CallE), Depth)
                                        : nullptr;
}

/// Values of the type refer to what they do not keep.
bool Body::borrows(QualType Type) {
  if (Type->isPointerType())
    return !Type->isFunctionPointerType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return false;
  const TypeModel *Model = Tu.typeModel(Type);
  if (!Model)
    return false;
  if (Model->Role == "pointer")
    return Model->Holds.empty();
  return (Model->Kind == "string" || Model->Role == "text" ||
          Model->Role == "container") &&
         isView(*Class);
}

/// The variable of this function that a lambda refers to, or to a part of, by
/// what it captures; null if it keeps what it holds.
const VarDecl *Body::borrowedFrom(const LambdaCapture &Captured) {
  const auto *Var = dyn_cast<VarDecl>(Captured.getCapturedVar());
  if (!Var)
    return nullptr;
  bool ByReference = Captured.getCaptureKind() == LCK_ByRef;
  if (Var->isInitCapture())
    return Var->getType()->isReferenceType() ? storageOf(Var->getInit())
           : borrows(Var->getType())         ? borrowedBy(Var->getInit())
                                             : nullptr;
  if (!ByReference)
    return borrows(Var->getType()) && !isa<ParmVarDecl>(Var) &&
                   !Reassigned.contains(Var) && !Var->hasGlobalStorage()
               ? borrowedBy(Var->getInit())
               : nullptr;
  if (!Var->getType()->isReferenceType() || isa<ParmVarDecl>(Var))
    return Var;
  return Var->getInit() ? storageOf(Var->getInit()) : nullptr;
}

} // namespace perfidy
