//===- PrecompiledUse.cpp - what a unit does with a precompiled header ----===//
//
// Part of Perfidy.
//
// A precompiled header stands before the first line of a unit and holds more
// than the unit asks for. That makes a difference if the unit
//
//  - defines a macro that these headers look at, before it includes them, or
//    does not define one that the list of headers defines for them;
//  - looks at a macro of a header that it has not included, or not yet;
//  - includes one of them inside of a namespace or of extern "C".
//
//===----------------------------------------------------------------------===//
#include "driver/PrecompiledUse.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include <algorithm>

using namespace clang;

namespace perfidy {

/// The name in "NAME VALUE".
static std::string nameIn(const std::string &Define) {
  return Define.substr(0, Define.find(' '));
}

std::vector<unsigned> PrecompiledUse::enter(unsigned First) {
  std::vector<unsigned> Left = {First}, New;
  while (!Left.empty()) {
    unsigned File = Left.back();
    Left.pop_back();
    if (Entered[File])
      continue;
    Entered[File] = true;
    New.push_back(File);
    Left.insert(Left.end(), Of.Files[File].Includes.begin(),
                Of.Files[File].Includes.end());
  }
  return New;
}

/// True if \p Word stands somewhere in \p Text, be it in a comment.
static bool hasWord(llvm::StringRef Text, llvm::StringRef Word) {
  for (size_t At = 0; (At = Text.find(Word, At)) != llvm::StringRef::npos;
       At += Word.size()) {
    size_t After = At + Word.size();
    if ((At == 0 || !isAsciiIdentifierContinue(Text[At - 1])) &&
        (After == Text.size() || !isAsciiIdentifierContinue(Text[After])))
      return true;
  }
  return false;
}

const std::string *
PrecompiledUse::firstMentioned(const std::vector<unsigned> &In,
                               const std::set<std::string> &Words) {
  if (Words.empty())
    return nullptr;
  for (unsigned File : In) {
    std::unique_ptr<llvm::MemoryBuffer> &Text = Texts[File];
    if (!Text) {
      auto Read = llvm::MemoryBuffer::getFile(Of.Files[File].State.Path);
      if (!Read)
        return &*Words.begin();
      Text = std::move(*Read);
    }
    for (const std::string &Each : Words)
      if (hasWord(Text->getBuffer(), Each))
        return &Each;
  }
  return nullptr;
}

class PrecompiledUse::Callbacks : public PPCallbacks {
  PrecompiledUse &Use;
  CompilerInstance &Instance;
  const SourceManager &Sources;
  /// Macros that are not as these headers had them when they were parsed: the
  /// unit's own, and those of the list that the unit has not defined so far.
  std::set<std::string> Different;
  /// Looked at already.
  llvm::DenseSet<const MacroInfo *> Fine;

  std::optional<unsigned> find(FileID Id) const {
    OptionalFileEntryRef File = Sources.getFileEntryRefForID(Id);
    if (!File)
      return std::nullopt;
    return find(*File);
  }

  std::optional<unsigned> find(FileEntryRef File) const {
    const llvm::sys::fs::UniqueID &Id = File.getUniqueID();
    return Use.Of.find(Id.getDevice(), Id.getFile());
  }

  /// What follows is for nothing: it is to take no time.
  void conflict(const llvm::Twine &Why) {
    if (Use.Why.empty())
      Use.Why = Why.str();
    Instance.getPreprocessorOpts().SingleFileParseMode = true;
  }

  /// Neither from the command line, which is the same, nor from one of these
  /// headers that is entered again.
  bool isOwn(SourceLocation Where) const {
    FileID Id = Sources.getFileID(Sources.getExpansionLoc(Where));
    return Id != Instance.getPreprocessor().getPredefinesFileID() && !find(Id);
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
    FileID Id = Sources.getFileID(Where);
    std::optional<unsigned> File = find(Id);
    // Without a file it is the command line's or clang's own.
    if (File ? Use.Entered[*File] : !Sources.getFileEntryRefForID(Id))
      Fine.insert(Info);
    else
      conflict("looks at the macro " + Name.getIdentifierInfo()->getName() +
               ", which it has not included");
  }

public:
  Callbacks(PrecompiledUse &Use, CompilerInstance &Instance)
      : Use(Use), Instance(Instance), Sources(Instance.getSourceManager()) {
    for (const std::string &Each : Use.Of.Defines)
      Different.insert(nameIn(Each));
  }

  void InclusionDirective(SourceLocation, const Token &, StringRef Name, bool,
                          CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    if (!File || !Use.Why.empty())
      return;
    std::optional<unsigned> Position = find(*File);
    if (!Position || Use.Entered[*Position])
      return;
    if (Use.Braces != 0)
      return conflict("includes <" + Name + "> between braces");
    if (const std::string *Mentioned =
            Use.firstMentioned(Use.enter(*Position), Different))
      conflict("has another " + *Mentioned + " where it includes <" + Name +
               ">, which mentions it");
  }

  void MacroDefined(const Token &Name, const MacroDirective *How) override {
    llvm::StringRef Text = Name.getIdentifierInfo()->getName();
    if (!Use.Of.mentions(Text) || !isOwn(How->getLocation()))
      return;
    if (Use.isListed(Text, *How->getMacroInfo(), Instance.getPreprocessor()))
      Different.erase(Text.str());
    else
      Different.insert(Text.str());
  }

  void MacroUndefined(const Token &Name, const MacroDefinition &Macro,
                      const MacroDirective *Undef) override {
    if (!Undef || !Macro.getMacroInfo())
      return; // there was none
    look(Name, Macro);
    std::string Text = Name.getIdentifierInfo()->getName().str();
    if (!Use.Of.mentions(Text) || !isOwn(Undef->getLocation()))
      return;
    bool Listed = Use.listed(Text) != nullptr;
    bool Was = Different.count(Text) != 0;
    // Of the unit's own nothing is left; of these headers' it is missing now.
    if (Was && !Listed)
      Different.erase(Text);
    else
      Different.insert(Text);
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
    if (nameIn(Each) == Name)
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
  std::string Wanted = Line->substr(nameIn(*Line).size());
  std::erase_if(Wanted, [](char C) { return C == ' ' || C == '\t'; });
  return Value == Wanted;
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
