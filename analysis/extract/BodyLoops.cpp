//===- BodyLoops.cpp - what bounds a loop ---------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

namespace {

/// x - 1, x + 1, x / 2: still as many as x.
const Expr *withoutConstant(const Expr *E) {
  E = strip(E);
  while (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (!Binary->isAdditiveOp() ||
        !isa<IntegerLiteral>(strip(Binary->getRHS())))
      break;
    E = strip(Binary->getLHS());
  }
  return E;
}

const VarDecl *varOf(const Expr *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(E)))
    return dyn_cast<VarDecl>(Ref->getDecl());
  return nullptr;
}

bool isZero(const Expr *E) {
  E = strip(E);
  if (const auto *Int = dyn_cast<IntegerLiteral>(E))
    return Int->getValue() == 0;
  if (const auto *Minus = dyn_cast<UnaryOperator>(E);
      Minus && Minus->getOpcode() == UO_Minus)
    return true; // > -1
  return false;
}

/// The rounds of a loop over a number's digits, at most.
constexpr int64_t Digits = 64;

/// How \p S changes \p Var: 1, another constant, 0 if not a constant.
struct StepFinder {
  const VarDecl *Var;
  bool Found = false;
  bool Down = false;
  bool Divides = false; ///< n /= 10, n >>= 1: as many rounds as it has digits
  int64_t Step = 1;

  void look(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp() &&
        varOf(Unary->getSubExpr()) == Var) {
      Found = true;
      Down = Unary->isDecrementOp();
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
        Operator && Operator->getNumArgs() >= 1 &&
        varOf(Operator->getArg(0)) == Var) {
      OverloadedOperatorKind Kind = Operator->getOperator();
      if (Kind == OO_PlusPlus || Kind == OO_MinusMinus) {
        Found = true;
        Down = Kind == OO_MinusMinus;
      } else if (Kind == OO_Equal) {
        Found = true;
      } else if (Kind == OO_PlusEqual && Operator->getNumArgs() == 2) {
        setStep(Operator->getArg(1));
      }
    }
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp() && varOf(Binary->getLHS()) == Var) {
      Found = true;
      if (Binary->isCompoundAssignmentOp()) {
        Down = Binary->getOpcode() == BO_SubAssign;
        Divides |= Binary->getOpcode() == BO_DivAssign ||
                   Binary->getOpcode() == BO_ShrAssign;
        setStep(Binary->getRHS());
      } else if (const auto *Part =
                     dyn_cast<BinaryOperator>(strip(Binary->getRHS()));
                 Part && varOf(Part->getLHS()) == Var &&
                 (Part->getOpcode() == BO_Div || Part->getOpcode() == BO_Shr)) {
        Divides = true;
      } else if (const auto *Sum =
                     dyn_cast<BinaryOperator>(strip(Binary->getRHS()));
                 Sum && Sum->isAdditiveOp()) {
        if (varOf(Sum->getLHS()) == Var)
          setStep(Sum->getRHS());
      } else if (Binary->getType()->isIntegerType()) {
        Step = 0; // offset = end of the chunk
      }
    }
    for (const Stmt *Child : S->children())
      look(Child);
  }

  void setStep(const Expr *By) {
    Found = true;
    By = strip(By);
    const auto *Int = dyn_cast<IntegerLiteral>(By);
    Step = Int ? static_cast<int64_t>(Int->getValue().getLimitedValue()) : 0;
  }
};

} // namespace

namespace {
/// "x + 3 - 1" is x and 2.
const Expr *withOffset(const Expr *E, int64_t &Offset) {
  E = strip(E);
  while (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    const auto *Int = dyn_cast<IntegerLiteral>(strip(Binary->getRHS()));
    if (!Binary->isAdditiveOp() || !Int)
      break;
    auto By = static_cast<int64_t>(Int->getValue().getLimitedValue());
    Offset += Binary->getOpcode() == BO_Add ? By : -By;
    E = strip(Binary->getLHS());
  }
  return E;
}

/// The same field of the same variable: "p.x" and "p.x".
bool samePlace(const Expr *A, const Expr *B) {
  A = strip(A);
  B = strip(B);
  if (const VarDecl *Var = varOf(A))
    return Var == varOf(B);
  const auto *First = dyn_cast<MemberExpr>(A);
  const auto *Second = dyn_cast<MemberExpr>(B);
  return First && Second && First->getMemberDecl() == Second->getMemberDecl() &&
         (isa<CXXThisExpr>(strip(First->getBase()))
              ? isa<CXXThisExpr>(strip(Second->getBase()))
              : samePlace(First->getBase(), Second->getBase()));
}
} // namespace

/// How far \p To is from \p From, if the source says: from "x - 1" to "x + 1"
/// it is 2, whatever x is.
std::optional<int64_t> Body::distance(const Expr *From, const Expr *To) {
  std::optional<int64_t> Start = constant(From), End = constant(To);
  if (Start && End)
    return *End - *Start;
  int64_t Before = 0, Behind = 0;
  const Expr *First = withOffset(From, Before);
  const Expr *Last = withOffset(To, Behind);
  if (!samePlace(First, Last))
    return std::nullopt;
  return Behind - Before;
}

/// for (p.x = 0; p.x < 16; ++p.x): the counter is a field.
void Body::describeFieldCounter(Index LoopIndex, const ForStmt &S) {
  Loop &L = Facts.Loops[LoopIndex];
  const auto *Start =
      S.getInit() && isa<Expr>(S.getInit())
          ? dyn_cast<BinaryOperator>(strip(cast<Expr>(S.getInit())))
          : nullptr;
  const auto *Cond =
      S.getCond() ? dyn_cast<BinaryOperator>(strip(S.getCond())) : nullptr;
  const auto *Inc =
      S.getInc() ? dyn_cast<UnaryOperator>(strip(S.getInc())) : nullptr;
  if (!Start || Start->getOpcode() != BO_Assign || !Cond ||
      !Cond->isRelationalOp() || !Inc || !Inc->isIncrementDecrementOp() ||
      L.Bound != BoundKind::Unknown)
    return;
  const Expr *Counter = Start->getLHS();
  if (!isa<MemberExpr>(strip(Counter)) || !samePlace(Counter, Cond->getLHS()) ||
      !samePlace(Counter, Inc->getSubExpr()))
    return;
  L.Condition = ConditionKind::Count;
  L.Steps = true;
  L.Down = Inc->isDecrementOp();
  const Expr *End = Cond->getRHS();
  if (std::optional<int64_t> Rounds = distance(Start->getRHS(), End)) {
    bool Last = Cond->getOpcode() == BO_LE || Cond->getOpcode() == BO_GE;
    L.Bound = BoundKind::Const;
    L.Count = std::abs(*Rounds) + Last;
  } else {
    L.Bound = BoundKind::ValueOf;
    L.Range = value(L.Down ? Start->getRHS() : End);
  }
}

void Body::describeRange(Index L, const Expr *Range) {
  Loop &Facts = this->Facts.Loops[L];
  int64_t Count = 0;
  if (fixedExtent(Range, &Count)) {
    Facts.Bound = BoundKind::Const;
    Facts.Count = Count;
    Facts.Range = value(Range);
    return;
  }
  const TypeModel *Type = Tu.typeModel(Tu.unwrap(Range->getType()));
  if (!Type)
    Type = Tu.typeModel(Range->getType());
  Facts.Bound = BoundKind::SizeOf;
  if (Type && Type->Role == "result")
    Facts.Bound = BoundKind::ResultSet;
  else if (Type && Type->Role == "stream")
    Facts.Bound = BoundKind::Stream;
  Facts.Range = value(Range);
}

/// The elements that a braced list writes down; null for anything else.
static const InitListExpr *bracedList(const Expr *E) {
  for (int Depth = 0; E && Depth < 6; ++Depth) {
    E = strip(E);
    if (const auto *List = dyn_cast<InitListExpr>(E)) {
      // std::array has its elements in an array of its own.
      const auto *Inner = List->getNumInits() == 1
                              ? dyn_cast<InitListExpr>(strip(List->getInit(0)))
                              : nullptr;
      if (!Inner || !Inner->getType()->isArrayType())
        return List;
      E = Inner;
    } else if (const auto *Standard = dyn_cast<CXXStdInitializerListExpr>(E)) {
      E = Standard->getSubExpr();
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
               Made && Made->getNumArgs() >= 1) {
      E = Made->getArg(0);
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

void Body::listElements(Index L, const Expr *Range) {
  constexpr unsigned Most = 16;
  const InitListExpr *List = bracedList(resolveLocal(Range));
  if (!List || List->getNumInits() > Most)
    return;
  for (const Expr *Element : List->inits())
    if (AccessPath Path = path(Element).Path; Path.known())
      Facts.Loops[L].Listed.push_back(std::move(Path));
}

void Body::describeCondition(Index LoopIndex, const Expr *Cond,
                             const Stmt *Step, const Stmt *LoopBody) {
  Loop &L = Facts.Loops[LoopIndex];
  if (!Cond) {
    L.Condition = ConditionKind::None;
    return;
  }
  if (std::optional<int64_t> Always = constant(Cond); Always && *Always != 0) {
    L.Condition = ConditionKind::None;
    return;
  }

  // Each conjunct on its own; the one that says most about the count wins.
  llvm::SmallVector<const Expr *, 4> Conjuncts{Cond};
  for (size_t I = 0; I < Conjuncts.size(); ++I)
    if (const auto *And = dyn_cast<BinaryOperator>(strip(Conjuncts[I]));
        And && And->getOpcode() == BO_LAnd) {
      Conjuncts[I] = And->getLHS();
      Conjuncts.push_back(And->getRHS());
      --I;
    }
  auto Better = [&](ConditionKind Kind) {
    auto Worth = [](ConditionKind K) {
      switch (K) {
      case ConditionKind::Count:
        return 5;
      case ConditionKind::NotEmpty:
        return 4;
      case ConditionKind::Call:
        return 3;
      case ConditionKind::Other:
        return 2;
      case ConditionKind::Flag:
        return 1;
      case ConditionKind::None:
        return 0;
      }
      return 0;
    };
    return Worth(Kind) > Worth(L.Condition);
  };

  auto Steps = [&](const VarDecl *Var) {
    StepFinder Finder{Var};
    Finder.look(Step);
    Finder.look(LoopBody);
    Finder.look(Cond);
    return Finder.Found;
  };

  auto Bind = [&](const Expr *End) {
    const Expr *Size = withoutConstant(resolveLocal(withoutConstant(End)));
    const auto *CallE = dyn_cast<CallExpr>(Size);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Size);
        Construct && Construct->getNumArgs() == 1)
      CallE = dyn_cast<CallExpr>(strip(Construct->getArg(0)));
    if (CallE) {
      Site S = siteOf(*CallE);
      if (const Model *M = modelFor(S)) {
        const Expr *Of = operand(S, M->Container);
        if (!Of)
          Of = S.Object;
        if (Of &&
            (M->Role == "container.size" || M->Role == "container.end" ||
             M->Role == "container.begin" || M->Role == "container.measure")) {
          int64_t Count = 0;
          L.Range = value(Of);
          const TypeModel *Type = Tu.typeModel(Tu.unwrap(Of->getType()));
          if (fixedExtent(Of, &Count)) {
            L.Bound = BoundKind::Const;
            L.Count = Count;
          } else if (Type && Type->Role == "result") {
            L.Bound = BoundKind::ResultSet;
          } else {
            L.Bound = BoundKind::SizeOf;
          }
          return;
        }
        if (M->Role == "query.rows") {
          L.Bound = BoundKind::ResultSet;
          L.Range = value(Of ? Of : Size);
          return;
        }
      }
    }
    if (const Expr *Range = rangeOf(End); Range && Range != strip(End)) {
      L.Bound = BoundKind::SizeOf;
      L.Range = value(Range);
      return;
    }
    L.Bound = BoundKind::ValueOf;
    L.Range = value(End);
  };

  /// queue.size() > 0, !queue.empty()
  auto NotEmpty = [&](const Site &S) {
    const Model *M = modelFor(S);
    if (!M || M->Role != "container.size" || !S.Object)
      return false;
    if (Better(ConditionKind::NotEmpty)) {
      L.Condition = ConditionKind::NotEmpty;
      L.Bound = BoundKind::SizeOf;
      L.Range = value(S.Object);
    }
    return true;
  };

  auto Describe = [&](const Expr *E) {
    E = strip(E);
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      E = strip(Not->getSubExpr());

    const Expr *Left = nullptr, *Right = nullptr;
    bool Less = false, Greater = false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(E);
        Binary && Binary->isComparisonOp()) {
      Left = Binary->getLHS();
      Right = Binary->getRHS();
      Less = Binary->getOpcode() == BO_LT || Binary->getOpcode() == BO_LE;
      Greater = Binary->getOpcode() == BO_GT || Binary->getOpcode() == BO_GE;
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
               Operator && Operator->isComparisonOp() &&
               Operator->getNumArgs() == 2) {
      Left = Operator->getArg(0);
      Right = Operator->getArg(1);
      Less = Operator->getOperator() == OO_Less;
      Greater = Operator->getOperator() == OO_Greater;
    } else if (const auto *Rewritten =
                   dyn_cast<CXXRewrittenBinaryOperator>(E)) {
      auto Parts = Rewritten->getDecomposedForm();
      Left = Parts.LHS;
      Right = Parts.RHS;
    }

    if (Left) {
      // queue.size() > 0
      if (isZero(Right) || (isZero(Left) && !Less)) {
        const Expr *Sized = strip(isZero(Right) ? Left : Right);
        if (const auto *CallE = dyn_cast<CallExpr>(Sized);
            CallE && NotEmpty(siteOf(*CallE)))
          return;
      }
      const VarDecl *Moving = nullptr;
      const Expr *End = nullptr;
      auto Moves = [&](const Expr *E) -> const VarDecl * {
        E = withoutConstant(E);
        if (const auto *Unary = dyn_cast<UnaryOperator>(E);
            Unary && Unary->isIncrementDecrementOp())
          E = Unary->getSubExpr(); // while (n-- > 0)
        const VarDecl *Var = varOf(E);
        if (!Var || Var->hasGlobalStorage())
          return nullptr;
        const TypeModel *Type = Tu.typeModel(Var->getType());
        if (Type && (Type->Role == "text" || Type->Kind == "string"))
          return nullptr; // a cursor of text, not a count
        return Steps(Var) ? Var : nullptr;
      };
      if (const VarDecl *Var = Moves(Left)) {
        Moving = Var;
        End = Right;
      } else if (const VarDecl *Var = Moves(Right)) {
        Moving = Var;
        End = Left;
        std::swap(Less, Greater);
      }
      if (Moving && Better(ConditionKind::Count)) {
        StepFinder Finder{Moving};
        Finder.look(Step);
        if (!Finder.Found)
          Finder.look(LoopBody);
        if (!Finder.Found)
          Finder.look(Cond);
        L.Condition = ConditionKind::Count;
        L.Steps = true;
        L.Step = Finder.Step;
        L.Down = Finder.Down;
        L.Element = local(*Moving);
        auto Start = Definitions.find(Moving);
        const Expr *From = Start == Definitions.end() ? nullptr : Start->second;
        std::optional<int64_t> EndCount = constant(resolveLocal(End));
        std::optional<int64_t> FromCount = From ? constant(From) : std::nullopt;
        const Expr *Null = strip(End);
        if (Finder.Divides && Moving->getType()->isIntegerType()) {
          L.Bound = BoundKind::Const;
          L.Count = Digits;
          L.Step = 1;
        } else if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(Null)) {
          L.Bound = BoundKind::Unknown; // a linked list
          if (From)
            L.Range = value(From);
        } else if (EndCount && FromCount) {
          L.Bound = BoundKind::Const;
          L.Count = std::abs(*EndCount - *FromCount);
          if (L.Step > 1)
            L.Count /= L.Step;
        } else if (std::optional<int64_t> Rounds =
                       From ? distance(From, End) : std::nullopt;
                   Rounds && *Rounds != 0) { // from x - 1 to x + 1
          const auto *Compared = dyn_cast<BinaryOperator>(E);
          bool Last = Compared && (Compared->getOpcode() == BO_LE ||
                                   Compared->getOpcode() == BO_GE);
          L.Bound = BoundKind::Const;
          L.Count = std::abs(*Rounds) + Last;
        } else if (EndCount && (Finder.Down || Greater)) {
          if (From)
            Bind(From);
        } else if (EndCount && Less) {
          L.Bound = BoundKind::Const; // start unknown: at most so many
          L.Count = *EndCount;
        } else {
          // for (it = c.begin(); it != end; ...): either side names c.
          Bind(End);
          if (L.Bound == BoundKind::ValueOf)
            if (auto It = IteratorOf.find(Moving); It != IteratorOf.end()) {
              L.Bound = BoundKind::SizeOf;
              L.Range = value(It->second);
            }
        }
        return;
      }
      // Both sides belong to one object: Q_FOREACH's own container.
      const auto *LeftMember = dyn_cast<MemberExpr>(strip(Left));
      const auto *RightMember = dyn_cast<MemberExpr>(strip(Right));
      if (LeftMember && RightMember) {
        const VarDecl *Holder = varOf(LeftMember->getBase());
        if (Holder && Holder == varOf(RightMember->getBase()) &&
            Better(ConditionKind::Count)) {
          L.Condition = ConditionKind::Count;
          L.Steps = true;
          L.Bound = BoundKind::SizeOf;
          auto Start = Definitions.find(Holder);
          if (Start != Definitions.end())
            if (const auto *Made = dyn_cast<CallExpr>(strip(Start->second));
                Made && Made->getNumArgs() >= 1)
              L.Range = value(Made->getArg(0));
          return;
        }
      }
      if (Better(ConditionKind::Other))
        L.Condition = ConditionKind::Other;
      return;
    }

    if (const auto *CallE = dyn_cast<CallExpr>(E)) {
      Site S = siteOf(*CallE);
      if (NotEmpty(S))
        return;
      if (const TypeModel *Type = Tu.typeModel(CallE->getType());
          Type && Type->Role == "stream")
        L.Bound = BoundKind::Stream; // std::getline(in, line), in >> word
      const Expr *Object = S.Object              ? S.Object
                           : S.Arguments.empty() ? nullptr
                                                 : S.Arguments[0];
      if (const TypeModel *Type =
              Object ? Tu.typeModel(Object->getType()) : nullptr;
          Type && Type->Role == "atomic") {
        if (Better(ConditionKind::Flag))
          L.Condition = ConditionKind::Flag;
        return;
      }
      if (Better(ConditionKind::Call)) {
        L.Condition = ConditionKind::Call;
        if (Object && L.Bound == BoundKind::Unknown)
          L.Range = value(Object);
      }
      return;
    }

    // while (table[n].name), while (entry->name): a table that ends with an
    // empty entry is as long as the source says.
    if (const auto *Member = dyn_cast<MemberExpr>(E);
        Member && Member->getType()->isPointerType()) {
      const Expr *Entry = strip(Member->getBase());
      const Expr *Mover = Entry;
      if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Entry)) {
        Entry = strip(Subscript->getBase());
        Mover = Subscript->getIdx();
      }
      QualType Type = Entry->getType();
      bool Written =
          Type->isPointerType() && Type->getPointeeType().isConstQualified();
      const VarDecl *Stepped = varOf(Mover);
      if (Written && Stepped && Steps(Stepped) &&
          Better(ConditionKind::Count)) {
        StepFinder Finder{Stepped};
        Finder.look(Step);
        Finder.look(LoopBody);
        if (Finder.Step == 1) { // not node = node->next
          L.Condition = ConditionKind::Count;
          L.Steps = true;
          L.Element = local(*Stepped);
          L.Range = value(Entry);
          L.Bound = BoundKind::Const;
          L.Count = 0;
          return;
        }
      }
    }

    // while (text[n]), while (*p): up to the terminator.
    const Expr *Base = nullptr, *Mover = nullptr;
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      Base = Subscript->getBase();
      Mover = Subscript->getIdx();
    } else if (const auto *Deref = dyn_cast<UnaryOperator>(E);
               Deref && Deref->getOpcode() == UO_Deref) {
      Base = Mover = Deref->getSubExpr();
    }
    if (const VarDecl *Stepped = Mover ? varOf(Mover) : nullptr) {
      if (Steps(Stepped) && Better(ConditionKind::Count)) {
        L.Condition = ConditionKind::Count;
        L.Steps = true;
        L.Bound = BoundKind::SizeOf;
        L.Element = local(*Stepped);
        auto Start = Definitions.find(Stepped);
        L.Range = Base == Mover && Start != Definitions.end() && Start->second
                      ? value(Start->second)
                      : value(Base);
        return;
      }
    }
    const VarDecl *Var = varOf(E);
    if (Var && Var->getType()->isPointerType()) {
      if (Steps(Var) && Better(ConditionKind::Count)) {
        L.Condition = ConditionKind::Count; // for (p = head; p; p = p->next)
        L.Steps = true;
        L.Element = local(*Var);
        auto Start = Definitions.find(Var);
        if (Start != Definitions.end() && Start->second)
          L.Range = value(Start->second);
        return;
      }
    }
    // while (n--)
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->isDecrementOp())
      if (const VarDecl *Counter = varOf(Unary->getSubExpr());
          Counter && Better(ConditionKind::Count)) {
        L.Condition = ConditionKind::Count;
        L.Steps = true;
        L.Down = true;
        L.Element = local(*Counter);
        auto Start = Definitions.find(Counter);
        if (Start != Definitions.end()) {
          if (std::optional<int64_t> Count = constant(Start->second)) {
            L.Bound = BoundKind::Const;
            L.Count = *Count;
          } else {
            Bind(Start->second);
          }
        } else {
          L.Bound = BoundKind::ValueOf;
          L.Range = value(Unary->getSubExpr());
        }
        return;
      }
    if (Var && Var->getType()->isIntegerType()) { // while (n) n /= 10
      StepFinder Finder{Var};
      Finder.look(Step);
      Finder.look(LoopBody);
      if (Finder.Divides && Better(ConditionKind::Count)) {
        L.Condition = ConditionKind::Count;
        L.Steps = true;
        L.Bound = BoundKind::Const;
        L.Count = Digits;
        return;
      }
    }
    bool Local = Var && Var->isLocalVarDeclOrParm() && !Var->isStaticLocal();
    bool Flag =
        (isa<MemberExpr>(E) || Var) && (!Local || !Reassigned.contains(Var)) &&
        (E->getType()->isBooleanType() || E->getType()->isIntegerType());
    ConditionKind Kind = Flag ? ConditionKind::Flag : ConditionKind::Other;
    if (Better(Kind))
      L.Condition = Kind;
  };

  for (const Expr *Conjunct : Conjuncts)
    Describe(Conjunct);

  // Locals that decide: "while (!ok)", "while (rows.size() == limit)".
  std::vector<VarId> Reads;
  std::function<void(const Stmt *)> Locals = [&](const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
          Var && Var->isLocalVarDecl()) {
        AccessPath Path = pathOfVar(*Var);
        if (Path.Base == Root::Local)
          L.ConditionLocals.push_back(Path.Position);
      }
    for (const Stmt *Child : S->children())
      Locals(Child);
  };
  Locals(Cond);
}

} // namespace perfidy
