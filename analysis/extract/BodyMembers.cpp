//===- BodyMembers.cpp - member containers that the source fills ----------===//
//
// Part of Perfidy. Which member containers are filled when their object is
// made, from a list or element by element, and which may grow elsewhere. All
// that is not known to leave the number of elements alone counts as growing.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

namespace {

bool isContainer(const FieldDecl &Field, TuContext &Tu) {
  if (Field.getType()->isPointerType() || Field.getType()->isReferenceType())
    return false;
  const TypeModel *Type = Tu.typeModel(Field.getType());
  return Type && Type->Role == "container" && Type->Kind != "string" &&
         Type->Kind != "fixed";
}

const FieldDecl *fieldOf(const Expr *E, TuContext &Tu) {
  const auto *Member = dyn_cast_or_null<MemberExpr>(E);
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  return Field && isContainer(*Field, Tu) ? Field : nullptr;
}

/// A list that the source writes, or nothing.
bool isWritten(const Expr *E) {
  E = strip(E);
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return isWritten(Default->getExpr());
  if (isa<CXXStdInitializerListExpr, InitListExpr>(E))
    return true;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
    return Made->getNumArgs() == 0 || isWritten(Made->getArg(0));
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E); // List() << a << b
  return Operator && Operator->getOperator() == OO_LessLess &&
         isWritten(Operator->getArg(0));
}

} // namespace

/// The member container that \p E names, by itself or through an accessor.
std::string Body::memberOf(const Expr *E) {
  E = strip(E);
  if (const FieldDecl *Field = fieldOf(E, Tu))
    return qualifiedName(*Field);
  const auto *CallE = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = CallE ? CallE->getMethodDecl() : nullptr;
  if (!Method || CallE->getNumArgs() != 0 || Method->isVirtual() ||
      Tu.inSystemHeader(Method->getLocation()))
    return "";
  const TypeModel *Type = Tu.typeModel(Method->getReturnType());
  return Type && Type->Role == "container" ? Tu.usr(*Method) : "";
}

void Body::noteInitializer(const CXXCtorInitializer &Init) {
  const FieldDecl *Field = Init.getAnyMember();
  if (!Field || !isContainer(*Field, Tu))
    return;
  const Expr *From = strip(Init.getInit());
  const auto *Made = dyn_cast<CXXConstructExpr>(From);
  if (Made && Made->getNumArgs() == 0)
    return; // empty
  (isWritten(From) ? Tu.Filled : Tu.Grown).insert(qualifiedName(*Field));
}

/// \p Fills: in a constructor, outside of its loops.
void Body::noteMembers(const Stmt *S, bool Fills) {
  if (!S)
    return;
  auto Base = [&](const Expr *Member) {
    noteMembers(cast<MemberExpr>(Member)->getBase(), false);
  };
  auto Field = [&](const Expr *E) { return fieldOf(strip(E), Tu); };
  auto Own = [&](const Expr *E) {
    return isa<CXXThisExpr>(strip(cast<MemberExpr>(strip(E))->getBase()));
  };
  auto Note = [&](const Expr *E, bool Written) {
    (Written && Fills && Own(E) ? Tu.Filled : Tu.Grown)
        .insert(qualifiedName(*Field(E)));
    Base(strip(E));
  };

  if (isa<ForStmt, WhileStmt, DoStmt, LambdaExpr>(S))
    Fills = false;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    if (Field(Range->getRangeInit()))
      Base(strip(Range->getRangeInit())); // its elements may change
    else
      noteMembers(Range->getRangeInit(), false);
    return noteMembers(Range->getBody(), false);
  }
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S)) {
    bool Const = Cast->getType().isConstQualified();
    if (Const && Field(Cast))
      return Base(strip(Cast)); // only read
    // An entry is read: one that is there, as a rule.
    const auto *Entry = dyn_cast<CXXOperatorCallExpr>(strip(Cast));
    if ((Const || Cast->getCastKind() == CK_LValueToRValue) && Entry &&
        Entry->getOperator() == OO_Subscript && Field(Entry->getArg(0))) {
      Base(strip(Entry->getArg(0)));
      return noteMembers(Entry->getArg(1), false);
    }
  }
  if (const auto *E = dyn_cast<MemberExpr>(S); E && fieldOf(E, Tu)) {
    if (E->getType().isConstQualified())
      return Base(E);
    return Note(E, false); // who knows
  }
  const Expr *Object = nullptr;
  const auto *CallE = dyn_cast<CallExpr>(S);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S))
    Object = Member->getImplicitObjectArgument();
  else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
           Operator && Operator->getNumArgs() >= 1)
    Object = Operator->getArg(0);
  const auto *Cast = Object ? dyn_cast<ImplicitCastExpr>(Object) : nullptr;
  bool Const = Object && (Object->getType().isConstQualified() ||
                          (Cast && Cast->getType().isConstQualified()));
  if (!Object || Const || !Field(Object) || Object->getType()->isPointerType())
    return [&] {
      for (const Stmt *Child : S->children())
        noteMembers(Child, Fills);
    }();

  std::string Role = roleOf(CallE);
  const TypeModel *Type = Tu.typeModel(Field(Object)->getType());
  bool Keyed = Type->Kind == "tree" || Type->Kind == "hash";
  bool Leaves = Role == "container.begin" || Role == "container.end" ||
                Role == "container.find" || Role == "container.size" ||
                Role == "container.lookup" || Role == "container.keys" ||
                Role == "container.erase" || Role == "container.clear" ||
                Role == "container.pop" ||
                (Role == "container.access" && !Keyed);
  bool One = Role == "container.append" || Role == "container.store" ||
             Role == "container.insert" || Role == "container.prepend" ||
             (Role == "container.access" && Keyed);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S))
    switch (Operator->getOperator()) {
    case OO_Subscript:
      Leaves = !Keyed;
      One = Keyed;
      break;
    case OO_Equal:
      Leaves = false;
      One = isWritten(Operator->getArg(1));
      break;
    case OO_LessLess:
    case OO_PlusEqual: // a list is appended whole
      Leaves = false;
      One = Tu.classOf(Operator->getArg(1)->getType()) !=
            Tu.classOf(Object->getType());
      break;
    default:
      break;
    }
  if (Leaves)
    Base(strip(Object));
  else
    Note(Object, One);
  bool First = true;
  for (const Expr *Argument : CallE->arguments()) {
    if (!(First && isa<CXXOperatorCallExpr>(S)))
      noteMembers(Argument, Fills);
    First = false;
  }
}

} // namespace perfidy
