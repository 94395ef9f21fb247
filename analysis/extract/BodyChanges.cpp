//===- BodyChanges.cpp - what a call changes ------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

void Body::changesOf(const Site &S, const Model *M) {
  std::vector<VarId> FromArguments;
  for (const Expr *Argument : S.Arguments)
    collect(Argument, FromArguments);
  // Values first computed under a guard: storing one fills a cache.
  std::vector<Index> Fresh;
  for (const Expr *Argument : S.Arguments) {
    const auto *Ref = dyn_cast<DeclRefExpr>(strip(Argument));
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (auto It = Var ? GuardsAt.find(Var) : GuardsAt.end();
        It != GuardsAt.end())
      for (Index G : It->second)
        Fresh.push_back(G);
    if (CallOf.contains(strip(Argument)))
      Fresh.insert(Fresh.end(), ActiveGuards.begin(), ActiveGuards.end());
  }

  if (M && llvm::StringRef(M->Role).starts_with("listener."))
    return; // signal += slot: the signal is what it was
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S.E);
  if (S.Object && Operator) {
    switch (Operator->getOperator()) {
    case OO_Equal:
      if (!S.Arguments.empty())
        assign(S.Object, S.Arguments[0], /*Step=*/false, /*Whole=*/true);
      return;
    case OO_PlusPlus:
    case OO_MinusMinus:
      change(S.Object, FromArguments, /*Grows=*/true, /*Whole=*/true,
             /*Strong=*/true);
      return;
    case OO_PlusEqual:
    case OO_LessLess:
      if (!S.Arguments.empty()) {
        const TypeModel *Type = Tu.typeModel(S.Object->getType());
        bool Container =
            Type && (Type->Role == "container" || Type->Role == "text");
        if (Container || Operator->getOperator() == OO_PlusEqual)
          assign(S.Object, S.Arguments[0], /*Step=*/true,
                 /*Whole=*/!Container &&
                     !S.Object->getType()->isArithmeticType() &&
                     Operator->getOperator() == OO_PlusEqual);
        else
          change(S.Object, FromArguments, true, false, false);
      }
      return;
    case OO_Subscript:
    case OO_Star:
    case OO_Arrow:
    case OO_Call:
    case OO_EqualEqual:
    case OO_ExclaimEqual:
      return;
    default:
      break;
    }
  }
  auto Note = [&](const Expr *Target, llvm::ArrayRef<VarId> From, bool Grows,
                  bool Strong) {
    size_t Before = Writes.size();
    change(Target, From, Grows, /*Whole=*/false, Strong);
    if (!Strong && Writes.size() > Before)
      Writes.back().Guards = Fresh;
  };
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  std::string Role = M ? M->Role : "";
  if (S.Object && Method && !Method->isConst() && !Method->isStatic() &&
      !isa<CXXConversionDecl>(Method)) {
    bool Removes = Role == "container.erase" || Role == "container.clear" ||
                   Role == "container.pop";
    bool Accessor = Role == "container.begin" || Role == "container.end" ||
                    Role == "container.access" || Role == "container.find" ||
                    Role == "container.size" || Role == "container.lookup" ||
                    Role == "unwrap" || Role == "container.keys";
    bool Grows = Role == "container.append" || Role == "container.store" ||
                 Role == "container.insert" || Role == "text.append" ||
                 Role == "container.prepend";
    const TypeModel *Type = Tu.typeModel(S.Object->getType());
    bool Smart = Type && Type->Role == "pointer" && !Accessor;
    if (Smart && !S.Arguments.empty() &&
        !(isa<CXXMemberCallExpr>(S.E) &&
          cast<MemberExpr>(
              cast<CXXMemberCallExpr>(S.E)->getCallee()->IgnoreParens())
              ->isArrow()))
      assign(S.Object, S.Arguments[0], false, true); // p.reset(x)
    else if (!Accessor) {
      size_t Before = Writes.size();
      bool Handle = S.Object->IgnoreParenImpCasts()->getType()->isPointerType();
      Note(S.Object,
           Handle ? llvm::ArrayRef<VarId>() : llvm::ArrayRef(FromArguments),
           Grows, Grows || Removes);
      if (Removes && Writes.size() > Before)
        Writes.back().Removes = true;
    }
    if (Role == "text.append")
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(S.Object)))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
          if (const Expr *What = operand(S, M->Text))
            if (std::optional<std::string> T = text(What))
              Texts[Var] += *T;
  }
  if (M && M->Role == "text.build" && !S.Object && M->Container)
    if (const Expr *Buffer = operand(S, M->Container))
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Buffer)))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
          std::optional<std::string> T = text(operand(S, M->Text));
          Texts[Var] = T.value_or("\x01"); // snprintf
        }
  // operator<<(stream, text), a chain of them: the stream is the first operand.
  if (Operator && Operator->getOperator() == OO_LessLess) {
    const Expr *Stream = Operator->getArg(0);
    while (const auto *Inner = dyn_cast<CXXOperatorCallExpr>(strip(Stream))) {
      if (Inner->getOperator() != OO_LessLess)
        break;
      Stream = Inner->getArg(0);
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Stream)))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
        std::optional<std::string> T = text(Operator->getArg(1));
        Texts[Var] += T.value_or("\x01");
        change(Ref, FromArguments, /*Grows=*/true, false, false);
      }
    return;
  }

  // Arguments that the callee may change.
  for (size_t I = 0; I < S.Arguments.size() && I < S.Callee->getNumParams();
       ++I) {
    QualType Type = S.Callee->getParamDecl(I)->getType();
    QualType Pointee = Type->isReferenceType() || Type->isPointerType()
                           ? Type->getPointeeType()
                           : QualType();
    if (Pointee.isNull() || Pointee.isConstQualified() ||
        Type->isRValueReferenceType() || Pointee->isFunctionType())
      continue;
    if (llvm::StringRef(Role).starts_with("container.") || Role == "iterate" ||
        Role == "unwrap")
      continue;
    // An out parameter is computed from the others; a handle that is passed
    // on only changes.
    std::vector<VarId> Others;
    bool Out = Type->isReferenceType() ||
               isa<UnaryOperator>(S.Arguments[I]->IgnoreParenImpCasts()) ||
               // the buffer in which a text is put together
               (Role == "text.build" && M->Container &&
                S.Arguments[I] == operand(S, M->Container));
    // A pointer to an object of the project's own is handed around; what says
    // that it moves on is the loop's condition: while (next(cursor)).
    if (!Out && !InCondition && Pointee->isRecordType() &&
        !Tu.inSystemHeader(S.Callee->getLocation()))
      continue;
    if (Type->isReferenceType() && Pointee->isRecordType() &&
        Tu.inSystemHeader(S.Callee->getLocation()))
      emptied(S.Arguments[I]); // std::exchange(slot, {}), f.swap(slot)
    for (size_t J = 0; J < S.Arguments.size() && Out; ++J)
      if (J != I)
        collect(S.Arguments[J], Others);
    Note(S.Arguments[I], Others, /*Grows=*/false, /*Strong=*/false);
  }
}

} // namespace perfidy
