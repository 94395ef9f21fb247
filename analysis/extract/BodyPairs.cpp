//===- BodyPairs.cpp - listeners of the project's own ---------------------===//
//
// Part of Perfidy. A class that has both addObserver(X) and
// removeObserver(X) keeps listeners.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Body.h"
#include "analysis/extract/Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace perfidy {

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

/// The class of an object that is handed over by pointer or reference.
const CXXRecordDecl *objectOf(QualType Type) {
  Type = Type.getNonReferenceType();
  const auto *Class = (Type->isPointerType() ? Type->getPointeeType() : Type)
                          ->getAsCXXRecordDecl();
  return Class ? Class->getCanonicalDecl() : nullptr;
}

/// The class of an object that a pointer of some library's keeps.
const CXXRecordDecl *objectIn(QualType Type) {
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Holder || Holder->getTemplateArgs().size() == 0 ||
      Holder->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  return objectOf(Holder->getTemplateArgs()[0].getAsType());
}

/// The same type, or the same object: shared_ptr<Listener> and Listener *.
bool fits(QualType A, QualType B) {
  if (plainType(A) == plainType(B))
    return true;
  const CXXRecordDecl *Of = objectIn(A), *Other = objectIn(B);
  return (Of && Of == objectOf(B)) || (Other && Other == objectOf(A));
}

using Pair = TuContext::Inverse;

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
  auto Inverts = [&](const CXXMethodDecl &Other) {
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
          if (fits(Given->getType(), Type))
            return true;
      }
      return false;
    };
    return Result.Adds ? Share(Method, Other) : Share(Other, Method);
  };
  std::vector<const CXXRecordDecl *> Classes = {Method.getParent()};
  for (size_t I = 0; I < Classes.size() && I < TuContext::MostBases; ++I) {
    const CXXRecordDecl *Class = Classes[I]->getDefinition();
    if (!Class)
      continue;
    for (const Decl *Member : Class->decls()) {
      const auto *Other = dyn_cast<CXXMethodDecl>(Member);
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Other = dyn_cast<CXXMethodDecl>(Template->getTemplatedDecl());
      if (Other && Inverts(*Other)) {
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
  Pair Found = Tu.inverse(*Method, inverseOf);
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
      R.Listener = listenerValue(Argument);
      R.Fresh = isFresh(Argument);
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

} // namespace perfidy
