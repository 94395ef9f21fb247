//===- KeptBodies.h - what does not change by an edit -----------*- C++ -*-===//
//
// Part of Perfidy. An editor reads a file again after each edit, which mostly is
// in one function. The facts of the others are the same, some lines further down.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H
#define PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H

#include "analysis/summary/Summary.h"
#include "clang/AST/DeclBase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace clang {
class FunctionDecl;
}

namespace perfidy {

class Models;
class TuContext;

/// What reading one function has brought, and the text that it was then.
struct KeptBody {
  std::string Text; ///< empty for what the compiler made of a header's class
  Location Start;   ///< of Text
  std::vector<Function> Functions;            ///< itself and its lambdas
  std::set<std::string> Taken, Filled, Grown; ///< see TUSummary
  /// USRs of those that the compiler made, to be read as well.
  std::vector<std::string> Constructors;
};

/// The functions of a main file, as they were when it was read.
struct KeptBodies {
  /// The tokens of the file without those of Functions' bodies.
  std::string Around;
  const Models *Known = nullptr;
  std::map<std::string, std::shared_ptr<const KeptBody>> ByUsr;
};

/// Finds out what can be taken over while a main file is read, and keeps what
/// can be next time. Lives as long as one extraction.
class BodyMemory {
  /// A function of the main file that others do not look into.
  struct Spot {
    unsigned Begin = 0, End = 0; ///< offsets of its text
    unsigned BodyBegin = 0, BodyEnd = 0;
  };
  /// A function that is being read.
  struct Recording {
    std::string Usr;
    const Spot *Where = nullptr; ///< null for what the compiler made
    size_t First = 0;            ///< of its functions
    bool Alone = true;           ///< of what it is read in the middle of
    KeptBody Made;
  };

  TuContext &Tu;
  std::set<std::string> &Seen;
  size_t HeaderFiles = 0;
  clang::FileID Main;
  llvm::StringRef Text; ///< of the main file
  llvm::DenseMap<const clang::FunctionDecl *, Spot> Spots;
  std::shared_ptr<const KeptBodies> Before; ///< null: nothing to take over
  std::shared_ptr<KeptBodies> After;        ///< null: nothing is kept
  std::vector<Recording> Open;

  bool onlyMainFile() const;
  void findSpots(const clang::DeclContext &In);
  void findSpot(const clang::Decl &At);
  std::string around() const;
  bool canTakeOver(const std::string &Usr) const;
  void takeOver(const std::string &Usr, const Location *Start);
  bool canKeep(const KeptBody &Made, const Spot *Where) const;
  Location startOf(const Spot &Where) const;

public:
  /// \p Seen has the USRs of all functions that were read or taken over.
  BodyMemory(TuContext &Tu, std::set<std::string> &Seen) : Tu(Tu), Seen(Seen) {}

  /// To be called first: \p Scope is what will be read. \p Known is what result()
  /// was for the same headers, or null. The first \p Files of the summary's are
  /// the headers'.
  void begin(llvm::ArrayRef<clang::Decl *> Scope, size_t Files,
             std::shared_ptr<const KeptBodies> Known);

  /// Adds the facts of \p F if they are known; else it has to be read, between
  /// start() and done().
  bool recall(const clang::FunctionDecl &F, const std::string &Usr);
  void start(const clang::FunctionDecl &F, const std::string &Usr);
  void done();
  /// \p Usr is needed by the function that is being read.
  void needs(const std::string &Usr);

  /// For the next reading; null if nothing can be kept.
  std::shared_ptr<const KeptBodies> result() const { return After; }
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H
