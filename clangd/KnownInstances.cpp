//===- KnownInstances.cpp - templates need not be filled in again ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "clangd/KnownInstances.h"
#include "analysis/extract/KeptBodies.h"
#include "analysis/extract/TuContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Serialization/ASTReader.h"

using namespace clang;

namespace perfidy {

/// clangd reads the bodies of such templates to tell what they call.
static bool forwards(const FunctionDecl &Made) {
  const FunctionTemplateDecl *Template = Made.getPrimaryTemplate();
  if (!Template)
    return false;
  const FunctionDecl *Pattern = Template->getTemplatedDecl();
  return Pattern->getNumParams() &&
         Pattern->parameters().back()->isParameterPack();
}

static void skip(Sema &Reading, HeaderFacts &Known) {
  ASTContext &AST = Reading.getASTContext();
  TUSummary Facts;
  Facts.Files = Known.Summary.Files;
  std::shared_ptr<const KeptBodies> Bodies = Known.Kept.bodies();
  TuContext Tu(AST, Bodies ? *Bodies->Known : Models::builtin(), Facts);
  Tu.Kept = &Known.Kept;
  std::vector<Decl *> Scope;
  for (Decl *Each : AST.getTranslationUnitDecl()->noload_decls())
    if (!Each->isFromASTFile() && !Each->isImplicit())
      Scope.push_back(Each);
  std::set<std::string> Seen;
  BodyMemory Memory(Tu, Seen, [](auto...) {});
  Memory.begin(Scope, Known.Summary.Files.size(), std::move(Bodies));
  llvm::DenseMap<const FunctionDecl *, unsigned> Wanted; ///< by template
  for (auto &[Each, Where] : Reading.PendingInstantiations) {
    auto *Made = dyn_cast<FunctionDecl>(Each);
    if (!Made || Made->isDefined() || Made->isConstexpr() ||
        Made->getReturnType()->isUndeducedType() || forwards(*Made) ||
        !madeOfHeaders(*Made, Tu.SM))
      continue;
    bool OfHeaders = madeOfHeadersAlone(*Made, Tu.SM);
    const FunctionDecl *Pattern = Made->getTemplateInstantiationPattern();
    if ((OfHeaders && ++Wanted[Pattern] > TuContext::MostInstances) ||
        Memory.instance(*Made))
      Made->setHasSkippedBody();
  }
}

namespace {
/// Asked when all of the file has been read, before anything is instantiated.
class AtEnd : public ExternalSemaSource {
  Sema &Reading;
  const std::shared_ptr<HeaderFacts> Known;

public:
  AtEnd(Sema &Reading, std::shared_ptr<HeaderFacts> Known)
      : Reading(Reading), Known(std::move(Known)) {}

  void ReadPendingInstantiations(
      SmallVectorImpl<std::pair<ValueDecl *, SourceLocation>> &) override {
    skip(Reading, *Known);
  }
};

/// Sees the file begin: only then there is somebody who parses it.
class AtBegin : public PPCallbacks {
  Preprocessor &Reader;
  std::shared_ptr<HeaderFacts> Known; ///< null when it has begun

public:
  AtBegin(Preprocessor &Reader, std::shared_ptr<HeaderFacts> Known)
      : Reader(Reader), Known(std::move(Known)) {}

  void FileChanged(SourceLocation, FileChangeReason, SrcMgr::CharacteristicKind,
                   FileID) override {
    // Who reads a preamble is the source of its macros.
    auto *Preamble = static_cast<ASTReader *>(Reader.getExternalSource());
    Sema *Reading = Preamble ? Preamble->getSema() : nullptr;
    if (Reading && Known)
      Reading->addExternalSource(
          llvm::makeIntrusiveRefCnt<AtEnd>(*Reading, std::move(Known)));
  }
};
} // namespace

void skipKnownInstances(Preprocessor &Reader,
                        std::shared_ptr<HeaderFacts> Known) {
  if (Known)
    Reader.addPPCallbacks(std::make_unique<AtBegin>(Reader, std::move(Known)));
}

} // namespace perfidy
