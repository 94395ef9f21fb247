//===- BodyStatements.cpp - statements, loops and ways out ----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Failures.h"
#include "analysis/summary/Sql.h"

using namespace clang;

namespace perfidy {

void Body::walk(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S))
    return walkExpr(E);
  switch (S->getStmtClass()) {
  case Stmt::CompoundStmtClass: {
    llvm::SmallVector<const Stmt *, 16> List(
        cast<CompoundStmt>(S)->body_begin(), cast<CompoundStmt>(S)->body_end());
    return walkCompound(List);
  }
  case Stmt::IfStmtClass:
    return walkIf(*cast<IfStmt>(S));
  case Stmt::SwitchStmtClass:
    return walkSwitch(*cast<SwitchStmt>(S));
  case Stmt::ForStmtClass:
    return walkFor(*cast<ForStmt>(S));
  case Stmt::WhileStmtClass:
    return walkWhile(*cast<WhileStmt>(S));
  case Stmt::DoStmtClass:
    return walkDo(*cast<DoStmt>(S));
  case Stmt::CXXForRangeStmtClass:
    return walkRangeFor(*cast<CXXForRangeStmt>(S));
  case Stmt::CXXTryStmtClass:
    return walkTry(*cast<CXXTryStmt>(S));
  case Stmt::ReturnStmtClass:
    walkReturn(cast<ReturnStmt>(S)->getRetValue());
    return recordExit(S->getBeginLoc());
  case Stmt::CoreturnStmtClass:
    walkReturn(cast<CoreturnStmt>(S)->getOperand());
    return recordExit(S->getBeginLoc());
  case Stmt::CoroutineBodyStmtClass:
    return walk(cast<CoroutineBodyStmt>(S)->getBody());
  case Stmt::BreakStmtClass:
    if (CurrentLoop != None && SwitchDepth == 0)
      Facts.Loops[CurrentLoop].LeavesSometimes = true;
    return;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls()) {
      if (const auto *Var = dyn_cast<VarDecl>(D))
        walkVar(*Var);
      else if (const auto *Class = dyn_cast<CXXRecordDecl>(D))
        Tu.ReadClass(*Class);
    }
    return;
  default:
    return walkChildren(S);
  }
}

void Body::walkChildren(const Stmt *S) {
  for (const Stmt *Child : S->children())
    walk(Child);
}

/// What certainly happens to the innermost loop at the end of \p S.
Body::Leave Body::leaveOf(const Stmt *S) {
  if (!S)
    return Leave::No;
  if (const auto *E = dyn_cast<Expr>(S)) {
    E = strip(E);
    if (isa<CXXThrowExpr>(E))
      return Leave::Return;
    if (const auto *CallE = dyn_cast<CallExpr>(E))
      if (const FunctionDecl *Callee = CallE->getDirectCallee())
        if (Callee->isNoReturn())
          return Leave::Return;
    return Leave::No;
  }
  switch (S->getStmtClass()) {
  case Stmt::ReturnStmtClass:
  case Stmt::CoreturnStmtClass:
  case Stmt::GotoStmtClass:
    return Leave::Return;
  case Stmt::BreakStmtClass:
    return Leave::Break;
  case Stmt::ContinueStmtClass:
    return Leave::Continue;
  case Stmt::CompoundStmtClass:
    for (const Stmt *Child : cast<CompoundStmt>(S)->body())
      if (Leave L = leaveOf(Child); L != Leave::No)
        return L;
    return Leave::No;
  case Stmt::IfStmtClass: {
    Leave Then = leaveOf(cast<IfStmt>(S)->getThen());
    Leave Else = leaveOf(cast<IfStmt>(S)->getElse());
    return std::min(Then, Else);
  }
  case Stmt::CXXTryStmtClass:
    return leaveOf(cast<CXXTryStmt>(S)->getTryBlock());
  case Stmt::AttributedStmtClass:
    return leaveOf(cast<AttributedStmt>(S)->getSubStmt());
  case Stmt::LabelStmtClass:
    return leaveOf(cast<LabelStmt>(S)->getSubStmt());
  default:
    return Leave::No;
  }
}

/// The loops that are over once the statements after the call have run.
void Body::recordLeaves(Few<Index> &Left) {
  Index L = CurrentLoop;
  for (size_t I = Scopes.size(); I > 0 && L != None; --I) {
    const Scope &S = Scopes[I - 1];
    if (S.Loop != L) {
      if (!Variables.encloses(S.Loop, L))
        continue; // inside of a loop that is already left
      L = S.Loop; // the inner loop goes on; what follows comes after it
      if (L == None)
        return;
    }
    switch (S.Tail) {
    case Leave::No:
      break;
    case Leave::Return:
      for (Index Outer : Variables.chain(L))
        Left.push_back(Outer);
      return;
    case Leave::Break:
      if (S.Switches > 0) {
        while (I > 1 && Scopes[I - 2].Loop == L &&
               Scopes[I - 2].Switches >= S.Switches)
          --I;
        break;
      }
      Left.push_back(L);
      L = Facts.Loops[L].Parent;
      break;
    case Leave::Continue:
      L = Facts.Loops[L].Parent;
      break;
    }
  }
}

void Body::recordExit(SourceLocation At) {
  if (std::none_of(Facts.Registrations.begin(), Facts.Registrations.end(),
                   [](const Registration &R) { return R.Adds; }))
    return;
  Exit Made;
  Made.Where = Tu.location(At);
  Made.Call = static_cast<Index>(Facts.Calls.size()) - 1;
  Made.Guards = ActiveGuards;
  std::vector<Index> Tests;
  for (Index G : ActiveGuards)
    if (const Expr *Condition = GuardDrafts[G].Condition)
      callsBehind(Condition, Tests);
  Made.Tests = std::move(Tests);
  Facts.Exits.push_back(std::move(Made));
}

void Body::walkCompound(llvm::ArrayRef<const Stmt *> Statements) {
  for (size_t Pushed = walkBlock(Statements); Pushed > 0; --Pushed)
    popGuard();
}

/// "if (found) return found;": what follows is for what was not there.
bool Body::returnsFound(const IfStmt &If) {
  const Stmt *Then = If.getThen();
  if (const auto *Block = dyn_cast<CompoundStmt>(Then))
    Then = Block->size() == 1 ? Block->body_front() : nullptr;
  const auto *Return = dyn_cast_or_null<ReturnStmt>(Then);
  if (!Return || !Return->getRetValue())
    return false;
  const Expr *Tested = strip(If.getCond());
  if (const auto *Binary = dyn_cast<BinaryOperator>(Tested)) {
    if (Binary->getOpcode() != BO_NE || !isNothing(Binary->getRHS()))
      return false;
    Tested = strip(Binary->getLHS());
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Tested)) {
    if (Operator->getOperator() != OO_ExclaimEqual ||
        !isNothing(Operator->getArg(1)))
      return false;
    Tested = strip(Operator->getArg(0));
  } else if (const auto *Rewritten =
                 dyn_cast<CXXRewrittenBinaryOperator>(Tested)) {
    auto Parts = Rewritten->getDecomposedForm();
    if (Parts.Opcode != BO_NE || !isNothing(Parts.RHS))
      return false;
    Tested = strip(Parts.LHS);
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Tested);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->isLocalVarDecl())
    return false;
  // A number that is not 0 is an error as a rule, and so is a text.
  QualType Type = Var->getType();
  const TypeModel *Known = Tu.typeModel(Type);
  bool Pointer = Type->isPointerType() &&
                 Type->getPointeeType()->getAsCXXRecordDecl() != nullptr;
  if (!Pointer && (!Known || Known->Role != "pointer"))
    return false;
  auto It = Definitions.find(Var);
  if (It == Definitions.end() || !It->second ||
      !isa<CallExpr>(strip(It->second)))
    return false;
  AccessPath Returned = path(Return->getRetValue()).Path;
  return isPrefix(pathOfVar(*Var), Returned);
}

/// Reads \p Statements and leaves the guards that hold behind them; the number
/// of those is returned.
size_t Body::walkBlock(llvm::ArrayRef<const Stmt *> Statements) {
  llvm::SmallVector<Leave, 16> Tails(Statements.size() + 1, Leave::No);
  for (size_t I = Statements.size(); I > 0; --I) {
    Leave L = leaveOf(Statements[I - 1]);
    Tails[I - 1] = L != Leave::No ? L : Tails[I];
  }
  size_t Position = Scopes.size();
  Scopes.push_back({CurrentLoop, SwitchDepth, Leave::No});
  size_t Pushed = 0;
  for (size_t I = 0; I < Statements.size(); ++I) {
    Scopes[Position].Tail = Tails[I];
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Statements[I])) {
      // A block of its own: what it returns early from is over, too.
      llvm::SmallVector<const Stmt *, 16> List(Block->body_begin(),
                                               Block->body_end());
      Pushed += walkBlock(List);
      continue;
    }
    walk(Statements[I]);
    if (const auto *E = dyn_cast_or_null<Expr>(Statements[I]))
      dropToken(E);
    // "if (c) return;": the rest runs under the opposite condition.
    if (const auto *If = dyn_cast_or_null<IfStmt>(Statements[I]))
      if (!If->isConsteval() && If->getCond() && !If->getElse() &&
          leaveOf(If->getThen()) != Leave::No) {
        Facts.Guards[pushGuard(If->getCond(), /*Positive=*/false)].Kind =
            returnsFound(*If) ? GuardKind::Memo : GuardKind::Passed;
        ++Pushed;
      }
  }
  Scopes.pop_back();
  return Pushed;
}

void Body::walkIf(const IfStmt &S) {
  if (S.isConsteval()) {
    walk(S.getThen());
    walk(S.getElse());
    return;
  }
  walk(S.getInit());
  if (const VarDecl *Var = S.getConditionVariable())
    walkVar(*Var);
  if (std::optional<int64_t> Always = constant(S.getCond())) {
    walk(*Always ? S.getThen() : S.getElse()); // part of a macro, mostly
    return;
  }
  walkExpr(S.getCond());
  recordDecision(S.getCond(), S.getThen(), S.getElse());
  auto WalkBranch = [&](const Stmt *Branch, bool Positive) {
    Index Above = pushGuard(S.getCond(), Positive);
    // What went wrong is put right, said, and left.
    if (leaveOf(Branch) != Leave::No && reportsFailure(Branch, Tu.AST)) {
      Facts.Guards[Above].Kind = GuardKind::ErrorPath;
      GuardDrafts[Above].Failed = true;
    }
    walkCompound({Branch});
    popGuard();
  };
  WalkBranch(S.getThen(), /*Positive=*/true);
  if (S.getElse())
    WalkBranch(S.getElse(), /*Positive=*/false);
}

void Body::walkSwitch(const SwitchStmt &S) {
  walk(S.getInit());
  if (const VarDecl *Var = S.getConditionVariable())
    walkVar(*Var);
  walkExpr(S.getCond());
  ++SwitchDepth;
  Index Guard = pushGuard(S.getCond(), /*Positive=*/true);
  unsigned Cases = 0;
  for (const SwitchCase *C = S.getSwitchCaseList(); C;
       C = C->getNextSwitchCase())
    ++Cases;
  constexpr unsigned Many = 4;
  if (const auto *Enum =
          S.getCond()->IgnoreImpCasts()->getType()->getAs<EnumType>())
    Cases = std::max<unsigned>(
        Cases, std::distance(Enum->getDecl()->enumerator_begin(),
                             Enum->getDecl()->enumerator_end()));
  Facts.Guards[Guard].Case = true;
  if (Cases >= Many) // one of them is one value among many
    Facts.Guards[Guard].Kind = GuardKind::Rare;
  walk(S.getBody());
  popGuard();
  --SwitchDepth;
}

void Body::walkTry(const CXXTryStmt &S) {
  ++TryDepth;
  walk(S.getTryBlock());
  --TryDepth;
  for (unsigned I = 0; I < S.getNumHandlers(); ++I) {
    Guard G;
    G.Kind = GuardKind::ErrorPath;
    G.Loop = CurrentLoop;
    G.Where = Tu.location(S.getHandler(I)->getBeginLoc());
    Facts.Guards.push_back(G);
    GuardDrafts.push_back({});
    GuardDrafts.back().Failed = true;
    ActiveGuards.push_back(static_cast<Index>(Facts.Guards.size() - 1));
    walk(S.getHandler(I)->getHandlerBlock());
    popGuard();
  }
}

void Body::walkReturn(const Expr *E) {
  for (Index L : Variables.chain(CurrentLoop))
    Facts.Loops[L].LeavesSometimes = true;
  if (!E)
    return;
  if (isa<UnaryOperator, IntegerLiteral, CXXBoolLiteralExpr>(strip(E))) {
    bool First = !std::exchange(Returned, true);
    Facts.NeverFalse = (First || Facts.NeverFalse) && constant(E).value_or(0);
  } else {
    Returned = true;
    Facts.NeverFalse = false;
  }
  walkExpr(E);
  // std::shared_ptr<Base>(made.release()): what was made.
  const Expr *Given = strip(E);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Given);
      Made && Made->getNumArgs() == 1) {
    const TypeModel *Type = Tu.typeModel(Made->getType());
    if (Type && Type->Role == "pointer")
      Given = strip(Made->getArg(0));
    const auto *Release = dyn_cast<CXXMemberCallExpr>(Given);
    if (Release && Release->getNumArgs() == 0)
      if (const TypeModel *Owner =
              Tu.typeModel(Release->getImplicitObjectArgument()->getType());
          Owner && Owner->Role == "pointer")
        Given = Release->getImplicitObjectArgument();
  }
  if (PathDraft P = path(Given); P.Path.known())
    Facts.Returns.push_back(P.Path);
  returnToken(E);
  storeForCaller(E);
  if (std::optional<std::string> T = text(E); T && sqlKind(*T) != SqlKind::None)
    Facts.ReturnsText = *T;
  std::string Member = memberOf(E);
  if (Facts.Returns.size() > 1 && Member != Facts.ReturnsMember)
    Member.clear();
  Facts.ReturnsMember = Member;
  escape(E);
}

void Body::walkVar(const VarDecl &Var) {
  const Expr *Init = Var.getInit();
  size_t StoresBefore = Facts.Keeps.size();
  if (Init && Var.isStaticLocal()) { // the first time only
    pushMemo();
    walkExpr(Init);
    popGuard();
  } else if (Init) {
    walkExpr(Init);
  }
  Index Position = local(Var);
  AccessPath Self = pathOfVar(Var);
  VarId Id = Variables.var(Self);
  GuardsAt[&Var] = ActiveGuards;
  // A lambda put on the heap: the variable has it now.
  for (size_t I = StoresBefore; I < Facts.Keeps.size(); ++I)
    if (Facts.Keeps[I].Into.Base == Root::Result)
      Facts.Keeps[I].Into = Self;
  if (!Init)
    return callDestructor(Var);

  Flow::Definition D;
  D.Var = Id;
  D.Loop = CurrentLoop;
  collect(Init, D.From);
  Variables.define(std::move(D));
  Definitions[&Var] = Init;
  keepToken(Init, [&] { return valueOfVar(Var); }, Var.getType());
  if (Position != None)
    Facts.Locals[Position].Fresh = isFresh(Init);
  LastSet[&Var] = Init;

  QualType Type = Var.getType();
  bool Pointer = Type->isPointerType();
  if (Type->isReferenceType() || (Pointer && !Reassigned.contains(&Var))) {
    PathDraft P = path(Init);
    if (P.Path.known() && P.Path.Base != Root::Result &&
        !(P.Path.Base == Root::Local && P.Path.Position == Position))
      Aliases[&Var] = std::move(P);
  }
  const Expr *Plain = strip(Init);
  if (Position != None && Facts.Locals[Position].Owns &&
      isa<MemberExpr>(Plain) && !Reassigned.contains(&Var))
    Facts.Locals[Position].Of = path(Plain).Path; // shares what a field has
  if (const LambdaExpr *L = lambdaIn(Plain))
    LambdaVariables[&Var] = L;
  if (std::optional<std::string> T = text(Init))
    Texts[&Var] = *T;
  if (const Expr *Range = rangeOf(Init); Range && Range != Plain)
    IteratorOf[&Var] = Range;
  if (auto It = CallOf.find(Plain); It != CallOf.end()) {
    Call &Made = Facts.Calls[It->second];
    if (!Made.Target.known()) // "int rc = open(path, &handle)": the handle
      Made.Target = Self;
    LastCall[Self] = It->second;
    if (Made.Form == CallForm::Constructor) {
      Made.Receiver = valueOfVar(Var);
      if (Made.Role.rfind("connection.", 0) == 0)
        Made.Subject = Made.Receiver;
    }
  }
  callDestructor(Var);
}

Index Body::openLoop(LoopForm Form, const Stmt &S) {
  Loop L;
  L.Parent = CurrentLoop;
  L.Form = Form;
  L.Begin = Tu.location(S.getBeginLoc());
  L.End = Tu.location(S.getEndLoc());
  L.Guards = ActiveGuards;
  recordLeaves(L.Leaves);
  Facts.Loops.push_back(std::move(L));
  LoopStmts.push_back(&S);
  return CurrentLoop = static_cast<Index>(Facts.Loops.size() - 1);
}

void Body::closeLoop(Index L, const Stmt *LoopBody) {
  if (LoopBody)
    Facts.Loops[L].Selects = selects(LoopBody);
  CurrentLoop = Facts.Loops[L].Parent;
}

namespace {
/// Steps a counter, and nothing else: allowed beside a selection.
bool onlySteps(const Stmt *S) {
  if (const auto *Compound = dyn_cast_or_null<CompoundStmt>(S))
    return std::all_of(Compound->body_begin(), Compound->body_end(), onlySteps);
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return isa_and_nonnull<NullStmt, ContinueStmt>(S);
  E = strip(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isIncrementDecrementOp();
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return Operator->getOperator() == OO_PlusPlus ||
           Operator->getOperator() == OO_MinusMinus;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) // p = p->next
    return Binary->getOpcode() == BO_Assign &&
           Binary->getType()->isPointerType();
  return false;
}

/// for (...; flag; flag = false) and its negation: runs once, however it looks.
bool isOneShot(const Expr *Cond, const Expr *Step) {
  if (!Cond || !Step)
    return false;
  bool Negated = false;
  const Expr *Flag = strip(Cond);
  if (const auto *Not = dyn_cast<UnaryOperator>(Flag);
      Not && Not->getOpcode() == UO_LNot) {
    Negated = true;
    Flag = strip(Not->getSubExpr());
  }
  const auto *Set = dyn_cast<BinaryOperator>(strip(Step));
  if (!Set || Set->getOpcode() != BO_Assign)
    return false;
  const Expr *Target = strip(Set->getLHS());
  const Expr *New = strip(Set->getRHS());
  bool Value;
  if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(New))
    Value = Bool->getValue();
  else if (const auto *Int = dyn_cast<IntegerLiteral>(New))
    Value = Int->getValue() != 0;
  else if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(New))
    Value = false;
  else
    return false;
  if (Value != Negated)
    return false;
  auto DeclOf = [](const Expr *E) -> const ValueDecl * {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl();
    return nullptr;
  };
  return DeclOf(Flag) && DeclOf(Flag) == DeclOf(Target);
}
} // namespace

void Body::walkFor(const ForStmt &S) {
  walk(S.getInit());
  unsigned Outside = std::exchange(SwitchDepth, 0);
  Index L = openLoop(LoopForm::For, S);
  Facts.Loops[L].OneShot = isOneShot(S.getCond(), S.getInc());
  size_t From = Facts.Calls.size();
  if (const VarDecl *Var = S.getConditionVariable())
    walkVar(*Var);
  InCondition = true;
  walk(S.getCond());
  InCondition = false;
  size_t To = Facts.Calls.size();
  walkCompound({S.getBody()});
  walk(S.getInc());
  stepMentioned(S.getInc());
  for (size_t I = From; I < To; ++I)
    Facts.Loops[L].ConditionCalls.push_back(static_cast<Index>(I));
  describeCondition(L, S.getCond(), S.getInc(), S.getBody());
  describeFieldCounter(L, S);
  recordDecision(S.getCond(), nullptr, nullptr);
  closeLoop(L, S.getBody());
  if (!S.getBody() || onlySteps(S.getBody()))
    Facts.Loops[L].Selects = selects(S.getCond());
  SwitchDepth = Outside;
}

/// What a for loop's third part hands to a call it steps: BOOST_FOREACH.
void Body::stepMentioned(const Expr *Inc) {
  if (!Inc)
    return;
  const Stmt *Made = strip(Inc);
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(Made))
    Made = strip(Conditional->getTrueExpr());
  const auto *CallE = dyn_cast<CallExpr>(Made);
  if (!CallE || isa<CXXOperatorCallExpr, CXXMemberCallExpr>(CallE))
    return;
  for (const Expr *Argument : CallE->arguments())
    if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Argument)))
      if (isa<VarDecl>(Ref->getDecl()))
        change(Ref, {}, /*Grows=*/false, /*Whole=*/true, /*Strong=*/true);
}

void Body::walkWhile(const WhileStmt &S) {
  unsigned Outside = std::exchange(SwitchDepth, 0);
  Index L = openLoop(LoopForm::While, S);
  size_t From = Facts.Calls.size();
  InCondition = true;
  if (const VarDecl *Var = S.getConditionVariable())
    walkVar(*Var);
  walk(S.getCond());
  InCondition = false;
  size_t To = Facts.Calls.size();
  walkCompound({S.getBody()});
  for (size_t I = From; I < To; ++I)
    Facts.Loops[L].ConditionCalls.push_back(static_cast<Index>(I));
  describeCondition(L, S.getCond(), nullptr, S.getBody());
  recordDecision(S.getCond(), nullptr, nullptr);
  closeLoop(L, S.getBody());
  if (Facts.Loops[L].Selects == None && onlySteps(S.getBody()))
    Facts.Loops[L].Selects = selects(S.getCond());
  SwitchDepth = Outside;
}

void Body::walkDo(const DoStmt &S) {
  unsigned Outside = std::exchange(SwitchDepth, 0);
  Index L = openLoop(LoopForm::Do, S);
  std::optional<int64_t> Always = constant(S.getCond());
  Facts.Loops[L].OneShot = Always && *Always == 0;
  walkCompound({S.getBody()});
  size_t From = Facts.Calls.size();
  InCondition = true;
  walk(S.getCond());
  InCondition = false;
  size_t To = Facts.Calls.size();
  for (size_t I = From; I < To; ++I)
    Facts.Loops[L].ConditionCalls.push_back(static_cast<Index>(I));
  describeCondition(L, S.getCond(), nullptr, S.getBody());
  recordDecision(S.getCond(), nullptr, nullptr);
  closeLoop(L, S.getBody());
  SwitchDepth = Outside;
}

void Body::walkRangeFor(const CXXForRangeStmt &S) {
  walk(S.getInit());
  const Expr *Range = S.getRangeInit();
  walkExpr(Range); // runs once: it belongs to the loop outside
  unsigned Outside = std::exchange(SwitchDepth, 0);
  Index L = openLoop(LoopForm::RangeFor, S);
  const VarDecl *Var = S.getLoopVariable();
  Index Element = local(*Var);
  Facts.Loops[L].Element = Element;
  Facts.Loops[L].Steps = true;
  describeRange(L, Range);
  listElements(L, Range);

  Flow::Definition D;
  D.Var = Variables.var(pathOfVar(*Var));
  D.Loop = L;
  D.Iteration = true;
  collect(Range, D.From);
  Variables.define(std::move(D));
  GuardsAt[Var] = ActiveGuards;

  walkCompound({S.getBody()});
  closeLoop(L, S.getBody());
  SwitchDepth = Outside;
}

//===----------------------------------------------------------------------===//
// Selection: does a loop do nothing but look for elements equal to a key?
//===----------------------------------------------------------------------===//

/// The equality that selects what \p S acts on; None if it acts on more.
Index Body::selects(const Stmt *S) {
  if (!S)
    return None;
  if (const auto *Compound = dyn_cast<CompoundStmt>(S)) {
    llvm::SmallVector<const Stmt *, 8> Work;
    for (const Stmt *Child : Compound->body()) {
      if (onlySteps(Child))
        continue;
      if (isa<DeclStmt>(Child)) // a name: "auto &o = orders[j];"
        continue;
      Work.push_back(Child);
    }
    if (Work.empty())
      return None;
    // "if (a != b) continue; rest" selects; so does a lone "if (a == b) ...".
    if (const auto *If = dyn_cast<IfStmt>(Work[0]))
      if (Index C = selects(If); C != None) {
        bool SkipsOthers = Facts.Compares[C].Negated &&
                           leaveOf(If->getThen()) == Leave::Continue;
        if (Work.size() == 1 || SkipsOthers)
          return C;
        return None;
      }
    return Work.size() == 1 ? selects(Work[0]) : None;
  }
  if (const auto *Once = dyn_cast<ForStmt>(S)) // Q_FOREACH's inner loop
    return isOneShot(Once->getCond(), Once->getInc()) ? selects(Once->getBody())
                                                      : None;
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    if (If->isConsteval() || !If->getCond())
      return None;
    if (std::optional<int64_t> Always = constant(If->getCond()))
      return selects(*Always ? If->getThen() : If->getElse());
    bool EmptyElse = !If->getElse() || onlySteps(If->getElse()) ||
                     leaveOf(If->getElse()) == Leave::Continue;
    Index C = selects(If->getCond());
    if (C == None) // "if (alive(e)) if (e.id == key)"
      return EmptyElse ? selects(If->getThen()) : None;
    const Compare &Equal = Facts.Compares[C];
    if (!Equal.Negated)
      return EmptyElse ? C : None;
    // a != b: the work must be in the else branch or after a continue.
    if (leaveOf(If->getThen()) == Leave::Continue || onlySteps(If->getThen()))
      return C;
    return None;
  }
  if (const auto *E = dyn_cast<Expr>(S)) {
    E = strip(E);
    auto It = CompareOf.find(E);
    if (It != CompareOf.end())
      return It->second;
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->getOpcode() == BO_LAnd) {
        Index C = selects(Binary->getLHS());
        return C != None ? C : selects(Binary->getRHS());
      }
      // found |= a == b; count += a == b
      if (Binary->isCompoundAssignmentOp())
        return selects(Binary->getRHS());
    }
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return selects(Not->getSubExpr());
  }
  return None;
}

} // namespace perfidy
