//===- BodyKeeps.cpp - what outlives the call -----------------------------===//
//
// Part of Perfidy. Objects and lambdas that are put into fields,
// globals and what parameters refer to.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

/// An object that is made here.
bool Body::isFresh(const Expr *E, int Depth) {
  if (!E || Depth > 4)
    return false;
  E = strip(E);
  if (isa<CXXNewExpr>(E))
    return true;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    if (Tu.holds(Made->getType()) == Holds::Value)
      return true;
    return Made->getNumArgs() >= 1 && isFresh(Made->getArg(0), Depth + 1);
  }
  const auto *CallE = dyn_cast<CallExpr>(E);
  if (!CallE)
    return false;
  Site S = siteOf(*CallE);
  const Model *M = modelFor(S);
  return M && M->Role == "forward";
}

/// What a field held is moved out of it: the slot is empty.
void Body::emptied(const Expr *E) {
  PathDraft P = path(E);
  if (P.Path.Fields.empty() || P.Path.Base == Root::Result)
    return;
  Keep Made;
  Made.Into = P.Path;
  Made.What.Constant = 0;
  Made.Where = Tu.location(E->getExprLoc());
  Facts.Keeps.push_back(std::move(Made));
}

/// A lambda that is returned, or put on the heap: into what somebody gets.
void Body::storeForCaller(const Expr *E) {
  if (!lambdaIn(E))
    return;
  Keep Made;
  Made.Into.Base = Root::Result;
  Made.What = value(E);
  Made.What.Captures.clear();
  Made.Where = Tu.location(E->getExprLoc());
  Facts.Keeps.push_back(std::move(Made));
}

/// A constructor that runs the lambda it is given: a thread, no slot.
bool Body::runsItsLambda(const Expr *E) {
  const auto *Made = dyn_cast<CXXConstructExpr>(strip(E));
  if (!Made)
    return false;
  Site S;
  S.E = Made;
  S.Callee = Made->getConstructor();
  S.Form = CallForm::Constructor;
  S.Arguments.append(Made->arg_begin(), Made->arg_end());
  const Model *M = modelFor(S);
  return M && M->Callable;
}

/// Worth remembering of what \p E puts into a slot: an object or a lambda that
/// lives on there.
bool Body::worthKeeping(const Expr *E, const AccessPath &Into, bool Fresh) {
  const Expr *Plain = strip(E);
  const auto *Ref = dyn_cast<DeclRefExpr>(Plain);
  bool Callable = lambdaIn(Plain) || (Ref && isa<FunctionDecl>(Ref->getDecl()));
  if (Callable && !runsItsLambda(E))
    return true; // wherever it goes
  if (Into.Base == Root::Local)
    return false;
  if (isNothing(E))
    return true; // the slot is empty
  if (!Tu.classOf(E->getType()))
    return false; // numbers
  AccessPath From = path(E).Path;
  return Fresh || From.Base == Root::Parameter || From.Base == Root::This ||
         From.Base == Root::Global ||
         (From.Base == Root::Local && Tu.holds(E->getType()) != Holds::Value);
}

/// A record that is made on the spot keeps what its fields are made of:
/// tasks_.push_back({std::move(task), 3}).
void Body::storeParts(const AccessPath &Into, const Expr *What, bool Appends) {
  const auto *List = dyn_cast<InitListExpr>(strip(What));
  if (!List || List->getType().isNull())
    return;
  const CXXRecordDecl *Class = List->getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() ||
      Tu.inSystemHeader(Class->getLocation()))
    return;
  unsigned I = Class->getNumBases();
  for (const FieldDecl *Field : Class->fields()) {
    if (I >= List->getNumInits())
      return;
    AccessPath Part = Into;
    Part.Fields.push_back(Field->getNameAsString());
    store(Part, List->getInit(I++), Appends, Field->getType());
  }
}

void Body::store(const AccessPath &Into, const Expr *What, bool Appends,
                 QualType As) {
  if (!What || !Into.known() || Into.Base == Root::Result)
    return;
  storeParts(Into, What, Appends);
  bool Fresh = isFresh(What);
  if (!worthKeeping(What, Into, Fresh))
    return;
  Keep Made;
  Made.Into = Into;
  Made.Where = Tu.location(What->getExprLoc());
  Made.Appends = Appends;
  const TypeModel *In = Appends ? Tu.typeModel(As) : nullptr;
  Made.Unique = In && (In->Kind == "tree" || In->Kind == "hash");
  const TypeModel *Kept = Tu.typeModel(What->getType());
  Made.Ends = Kept && llvm::StringRef(Kept->Role).starts_with("token") &&
              Tu.endsListeners(As);
  Made.Weak = Tu.holdsWeakly(As);
  Made.Guards = ActiveGuards;
  Made.Fresh = Fresh;
  Made.What = value(What);
  Made.What.Captures.clear();
  if (runsItsLambda(What))
    Made.What.Callable.clear();
  Facts.Keeps.push_back(std::move(Made));
}

void Body::storeFlag(const AccessPath &Into, const Expr *What) {
  // "flag_(a, b)" in a template that nobody has used has no type.
  if (What->getType().isNull() || !What->getType()->isBooleanType() ||
      path(What).Path.Base != Root::Parameter)
    return;
  Keep Made;
  Made.Into = Into;
  Made.Where = Tu.location(What->getExprLoc());
  Made.What = value(What);
  Facts.Keeps.push_back(std::move(Made));
}

/// A callable that lies in a field or a local is run.
void Body::recordRun(const Expr *Callable) {
  AccessPath Of = path(Callable).Path;
  if (Of.Base == Root::Local && !isCounter(Of)) // auto last = std::move(first)
    Of = path(resolveLocal(Callable)).Path;
  if (Of.Base == Root::This || Of.Base == Root::Global ||
      Of.Base == Root::Local)
    Facts.Runs.push_back(std::move(Of));
}

} // namespace perfidy
