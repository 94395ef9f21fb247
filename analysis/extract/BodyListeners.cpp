//===- BodyListeners.cpp - who registers with whom, what is kept ----------===//
//
// Part of Perfidy. Listeners come from models, and from the project's own
// pairs: a class that has both addObserver(X) and removeObserver(X).
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Names.h"
#include "clang/AST/DeclTemplate.h"

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
  R.Adds = M.Role == "listener.add";
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
    R.Listener = value(Receiver);
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

void Body::addRegistration(const Site &S, Registration R) {
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

void Body::keepToken(const Expr *Token, Value Where, QualType As) {
  Registration *R = tokenIn(Token);
  if (!R) // through a local: scoped_ = connection
    if (PathDraft P = path(Token); P.Path.Base == Root::Local)
      for (Registration &Known : Facts.Registrations)
        if (Known.Fate == TokenFate::Kept && Known.Token.Path == P.Path)
          R = &Known;
  if (!R || R->Fate == TokenFate::None)
    return;
  R->Fate = TokenFate::Kept;
  R->Token = std::move(Where);
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
  for (const Expr *Argument : S.Arguments) {
    Registration *R = tokenIn(Argument);
    if (!R || R->Fate == TokenFate::None)
      continue;
    R->Fate = TokenFate::Passed;
    bool Appends =
        M && (M->Role == "container.append" || M->Role == "container.store" ||
              M->Role == "container.insert");
    if (Appends && S.Object) {
      keepToken(Argument, value(S.Object), S.Object->getType());
      R->Appended = true;
    }
  }
}

//===----------------------------------------------------------------------===//
// The project's own pairs
//===----------------------------------------------------------------------===//

namespace {

/// The class has functions of its own to override: an interface.
bool isInterface(const CXXRecordDecl *Class) {
  return Class && Class->hasDefinition() && Class->isPolymorphic();
}

/// Something that can be called: a lambda, a std::function, a pointer.
bool isCallableType(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isFunctionPointerType() || Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return false;
  DeclarationName Name =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return !Class->lookup(Name).empty();
}

QualType plainType(QualType Type) {
  return Type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

struct Pair {
  const CXXMethodDecl *Other = nullptr; ///< the inverse
  bool Adds = false;
};

/// Looks for the inverse of \p Method in its class and the bases.
Pair inverseOf(const CXXMethodDecl &Method) {
  Pair Result;
  if (!Method.getIdentifier())
    return Result;
  std::vector<std::string> Words = wordsOf(Method.getName());
  if (Words.empty())
    return Result;
  std::vector<std::string> Inverses = inverseVerbs(Words[0], Result.Adds);
  if (Inverses.empty())
    return Result;
  std::vector<std::string> Noun(Words.begin() + 1, Words.end());
  auto Fits = [&](const CXXMethodDecl &Other) {
    if (!Other.getIdentifier() ||
        Other.getCanonicalDecl() == Method.getCanonicalDecl())
      return false;
    std::vector<std::string> Its = wordsOf(Other.getName());
    if (Its.empty() ||
        std::find(Inverses.begin(), Inverses.end(), Its[0]) == Inverses.end())
      return false;
    std::vector<std::string> ItsNoun(Its.begin() + 1, Its.end());
    if (Noun != ItsNoun && !ItsNoun.empty())
      return false;
    // Compatible: one parameter or result of the one is a parameter of the
    // other.
    auto Share = [](const CXXMethodDecl &Add, const CXXMethodDecl &Remove) {
      for (const ParmVarDecl *Taken : Remove.parameters()) {
        QualType Type = plainType(Taken->getType());
        if (!Add.getReturnType()->isVoidType() &&
            plainType(Add.getReturnType()) == Type)
          return true;
        for (const ParmVarDecl *Given : Add.parameters())
          if (plainType(Given->getType()) == Type)
            return true;
      }
      return false;
    };
    return Result.Adds ? Share(Method, Other) : Share(Other, Method);
  };
  std::vector<const CXXRecordDecl *> Classes = {Method.getParent()};
  for (size_t I = 0; I < Classes.size() && I < 8; ++I) {
    const CXXRecordDecl *Class = Classes[I]->getDefinition();
    if (!Class)
      continue;
    for (const Decl *Member : Class->decls()) {
      const auto *Other = dyn_cast<CXXMethodDecl>(Member);
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Other = dyn_cast<CXXMethodDecl>(Template->getTemplatedDecl());
      if (Other && Fits(*Other)) {
        Result.Other = Other;
        return Result;
      }
    }
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const auto *Record = Base.getType()->getAsCXXRecordDecl())
        Classes.push_back(Record);
  }
  return Result;
}

} // namespace

/// removeAllListeners(), disconnectAll(), clearObservers().
void Body::recordClear(const Site &S, const CXXMethodDecl &Method, Index Call) {
  if (!Method.getIdentifier())
    return;
  std::vector<std::string> Words = wordsOf(Method.getName());
  bool Adds = false;
  if (Words.empty() || (Words[0] != "clear" && Words[0] != "reset" &&
                        (inverseVerbs(Words[0], Adds).empty() || Adds)))
    return;
  bool All = std::find(Words.begin(), Words.end(), "all") != Words.end();
  if (!All && !(Words[0] == "clear" && namesListener(Words)))
    return;
  Registration R;
  R.Adds = false;
  R.Generic = true;
  R.Call = Call;
  R.Emitter = objectValue(S.Object);
  R.EmitterType = qualifiedName(*Method.getParent());
  if (!S.Arguments.empty() && Tu.classOf(S.Arguments[0]->getType()))
    R.Listener = value(S.Arguments[0]); // removeAll(this)
  addRegistration(S, std::move(R));
}

/// addObserver(X) of a class that has removeObserver(X) too.
void Body::recordPair(const Site &S, Index Call) {
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!Method || !S.Object || Method->isConst() ||
      isa<CXXConstructorDecl>(Method) || Method->isOverloadedOperator())
    return;
  Pair Found = inverseOf(*Method);
  if (!Found.Other)
    return recordClear(S, *Method, Call);
  const CXXMethodDecl &Add = Found.Adds ? *Method : *Found.Other;
  std::vector<std::string> Words = wordsOf(Add.getName());
  bool Listens = namesListener(Words);
  QualType TokenType = Add.getReturnType();
  bool HasToken = !TokenType->isVoidType() && !TokenType->isBooleanType();

  Registration R;
  R.Adds = Found.Adds;
  R.Generic = true;
  R.Inverse = Found.Other->getNameAsString();
  R.Call = Call;
  R.Emitter = objectValue(S.Object);
  R.EmitterType = qualifiedName(*Method->getParent());
  bool Handles = false, Interface = false;
  for (size_t I = 0; I < S.Arguments.size(); ++I) {
    const Expr *Argument = S.Arguments[I];
    QualType Declared = I < Method->getNumParams()
                            ? Method->getParamDecl(I)->getType()
                            : Argument->getType();
    const Expr *Plain = strip(Argument);
    const CXXRecordDecl *Class = Tu.classOf(Declared);
    if (isCallableType(Declared) || isCallableType(Plain->getType())) {
      describeHandler(Argument, R);
      Handles = true;
    } else if (!Found.Adds && HasToken &&
               plainType(Declared) == plainType(TokenType)) {
      R.Token = value(Argument);
    } else if (Class && !Tu.inSystemHeader(Class->getLocation()) &&
               (Declared->isPointerType() || Declared->isReferenceType() ||
                Tu.holds(Declared) == Holds::Shared ||
                Tu.holds(Declared) == Holds::Weak)) {
      if (R.Listener.Path.known())
        continue;
      R.Listener = value(Argument);
      R.Owns = Tu.holds(Declared) == Holds::Shared;
      R.Tracked |= Tu.holds(Declared) == Holds::Weak;
      if (const CXXRecordDecl *Given = Tu.classOf(Plain->getType()))
        R.ListenerType = qualifiedName(*Given);
      Interface |= isInterface(Class);
    } else if (R.Event.empty() && !R.EventGiven.Path.known()) {
      describeEvent(Argument, R);
    }
  }
  // What is added is a listener: by the name, or because it can be called.
  if (R.Adds && !Handles && !Interface)
    return;
  // attach(*this) is one too if it takes an interface; add(*this) is not.
  if (R.Adds && isWeakVerb(Words[0]) && !Listens && !Handles &&
      (isCollecting(Words[0]) || R.Listener.Path.Base != Root::This))
    return;
  if (R.Adds && HasToken) {
    R.Fate = TokenFate::Passed;
    R.Scoped = Tu.endsListeners(TokenType);
    // A class that does something when it ends: it takes the listener off.
    const CXXRecordDecl *Class = TokenType->getAsCXXRecordDecl();
    const CXXDestructorDecl *Destructor =
        Class && Class->hasDefinition() ? Class->getDestructor() : nullptr;
    const TypeModel *Type = Tu.typeModel(TokenType);
    if (Class && !Class->hasDefinition())
      return;
    if (Destructor && Destructor->isUserProvided() &&
        !(Type && (Type->Role == "text" || Type->Role == "token" ||
                   Type->Role == "container")))
      R.Scoped = true;
  }
  addRegistration(S, std::move(R));
}

//===----------------------------------------------------------------------===//
// Stores
//===----------------------------------------------------------------------===//

/// An object that is made here.
bool Body::isFresh(const Expr *E, bool &OfThis, int Depth) {
  if (!E || Depth > 4)
    return false;
  E = strip(E);
  auto GivenThis = [&](auto Arguments) {
    for (const Expr *Argument : Arguments)
      OfThis |= isa<CXXThisExpr>(strip(Argument));
  };
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    if (const CXXConstructExpr *Made = New->getConstructExpr())
      GivenThis(Made->arguments());
    return true;
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    if (Made->getNumArgs() >= 1 && Tu.holds(Made->getType()) != Holds::Value)
      return isFresh(Made->getArg(0), OfThis, Depth + 1);
    GivenThis(Made->arguments());
    return Tu.holds(Made->getType()) == Holds::Value;
  }
  const auto *CallE = dyn_cast<CallExpr>(E);
  if (!CallE)
    return false;
  Site S = siteOf(*CallE);
  const Model *M = modelFor(S);
  if (!M || M->Role != "forward")
    return false;
  GivenThis(llvm::ArrayRef(S.Arguments));
  return true;
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

void Body::store(const AccessPath &Into, const Expr *What, bool Appends,
                 const TypeModel *In) {
  if (!What || !Into.known() || Into.Base == Root::Result)
    return;
  Keep Made;
  Made.Into = Into;
  Made.Where = Tu.location(What->getExprLoc());
  Made.Appends = Appends;
  Made.Unique = Appends && In && (In->Kind == "tree" || In->Kind == "hash");
  Made.Guards = ActiveGuards;
  bool OfThis = false;
  Made.Fresh = isFresh(What, OfThis);
  Made.What = value(What);
  // A thread that runs it is no slot that holds it.
  if (const auto *Constructed = dyn_cast<CXXConstructExpr>(strip(What))) {
    Site S;
    S.E = Constructed;
    S.Callee = Constructed->getConstructor();
    S.Form = CallForm::Constructor;
    S.Arguments.append(Constructed->arg_begin(), Constructed->arg_end());
    if (const Model *M = modelFor(S); M && M->Callable)
      Made.What.Callable.clear();
  }
  if (!Made.What.Callable.empty()) {
    // A lambda is worth knowing of wherever it goes.
  } else if (Into.Base == Root::Local ||
             (!Made.Fresh && Made.What.Path.Base != Root::Parameter &&
              Made.What.Path.Base != Root::This &&
              Made.What.Path.Base != Root::Global &&
              !(Made.What.Path.Base == Root::Local &&
                Tu.holds(What->getType()) != Holds::Value) &&
              Made.What.Constant != 0)) {
    return;
  } else if (!Tu.classOf(What->getType()) && Made.What.Constant != 0) {
    return; // numbers
  }
  Made.What.Captures.clear();
  Facts.Keeps.push_back(std::move(Made));
}

} // namespace perfidy
