//===- PrecompiledUse.h - what a unit does with a precompiled header -*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_PRECOMPILEDUSE_H
#define PERFIDY_DRIVER_PRECOMPILEDUSE_H

#include "driver/Precompiled.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace perfidy {

/// Has \p Flags use \p Of. They are to speak of macros as the command of that
/// does, so that clang takes it: what \p Own says is to follow after it.
void useIn(clang::CompilerInvocation &Flags, const Precompiled &Of,
           const CommandMacros &Own);

/// Watches the parse of one unit, which has \p Of before its first line, for
/// what would be different without. The unit is to be parsed again, with other()
/// or without, if conflict() says so in the end. One thread.
class PrecompiledUse {
public:
  /// \p Folders are the unit's, which \p Of fits.
  PrecompiledUse(const Precompiled &Of,
                 const std::vector<std::string> &Folders);

  /// Call when the parse begins.
  void watch(clang::CompilerInstance &Instance);

  /// Why the unit cannot use it; empty if it can. Final once the unit is parsed,
  /// after finish().
  const std::string &conflict() const { return Why; }

  /// With a conflict: the part of \p Of that does not have what the conflict is
  /// about, where that is one of the project's headers; else the part with
  /// system headers alone. Null if that is all it has.
  const Precompiled *other() const;

  /// Call after each declaration of the unit's. False if to go on is for nothing.
  bool goOn(clang::ASTContext &Context);

  /// Call when the unit is parsed: it must have included all that is not the
  /// system's, and used none of that before.
  void finish(clang::ASTContext &Context);

  /// All declarations of the unit that stand outside of system headers, in the
  /// order in which a parse without would have come to them, those within others
  /// left out. Call after finish(), without a conflict.
  std::vector<const clang::Decl *>
  declarations(clang::CompilerInstance &Instance) const;

  /// Adds to \p Reads, which are ordered by path, the files that the unit would
  /// have read itself.
  void addReads(std::vector<FileState> &Reads) const;

private:
  class Callbacks;
  const Precompiled &Of;
  std::vector<char> Entered;   ///< those of Of.Files that the unit includes
  std::vector<char> Unreached; ///< PrecompiledFolders::Unreached
  std::string Why;
  std::optional<unsigned> About; ///< which of Of.Files the conflict is about
  int Braces = 0;                ///< open where the preprocessor is
  /// Macros that are not as these headers had them when they were parsed: the
  /// unit's own, and those of the list that the unit has not defined so far.
  std::set<std::string> Different;
  /// The unit's own that are as these headers define them, once they have.
  std::set<std::string> Alike;
  std::map<unsigned, std::unique_ptr<llvm::MemoryBuffer>> Texts;

  /// By file, the first of its Texts, from 1; 0 for a system header.
  std::vector<unsigned> TextOf;
  /// Includes that led to one of the project's for the first time.
  std::vector<std::pair<clang::SourceLocation, unsigned>> OwnIncludes;
  std::vector<size_t> CameBy; ///< of the project's files, by which of those
  size_t Missing = 0;         ///< the project's that are not entered yet
  bool Looked = false;        ///< for what is used before it is included

  class Order;
  void lookForEarlyUses(clang::ASTContext &Context);
  /// Enters \p First and what it includes in turn; returns what is new, in order.
  std::vector<unsigned> enter(unsigned First);
  /// The first macro that the text of one of these files would see otherwise.
  const std::string *firstMentioned(const std::vector<unsigned> &In);
  void takeListed(unsigned File);
  llvm::StringRef textOf(unsigned File);
  /// What the list of headers defines under this name: "NAME VALUE", or null.
  const std::string *listed(llvm::StringRef Name) const;
  bool isListed(llvm::StringRef Name, const clang::MacroInfo &Of,
                clang::Preprocessor &Tokens) const;
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_PRECOMPILEDUSE_H
