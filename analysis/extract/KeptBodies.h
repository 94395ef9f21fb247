//===- KeptBodies.h - what does not change by an edit -----------*- C++ -*-===//
//
// Part of Perfidy. An editor reads a file again after each edit, which mostly is
// in one function. The facts of the others are the same, some lines further down.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H
#define PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H

#include "analysis/extract/Instances.h"
#include "analysis/summary/Summary.h"
#include "clang/AST/DeclBase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace clang {
class FunctionDecl;
class FunctionTemplateDecl;
} // namespace clang

namespace perfidy {

class Models;
class TuContext;

/// Something that has to be read with a function.
struct KeptNeed {
  std::string Usr;
  bool Instance = false; ///< of a template, else what the compiler made
};

/// A function template, and those of its instantiations that are read in place
/// of all: which depends on all who use it.
struct KeptTemplate {
  uint64_t Id = 0; ///< in the AST file; 0: it is of the main file
  size_t At = 0;   ///< the how manieth of the main file
  std::vector<std::string> Instances; ///< USRs, in order
};

/// What reading one function has brought, and the text that it was then.
struct KeptBody {
  std::string Text; ///< empty for what the compiler made of a header's class
  Location Start;   ///< of Text
  std::vector<Function> Functions;            ///< itself and its lambdas
  std::set<std::string> Taken, Filled, Grown; ///< see TUSummary
  std::vector<KeptNeed> Needs; ///< in the order of their first uses
  std::vector<KeptTemplate> Templates;
};

/// The functions of a main file, as they were when it was read.
struct KeptBodies {
  /// The tokens of the file without those of Functions' bodies.
  std::string Around;
  const Models *Known = nullptr;
  std::map<std::string, std::shared_ptr<const KeptBody>> ByUsr;
  /// Of headers' templates for what is declared in this file.
  std::map<std::string, std::shared_ptr<const KeptInstance>> Instances;
};

/// Finds out what can be taken over while a main file is read, and keeps what
/// can be next time. Lives as long as one extraction.
class BodyMemory {
public:
  /// Of an instantiation; null if its USR alone is known.
  using Wanting =
      std::function<void(const clang::FunctionDecl *Of, std::string Usr)>;

private:
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
    bool Keep = false;
    KeptBody Made;
    std::vector<const clang::FunctionTemplateDecl *> Consulted;
  };

  TuContext &Tu;
  std::set<std::string> &Seen;
  const Wanting Want;
  size_t HeaderFiles = 0;
  clang::FileID Main;
  llvm::StringRef Text; ///< of the main file
  llvm::DenseMap<const clang::FunctionDecl *, Spot> Spots;
  /// Where bodies begin and end that others do not look into: those of Spots,
  /// and of templates.
  std::vector<std::pair<unsigned, unsigned>> Bodies;
  /// Those of the main file, in order.
  std::vector<const clang::FunctionTemplateDecl *> Templates;
  llvm::DenseMap<const clang::FunctionTemplateDecl *, size_t> TemplateAt;
  std::shared_ptr<const KeptBodies> Before; ///< null: nothing to take over
  std::shared_ptr<KeptBodies> After;        ///< null: nothing is kept
  std::vector<Recording> Open;

  bool onlyMainFile() const;
  void findSpots(const clang::DeclContext &In);
  void findSpot(const clang::Decl &At);
  std::string around() const;
  const clang::FunctionTemplateDecl *find(const KeptTemplate &Which) const;
  const clang::FunctionDecl *find(const KeptBody &In,
                                  const KeptNeed &Which) const;
  bool canKeepTemplates(Recording &Of) const;
  bool canRun(const clang::FunctionDecl *Of, const std::string &Usr) const;
  bool canTakeOver(const std::string &Usr) const;
  bool canTakeOver(const KeptBody &Known) const;
  void takeOver(const std::string &Usr, const Location *Start);
  bool canKeep(const KeptBody &Made, const Spot *Where) const;
  Location startOf(const Spot &Where) const;

public:
  /// \p Seen has the USRs of all functions that were read or taken over. \p Want
  /// is told of the instantiations that functions need that are taken over.
  BodyMemory(TuContext &Tu, std::set<std::string> &Seen, Wanting Want)
      : Tu(Tu), Seen(Seen), Want(std::move(Want)) {}

  /// To be called first: \p Scope is what will be read. \p Known is what result()
  /// was for the same headers, or null. The first \p Files of the summary's are
  /// the headers'.
  void begin(llvm::ArrayRef<clang::Decl *> Scope, size_t Files,
             std::shared_ptr<const KeptBodies> Known);

  /// Adds the facts of \p F if they are known; else it has to be read, between
  /// start() and done().
  bool recall(const clang::FunctionDecl &F, const std::string &Usr);
  void start(const clang::FunctionDecl &F, const std::string &Usr);
  /// False if its facts rest on another body of the main file.
  bool done();
  /// By the function that is being read.
  void needs(KeptNeed What);

  /// What is known of \p Made, an instantiation; null if it has to be read.
  std::shared_ptr<const KeptInstance>
  instance(const clang::FunctionDecl &Made) const;
  /// The same by its USR, if what needs it is known.
  std::shared_ptr<const KeptInstance> instance(const std::string &Usr) const;
  /// It was read, or is taken over; not one of headers alone.
  void keep(const std::string &Usr, std::shared_ptr<const KeptInstance> Known);
  /// Fills in KeptInstance::Within; false if \p Made is another one as soon as
  /// something changes.
  bool within(const clang::FunctionDecl &Made,
              std::map<std::string, std::string> &Functions) const;

  /// For the next reading; null if nothing can be kept.
  std::shared_ptr<const KeptBodies> result() const { return After; }
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_KEPTBODIES_H
