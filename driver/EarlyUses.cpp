//===- EarlyUses.cpp - what code sees too early ---------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/EarlyUses.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

namespace perfidy {

namespace {

using namespace clang;

class Finder : public RecursiveASTVisitor<Finder> {
  const SourceManager &Sources;
  const std::function<SourceLocation(SourceLocation)> &Included;

  /// One of its declarations is enough, but for a class of which \p Where needs
  /// the definition.
  bool isKnown(const Decl &What, SourceLocation Where) const {
    SourceLocation From = Included(What.getLocation());
    return From.isInvalid() || Where.isInvalid() ||
           Sources.isBeforeInTranslationUnit(From, Where);
  }

  void look(const NamedDecl *What, SourceLocation Where) {
    Where = Sources.getFileLoc(Where);
    if (What && !Found && llvm::none_of(What->redecls(), [&](const Decl *Each) {
          return isKnown(*Each, Where);
        }))
      Found = What;
  }

public:
  const NamedDecl *Found = nullptr;
  Finder(const SourceManager &Sources,
         const std::function<SourceLocation(SourceLocation)> &Included)
      : Sources(Sources), Included(Included) {}

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    look(E->getDecl(), E->getLocation());
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    look(E->getMemberDecl(), E->getMemberLoc());
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    look(E->getConstructor(), E->getLocation());
    return true;
  }
  bool VisitOverloadExpr(OverloadExpr *E) {
    for (const NamedDecl *Each : E->decls())
      look(Each, E->getNameLoc());
    return true;
  }
  /// That one class derives from another shows in its definition.
  bool VisitCastExpr(CastExpr *E) {
    if (E->getCastKind() != CK_DerivedToBase &&
        E->getCastKind() != CK_UncheckedDerivedToBase)
      return true;
    QualType From = E->getSubExpr()->getType();
    if (From->isPointerType())
      From = From->getPointeeType();
    const CXXRecordDecl *Class = From->getAsCXXRecordDecl();
    const CXXRecordDecl *Whole = Class ? Class->getDefinition() : nullptr;
    SourceLocation Where = Sources.getFileLoc(E->getExprLoc());
    if (Whole && !Found && !isKnown(*Whole, Where))
      Found = Whole;
    return true;
  }
  bool VisitTypeLoc(TypeLoc Where) {
    const Type *Named = Where.getTypePtr();
    if (const auto *Alias = dyn_cast<TypedefType>(Named))
      look(Alias->getDecl(), Where.getBeginLoc());
    else if (const auto *Tag = dyn_cast<TagType>(Named))
      look(Tag->getDecl(), Where.getBeginLoc());
    else if (const auto *Made = dyn_cast<TemplateSpecializationType>(Named))
      look(Made->getTemplateName().getAsTemplateDecl(), Where.getBeginLoc());
    return true;
  }
};

} // namespace

const NamedDecl *
earlyUse(ASTContext &Context, SourceLocation Last,
         const std::function<SourceLocation(SourceLocation)> &Included) {
  const SourceManager &Sources = Context.getSourceManager();
  Finder Early(Sources, Included);
  for (Decl *Each : Context.getTranslationUnitDecl()->noload_decls()) {
    SourceLocation Where = Sources.getFileLoc(Each->getLocation());
    if (Where.isInvalid() || Sources.isLoadedSourceLocation(Where))
      continue;
    if (!Sources.isBeforeInTranslationUnit(Where, Last))
      break;
    Early.TraverseDecl(Each);
  }
  return Early.Found;
}

} // namespace perfidy
