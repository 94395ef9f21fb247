//===- Contents.cpp - what an object of a class holds ---------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Contents.h"
#include "analysis/extract/TuContext.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace perfidy {

bool Contents::costly() const {
  constexpr uint64_t LargeObject = 256;
  constexpr unsigned ManyTexts = 3;
  return Size > LargeObject ||
         (!Trivial && (Containers > 0 || Texts >= ManyTexts));
}

std::string Contents::inWords() const {
  std::string Words;
  for (auto [Count, What] :
       {std::pair(Containers, "container"), std::pair(Texts, "string")})
    if (Count) {
      if (!Words.empty())
        Words += ", ";
      Words += std::to_string(Count) + " " + What + (Count == 1 ? "" : "s");
    }
  return Words;
}

/// Data members that are declared together, and no object of their own:
/// "union { Impl_ impl_; }", the "struct Impl_ { ... }" of a message of protobuf.
static const CXXRecordDecl *partOf(const CXXRecordDecl &Class,
                                   const FieldDecl &Field) {
  const auto *Inner = Field.getType()->getAsCXXRecordDecl();
  if (!Inner)
    return nullptr;
  for (const DeclContext *Around = &Class; Around->isRecord();
       Around = Around->getParent())
    if (Inner->getDeclContext()->Equals(Around))
      return Inner;
  return nullptr;
}

static void count(const CXXRecordDecl &Class, TuContext &Tu, Contents &Into,
                  int Depth) {
  if (!Class.hasDefinition() || Depth > 4)
    return;
  for (const FieldDecl *Field : Class.fields()) {
    if (const CXXRecordDecl *Part = partOf(Class, *Field)) {
      count(*Part, Tu, Into, Depth + 1);
      continue;
    }
    ++Into.Members;
    if (Field->getType()->isPointerType() ||
        Field->getType()->isReferenceType())
      continue;
    const TypeModel *Model = Tu.typeModel(Field->getType());
    if (!Model)
      continue;
    bool Text = Model->Role == "text" || Model->Kind == "string";
    Into.Texts += Text;
    Into.Containers +=
        !Text && Model->Role == "container" && Model->Kind != "fixed";
  }
  for (const CXXBaseSpecifier &Base : Class.bases())
    if (const auto *Inner = Base.getType()->getAsCXXRecordDecl())
      count(*Inner, Tu, Into, Depth + 1);
}

Contents contentsOf(const CXXRecordDecl &Class, TuContext &Tu) {
  Contents Result;
  if (!Class.hasDefinition() || Class.isDependentContext() ||
      Class.isInvalidDecl())
    return Result;
  count(Class, Tu, Result, 0);
  Result.Size = Tu.AST.getTypeSizeInChars(Tu.AST.getCanonicalTagType(&Class))
                    .getQuantity();
  Result.Trivial = Class.isTriviallyCopyable();
  return Result;
}

bool isView(const CXXRecordDecl &Class, int Depth) {
  if (Depth > 4 || !Class.hasTrivialDestructor())
    return false;
  for (const FieldDecl *Field : Class.fields()) {
    QualType Type = Field->getType();
    if (Type->isPointerType() || Type->isReferenceType())
      return true;
    if (const CXXRecordDecl *Inner = Type->getAsCXXRecordDecl();
        Inner && Inner->hasDefinition() && isView(*Inner, Depth + 1))
      return true;
  }
  for (const CXXBaseSpecifier &Base : Class.bases())
    if (const auto *Inner = Base.getType()->getAsCXXRecordDecl();
        Inner && Inner->hasDefinition() && isView(*Inner, Depth + 1))
      return true;
  return false;
}

} // namespace perfidy
