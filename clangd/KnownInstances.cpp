//===- KnownInstances.cpp - templates need not be filled in again ---------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "clangd/KnownInstances.h"
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

static void skip(Sema &Reading, const HeaderFacts &Known) {
  TUSummary Unused;
  TuContext Tu(Reading.getASTContext(), Models::builtin(), Unused);
  llvm::DenseMap<const FunctionDecl *, unsigned> Wanted; ///< by template
  for (auto &[Each, Where] : Reading.PendingInstantiations) {
    auto *Made = dyn_cast<FunctionDecl>(Each);
    if (!Made || Made->isDefined() || Made->isConstexpr() ||
        Made->getReturnType()->isUndeducedType() || forwards(*Made) ||
        !madeOfHeadersAlone(*Made, Tu.SM))
      continue;
    const FunctionDecl *Pattern = Made->getTemplateInstantiationPattern();
    if (++Wanted[Pattern] > TuContext::MostInstances ||
        Known.Kept.find(Tu.usr(*Made)))
      Made->setHasSkippedBody();
  }
}

namespace {
/// Asked when all of the file has been read, before anything is instantiated.
class AtEnd : public ExternalSemaSource {
  Sema &Reading;
  const std::shared_ptr<const HeaderFacts> Known;

public:
  AtEnd(Sema &Reading, std::shared_ptr<const HeaderFacts> Known)
      : Reading(Reading), Known(std::move(Known)) {}

  void ReadPendingInstantiations(
      SmallVectorImpl<std::pair<ValueDecl *, SourceLocation>> &) override {
    skip(Reading, *Known);
  }
};

/// Sees the file begin: only then there is somebody who parses it.
class AtBegin : public PPCallbacks {
  Preprocessor &Reader;
  std::shared_ptr<const HeaderFacts> Known; ///< null when it has begun

public:
  AtBegin(Preprocessor &Reader, std::shared_ptr<const HeaderFacts> Known)
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
                        std::shared_ptr<const HeaderFacts> Known) {
  if (Known)
    Reader.addPPCallbacks(std::make_unique<AtBegin>(Reader, std::move(Known)));
}

} // namespace perfidy
