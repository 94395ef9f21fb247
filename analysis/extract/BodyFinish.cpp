//===- BodyFinish.cpp - guards, decisions, what varies with what ----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

Body::Body(TuContext &Tu, Function &Facts, Body *Outer)
    : Tu(Tu), Facts(Facts), Outer(Outer), Variables(Facts.Loops) {}

Index Body::pushGuard(const Expr *Condition, bool Positive) {
  Guard G;
  G.Loop = CurrentLoop;
  if (Condition)
    G.Where = Tu.location(Condition->getBeginLoc());
  Facts.Guards.push_back(std::move(G));
  GuardDraft D;
  D.Positive = Positive;
  if (Condition && Tu.writtenByLibrary(Condition->getBeginLoc())) {
    // The machinery of BOOST_FOREACH and its like: no decision of the user's.
    Facts.Guards.back().Kind = GuardKind::Passed;
  } else if (Condition) {
    D.Condition = Condition;
    readsOf(Condition, D.Reads);
  }
  GuardDrafts.push_back(std::move(D));
  ActiveGuards.push_back(static_cast<Index>(Facts.Guards.size() - 1));
  return ActiveGuards.back();
}

/// The objects a condition looks at: of "cache.count(k)" it is cache, of "it"
/// what "it" was found in.
void Body::readsOf(const Expr *E, std::vector<Value> &Reads, int Depth) {
  if (!E || Depth > 3)
    return;
  E = strip(E);
  if (isa<LambdaExpr>(E))
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *Named = Ref->getDecl();
    if (const auto *Binding = dyn_cast<BindingDecl>(Named))
      Named = cast_or_null<ValueDecl>(Binding->getDecomposedDecl());
    const auto *Var = dyn_cast_or_null<VarDecl>(Named);
    if (!Var)
      return;
    Reads.push_back(value(E));
    auto It = Definitions.find(Var);
    if (It != Definitions.end() && It->second && Var->isLocalVarDecl()) {
      const Expr *Init = strip(It->second);
      if (isa<CallExpr, MemberExpr>(Init))
        readsOf(Init, Reads, Depth + 1);
    }
    return;
  }
  if (isa<MemberExpr>(E)) {
    Reads.push_back(value(E));
    return;
  }
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    Site S = siteOf(*CallE);
    Reads.push_back(value(E));
    if (S.Object)
      readsOf(S.Object, Reads, Depth + 1);
    for (const Expr *Argument : S.Arguments) {
      const Expr *Range = rangeOf(Argument);
      readsOf(Range ? Range : Argument, Reads, Depth + 1);
    }
    return;
  }
  for (const Stmt *Child : E->children())
    if (const auto *Inner = dyn_cast_or_null<Expr>(Child))
      readsOf(Inner, Reads, Depth);
}

//===----------------------------------------------------------------------===//
// Decisions: does the success of a call end a loop?
//===----------------------------------------------------------------------===//

namespace {
struct Outcome {
  const Expr *Subject;
  bool SuccessWhenTrue;
};

void outcomes(const Expr *Cond, bool Positive,
              llvm::SmallVectorImpl<Outcome> &Out) {
  Cond = strip(Cond);
  if (const auto *Not = dyn_cast<UnaryOperator>(Cond);
      Not && Not->getOpcode() == UO_LNot)
    return outcomes(Not->getSubExpr(), !Positive, Out);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Cond)) {
    if (Binary->isLogicalOp()) {
      outcomes(Binary->getLHS(), Positive, Out);
      outcomes(Binary->getRHS(), Positive, Out);
      return;
    }
    if (Binary->getOpcode() == BO_Assign) // while ((row = next()))
      return outcomes(Binary->getRHS(), Positive, Out);
    if (Binary->isComparisonOp()) {
      const Expr *L = strip(Binary->getLHS()), *R = strip(Binary->getRHS());
      if (isa<IntegerLiteral, CXXNullPtrLiteralExpr, GNUNullExpr,
              CXXBoolLiteralExpr>(L))
        std::swap(L, R);
      bool Equal = Binary->getOpcode() == BO_EQ;
      bool Differs = Binary->getOpcode() == BO_NE;
      bool Null = isa<CXXNullPtrLiteralExpr, GNUNullExpr>(R);
      if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(R))
        Null = !Bool->getValue();
      if (const auto *Minus = dyn_cast<UnaryOperator>(R);
          Minus && Minus->getOpcode() == UO_Minus)
        Null = true; // == -1
      bool Less = Binary->getOpcode() == BO_LT;
      bool Success = Equal ? !Null : Differs ? Null : !Less;
      Out.push_back({L, Success == Positive});
      return;
    }
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Cond);
      Operator && Operator->getNumArgs() == 2 &&
      (Operator->getOperator() == OO_EqualEqual ||
       Operator->getOperator() == OO_ExclaimEqual)) {
    const Expr *R = strip(Operator->getArg(1));
    bool Null = isa<CXXNullPtrLiteralExpr, GNUNullExpr>(R);
    bool Equal = Operator->getOperator() == OO_EqualEqual;
    Out.push_back({Operator->getArg(0), (Equal != Null) == Positive});
    return;
  }
  bool Success = Positive;
  // C functions that return int say 0 for success.
  if (const auto *CallE = dyn_cast<CallExpr>(Cond))
    if (const FunctionDecl *Callee = CallE->getDirectCallee())
      if (Callee->isExternC() && Callee->getReturnType()->isIntegerType() &&
          !Callee->getReturnType()->isBooleanType())
        Success = !Positive;
  Out.push_back({Cond, Success});
}
} // namespace

void Body::callsBehind(const Stmt *S, std::vector<Index> &Calls) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *E = dyn_cast<Expr>(S)) {
    // Text that is put together decides nothing.
    if (auto It = CallOf.find(E);
        It != CallOf.end() && !Facts.Calls[It->second].TextResult)
      Calls.push_back(It->second);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
        auto Last = LastCall.find(pathOfVar(*Var));
        if (Last != LastCall.end() &&
            Variables.encloses(CurrentLoop, Facts.Calls[Last->second].Loop))
          Calls.push_back(Last->second);
      }
  }
  for (const Stmt *Child : S->children())
    callsBehind(Child, Calls);
}

void Body::recordDecision(const Expr *Condition, const Stmt *Then,
                          const Stmt *Else) {
  if (!Condition || CurrentLoop == None)
    return;
  llvm::SmallVector<Outcome, 4> List;
  outcomes(Condition, true, List);
  bool OfLoop = !Then && !Else;
  for (const Outcome &O : List) {
    std::vector<Index> Calls;
    callsBehind(O.Subject, Calls);
    for (Index C : Calls) {
      Call &Decider = Facts.Calls[C];
      if (OfLoop) {
        Decider.Decides.push_back(CurrentLoop);
        if (!O.SuccessWhenTrue)
          Decider.LeavesOnSuccess.push_back(CurrentLoop);
        continue;
      }
      const Stmt *Good = O.SuccessWhenTrue ? Then : Else;
      Leave L = leaveOf(Good);
      if (L == Leave::Break && SwitchDepth == 0)
        Decider.LeavesOnSuccess.push_back(CurrentLoop);
      else if (L == Leave::Return)
        for (Index Outer : Variables.chain(CurrentLoop))
          Decider.LeavesOnSuccess.push_back(Outer);
    }
  }
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

static bool related(const AccessPath &A, const AccessPath &B) {
  return isPrefix(A, B) || isPrefix(B, A);
}

bool Body::isZeroHere(const VarDecl &Var) {
  return !Reassigned.contains(&Var) &&
         std::any_of(ActiveGuards.begin(), ActiveGuards.end(), [&](Index G) {
           const GuardDraft &D = GuardDrafts[G];
           return D.Condition && saysZero(D.Condition, D.Positive, Var);
         });
}

/// "x == 0", "!x", "found && x == 0", and a bool that was computed so.
bool Body::saysZero(const Expr *E, bool Positive, const VarDecl &Var,
                    int Depth) {
  if (Depth > 4)
    return false;
  auto Names = [&](const Expr *Side) {
    const auto *Ref = dyn_cast<DeclRefExpr>(strip(Side));
    return Ref && Ref->getDecl() == &Var;
  };
  E = strip(E);
  if (Names(E))
    return !Positive;
  E = resolveLocal(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return saysZero(Not->getSubExpr(), !Positive, Var, Depth + 1);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary)
    return false;
  if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr))
    return saysZero(Binary->getLHS(), Positive, Var, Depth + 1) ||
           saysZero(Binary->getRHS(), Positive, Var, Depth + 1);
  if (Binary->getOpcode() != (Positive ? BO_EQ : BO_NE))
    return false;
  auto Zero = [&](const Expr *Side) { return constant(Side) == 0; };
  return (Names(Binary->getLHS()) && Zero(Binary->getRHS())) ||
         (Names(Binary->getRHS()) && Zero(Binary->getLHS()));
}

/// What must hold of parameters for the guarded code to run, as far as it is
/// written plainly: "if (update)", "if (!id) return", "kind == Kind::Add".
void Body::needsOf(const Expr *E, bool Positive, std::vector<Need> &Needs) {
  E = strip(E);
  auto ParameterOf = [&](const Expr *Side) -> Index {
    const auto *Ref = dyn_cast<DeclRefExpr>(strip(Side));
    const auto *Param = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
    if (!Param || Reassigned.contains(Param))
      return None;
    auto It = PathOf.find(Param);
    return It != PathOf.end() && It->second.Base == Root::Parameter
               ? It->second.Position
               : None;
  };
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return needsOf(Not->getSubExpr(), !Positive, Needs);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr)) {
      needsOf(Binary->getLHS(), Positive, Needs);
      needsOf(Binary->getRHS(), Positive, Needs);
      return;
    }
    if (!Binary->isEqualityOp())
      return;
    const Expr *L = Binary->getLHS(), *R = Binary->getRHS();
    if (ParameterOf(L) == None)
      std::swap(L, R);
    std::optional<int64_t> Wanted = constant(strip(R));
    if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(strip(R)))
      Wanted = 0;
    if (Index P = ParameterOf(L); P != None && Wanted)
      Needs.push_back({P, *Wanted, (Binary->getOpcode() == BO_EQ) == Positive});
    return;
  }
  if (Index P = ParameterOf(E); P != None)
    Needs.push_back({P, 0, !Positive});
}

/// "list.size() < MaxSize": a constant or a setting, not the size of the data.
void Body::limitsOf(const Expr *E, bool Positive,
                    std::vector<AccessPath> &Limited) {
  E = strip(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return limitsOf(Not->getSubExpr(), !Positive, Limited);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary)
    return;
  if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr)) {
    limitsOf(Binary->getLHS(), Positive, Limited);
    limitsOf(Binary->getRHS(), Positive, Limited);
    return;
  }
  if (!Binary->isRelationalOp())
    return;
  bool Less = Binary->getOpcode() == BO_LT || Binary->getOpcode() == BO_LE;
  const Expr *Small = strip(Binary->getLHS()), *Large = strip(Binary->getRHS());
  if (Less != Positive)
    std::swap(Small, Large);
  const auto *CallE = dyn_cast<CallExpr>(Small);
  if (!CallE || roleOf(CallE) != "container.size")
    return;
  std::optional<int64_t> Count = constant(Large);
  bool Setting = isa<MemberExpr>(Large);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Large))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      Setting = Var->hasGlobalStorage();
  if (Count ? *Count <= 1 : !Setting)
    return;
  Site S = siteOf(*CallE);
  const Model *M = modelFor(S);
  const Expr *Of = operand(S, M->Container);
  if (AccessPath Path = path(Of ? Of : S.Object).Path; Path.known())
    Limited.push_back(std::move(Path));
}

/// "owner != 0", "if (owner)": what a fresh object has not got yet.
bool Body::needsSet(const Expr *E, bool Positive, const AccessPath &Of) {
  E = strip(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return needsSet(Not->getSubExpr(), !Positive, Of);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary)
    return Positive && path(E).Path == Of;
  if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr))
    return needsSet(Binary->getLHS(), Positive, Of) ||
           needsSet(Binary->getRHS(), Positive, Of);
  if (Binary->getOpcode() != (Positive ? BO_NE : BO_EQ))
    return false;
  const Expr *Zero = strip(Binary->getRHS());
  return (constant(Zero) == 0 ||
          isa<CXXNullPtrLiteralExpr, GNUNullExpr>(Zero)) &&
         path(Binary->getLHS()).Path == Of;
}

/// The guard holds where two values are equal that are no constants: the one
/// element that is looked for, the object itself among others.
bool Body::selectsOne(const Expr *E, bool Positive) {
  E = strip(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return selectsOne(Not->getSubExpr(), !Positive);
  const Expr *L = nullptr, *R = nullptr;
  bool Equal = false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr))
      return selectsOne(Binary->getLHS(), Positive) ||
             selectsOne(Binary->getRHS(), Positive);
    if (!Binary->isEqualityOp())
      return false;
    Equal = Binary->getOpcode() == BO_EQ;
    L = Binary->getLHS();
    R = Binary->getRHS();
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
             Operator && Operator->getNumArgs() == 2 &&
             (Operator->getOperator() == OO_EqualEqual ||
              Operator->getOperator() == OO_ExclaimEqual)) {
    Equal = Operator->getOperator() == OO_EqualEqual;
    L = Operator->getArg(0);
    R = Operator->getArg(1);
  } else {
    return false;
  }
  if (Equal != Positive)
    return false;
  // Variables and their fields; results of calls say nothing ("ok == run()"),
  // iterators are compared with their end, sizes with sizes.
  auto Named = [&](const Expr *Side) {
    Side = strip(Side);
    if (const auto *Unary = dyn_cast<UnaryOperator>(Side);
        Unary &&
        (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf))
      Side = strip(Unary->getSubExpr());
    if (isa<CXXThisExpr>(Side))
      return true;
    if (constant(Side) || rangeOf(Side))
      return false;
    if (const auto *CallE = dyn_cast<CallExpr>(Side)) { // a getter
      Site S = siteOf(*CallE);
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
      const Model *M = modelFor(S);
      return Method && Method->isConst() && S.Arguments.empty() && !M;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Side))
      return isa<VarDecl, BindingDecl>(Ref->getDecl());
    return isa<MemberExpr>(Side);
  };
  QualType Type = L->getType().getNonReferenceType();
  if (Type->isBooleanType() || Type->isEnumeralType())
    return false;
  return Named(L) && Named(R);
}

/// The guard holds where a connection is not up: "!db.isOpen()",
/// "PQstatus(c) != CONNECTION_OK", which is 0; or where a statement has failed:
/// what is left after "if (query.exec()) return true;".
bool Body::saysDown(const Expr *E, bool Positive) {
  E = strip(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return saysDown(Not->getSubExpr(), !Positive);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == (Positive ? BO_LAnd : BO_LOr))
      return saysDown(Binary->getLHS(), Positive) ||
             saysDown(Binary->getRHS(), Positive);
    if (!Binary->isEqualityOp())
      return false;
    const Expr *L = Binary->getLHS(), *R = Binary->getRHS();
    std::optional<int64_t> Code = constant(strip(R));
    if (!Code) {
      std::swap(L, R);
      Code = constant(strip(R));
    }
    bool Equal = (Binary->getOpcode() == BO_EQ) == Positive;
    return Code && roleOf(resolveLocal(L)) == "connection.status" &&
           (*Code == 0) != Equal;
  }
  if (Positive || !E->getType()->isBooleanType())
    return false;
  std::string Role = roleOf(resolveLocal(E));
  return Role == "connection.status" || Role == "query.execute";
}

void Body::classifyGuard(Index Position) {
  Guard &G = Facts.Guards[Position];
  const GuardDraft &D = GuardDrafts[Position];
  if (!D.Condition)
    return;
  for (const Value &Read : D.Reads)
    if (Read.Path.known() && Read.Path.Base != Root::Local)
      G.Reads.push_back(Read.Path);

  if (saysDown(D.Condition, D.Positive)) {
    G.Kind = GuardKind::ErrorPath; // connect again, and say so
    return;
  }
  needsOf(D.Condition, D.Positive, G.Needs.edit());
  limitsOf(D.Condition, D.Positive, G.Limited.edit());
  if (D.Failed)
    return;

  // The first or the last element only: the counter equals something fixed.
  std::function<bool(const Expr *)> OncePerLoop = [&](const Expr *E) -> bool {
    E = strip(E);
    const Expr *L = nullptr, *R = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->getOpcode() == BO_LAnd && D.Positive)
        return OncePerLoop(Binary->getLHS()) || OncePerLoop(Binary->getRHS());
      if (Binary->getOpcode() != (D.Positive ? BO_EQ : BO_NE))
        return false;
      L = Binary->getLHS();
      R = Binary->getRHS();
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
               Operator && Operator->getNumArgs() == 2 &&
               Operator->getOperator() ==
                   (D.Positive ? OO_EqualEqual : OO_ExclaimEqual)) {
      L = Operator->getArg(0);
      R = Operator->getArg(1);
    } else {
      return false;
    }
    auto Counter = [&](const Expr *Side) {
      Side = strip(Side);
      while (const auto *Sum = dyn_cast<BinaryOperator>(Side)) {
        if (!Sum->isAdditiveOp() || !constant(Sum->getRHS()))
          break;
        Side = strip(Sum->getLHS());
      }
      const auto *Ref = dyn_cast<DeclRefExpr>(Side);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var && isCounter(pathOfVar(*Var)) &&
             Facts.Loops[G.Loop == None ? 0 : G.Loop].Form !=
                 LoopForm::RangeFor;
    };
    return G.Loop != None && (Counter(L) || Counter(R));
  };
  if (OncePerLoop(D.Condition)) {
    G.Kind = GuardKind::Once;
    return;
  }
  auto IsCounter = [&](const AccessPath &Path) { return isCounter(Path); };

  // Flush: an accumulated size has reached a limit, or every n-th round.
  std::function<bool(const Expr *)> Flushes = [&](const Expr *E) -> bool {
    E = strip(E);
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return Flushes(Not->getSubExpr());
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (!Binary)
      return false;
    if (Binary->isLogicalOp())
      return Flushes(Binary->getLHS()) || Flushes(Binary->getRHS());
    if (Binary->getOpcode() == BO_Rem)
      return true; // if (!(i % 100))
    if (!Binary->isComparisonOp())
      return false;
    const Expr *Sides[] = {strip(Binary->getLHS()), strip(Binary->getRHS())};
    for (int I = 0; I < 2; ++I) {
      const Expr *Other = Sides[1 - I];
      std::optional<int64_t> Limit = constant(Other);
      if (const auto *Rest = dyn_cast<BinaryOperator>(Sides[I]);
          Rest && Rest->getOpcode() == BO_Rem)
        return true;
      if (Limit && *Limit <= 1)
        continue; // "not empty", "not the first"
      PathDraft P = path(Sides[I]);
      if (const auto *CallE = dyn_cast<CallExpr>(Sides[I])) {
        Site S = siteOf(*CallE);
        const Model *M = modelFor(S);
        if (!M || M->Role != "container.size" || !S.Object)
          continue;
        P = path(S.Object);
      }
      if (!P.Path.known() || IsCounter(P.Path))
        continue;
      for (const Write &W : Writes)
        if (W.Grows && related(W.Target.Path, P.Path) &&
            std::find(W.Guards.begin(), W.Guards.end(), Position) ==
                W.Guards.end())
          return true;
    }
    return false;
  };
  if (Flushes(D.Condition)) {
    G.Kind = GuardKind::Flush;
    return;
  }

  bool Plain = G.Kind == GuardKind::Condition || G.Kind == GuardKind::Passed;
  if (Plain && selectsOne(D.Condition, D.Positive)) {
    G.Kind = GuardKind::Selected;
    return;
  }

  // Memo: what is guarded writes what the condition reads, or the condition
  // itself enters the key: if (seen.insert(k).second).
  auto Remember = [&](Value Where, bool Flag = false) {
    G.Kind = Flag ? GuardKind::Once : GuardKind::Memo;
    Few<SharedText> &Fields = Where.Path.Fields;
    Draft Kept;
    Kept.Loop = G.Loop;
    Kept.Kept = true;
    // An entry of a map is kept in the map.
    if (!Fields.empty() && Fields.back() == "second")
      Fields.pop_back();
    if (!Fields.empty() && Fields.back() == "[]")
      Fields.pop_back();
    else if (Where.Draft != None)
      Kept.Identity = Drafts[Where.Draft].Identity;
    Drafts.push_back(std::move(Kept));
    Where.Draft = static_cast<Index>(Drafts.size() - 1);
    G.Subject = std::move(Where);
  };
  // What was there is given up: only where something was.
  for (const Write &W : Writes)
    if (W.Clears && W.Target.Path.Base == Root::This &&
        std::find(W.Guards.begin(), W.Guards.end(), Position) !=
            W.Guards.end() &&
        needsSet(D.Condition, D.Positive, W.Target.Path)) {
      G.Kind = GuardKind::Rare;
      return;
    }
  for (const Write &W : Writes) {
    if (W.Removes ||
        std::find(W.Guards.begin(), W.Guards.end(), Position) == W.Guards.end())
      continue;
    for (const Value &Read : D.Reads)
      if (Read.Path.known() && !IsCounter(Read.Path) &&
          related(Read.Path, W.Target.Path))
        return Remember(W.Target, W.Flag);
  }
  std::function<bool(const Stmt *, int)> Enters = [&](const Stmt *S,
                                                      int Depth) -> bool {
    if (!S || Depth > 3 || isa<LambdaExpr>(S))
      return false;
    if (const auto *CallE = dyn_cast<CallExpr>(S)) {
      Site Made = siteOf(*CallE);
      const Model *M = modelFor(Made);
      if (M && M->Role == "container.store" && Made.Object) {
        Remember(value(Made.Object));
        return true;
      }
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const ValueDecl *Named = Ref->getDecl();
      if (const auto *Binding = dyn_cast<BindingDecl>(Named))
        Named = cast_or_null<ValueDecl>(Binding->getDecomposedDecl());
      const auto *Var = dyn_cast_or_null<VarDecl>(Named);
      auto It = Var ? Definitions.find(Var) : Definitions.end();
      if (It != Definitions.end() && It->second)
        return Enters(It->second, Depth + 1);
    }
    for (const Stmt *Child : S->children())
      if (Enters(Child, Depth))
        return true;
    return false;
  };
  if (Enters(D.Condition, 0))
    return;

  std::function<bool(const Expr *)> Rare = [&](const Expr *E) -> bool {
    E = strip(E);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
        Operator && Operator->getNumArgs() == 2 &&
        Operator->getOperator() ==
            (D.Positive ? OO_EqualEqual : OO_ExclaimEqual))
      for (const Expr *Side : Operator->arguments()) // type == "alias"
        if (std::optional<std::string> T = text(Side); T && !T->empty())
          return true;
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (!Binary)
      return false;
    if (Binary->getOpcode() == BO_LAnd)
      return Rare(Binary->getLHS()) || Rare(Binary->getRHS());
    if (Binary->getOpcode() != (D.Positive ? BO_EQ : BO_NE))
      return false;
    for (const Expr *Side : {Binary->getLHS(), Binary->getRHS()}) {
      Side = strip(Side);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Side);
          Ref && isa<EnumConstantDecl>(Ref->getDecl()))
        return true;
      if (const auto *Int = dyn_cast<IntegerLiteral>(Side);
          Int && Int->getValue().ugt(0))
        return true;
      if (isa<CharacterLiteral>(Side))
        return true;
    }
    return false;
  };
  bool Usual = G.Kind == GuardKind::Condition || G.Kind == GuardKind::Passed;
  if (Usual && Rare(D.Condition))
    G.Kind = GuardKind::Rare;
}

//===----------------------------------------------------------------------===//
// From drafts to facts
//===----------------------------------------------------------------------===//

bool Body::isCounter(const AccessPath &Path) const {
  return Path.Base == Root::Local && Path.Fields.empty() &&
         std::any_of(Facts.Loops.begin(), Facts.Loops.end(),
                     [&](const Loop &L) { return L.Element == Path.Position; });
}

Index Body::pushMemo() {
  Guard G;
  G.Kind = GuardKind::Memo;
  G.Loop = CurrentLoop;
  Facts.Guards.push_back(std::move(G));
  GuardDrafts.emplace_back();
  ActiveGuards.push_back(static_cast<Index>(Facts.Guards.size() - 1));
  return ActiveGuards.back();
}

void Body::finishValue(Value &V) {
  for (Value &Captured : V.Captures)
    finishValue(Captured);
  if (V.Draft == None)
    return;
  const Draft &D = Drafts[V.Draft];
  V.Varies = Variables.varies(D.From, D.Loop);
  V.OtherObject = Variables.otherObject(V.Path, D.Identity, D.Loop, D.Kept);
  V.Inputs = Variables.inputs(D.From);
  V.ChosenBy = Variables.inputs(D.Identity);
  V.Draft = None;
}

/// A local that is made empty and filled element by element, outside of loops
/// but for the one it lives in: as long as the source says.
bool Body::filledOutside(const AccessPath &Container) const {
  const Local &Variable = Facts.Locals[Container.Position];
  if (!Variable.Range || Variable.Static || Variable.Reference ||
      Variable.Pointer || Shared.count(Container))
    return false;
  bool Grows = false;
  for (const Write &W : Writes)
    if (related(W.Target.Path, Container)) {
      bool Empties = W.Removes && W.Target.Path == Container;
      if (!Empties && (!W.Grows || W.Bulk || W.Loop != Variable.Loop))
        return false;
      Grows = true;
    }
  // Made empty: not from a call that may return any number.
  for (const auto &[Var, Init] : Definitions)
    if (auto It = PathOf.find(Var);
        It != PathOf.end() && It->second == Container && Init)
      if (const auto *Made = dyn_cast<CXXConstructExpr>(strip(Init));
          !Made || Made->getNumArgs() > 0)
        return false;
  return Grows;
}

bool Body::returnsFixed() const {
  if (Facts.Returns.empty())
    return false;
  const AccessPath &Result = Facts.Returns.front();
  return Result.Base == Root::Local && Result.Fields.empty() &&
         std::all_of(Facts.Returns.begin(), Facts.Returns.end(),
                     [&](const AccessPath &P) { return P == Result; }) &&
         filledOutside(Result);
}

void Body::finish() {
  Facts.ReturnsFixed = returnsFixed();
  for (const auto &[Var, Path] : PathOf)
    if (Path.Base == Root::Local && Path.Fields.empty())
      Facts.Locals[Path.Position].Fixed = filledOutside(Path);
  for (const Write &W : Writes)
    if (W.Target.Path.Base == Root::This && !W.Target.Path.Fields.empty())
      for (Index L : Variables.chain(W.Loop))
        Facts.Loops[L].Changes.push_back(variableOf(W.Target.Path));
  // Draft values made here must be known to the solver: guards first.
  for (Index G = 0; G < static_cast<Index>(Facts.Guards.size()); ++G)
    classifyGuard(G);
  Variables.solve();
  for (Guard &G : Facts.Guards)
    finishValue(G.Subject);
  for (Loop &L : Facts.Loops)
    finishValue(L.Range);
  for (Compare &C : Facts.Compares) {
    finishValue(C.Left);
    finishValue(C.Right);
  }
  for (Call &C : Facts.Calls) {
    finishValue(C.Receiver);
    for (Value &Argument : C.Arguments)
      finishValue(Argument);
    for (Seldom<Value> *Each : {&C.Subject, &C.Key, &C.Runner, &C.Spot})
      if (!Each->empty())
        finishValue(Each->edit());
  }
  for (size_t Lambda : LambdasRead)
    for (Capture &C : Tu.Out.Functions[Lambda].Captures)
      finishValue(C.Of);
  for (Bound &B : Facts.Bounds)
    finishValue(B.Held.Of);
  for (Keep &S : Facts.Keeps)
    finishValue(S.What);
  for (Registration &R : Facts.Registrations) {
    finishValue(R.Emitter);
    finishValue(R.EventGiven);
    finishValue(R.HandlerGiven);
    finishValue(R.Listener);
    finishValue(R.Token);
  }
  if (!Facts.Registrations.empty()) {
    for (AccessPath &Path : Facts.Writes)
      nameSelf(Path);
    for (Keep &S : Facts.Keeps)
      nameSelf(S.Into);
  }
  // A loop goes on or ends by what a call in its body returned.
  auto Depends = [&](Index Local, const AccessPath &On) {
    AccessPath Path;
    Path.Base = Root::Local;
    Path.Position = Local;
    return Path == On ||
           Variables.dependsOn(Variables.var(Path), Variables.var(On));
  };
  for (Index L = 0; L < static_cast<Index>(Facts.Loops.size()); ++L)
    for (Index Local : Facts.Loops[L].ConditionLocals)
      for (Call &C : Facts.Calls)
        if (C.Target.Base == Root::Local && Depends(Local, C.Target) &&
            Variables.encloses(L, C.Loop) &&
            std::find(C.Decides.begin(), C.Decides.end(), L) == C.Decides.end())
          C.Decides.push_back(L);
  auto Unique = [](auto &List) {
    std::sort(List.begin(), List.end());
    List.erase(std::unique(List.begin(), List.end()), List.end());
  };
  for (Loop &L : Facts.Loops)
    Unique(L.Changes);
  Unique(Facts.Writes);
  Unique(Facts.Returns);
  for (Call &C : Facts.Calls) {
    Unique(C.Leaves);
    Unique(C.LeavesOnSuccess);
    Unique(C.Decides);
  }
}

void Body::readFunction(const FunctionDecl &F) {
  Read = &F;
  Index Position = 0;
  for (const ParmVarDecl *Param : F.parameters()) {
    Parameter P = Tu.parameter(*Param);
    if (Param->hasDefaultArg() && !Param->hasUninstantiatedDefaultArg() &&
        !Param->hasUnparsedDefaultArg())
      P.Default = value(Param->getDefaultArg()).Constant;
    Facts.Parameters.push_back(std::move(P));
    AccessPath Path;
    Path.Base = Root::Parameter;
    Path.Position = Position++;
    PathOf[Param] = Path;
  }
  findReassigned(F.getBody());
  noteMembers(F.getBody(), isa<CXXConstructorDecl>(F));
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits()) {
      noteInitializer(*Init);
      if (!Init->isWritten() && !Init->isAnyMemberInitializer())
        continue;
      walkExpr(Init->getInit());
      AccessPath Path;
      Path.Base = Root::This;
      if (const FieldDecl *Field = Init->getAnyMember())
        Path.Fields.push_back(Field->getNameAsString());
      if (auto It = CallOf.find(strip(Init->getInit())); It != CallOf.end())
        Facts.Calls[It->second].Target = Path;
      if (const FieldDecl *Field = Init->getAnyMember()) {
        Facts.Writes.push_back(Path);
        storeFlag(Path, Init->getInit());
        store(Path, Init->getInit(), /*Appends=*/false, Field->getType());
        auto Member = [&] {
          Value V;
          V.Path = Path;
          return V;
        };
        keepToken(Init->getInit(), Member, Field->getType());
      }
    }
  walk(F.getBody());
  finish();
}

void Body::readInitializer(const VarDecl &Var) {
  walkExpr(Var.getInit());
  AccessPath Path = pathOfVar(Var);
  if (auto It = CallOf.find(strip(Var.getInit())); It != CallOf.end())
    Facts.Calls[It->second].Target = Path;
  finish();
}

} // namespace perfidy
