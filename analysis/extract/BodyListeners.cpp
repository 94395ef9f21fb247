//===- BodyListeners.cpp - who registers with whom ------------------------===//
//
// Part of Perfidy. The registrations that models name, and where their tokens
// go. Those of the project's own pairs are in BodyPairs.cpp.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"

using namespace clang;

namespace perfidy {

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

const LambdaExpr *Body::lambdaIn(const Expr *E) {
  for (int Depth = 0; E && Depth < 4; ++Depth) {
    E = strip(E);
    if (const auto *L = dyn_cast<LambdaExpr>(E))
      return L;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      auto It = Var ? LambdaVariables.find(Var) : LambdaVariables.end();
      return It == LambdaVariables.end() ? nullptr : It->second;
    }
    if (const auto *CallE = dyn_cast<CallExpr>(E)) { // std::move(f)
      Site S = siteOf(*CallE);
      const Model *M = S.Callee ? modelFor(S) : nullptr;
      if (!M || M->Role != "unwrap")
        return nullptr;
      E = operand(S, M->Container);
      continue;
    }
    const auto *Made = dyn_cast<CXXConstructExpr>(E); // a std::function of it
    if (!Made || Made->getNumArgs() < 1)
      return nullptr;
    E = Made->getArg(0);
  }
  return nullptr;
}

/// &C::method, function, qOverload<int>(&C::method).
static const FunctionDecl *namedFunction(const Expr *E, int Depth = 0) {
  if (!E || Depth > 4)
    return nullptr;
  E = strip(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_AddrOf)
    return namedFunction(Unary->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return dyn_cast<FunctionDecl>(Ref->getDecl());
  if (const auto *CallE = dyn_cast<CallExpr>(E)) {
    for (const Expr *Argument : CallE->arguments())
      if (const FunctionDecl *F = namedFunction(Argument, Depth + 1))
        return F;
    return nullptr;
  }
  const auto *Made = dyn_cast<CXXConstructExpr>(E);
  return Made && Made->getNumArgs() >= 1
             ? namedFunction(Made->getArg(0), Depth + 1)
             : nullptr;
}

/// What the handler is, whom it acts for and whether it keeps that alive.
void Body::describeHandler(const Expr *Callable, Registration &R, int Depth) {
  if (!Callable || Depth > 6)
    return;
  const Expr *Plain = strip(Callable);
  if (const LambdaExpr *L = lambdaIn(Plain)) {
    R.Inline = true;
    R.Handler = Tu.lambdaUsr(*L->getLambdaClass());
    bool This = false;
    for (const LambdaCapture &Capture : L->captures()) {
      if (Capture.capturesThis()) {
        This = Capture.getCaptureKind() != LCK_StarThis;
        continue;
      }
      const auto *Var = Capture.capturesVariable()
                            ? dyn_cast<VarDecl>(Capture.getCapturedVar())
                            : nullptr;
      if (!Var || Capture.getCaptureKind() == LCK_ByRef)
        continue;
      Holds How = Tu.holds(Var->getType());
      if (How == Holds::Weak) // asks before it acts
        R.Tracked = true;
      else if (How == Holds::Shared) {
        R.Owns = true;
        if (R.Listener.Path.Base == Root::Unknown)
          R.Listener = valueOfVar(*Var);
      } else if (How == Holds::Pointer && !R.Listener.Path.known() &&
                 Tu.classOf(Var->getType())) {
        // [self = this] or a pointer to whom it acts for.
        R.Listener = Var->isInitCapture() && Var->getInit()
                         ? value(Var->getInit())
                         : valueOfVar(*Var);
      }
    }
    if (This) {
      R.Listener = {};
      R.Listener.Path.Base = Root::This;
      R.Listener.Spelling = "this";
      R.ListenerType = Facts.Class;
      if (!R.Owns) // with a shared pointer to it too, this stays alive
        return;
    }
    return;
  }
  if (!isa<CallExpr, CXXConstructExpr>(Plain))
    if (const FunctionDecl *Named = namedFunction(Plain)) {
      if (R.Handler.empty())
        R.Handler = Tu.name(*Named);
      return;
    }
  if (const auto *CallE = dyn_cast<CallExpr>(Plain)) {
    Site S = siteOf(*CallE);
    const Model *M = modelFor(S);
    if (M && M->Role == "bind") {
      R.Inline = true;
      if (const FunctionDecl *Named = namedFunction(operand(S, M->Callable)))
        R.Handler = Tu.name(*Named);
      if (const Expr *Object = operand(S, M->Receiver)) {
        R.Listener = value(Object);
        R.Owns = Tu.holds(Object->getType()) == Holds::Shared;
        R.Tracked |= Tu.holds(Object->getType()) == Holds::Weak;
        if (const CXXRecordDecl *Class = Tu.classOf(strip(Object)->getType())) {
          R.ListenerType = qualifiedName(*Class);
          R.Tracked |= Tu.derivesFrom(*Class, "trackable");
        }
      }
      return;
    }
    if (M && M->Role == "listener.track") {
      R.Tracked = true;
      return;
    }
    // sigc::bind(mem_fun(...), x), sigc::hide(...): an adaptor of one.
    for (const Expr *Argument : S.Arguments)
      if (!R.Listener.Path.known() && R.Handler.empty())
        describeHandler(Argument, R, Depth + 1);
    return;
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Plain)) {
    // Delegate<C, Args>(this, &C::method), slot(f).
    for (const Expr *Argument : Made->arguments()) {
      if (isa<CXXDefaultArgExpr>(Argument))
        continue;
      QualType Type = Argument->getType();
      const CXXRecordDecl *Class = Tu.classOf(Type);
      bool Object = Class && Type->isPointerType();
      if (Object && !R.Listener.Path.known()) {
        R.Inline = true;
        R.Listener = value(Argument);
        R.ListenerType = qualifiedName(*Class);
      } else {
        describeHandler(Argument, R, Depth + 1);
      }
    }
    return;
  }
  // An observer object, or a callable somebody else made.
  Value V = value(Plain);
  if (V.Path.Base == Root::Parameter)
    R.HandlerGiven = V;
  // SLOT(save()) is "1save()": a method of whoever receives.
  if (std::optional<std::string> Text = text(Plain);
      Text && Text->size() > 1 && Text->front() >= '0' &&
      Text->front() <= '2' && Text->find('(') != std::string::npos) {
    R.Handler = Text->substr(1, Text->find('(') - 1);
    return;
  }
  if (const CXXRecordDecl *Class = Tu.classOf(Plain->getType());
      Class && V.Path.known() && !R.Listener.Path.known()) {
    R.Listener = V;
    R.ListenerType = qualifiedName(*Class);
  }
}

//===----------------------------------------------------------------------===//
// Registrations
//===----------------------------------------------------------------------===//

void Body::describeEvent(const Expr *E, Registration &R) {
  if (!E)
    return;
  if (const FunctionDecl *Signal = namedFunction(E)) {
    R.Event = Signal->getDeclName().getAsString();
    return;
  }
  const Expr *Plain = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    if (isa<EnumConstantDecl>(Ref->getDecl())) {
      R.Event = Ref->getDecl()->getNameAsString();
      return;
    }
  if (std::optional<std::string> Text = text(Plain)) {
    // SIGNAL(clicked(bool)) is "2clicked(bool)".
    llvm::StringRef Name = *Text;
    if (Name.size() > 1 && Name.front() >= '0' && Name.front() <= '2' &&
        Name.contains('('))
      Name = Name.drop_front().split('(').first;
    if (!Name.contains('\x01')) {
      R.Event = Name.str();
      return;
    }
  }
  if (std::optional<int64_t> Number = constant(Plain)) {
    R.Event = std::to_string(*Number);
    return;
  }
  R.EventGiven = value(Plain);
}

Value Body::objectValue(const Expr *E) {
  Value V = value(E);
  if (V.Path.known() && V.Path.Base != Root::Result)
    return V;
  // "button.signal_clicked()" is the button's, whatever the method does.
  const auto *CallE = dyn_cast<CXXMemberCallExpr>(strip(E));
  if (!CallE || CallE->getNumArgs() > 0 || !CallE->getMethodDecl())
    return V;
  Value Of = objectValue(CallE->getImplicitObjectArgument());
  if (!Of.Path.known() || Of.Path.Base == Root::Result)
    return V;
  V.Path = Of.Path;
  V.Path.Fields.push_back(CallE->getMethodDecl()->getNameAsString() + "()");
  return V;
}

void Body::recordListener(const Site &S, const Model &M, Index Call) {
  Registration R;
  R.Adds = M.Role != "listener.remove";
  R.Call = Call;
  const Expr *Emitter = operand(S, M.Emitter);
  if (!Emitter && !M.Emitter && R.Adds)
    Emitter = S.Object;
  if (Emitter) {
    R.Emitter = objectValue(Emitter);
    if (const CXXRecordDecl *Class = Tu.classOf(strip(Emitter)->getType()))
      R.EmitterType = qualifiedName(*Class);
  }
  describeEvent(operand(S, M.Event), R);
  describeHandler(operand(S, M.Callable), R);
  if (const Expr *Receiver = operand(S, M.Receiver)) {
    R.Listener = listenerValue(Receiver);
    R.Fresh = isFresh(Receiver);
    R.Owns = false;
    if (const CXXRecordDecl *Class = Tu.classOf(strip(Receiver)->getType())) {
      R.ListenerType = qualifiedName(*Class);
      R.Owns = Tu.holds(Receiver->getType()) == Holds::Shared;
      if (!R.Handler.empty() && !R.Inline &&
          R.Handler.find("::") == std::string::npos)
        R.Handler = R.ListenerType + "::" + R.Handler;
    }
  } else if (M.EndsWithReceiver && !M.Receiver && !S.Object) {
    R.Listener = {};
  }
  R.EndsWithReceiver = M.EndsWithReceiver;
  R.Once = M.EndsAtOnce;
  R.WhileTrue = M.EndsWithFalse;
  R.Unique = M.Unique;
  if (const Expr *Mode = operand(S, M.Mode)) {
    int64_t Bits = constant(Mode).value_or(0);
    R.Once |= (Bits & M.ModeOnce) != 0;
    // One lambda is never another.
    R.Unique |= (Bits & M.ModeUnique) != 0 && !R.Inline;
  }
  if (R.Adds) {
    if (M.Token && M.Token->Position == Operand::Result) {
      R.Fate = TokenFate::Passed; // until somebody is seen to take it
      R.Scoped = M.EndsWithToken || Tu.endsListeners(S.E->getType());
    } else if (const Expr *Token = operand(S, M.Token)) {
      R.Fate = TokenFate::Kept;
      R.Token = value(Token);
      R.Scoped = M.EndsWithToken;
    }
  } else if (const Expr *Token = operand(S, M.Token)) {
    R.Token = value(Token);
  }
  addRegistration(S, std::move(R));
}

Value Body::listenerValue(const Expr *E) {
  Value V = value(E);
  const Expr *Plain = strip(E);
  while (const auto *Made = dyn_cast<CXXConstructExpr>(Plain)) {
    if (Made->getNumArgs() != 1)
      break;
    Plain = strip(Made->getArg(0)); // a pointer to a base
  }
  if (const auto *CallE = dyn_cast<CXXMemberCallExpr>(Plain)) {
    const Model *M = modelFor(siteOf(*CallE));
    if (M && (M->Role == "self" || M->Role == "self.weak"))
      V.Path = path(CallE->getImplicitObjectArgument()).Path;
  }
  return V;
}

/// The parameter is untyped data that a static method casts to its class, and
/// to no other: a callback of C, whose object it is.
bool Body::isSelf(Index Parameter) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Read);
  if (!Method || !Method->isStatic() || Parameter == None ||
      Parameter >= static_cast<Index>(Method->getNumParams()))
    return false;
  const ParmVarDecl *Data = Method->getParamDecl(unsigned(Parameter));
  if (!Data->getType()->isVoidPointerType() || Reassigned.contains(Data))
    return false;
  bool Own = false, Other = false;
  std::function<void(const Stmt *)> Look = [&](const Stmt *S) {
    if (!S)
      return;
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(S))
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(Cast->getSubExpr()->IgnoreParenImpCasts());
          Ref && Ref->getDecl() == Data) {
        const CXXRecordDecl *To = Tu.classOf(Cast->getType());
        bool Same = To && To->getCanonicalDecl() ==
                              Method->getParent()->getCanonicalDecl();
        (Same ? Own : Other) = true;
      }
    for (const Stmt *Child : S->children())
      Look(Child);
  };
  Look(Method->getBody());
  return Own && !Other;
}

/// In terms of this what is written in terms of the data of a callback.
void Body::nameSelf(AccessPath &Path) {
  if (Path.Base != Root::Parameter || !isSelf(Path.Position))
    return;
  Path.Base = Root::This;
  Path.Position = None;
}

void Body::addRegistration(const Site &S, Registration R) {
  for (Value *Each : {&R.Emitter, &R.Listener, &R.Token})
    nameSelf(Each->Path);
  bool ByResult = R.Adds && R.Fate == TokenFate::Passed;
  Facts.Registrations.push_back(std::move(R));
  if (ByResult)
    TokenOf[S.E] = static_cast<Index>(Facts.Registrations.size() - 1);
}

/// The registration whose token \p E is, through conversions.
Registration *Body::tokenIn(const Expr *E) {
  for (int Depth = 0; E && Depth < 6; ++Depth) {
    E = strip(E);
    if (auto It = TokenOf.find(E); It != TokenOf.end())
      return &Facts.Registrations[It->second];
    if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
      if (Made->getNumArgs() < 1)
        return nullptr;
      E = Made->getArg(0);
    } else if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
      E = New->getInitializer();
    } else if (const auto *List = dyn_cast<InitListExpr>(E);
               List && List->getNumInits() == 1) {
      E = List->getInit(0);
    } else if (const auto *CallE = dyn_cast<CallExpr>(E)) {
      Site S = siteOf(*CallE);
      const Model *M = modelFor(S);
      if (!M || (M->Role != "forward" && M->Role != "unwrap") ||
          S.Arguments.size() != 1)
        return nullptr;
      E = S.Arguments[0];
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

void Body::keepToken(const Expr *Token, llvm::function_ref<Value()> Where,
                     QualType As) {
  if (Facts.Registrations.empty())
    return;
  Registration *R = tokenIn(Token);
  if (!R) // through a local: scoped_ = connection
    if (PathDraft P = path(Token); P.Path.Base == Root::Local)
      for (Registration &Known : Facts.Registrations)
        if (Known.Fate == TokenFate::Kept && Known.Token.Path == P.Path)
          R = &Known;
  if (!R || R->Fate == TokenFate::None)
    return;
  R->Fate = TokenFate::Kept;
  R->Token = Where();
  R->Scoped |= Tu.endsListeners(As);
}

void Body::returnToken(const Expr *Token) {
  if (Registration *R = tokenIn(Token); R && R->Fate != TokenFate::None)
    R->Fate = TokenFate::Returned;
}

void Body::dropToken(const Expr *Statement) {
  if (Registration *R = tokenIn(Statement); R && R->Fate != TokenFate::None)
    R->Fate = TokenFate::Dropped;
}

void Body::passTokens(const Site &S, const Model *M) {
  if (TokenOf.empty())
    return;
  if (S.Object && tokenIn(S.Object) && !isa<CXXConversionDecl>(S.Callee))
    tokenIn(S.Object)->Fate = TokenFate::Passed;
  for (size_t I = 0; I < S.Arguments.size(); ++I) {
    const Expr *Argument = S.Arguments[I];
    Registration *R = tokenIn(Argument);
    if (!R || R->Fate == TokenFate::None)
      continue;
    R->Fate = TokenFate::Passed;
    if (auto It = CallOf.find(S.E); It != CallOf.end()) {
      R->Taker = It->second;
      R->TakenAs = static_cast<uint32_t>(I);
    }
    bool Appends =
        M && (M->Role == "container.append" || M->Role == "container.store" ||
              M->Role == "container.insert");
    if (Appends && S.Object) {
      keepToken(Argument, [&] { return value(S.Object); }, S.Object->getType());
      R->Appended = true;
    }
  }
}

} // namespace perfidy
