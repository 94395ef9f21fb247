//===- PrecompiledUse.cpp - what a unit does with a precompiled header ----===//
//
// Part of Perfidy.
//
// A precompiled header stands before the first line of a unit and holds more
// than the unit asks for. That makes a difference if the unit
//
//  - defines a macro that these headers look at, before it includes them, or
//    does not define one that the list of headers defines for them. What
//    a header defines as the unit has, without asking, makes none;
//  - looks at a macro of a header that it has not included, or not yet, and
//    that none it has included defines in the same way;
//  - includes one of them that it finds otherwise than the precompiled header;
//  - includes one of them inside of a namespace or of extern "C".
//
// Of headers of the project's own it holds none that the unit does not include:
// what such a header declares, everybody may know it, so may be found by a name
// that was meant for something else.
//
//===----------------------------------------------------------------------===//
#include "driver/PrecompiledUse.h"
#include "driver/EarlyUses.h"
#include "driver/MacroText.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include <algorithm>

using namespace clang;

namespace perfidy {

void useIn(CompilerInvocation &Flags, const Precompiled &Of,
           const CommandMacros &Own) {
  PreprocessorOptions &Before = Flags.getPreprocessorOpts();
  Before.ImplicitPCHInclude = Of.File;
  Before.DisablePCHOrModuleValidation = DisableValidationForModuleKind::PCH;
  CommandMacros Made = Of.given();
  for (const std::string &Name : differences(Made, Own)) {
    std::erase_if(Before.Macros, [&](const auto &Each) {
      return macroName("-D" + Each.first) == Name;
    });
    if (auto There = Made.find(Name); There != Made.end())
      Before.Macros.emplace_back(There->second.substr(2),
                                 There->second.starts_with("-U"));
  }
}

static std::optional<unsigned> find(const Precompiled &In, FileEntryRef File) {
  const llvm::sys::fs::UniqueID &Id = File.getUniqueID();
  return In.find(Id.getDevice(), Id.getFile());
}

PrecompiledUse::PrecompiledUse(const Precompiled &Of,
                               const std::vector<std::string> &Folders)
    : Of(Of), Entered(Of.Files.size()), Unreached(Of.Files.size()),
      TextOf(Of.Files.size()), CameBy(Of.Files.size()) {
  for (const Precompiled *Each = &Of; Each; Each = Each->Base.get())
    if (const PrecompiledFolders *Known = Each->with(Folders))
      for (unsigned File : Known->Unreached)
        Unreached[File] = true;
  for (size_t I = Of.Texts.size(); I > 0; --I)
    TextOf[Of.Texts[I - 1].File] = unsigned(I);
  Missing = size_t(std::count_if(TextOf.begin(), TextOf.end(),
                                 [](unsigned Each) { return Each != 0; }));
}

const Precompiled *PrecompiledUse::other() const {
  if (!Of.Base || !About || *About < Of.system().Files.size())
    return Of.Base ? &Of.system() : nullptr;
  const Precompiled *Part = &Of;
  while (*About < Part->Files.size())
    Part = Part->Base.get();
  return Part;
}

std::vector<unsigned> PrecompiledUse::enter(unsigned First) {
  std::vector<unsigned> Left = {First}, New;
  while (!Left.empty()) {
    unsigned File = Left.back();
    Left.pop_back();
    if (Entered[File])
      continue;
    Entered[File] = true;
    Missing -= TextOf[File] != 0;
    New.push_back(File);
    const std::vector<unsigned> &Next = Of.Files[File].Includes;
    Left.insert(Left.end(), Next.rbegin(), Next.rend());
  }
  return New;
}

/// The project's header \p File defines what the list did before it, if it is
/// in the list because of that.
void PrecompiledUse::takeListed(unsigned File) {
  llvm::StringRef Text = textOf(File);
  std::erase_if(Different, [&](const std::string &Each) {
    const std::string *Line = listed(Each);
    return Line && hasWord(Text, Each) && onlyDefines(Text, Each) &&
           definesFirst(Text, *Line);
  });
}

llvm::StringRef PrecompiledUse::textOf(unsigned File) {
  std::unique_ptr<llvm::MemoryBuffer> &Text = Texts[File];
  if (!Text)
    if (auto Read = llvm::MemoryBuffer::getFile(Of.Files[File].State.Path))
      Text = std::move(*Read);
  return Text ? Text->getBuffer() : llvm::StringRef();
}

const std::string *
PrecompiledUse::firstMentioned(const std::vector<unsigned> &In) {
  if (Different.empty() && Alike.empty())
    return nullptr;
  for (unsigned File : In) {
    if (TextOf[File])
      takeListed(File);
    llvm::StringRef Text = textOf(File);
    if (Text.empty() && Of.Files[File].State.Size != 0)
      return Different.empty() ? &*Alike.begin() : &*Different.begin();
    for (const std::string &Each : Different)
      if (hasWord(Text, Each))
        return &Each;
    for (const std::string &Each : Alike)
      if (hasWord(Text, Each) && !onlyDefines(Text, Each))
        return &Each;
  }
  return nullptr;
}

/// True if they mean the same, however they are spaced.
static bool areAlike(const MacroInfo &A, const MacroInfo &B,
                     Preprocessor &Tokens) {
  if (&A == &B)
    return true;
  if (A.isFunctionLike() != B.isFunctionLike() ||
      A.isVariadic() != B.isVariadic() || A.isBuiltinMacro() ||
      B.isBuiltinMacro())
    return false;
  auto Same = [&](const Token &X, const Token &Y) {
    return X.is(Y.getKind()) && Tokens.getSpelling(X) == Tokens.getSpelling(Y);
  };
  return std::equal(A.param_begin(), A.param_end(), B.param_begin(),
                    B.param_end()) &&
         std::equal(A.tokens_begin(), A.tokens_end(), B.tokens_begin(),
                    B.tokens_end(), Same);
}

class PrecompiledUse::Callbacks : public PPCallbacks {
  PrecompiledUse &Use;
  CompilerInstance &Instance;
  const SourceManager &Sources;
  /// Looked at already.
  llvm::DenseSet<const MacroInfo *> Fine;

  std::optional<unsigned> find(FileID Id) const {
    OptionalFileEntryRef File = Sources.getFileEntryRefForID(Id);
    if (!File)
      return std::nullopt;
    return find(*File);
  }

  std::optional<unsigned> find(FileEntryRef File) const {
    return perfidy::find(Use.Of, File);
  }

  /// What follows is for nothing: it is to take no time.
  void conflict(const llvm::Twine &Why, std::optional<unsigned> About = {}) {
    if (Use.Why.empty()) {
      Use.Why = Why.str();
      Use.About = About;
    }
    Instance.getPreprocessorOpts().SingleFileParseMode = true;
  }

  /// Neither from the command line, which is the same, nor from one of these
  /// headers that is entered again.
  bool isOwn(SourceLocation Where) const {
    FileID Id = Sources.getFileID(Sources.getExpansionLoc(Where));
    return Id != Instance.getPreprocessor().getPredefinesFileID() && !find(Id);
  }

  void forget(const std::string &Name) {
    Use.Different.erase(Name);
    Use.Alike.erase(Name);
  }

  /// True if these headers define the macro, and never otherwise than \p How.
  bool isAsInHeaders(const MacroDirective &How) {
    bool Any = false;
    for (const MacroDirective *Each = &How; Each; Each = Each->getPrevious()) {
      const auto *Definition = dyn_cast<DefMacroDirective>(Each);
      if (!Definition || !Sources.isLoadedSourceLocation(
                             Definition->getInfo()->getDefinitionLoc()))
        continue;
      Any = true;
      if (!areAlike(*Definition->getInfo(), *How.getMacroInfo(),
                    Instance.getPreprocessor()))
        return false;
    }
    return Any;
  }

  /// Where clang would have been without.
  bool isSeen(SourceLocation Where) const {
    FileID Id = Sources.getFileID(Where);
    std::optional<unsigned> File = find(Id);
    // Without a file it is the command line's or clang's own.
    return File ? Use.Entered[*File] : !Sources.getFileEntryRefForID(Id);
  }

  /// True if what the unit has included defines the macro as \p Last does,
  /// which it has not: a header says again what another has said.
  bool isSeenElsewhere(const IdentifierInfo *Name, const MacroInfo &Last) {
    Preprocessor &Tokens = Instance.getPreprocessor();
    for (const MacroDirective *Each =
             Tokens.getLocalMacroDirectiveHistory(Name);
         Each; Each = Each->getPrevious()) {
      const auto *Definition = dyn_cast<DefMacroDirective>(Each);
      SourceLocation Where = Definition
                                 ? Definition->getInfo()->getDefinitionLoc()
                                 : Each->getLocation();
      if (Where.isValid() && Sources.isLoadedSourceLocation(Where) &&
          !isSeen(Where))
        continue;
      return Definition && areAlike(*Definition->getInfo(), Last, Tokens);
    }
    return false;
  }

  void look(const Token &Name, const MacroDefinition &Macro) {
    const MacroInfo *Info = Macro.getMacroInfo();
    if (!Info || !Use.Why.empty() || Fine.contains(Info))
      return;
    SourceLocation Where = Info->getDefinitionLoc();
    if (Where.isInvalid() || !Sources.isLoadedSourceLocation(Where)) {
      Fine.insert(Info);
      return;
    }
    if (isSeen(Where) || isSeenElsewhere(Name.getIdentifierInfo(), *Info))
      Fine.insert(Info);
    else
      conflict("looks at the macro " + Name.getIdentifierInfo()->getName() +
                   ", which it has not included",
               find(Sources.getFileID(Where)));
  }

public:
  Callbacks(PrecompiledUse &Use, CompilerInstance &Instance)
      : Use(Use), Instance(Instance), Sources(Instance.getSourceManager()) {
    for (const std::string &Each : Use.Of.Defines)
      Use.Different.insert(definedName(Each));
  }

  void InclusionDirective(SourceLocation Where, const Token &, StringRef Name,
                          bool, CharSourceRange, OptionalFileEntryRef File,
                          StringRef, StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    if (!File || !Use.Why.empty())
      return;
    std::optional<unsigned> Position = find(*File);
    if (!Position || Use.Entered[*Position])
      return;
    if (Use.Unreached[*Position]) {
      conflict("includes <" + Name + ">, which other folders led to",
               *Position);
      return;
    }
    bool Guarded = Instance.getPreprocessor()
                       .getHeaderSearchInfo()
                       .isFileMultipleIncludeGuarded(*File);
    if (Use.Braces != 0) {
      // What has no guard is read here, as it would be without.
      if (Guarded)
        conflict("includes <" + Name + "> between braces", *Position);
      return;
    }
    if (Use.TextOf[*Position]) {
      if (!Guarded) {
        conflict("includes \"" + Name + "\", which has no guard", *Position);
        return;
      }
      Use.OwnIncludes.emplace_back(Where, *Position);
    }
    std::vector<unsigned> New = Use.enter(*Position);
    for (unsigned Each : New)
      Use.CameBy[Each] = Use.OwnIncludes.size() - 1;
    if (const std::string *Mentioned = Use.firstMentioned(New))
      conflict("has another " + *Mentioned + " where it includes <" + Name +
                   ">, which mentions it",
               *Position);
  }

  void MacroDefined(const Token &Name, const MacroDirective *How) override {
    std::string Text = Name.getIdentifierInfo()->getName().str();
    if (!Use.Of.mentions(Text) || !isOwn(How->getLocation()))
      return;
    forget(Text);
    if (Use.isListed(Text, *How->getMacroInfo(), Instance.getPreprocessor()))
      return;
    (isAsInHeaders(*How) ? Use.Alike : Use.Different).insert(Text);
  }

  void MacroUndefined(const Token &Name, const MacroDefinition &Macro,
                      const MacroDirective *Undef) override {
    if (!Undef || !Macro.getMacroInfo())
      return; // there was none
    look(Name, Macro);
    std::string Text = Name.getIdentifierInfo()->getName().str();
    if (!Use.Of.mentions(Text))
      return;
    bool Listed = Use.listed(Text) != nullptr;
    bool Was = Use.Different.count(Text) != 0;
    // Of the unit's own nothing is left; of these headers' it is missing now.
    if (Was && !Listed)
      Use.Different.erase(Text);
    else if (isOwn(Undef->getLocation())) {
      forget(Text);
      Use.Different.insert(Text);
    }
  }

  void MacroExpands(const Token &Name, const MacroDefinition &Macro,
                    SourceRange, const MacroArgs *) override {
    look(Name, Macro);
  }
  void Defined(const Token &Name, const MacroDefinition &Macro,
               SourceRange) override {
    look(Name, Macro);
  }
  void Ifdef(SourceLocation, const Token &Name,
             const MacroDefinition &Macro) override {
    look(Name, Macro);
  }
  void Ifndef(SourceLocation, const Token &Name,
              const MacroDefinition &Macro) override {
    look(Name, Macro);
  }
  void Elifdef(SourceLocation, const Token &Name,
               const MacroDefinition &Macro) override {
    look(Name, Macro);
  }
  void Elifndef(SourceLocation, const Token &Name,
                const MacroDefinition &Macro) override {
    look(Name, Macro);
  }
};

const std::string *PrecompiledUse::listed(llvm::StringRef Name) const {
  for (const std::string &Each : Of.Defines)
    if (definedName(Each) == Name)
      return &Each;
  return nullptr;
}

bool PrecompiledUse::isListed(llvm::StringRef Name, const MacroInfo &Of,
                              Preprocessor &Tokens) const {
  const std::string *Line = listed(Name);
  if (!Line || Of.isFunctionLike())
    return false;
  std::string Value;
  for (const Token &Each : Of.tokens())
    Value += Tokens.getSpelling(Each);
  return Value == withoutBlanks(Line->substr(definedName(*Line).size()));
}

void PrecompiledUse::watch(CompilerInstance &Instance) {
  Preprocessor &Tokens = Instance.getPreprocessor();
  Tokens.addPPCallbacks(std::make_unique<Callbacks>(*this, Instance));
  Tokens.setTokenWatcher([this](const Token &Each) {
    if (Each.is(tok::l_brace))
      ++Braces;
    else if (Each.is(tok::r_brace))
      --Braces;
  });
}

bool PrecompiledUse::goOn(ASTContext &Context) {
  // All that can be used too early stands before the last of the includes.
  if (Of.Base && Missing == 0 && Why.empty() && !Looked)
    lookForEarlyUses(Context);
  return Why.empty();
}

void PrecompiledUse::finish(ASTContext &Context) {
  if (!goOn(Context) || Missing == 0)
    return;
  for (unsigned I = 0; I < Entered.size() && Why.empty(); ++I)
    if (TextOf[I] && !Entered[I]) {
      Why = "does not include " + Of.Files[I].State.Path;
      About = I;
    }
}

void PrecompiledUse::lookForEarlyUses(ASTContext &Context) {
  Looked = true;
  const SourceManager &Sources = Context.getSourceManager();
  auto OwnFile = [&](SourceLocation Where) -> std::optional<unsigned> {
    Where = Sources.getFileLoc(Where);
    OptionalFileEntryRef File =
        Where.isInvalid() || !Sources.isLoadedSourceLocation(Where)
            ? std::nullopt
            : Sources.getFileEntryRefForID(Sources.getFileID(Where));
    std::optional<unsigned> Position =
        File ? perfidy::find(Of, *File) : std::nullopt;
    return Position && TextOf[*Position] ? Position : std::nullopt;
  };
  const NamedDecl *Early =
      earlyUse(Context, OwnIncludes.back().first, [&](SourceLocation Where) {
        std::optional<unsigned> File = OwnFile(Where);
        return File ? OwnIncludes[CameBy[*File]].first : SourceLocation();
      });
  if (!Early)
    return;
  Why = "uses '" + Early->getNameAsString() + "' before it includes that";
  About = OwnFile(Early->getLocation());
}

void PrecompiledUse::addReads(std::vector<FileState> &Reads) const {
  std::vector<FileState> Added;
  for (size_t I = 0; I < Entered.size(); ++I)
    if (Entered[I])
      Added.push_back(Of.Files[I].State);
  for (const std::string &Each : Of.Absent)
    Added.push_back({Each, true, {}, 0, 0});
  Reads.insert(Reads.end(), std::make_move_iterator(Added.begin()),
               std::make_move_iterator(Added.end()));
  // Of two, the unit's own comes first.
  auto ByPath = [](const FileState &A, const FileState &B) {
    return A.Path < B.Path;
  };
  std::stable_sort(Reads.begin(), Reads.end(), ByPath);
  auto Same = [](const FileState &A, const FileState &B) {
    return A.Path == B.Path;
  };
  Reads.erase(std::unique(Reads.begin(), Reads.end(), Same), Reads.end());
}

} // namespace perfidy
