//===- PrecompiledOrder.cpp - what a unit declares, in order --------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/PrecompiledUse.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Serialization/ASTReader.h"
#include <algorithm>

using namespace clang;

namespace perfidy {

/// Puts together what a parse without would have come to, file by file.
class PrecompiledUse::Order {
  const PrecompiledUse &Use;
  const SourceManager &Sources;
  ASTReader &Reader;
  std::vector<char> Read; ///< by file
  std::vector<const Decl *> &Result;
  /// What holds the texts from here on.
  std::vector<std::pair<size_t, serialization::ModuleFile *>> Holders;

  /// The templates of functions and classes list what was made of them.
  static bool isMade(const Decl &Of) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&Of))
      return Function->getDescribedFunctionTemplate() ||
             Function->getTemplateSpecializationKind() ==
                 TSK_ImplicitInstantiation;
    if (const auto *Class = dyn_cast<CXXRecordDecl>(&Of))
      return Class->getDescribedClassTemplate() ||
             Class->getTemplateSpecializationKind() ==
                 TSK_ImplicitInstantiation;
    if (const auto *Variable = dyn_cast<VarDecl>(&Of))
      return Variable->getDescribedVarTemplate() ||
             Variable->getTemplateSpecializationKind() ==
                 TSK_ImplicitInstantiation;
    return false;
  }

  FileID idOf(unsigned Text) const {
    auto Holder =
        std::find_if(Holders.begin(), Holders.end(),
                     [&](const auto &Each) { return Each.first <= Text; });
    SourceLocation Start =
        SourceLocation::getFromRawEncoding(Use.Of.Texts[Text].Start);
    return Sources.getFileID(
        Reader.TranslateSourceLocation(*Holder->second, Start));
  }

  void addText(unsigned Text) {
    FileID Id = idOf(Text);
    llvm::SmallVector<Decl *, 64> All;
    Reader.FindFileRegionDecls(Id, 0, Sources.getFileIDSize(Id), All);
    const std::vector<PrecompiledInclude> &Includes =
        Use.Of.Texts[Text].Includes;
    auto Next = Includes.begin();
    for (const Decl *Each : All) {
      if (!Each->getLexicalDeclContext()->isTranslationUnit() || isMade(*Each))
        continue;
      unsigned Offset =
          Sources.getFileOffset(Sources.getFileLoc(Each->getLocation()));
      for (; Next != Includes.end() && Next->Offset < Offset; ++Next)
        add(*Next);
      Result.push_back(Each);
    }
    for (; Next != Includes.end(); ++Next)
      add(*Next);
  }

  void add(const PrecompiledInclude &What) {
    // What is read in several places is read in this one, whatever came before.
    bool Again = What.Text && What.Text != Use.TextOf[What.File];
    if (!std::exchange(Read[What.File], true) || Again)
      addText((What.Text ? What.Text : Use.TextOf[What.File]) - 1);
  }

public:
  Order(const PrecompiledUse &Use, CompilerInstance &Instance,
        std::vector<const Decl *> &Result)
      : Use(Use), Sources(Instance.getSourceManager()),
        Reader(*Instance.getASTReader()), Read(Use.Of.Files.size()),
        Result(Result) {
    for (const Precompiled *Each = &Use.Of; Each; Each = Each->Base.get())
      Holders.emplace_back(
          Each->Base ? Each->Base->Texts.size() : 0,
          Reader.getModuleManager().lookupByFileName(Each->File));
  }

  void add(unsigned File) {
    if (Use.TextOf[File])
      add(PrecompiledInclude{0, File, 0});
  }
};

std::vector<const Decl *>
PrecompiledUse::declarations(CompilerInstance &Instance) const {
  std::vector<const Decl *> Result;
  const SourceManager &Sources = Instance.getSourceManager();
  std::optional<Order> Loaded;
  if (!OwnIncludes.empty())
    Loaded.emplace(*this, Instance, Result);
  auto Next = OwnIncludes.begin();
  for (const Decl *Each :
       Instance.getASTContext().getTranslationUnitDecl()->noload_decls()) {
    SourceLocation Where = Sources.getFileLoc(Each->getLocation());
    if (Where.isValid())
      for (; Next != OwnIncludes.end() &&
             Sources.isBeforeInTranslationUnit(Next->first, Where);
           ++Next)
        Loaded->add(Next->second);
    Result.push_back(Each);
  }
  for (; Next != OwnIncludes.end(); ++Next)
    Loaded->add(Next->second);
  return Result;
}

} // namespace perfidy
