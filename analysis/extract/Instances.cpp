//===- Instances.cpp - what is made of headers' templates -----------------===//
//
// Part of Perfidy.
//
// Gives up: an instantiation for types of headers that finds a function or a
// specialisation of the main file, by the arguments' namespaces, keeps the facts
// that it had when it was first read. So does one that calls another template,
// which of that one's instantiations is read in place of all.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Instances.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace perfidy {

std::shared_ptr<const KeptInstance>
KeptFacts::find(const std::string &Usr) const {
  std::lock_guard Lock(Guard);
  auto Known = ByUsr.find(Usr);
  return Known == ByUsr.end() ? nullptr : Known->second;
}

void KeptFacts::add(const std::string &Usr, KeptInstance Read) {
  std::lock_guard Lock(Guard);
  ByUsr.try_emplace(Usr, std::make_shared<KeptInstance>(std::move(Read)));
}

std::shared_ptr<const KeptBodies> KeptFacts::bodies() const {
  std::lock_guard Lock(Guard);
  return Bodies;
}

void KeptFacts::setBodies(std::shared_ptr<const KeptBodies> Read) {
  std::lock_guard Lock(Guard); // which ends before the old ones do
  Bodies.swap(Read);
}

std::optional<KeptInverse> KeptFacts::inverse(const std::string &Usr) const {
  std::lock_guard Lock(Guard);
  auto Known = InverseByUsr.find(Usr);
  if (Known == InverseByUsr.end())
    return std::nullopt;
  return Known->second;
}

void KeptFacts::addInverse(const std::string &Usr, KeptInverse Found) {
  std::lock_guard Lock(Guard);
  InverseByUsr.try_emplace(Usr, std::move(Found));
}

namespace {

/// Collects what is named that is not written in a header.
class InHeaders : public RecursiveASTVisitor<InHeaders> {
  const SourceManager &Sources;
  std::vector<const Decl *> &Others;

  bool look(const Decl *Named) {
    SourceLocation At = Named->getLocation();
    if (At.isValid() && !Sources.isLoadedSourceLocation(At))
      Others.push_back(Named);
    return true;
  }

public:
  InHeaders(const SourceManager &Sources, std::vector<const Decl *> &Others)
      : Sources(Sources), Others(Others) {}

  bool arguments(const TemplateArgumentList &Given) {
    return TraverseTemplateArguments(Given.asArray());
  }
  bool VisitTagType(TagType *Type) {
    const auto *Made =
        dyn_cast<ClassTemplateSpecializationDecl>(Type->getDecl());
    return look(Type->getDecl()) &&
           (!Made || arguments(Made->getTemplateArgs()));
  }
  bool TraverseTemplateArgument(const TemplateArgument &Given) {
    if (Given.getKind() == TemplateArgument::Declaration)
      return look(Given.getAsDecl());
    if (Given.getKind() == TemplateArgument::Template ||
        Given.getKind() == TemplateArgument::TemplateExpansion) {
      const TemplateDecl *Named =
          Given.getAsTemplateOrTemplatePattern().getAsTemplateDecl();
      return Named && look(Named);
    }
    if (Given.getKind() == TemplateArgument::Type)
      return TraverseType(Given.getAsType().getCanonicalType());
    return RecursiveASTVisitor::TraverseTemplateArgument(Given);
  }
};

} // namespace

bool namedForInstance(const FunctionDecl &Made, const SourceManager &Sources,
                      std::vector<const Decl *> &Others) {
  InHeaders Look(Sources, Others);
  if (const TemplateArgumentList *Given = Made.getTemplateSpecializationArgs();
      Given && !Look.arguments(*Given))
    return false;
  for (const DeclContext *Around = Made.getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Around);
        Class && !Look.arguments(Class->getTemplateArgs()))
      return false;
  return true;
}

bool madeOfHeaders(const FunctionDecl &Made, const SourceManager &Sources) {
  if (Made.getTemplateSpecializationKind() != TSK_ImplicitInstantiation)
    return false;
  const FunctionDecl *Pattern = Made.getTemplateInstantiationPattern();
  return Pattern && Pattern->hasBody() &&
         Sources.isLoadedSourceLocation(Pattern->getLocation()) &&
         !Sources.isInSystemHeader(
             Sources.getExpansionLoc(Pattern->getLocation()));
}

bool madeOfHeadersAlone(const FunctionDecl &Made,
                        const SourceManager &Sources) {
  std::vector<const Decl *> Others;
  return madeOfHeaders(Made, Sources) &&
         namedForInstance(Made, Sources, Others) && Others.empty();
}

} // namespace perfidy
