//===- BodyCalls.cpp - calls and the roles models give them ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/summary/Sql.h"

using namespace clang;

namespace perfidy {

namespace {

bool startsWith(const std::string &Role, const char *Family) {
  return Role.rfind(Family, 0) == 0;
}

/// Roles that only help to read other expressions.
bool isInert(const std::string &Role) {
  for (const char *Name : {"container.size",
                           "container.begin",
                           "container.end",
                           "container.access",
                           "container.find",
                           "container.store",
                           "container.clear",
                           "container.pop",
                           "unwrap",
                           "text.build",
                           "text.append",
                           "log",
                           "query.build",
                           "query.rows",
                           "compare",
                           "bind",
                           "listener.track",
                           "event",
                           "self",
                           "self.weak",
                           "answer"})
    if (Role == Name)
      return true;
  return false;
}

bool isTextLike(QualType Type, TuContext &Tu) {
  if (Type.isNull())
    return false;
  Type = Type.getNonReferenceType();
  if (const auto *Pointer = Type->getAs<PointerType>())
    return Pointer->getPointeeType()->isAnyCharacterType();
  if (Type->isArrayType())
    return Type->castAsArrayTypeUnsafe()
        ->getElementType()
        ->isAnyCharacterType();
  const TypeModel *Model = Tu.typeModel(Type);
  return Model && (Model->Role == "text" || Model->Kind == "string");
}

/// Model::ArgumentTypes: "text", "integer" or a class.
bool isOfType(const Expr *Argument, const std::string &Wanted, TuContext &Tu) {
  const Expr *Plain = strip(Argument); // before conversion to the parameter
  if (Wanted == "text")
    return isTextLike(Argument->getType(), Tu) ||
           isTextLike(Plain->getType(), Tu);
  QualType Type = Plain->getType().getNonReferenceType();
  if (Wanted == "integer")
    return Type->isIntegralOrEnumerationType();
  if (const CXXRecordDecl *Class = Tu.classOf(Type))
    return qualifiedName(*Class) == Wanted;
  if (const auto *Enum = Type->getAs<EnumType>())
    return qualifiedName(*Enum->getDecl()) == Wanted;
  return false;
}

} // namespace

Body::Site Body::siteOf(const CallExpr &E) {
  Site S;
  S.E = &E;
  S.Callee = E.getDirectCallee();
  unsigned First = 0;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E)) {
    S.Form = CallForm::Member;
    S.Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(E)) {
    S.Form = CallForm::Operator;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    if (Method && E.getNumArgs() > 0) {
      S.Object = E.getArg(0);
      First = 1;
    }
  }
  for (unsigned I = First; I < E.getNumArgs(); ++I)
    if (!isa<CXXDefaultArgExpr>(E.getArg(I)))
      S.Arguments.push_back(E.getArg(I));
  return S;
}

const Expr *Body::operand(const Site &S, std::optional<Operand> O) {
  if (!O)
    return nullptr;
  int Position = O->Position;
  if (Position == Operand::This)
    return S.Object;
  if (Position == Operand::Result)
    return S.E;
  int Count = static_cast<int>(S.Arguments.size());
  if (Position < 0)
    Position += Count;
  return Position >= 0 && Position < Count ? S.Arguments[Position] : nullptr;
}

const Model *Body::modelFor(const Site &S) {
  if (!S.Callee)
    return nullptr;
  auto Matching = [&](const std::vector<Model> &All) -> const Model * {
    int Count = static_cast<int>(S.Arguments.size());
    for (const Model &M : All) {
      if ((M.MinArguments && Count < *M.MinArguments) ||
          (M.MaxArguments && Count > *M.MaxArguments))
        continue;
      if (!std::all_of(M.ArgumentTypes.begin(), M.ArgumentTypes.end(),
                       [&](const auto &Wanted) {
                         return Wanted.first < Count &&
                                isOfType(S.Arguments[Wanted.first],
                                         Wanted.second, Tu);
                       }))
        continue;
      if (!std::all_of(M.ArgumentValues.begin(), M.ArgumentValues.end(),
                       [&](const auto &Wanted) {
                         if (Wanted.first >= Count)
                           return false;
                         std::optional<int64_t> Given =
                             constant(S.Arguments[Wanted.first]);
                         return Given &&
                                std::find(Wanted.second.begin(),
                                          Wanted.second.end(),
                                          *Given) != Wanted.second.end();
                       }))
        continue;
      if (!M.ContainerKinds.empty()) {
        const Expr *Of = operand(S, M.Container);
        if (!Of)
          continue;
        const Expr *Range = rangeOf(Of);
        if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Of)); Ref && !Range)
          if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
            if (auto It = IteratorOf.find(Var); It != IteratorOf.end())
              Range = It->second;
        const TypeModel *Type =
            Tu.typeModel(Tu.unwrap((Range ? Range : Of)->getType()));
        if (!Type || std::find(M.ContainerKinds.begin(), M.ContainerKinds.end(),
                               Type->Kind) == M.ContainerKinds.end())
          continue;
      }
      return &M;
    }
    return nullptr;
  };
  for (const std::vector<Model> *All : Tu.models(*S.Callee))
    if (const Model *M = Matching(*All))
      return M;
  return nullptr;
}

Index Body::newCall(Call C) {
  C.Loop = CurrentLoop;
  C.Guards = ActiveGuards;
  C.InCondition = InCondition;
  recordLeaves(C.Leaves);
  Facts.Calls.push_back(std::move(C));
  return static_cast<Index>(Facts.Calls.size() - 1);
}

/// The iterator, without conversion to a const one.
static const Expr *unconverted(const Expr *E) {
  E = strip(E);
  while (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    if (Made->getNumArgs() != 1)
      break;
    E = strip(Made->getArg(0));
  }
  return E;
}

/// x of "begin + x", "begin - x", "next(begin, x)"; \p Base is the iterator.
static const Expr *offsetOf(const Expr *At, const Expr *&Base, bool &Minus) {
  Base = nullptr;
  Minus = false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(At);
      Binary && Binary->isAdditiveOp()) {
    Base = strip(Binary->getLHS());
    Minus = Binary->getOpcode() == BO_Sub;
    return Binary->getRHS();
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(At);
      Operator && Operator->getNumArgs() >= 1 &&
      (Operator->getOperator() == OO_Plus ||
       Operator->getOperator() == OO_Minus ||
       Operator->getOperator() == OO_MinusMinus)) {
    Base = strip(Operator->getArg(0));
    Minus = Operator->getOperator() != OO_Plus;
    return Operator->getNumArgs() == 2 ? Operator->getArg(1) : nullptr;
  }
  if (const auto *CallE = dyn_cast<CallExpr>(At);
      CallE && CallE->getNumArgs() >= 1) {
    Base = strip(CallE->getArg(0)); // std::prev(v.end())
    Minus = true;
    return CallE->getNumArgs() == 2 ? CallE->getArg(1) : nullptr;
  }
  return nullptr;
}

std::string Body::roleOf(const Expr *E) {
  const auto *CallE = dyn_cast<CallExpr>(E);
  const Model *M = CallE ? modelFor(siteOf(*CallE)) : nullptr;
  return M ? M->Role : "";
}

/// Front, middle or back: where an insertion or removal happens.
Place Body::placeOf(const Expr *At, bool BackOnly) {
  if (!At)
    return Place::Unknown;
  if (BackOnly)
    return Place::Back;
  At = unconverted(At);
  if (std::optional<int64_t> Position = constant(At))
    return *Position == 0 ? Place::Front : Place::Unknown;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(At))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        Var && isZeroHere(*Var))
      return Place::Front;
  std::string Role = roleOf(At);
  if (Role == "container.begin")
    return Place::Front;
  // erase(remove(...), end()): the tail that remove() left over.
  if (Role == "container.end" || startsWith(Role, "container.erase"))
    return Place::Back;
  const Expr *Base = nullptr;
  bool Minus = false;
  offsetOf(At, Base, Minus);
  if (Base) {
    std::string BaseRole = roleOf(Base);
    if (Minus && (BaseRole == "container.end" || BaseRole == "container.size"))
      return Place::Back;
    if (BaseRole == "container.size")
      return Place::Back;
  }
  return Place::Middle;
}

/// "it = v.erase(it)" from begin, and nothing in the loop steps it: always the
/// first.
bool Body::sweepsFront(const VarDecl &Iterator) {
  auto Start = LastSet.find(&Iterator);
  if (Start == LastSet.end() || !Start->second || CurrentLoop == None ||
      roleOf(unconverted(Start->second)) != "container.begin")
    return false;
  auto Names = [&](const Stmt *S) {
    const auto *E = dyn_cast_or_null<Expr>(S);
    const auto *Ref = E ? dyn_cast<DeclRefExpr>(unconverted(E)) : nullptr;
    return Ref && Ref->getDecl() == &Iterator;
  };
  std::function<bool(const Stmt *)> Moves = [&](const Stmt *S) -> bool {
    if (!S)
      return false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp() && Names(Unary->getSubExpr()))
      return true;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
        Operator && Operator->getNumArgs() >= 1 && Names(Operator->getArg(0)))
      switch (Operator->getOperator()) {
      case OO_PlusPlus:
      case OO_MinusMinus:
      case OO_PlusEqual:
      case OO_MinusEqual:
        return true;
      case OO_Equal:
        if (roleOf(strip(Operator->getArg(1))) != "container.erase")
          return true;
        break;
      default:
        break;
      }
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp() && Names(Binary->getLHS()) &&
        roleOf(strip(Binary->getRHS())) != "container.erase")
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return Moves(Child); });
  };
  const Stmt *Around = LoopStmts[CurrentLoop];
  if (const auto *For = dyn_cast<ForStmt>(Around)) // but where it starts
    return !Moves(For->getCond()) && !Moves(For->getInc()) &&
           !Moves(For->getBody());
  return !Moves(Around);
}

void Body::applyModel(Call &C, const Site &S, const Model &M) {
  C.Role = M.Role;
  C.Database = M.Database;
  C.Library = M.Library;
  C.Lifetime = M.Lifetime;
  if (M.Role == "defer")
    if (const Expr *Of = operand(S, M.Emitter))
      C.Runner = value(Of);

  if (startsWith(M.Role, "container.") || startsWith(M.Role, "text.") ||
      M.Role == "iterate") {
    const Expr *Of = operand(S, M.Container);
    if (!Of)
      Of = S.Object;
    if (!Of) {
      C.Role.clear();
      return;
    }
    const Expr *Range = rangeOf(Of);
    bool Whole = M.Role == "container.measure" || M.Role == "container.advance";
    // From where an iterator stands to the end: not the whole of it.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Of)); Ref && !Range)
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
        if (auto It = IteratorOf.find(Var); It != IteratorOf.end()) {
          if (Reassigned.contains(Var) && !Whole) {
            C.Role = M.Role == "container.lookup" ? "" : C.Role;
          } else {
            Range = It->second;
          }
        }
    if (!Range)
      Range = Of;
    C.Subject = value(Range);
    C.FixedExtent = fixedExtent(Range);
    const TypeModel *Type = Tu.typeModel(Tu.unwrap(Range->getType()));
    bool Text = Type && Type->Kind == "string";
    if (C.Role == "container.lookup" && Text)
      C.Role.clear(); // characters, not data
    bool Moves = M.Role == "container.insert" || M.Role == "container.erase" ||
                 M.Role == "container.prepend";
    if (Moves && M.Cost != "linear")
      C.Role.clear();
    // No key: all of it, each time, whether it is searched or filtered.
    bool ByPredicate = M.Callable && (C.Role == "container.lookup" ||
                                      C.Role == "container.erase");
    if (ByPredicate && !findsEqual(S, M, C))
      C.Role = "container.traverse";
    const Expr *Key = operand(S, M.Key);
    // Whom a predicate removes depends on what it captured.
    if (!Key && M.Callable && M.Role == "container.erase")
      Key = operand(S, M.Callable);
    if (Key)
      C.Key = value(Key);
    if (const Expr *At = operand(S, M.Position)) {
      const Expr *Resolved = resolveLocal(At);
      // s.erase(pos) cuts the tail off.
      bool Tail = Text && M.Role == "container.erase" &&
                  S.Arguments.size() == 1 && At->getType()->isIntegerType();
      C.At = placeOf(Resolved, Tail);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(unconverted(At)))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
            Var && C.At == Place::Middle && sweepsFront(*Var))
          C.At = Place::Front;
      const Expr *Base = nullptr;
      bool Minus = false;
      const Expr *Offset = offsetOf(unconverted(At), Base, Minus);
      C.Spot = value(Offset ? Offset : At);
      // Cheap at both ends.
      if (Type && Type->Kind == "deque" && C.At == Place::Front &&
          startsWith(M.Role, "container."))
        C.Role.clear();
      if (M.Role == "text.find" || M.Role == "text.replace")
        C.Key = value(At);
    } else if (M.Role == "container.prepend") {
      C.At = Place::Front;
    } else if (M.Role == "container.erase" && !M.Position) {
      C.At = Place::Middle; // std::remove, QList::removeAll
    }
    return;
  }

  if (const Expr *Statement = operand(S, M.Statement)) {
    C.Subject = value(Statement);
    C.Prepared = !M.Sql;
  }
  if (startsWith(M.Role, "connection.")) {
    const Expr *Of = operand(S, M.Handle);
    if (!Of)
      Of = operand(S, M.Connection);
    if (Of && Of != S.E) {
      C.Subject = value(Of);
      if (M.Role == "connection.open")
        C.Target = C.Subject->Path;
    } else if (!Of && S.Object) {
      C.Subject = value(S.Object);
    }
  } else if (!M.Statement) {
    if (const Expr *Of = operand(S, M.Connection))
      C.Subject = value(Of);
    else if (S.Object)
      C.Subject = value(S.Object);
  }
  if (const Expr *Of = operand(S, M.Connection))
    C.Connection = value(Of);
  else if (S.Object && !M.Statement)
    C.Connection = value(S.Object);
  const Expr *Sql = operand(S, M.Sql);
  if (Sql) {
    C.Sql = text(Sql);
    C.SqlPath = textSource(Sql);
  }
  // The bound values and the text: what must vary for the query to vary.
  Draft D;
  D.Loop = CurrentLoop;
  const Expr *Connection = operand(S, M.Connection);
  for (const Expr *Argument : S.Arguments)
    if (Argument != Connection)
      collect(Argument, D.From);
  if (const Expr *Statement = operand(S, M.Statement))
    collect(Statement, D.From);
  Drafts.push_back(std::move(D));
  C.Key.edit().Draft = static_cast<Index>(Drafts.size() - 1);
  if (Sql)
    C.Key.edit().Spelling = Tu.spelling(Sql);
}

/// Does the predicate select elements equal to something it captured? Fills
/// the key. Other predicates cannot be answered by a hash table.
bool Body::findsEqual(const Site &S, const Model &M, Call &C) {
  const Expr *Predicate = operand(S, M.Callable);
  if (!Predicate)
    return false;
  Value V = value(Predicate);
  // A function object: the fields of it are the key.
  const Expr *Plain = strip(Predicate);
  if (const auto *Class = Plain->getType()->getAsCXXRecordDecl();
      V.Callable.empty() && Class && Class->hasDefinition() &&
      !Class->isLambda())
    for (const CXXMethodDecl *Method : Class->methods())
      if (Method->getOverloadedOperator() == OO_Call) {
        V.Callable = Tu.usr(*Method);
      }
  if (V.Callable.empty())
    return false;
  if (!lambdaIn(Predicate)) // another function's facts are looked at
    Tu.Alone = false;
  auto Involves = [](const Value &Side, Index Position) {
    for (const AccessPath &Input : Side.Inputs)
      if (Input.Base == Root::Parameter && Input.Position == Position)
        return true;
    return false;
  };
  for (const Function &F : llvm::reverse(Tu.Out.Functions)) {
    if (F.Usr != V.Callable)
      continue;
    for (const Compare &Equal : F.Compares) {
      if (Equal.Loop != None || Equal.Negated)
        continue;

      bool Left = Involves(Equal.Left, 0), Right = Involves(Equal.Right, 0);
      const Value &Key = Left ? Equal.Right : Equal.Left;
      if (Left == Right || Key.Inputs.empty())
        continue;
      // The captures the key is made of, as they are called out here.
      Value Given = V;
      Given.Callable.clear();
      Given.Captures.clear();
      Given.Spelling = Key.Spelling;
      C.Key = std::move(Given);
      return true;
    }
    return false;
  }
  return false;
}

bool handsOver(const FunctionDecl &Callee, size_t Position, TuContext &Tu) {
  if (Position >= Callee.getNumParams())
    return false;
  QualType Taken = Callee.getParamDecl(Position)->getType();
  QualType Type = Taken.getNonReferenceType();
  if (Type->isRecordType() && !Taken->isLValueReferenceType())
    return true;
  const auto *Class = Type->getAsCXXRecordDecl();
  return Class && !Class->isLambda() && Tu.inSystemHeader(Class->getLocation());
}

Index Body::recordCall(const Site &S) {
  const FunctionDecl *Callee = S.Callee;
  const Model *M = modelFor(S);
  Call C;
  C.System = Tu.inSystemHeader(Callee->getLocation());
  if (M && isInert(M->Role))
    return None;
  bool Prints = S.Form == CallForm::Operator &&
                Callee->getOverloadedOperator() == OO_LessLess;
  auto HasSql = [&] {
    for (const Expr *Argument : S.Arguments)
      if (isTextLike(Argument->getType(), Tu))
        if (std::optional<std::string> T = text(Argument))
          if (sqlKind(*T) != SqlKind::None)
            return true;
    return false;
  };
  if (!M && C.System) {
    // The generic SQL rule. A library that models speak of is known: what
    // they leave out is no query.
    std::string Name = Tu.name(*Callee);
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    std::string Class = Method ? qualifiedName(*Method->getParent()) : "";
    if (startsWith(Name, "std::") ||
        (!Class.empty() && Tu.Modelled.knowsClass(Class)) ||
        isTextLike(Callee->getReturnType(), Tu) || !HasSql())
      return None;
  }
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Callee);
      !M && Ctor && !C.System && !Ctor->isUserProvided()) {
    if (Ctor->isTrivial() || !Ctor->hasBody())
      return None;
    Tu.ReadConstructor(*Ctor); // its members' constructors may do work
  }

  const FunctionDecl &Read = Tu.representative(*Callee);
  if (Read.isTemplateInstantiation())
    Tu.ReadInstance(Read);
  C.Callee = Tu.usr(Read);
  C.Name = Tu.name(*Callee);
  C.Form = S.Form;
  C.TextResult = isTextLike(Callee->getReturnType(), Tu);
  SourceLocation Loc = S.E->getExprLoc();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S.E))
    if (const auto *Name =
            dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens()))
      Loc = Name->getMemberLoc();
  if (Loc.isInvalid() && S.Object) // a conversion that nobody wrote
    Loc = S.Object->getExprLoc();
  C.Where = Tu.location(Loc);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee)) {
    C.Virtual = Method->isVirtual() && !Method->hasAttr<FinalAttr>() &&
                !Method->getParent()->hasAttr<FinalAttr>() &&
                !isa<CXXConstructorDecl>(Method);
    if (C.Virtual && S.Object) {
      if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S.E))
        if (const auto *Name =
                dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens());
            Name && Name->hasQualifier())
          C.Virtual = false;
      // An object held by value is what it says.
      const auto *Ref = dyn_cast<DeclRefExpr>(S.Object->IgnoreParenImpCasts());
      if (Ref && Ref->getDecl()->getType()->isRecordType())
        C.Virtual = false;
      // While it is made or destroyed, this is what its class says.
      if ((Facts.Kind == EntityKind::Constructor ||
           Facts.Kind == EntityKind::Destructor) &&
          isa<CXXThisExpr>(strip(S.Object)))
        C.Virtual = false;
    }
  }
  if (S.Object)
    C.Receiver = value(S.Object);
  for (const Expr *Argument : S.Arguments) {
    Value V = value(Argument);
    if (isTextLike(Argument->getType(), Tu)) {
      std::optional<std::string> T = text(Argument);
      if (T && sqlKind(*T) != SqlKind::None && !Prints)
        V.Text = T;
      // exec(format(sql, x)): what is formatted is what a caller can read.
      if (!T && !M)
        if (AccessPath Source = textSource(Argument);
            Source.known() && (Source.Base != Root::Local || !V.Path.known() ||
                               !Source.Fields.empty()))
          V.Path = Source;
    }
    const auto *Copy = dyn_cast<CXXConstructExpr>(Argument->IgnoreImplicit());
    if (Copy && Copy->getConstructor()->isCopyConstructor())
      if (const TypeModel *Type = Tu.typeModel(Copy->getType());
          Type && Type->Role == "container")
        V.Copies = true;
    if (!V.Callable.empty())
      V.HandedOver = handsOver(*Callee, C.Arguments.size(), Tu);
    C.Arguments.push_back(std::move(V));
  }
  if (M)
    applyModel(C, S, *M);
  if (C.Role.empty() && C.System && M && !startsWith(M->Role, "forward"))
    return None;

  // An implicitly shared or owning pointer handed over may outlive us.
  for (const Expr *Argument : S.Arguments) {
    const Expr *Plain = strip(Argument);
    bool Moved = Argument->IgnoreParenImpCasts()->isXValue();
    const TypeModel *Type = Tu.typeModel(Argument->getType());
    bool Shared = Type && Type->Role == "pointer" &&
                  (isa<CXXConstructExpr>(Argument->IgnoreImplicit()) ||
                   C.Virtual); // whoever takes the reference may copy it
    bool Stores = isa<CXXConstructorDecl>(Callee) ||
                  (M && (startsWith(M->Role, "container.")));
    bool Raw = Argument->getType()->isPointerType() &&
               isa<DeclRefExpr>(Plain) && Stores;
    if (Moved || Shared || Raw)
      escape(Argument);
  }
  if (M && M->Container && S.Object &&
      (M->Role == "container.append" || M->Role == "container.prepend" ||
       M->Role == "container.insert"))
    for (const Expr *Argument : S.Arguments)
      store(path(S.Object).Path, Argument, /*Appends=*/true,
            S.Object->getType());
  bool System = C.System;
  Index Made = newCall(std::move(C));
  recordBound(S, M, Made);
  bool Registers =
      M && M->Receiver && (M->EndsWithFalse || M->Role == "handler.register");
  if (M && (startsWith(M->Role, "listener.") || Registers))
    recordListener(S, *M, Made);
  else if (!M && !System)
    recordPair(S, Made);
  return Made;
}

void Body::walkCall(const CallExpr &E) {
  Site S = siteOf(E);
  if (S.Object)
    walkExpr(S.Object);
  else if (!S.Callee)
    walkExpr(E.getCallee());
  for (const Expr *Argument : S.Arguments)
    walkExpr(Argument);
  // What a call is made on and nobody names dies at the end of the statement.
  if (S.Object) {
    const Expr *Made = strip(S.Object);
    while (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Made)) {
      if (Arrow->getOperator() != OO_Arrow && Arrow->getOperator() != OO_Star)
        break;
      Made = strip(Arrow->getArg(0));
    }
    if (auto It = CallOf.find(Made); It != CallOf.end())
      Facts.Calls[It->second].Temporary = true;
  }

  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E);
      Operator && Operator->getNumArgs() == 2 &&
      (Operator->getOperator() == OO_EqualEqual ||
       Operator->getOperator() == OO_ExclaimEqual))
    recordCompare(&E, Operator->getArg(0), Operator->getArg(1),
                  Operator->getOperator() == OO_ExclaimEqual);

  // A callable held in a variable or parameter.
  const Expr *Callable = nullptr;
  if (!S.Callee)
    Callable = E.getCallee();
  else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E);
           Operator && Operator->getOperator() == OO_Call)
    Callable = S.Object;
  if (Callable) {
    PathDraft P = path(Callable);
    const LambdaExpr *L = lambdaIn(Callable);
    // A class of the project's own with an operator() is no callback.
    const auto *Operator = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    bool Given = P.Path.Base == Root::Parameter &&
                 (!Operator || Operator->getParent()->isLambda() ||
                  Tu.inSystemHeader(Operator->getParent()->getLocation()));
    if (L || Given) {
      Call C;
      C.Where = Tu.location(E.getExprLoc());
      C.Form = CallForm::Operator;
      C.Receiver = value(Callable);
      for (const Expr *Argument : S.Arguments) {
        Value V = value(Argument);
        if (isTextLike(Argument->getType(), Tu))
          if (std::optional<std::string> T = text(Argument);
              T && sqlKind(*T) != SqlKind::None)
            V.Text = T;
        C.Arguments.push_back(std::move(V));
      }
      if (L) {
        C.Callee = Tu.lambdaUsr(*L->getLambdaClass());
        C.Name = C.Receiver.Spelling;
        for (Value &Captured : captureValues(*L))
          C.Arguments.push_back(std::move(Captured));
        C.Receiver = {};
        C.Receiver.Path.Base = Root::This;
      } else {
        C.Role = "invoke";
        C.Name = C.Receiver.Spelling;
      }
      CallOf[&E] = newCall(std::move(C));
      return;
    }
    recordRun(Callable);
  }
  if (!S.Callee)
    return;

  const Model *M = modelFor(S);
  if (Index C = recordCall(S); C != None) {
    CallOf[&E] = C;
  }
  if (M && M->Role == "container.store" && S.Object) // inert as a call
    for (const Expr *Argument : S.Arguments)
      store(path(S.Object).Path, Argument, /*Appends=*/true,
            S.Object->getType());
  passTokens(S, M);
  if (M && M->Role == "unwrap" && E.isXValue() && !S.Arguments.empty())
    emptied(S.Arguments[0]); // std::move(slot)
  changesOf(S, M);
  if (M && M->Callable)
    runCallable(S, *M);
  else
    for (const Expr *Argument : S.Arguments) // who knows when it runs
      if (isa<LambdaExpr>(strip(Argument)) ||
          (isa<CXXConstructExpr>(strip(Argument)) &&
           cast<CXXConstructExpr>(strip(Argument))->getNumArgs() >= 1 &&
           isa<LambdaExpr>(
               strip(cast<CXXConstructExpr>(strip(Argument))->getArg(0)))))
        escape(Argument);
  bool Emplaces = M && M->Role == "container.append" &&
                  S.Callee->getTemplateSpecializationArgs();
  if (M && M->Role == "forward" && !S.Object)
    for (const Expr *Argument : S.Arguments)
      storeForCaller(Argument);
  if (M && (M->Role == "forward" || Emplaces)) {
    // make_unique<T>(...): its own argument; x.emplace(...): that of x's class.
    const TemplateArgumentList *Args =
        S.Callee->getTemplateSpecializationArgs();
    if (S.Object)
      if (const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
              S.Object->getType().getNonReferenceType()->getAsCXXRecordDecl()))
        Args = &Class->getTemplateArgs();
    if (Args && Args->size() > 0 &&
        Args->get(0).getKind() == TemplateArgument::Type)
      constructForwarded(S, Args->get(0).getAsType());
    if (auto It = CallOf.find(S.E);
        It != CallOf.end() && S.Object && !Emplaces) {
      PathDraft Holder = path(S.Object);
      Facts.Calls[It->second].Target = Holder.Path;
      Facts.Calls[It->second].Receiver = value(S.Object);
    }
  }
}

void Body::walkConstruct(const CXXConstructExpr &E) {
  for (const Expr *Argument : E.arguments())
    walkExpr(Argument);
  const CXXConstructorDecl *Ctor = E.getConstructor();
  if (!Ctor || Ctor->isCopyOrMoveConstructor())
    return;
  Site S;
  S.E = &E;
  S.Callee = Ctor;
  S.Form = CallForm::Constructor;
  for (const Expr *Argument : E.arguments())
    if (!isa<CXXDefaultArgExpr>(Argument))
      S.Arguments.push_back(Argument);
  const Model *M = modelFor(S);
  if (Index C = recordCall(S); C != None)
    CallOf[&E] = C;
  passTokens(S, M);
  changesOf(S, M);
  if (M && M->Callable)
    runCallable(S, *M);
  // Owning a raw handle: the smart pointer is now what holds it.
  const TypeModel *Type = Tu.typeModel(E.getType());
  if (Type && Type->Role == "pointer" && !S.Arguments.empty()) {
    const Expr *Owned = strip(S.Arguments[0]);
    if (auto It = CallOf.find(Owned); It != CallOf.end())
      CallOf[&E] = It->second;
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(Owned))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
          Var && Var->getType()->isPointerType())
        if (auto Last = LastCall.find(pathOfVar(*Var)); Last != LastCall.end())
          CallOf[&E] = Last->second;
    if (const auto *New = dyn_cast<CXXNewExpr>(Owned))
      if (const auto *Init = New->getConstructExpr())
        if (auto It = CallOf.find(Init); It != CallOf.end())
          CallOf[&E] = It->second;
  }
}

} // namespace perfidy
