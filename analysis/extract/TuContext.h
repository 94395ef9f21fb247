//===- TuContext.h - names, files and macros of one TU ----------*- C++ -*-===//
//
// Part of Perfidy. What the parts of the extractor share while they read one
// translation unit.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_TUCONTEXT_H
#define PERFIDY_ANALYSIS_EXTRACT_TUCONTEXT_H

#include "analysis/extract/Instances.h"
#include "analysis/models/Models.h"
#include "analysis/summary/Summary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// Qualified name without template arguments, inline namespaces and
/// anonymous namespaces; a constructor is "Class::Class".
std::string qualifiedName(const clang::NamedDecl &D);

/// The specialisations of a template outside of system headers in the order of
/// their USRs: that of their list depends on what of them comes from a precompiled
/// header.
std::vector<const clang::FunctionDecl *>
inOrder(const clang::FunctionTemplateDecl &Template);
std::vector<const clang::ClassTemplateSpecializationDecl *>
inOrder(const clang::ClassTemplateDecl &Template);

/// Lives as long as one extraction. Not thread-safe.
class TuContext {
public:
  TuContext(clang::ASTContext &AST, const Models &Modelled, TUSummary &Out)
      : AST(AST), SM(AST.getSourceManager()), Modelled(Modelled), Out(Out) {}

  clang::ASTContext &AST;
  const clang::SourceManager &SM;
  const Models &Modelled;
  TUSummary &Out;
  /// Of an earlier reading of the same headers; null for none.
  KeptFacts *Kept = nullptr;
  /// An instantiation whose body need not be there; null if it is not known.
  std::function<std::shared_ptr<const KeptInstance>(
      const clang::FunctionDecl &)>
      Known;
  /// What is being read rests on no other body of the main file, but for
  /// Consulted.
  bool Alone = true;
  /// The templates whose instantiations it has asked for, each once.
  std::vector<const clang::FunctionTemplateDecl *> Consulted;

  /// Where the user wrote it: macro code is at the macro's use.
  Location location(clang::SourceLocation Loc);
  bool inSystemHeader(clang::SourceLocation Loc) const;
  /// True if the code at \p Loc was written by, or given to, a macro with this
  /// role ("assert", "test").
  bool inMacro(clang::SourceLocation Loc, llvm::StringRef Role);

  /// The token comes from the body of a macro of a system header.
  bool writtenByLibrary(clang::SourceLocation Loc) const;

  /// Unique over the whole program: entities of internal linkage get the path
  /// of their file, lambdas that of their function.
  const std::string &usr(const clang::FunctionDecl &F);
  /// More instantiations of one template say nothing new: no more are read.
  static constexpr unsigned MostInstances = 4;
  /// The first instantiations of \p Template that can be read, in order.
  const std::vector<const clang::FunctionDecl *> &
  firstInstances(const clang::FunctionTemplateDecl &Template);
  /// The instantiation that is read in place of \p F; F itself mostly.
  const clang::FunctionDecl &representative(const clang::FunctionDecl &F);
  /// Name of a function, computed once.
  const std::string &name(const clang::FunctionDecl &F);
  /// Models for its name, and then for those of methods that it overrides.
  const std::vector<const std::vector<Model> *> &
  models(const clang::FunctionDecl &F);
  /// Lambdas get their USR when their body is found.
  void nameLambda(const clang::CXXRecordDecl &Closure, std::string Usr) {
    Lambdas[&Closure] = std::move(Usr);
  }
  /// Empty if the closure was never seen.
  std::string lambdaUsr(const clang::CXXRecordDecl &Closure) const;

  /// The class behind references, pointers, smart pointers and typedefs.
  const clang::CXXRecordDecl *classOf(clang::QualType Type);
  /// What the models say of the type: of its class, or of the nearest base.
  const TypeModel *typeModel(clang::QualType Type);
  /// What its declaration says.
  Parameter parameter(const clang::ParmVarDecl &Param);
  /// The class, or a base of it however far, has this type role.
  bool derivesFrom(const clang::CXXRecordDecl &Class, llvm::StringRef Role);
  /// A request that a server got, or an object that has one.
  bool isServed(const clang::CXXRecordDecl &Class);
  /// The end of such an object takes listeners off: a scoped token, or what
  /// holds or contains some.
  bool endsListeners(clang::QualType Type, int Depth = 0);
  Holds holds(clang::QualType Type);
  /// As above, and a copy of a handle shares what it stands for.
  Holds holdsOf(clang::QualType Type);
  /// A weak pointer, or a container of such.
  bool holdsWeakly(clang::QualType Type);
  /// Pointee of a smart pointer, the type itself otherwise.
  clang::QualType unwrap(clang::QualType Type);

  /// The source's text of an expression on one line, or a shortened name.
  std::string spelling(const clang::Expr *E);
  /// The name of \p D without what it is in.
  SharedText shortName(const clang::NamedDecl &D);

  /// Of a method that adds or removes something: what takes it back.
  struct Inverse {
    const clang::CXXMethodDecl *Other = nullptr; ///< null if there is none
    bool Adds = false;                           ///< the method itself does
  };
  /// Of a class, how many of it and its bases are looked at.
  static constexpr size_t MostBases = 8;
  /// Computed once, by \p Find if it must be.
  Inverse inverse(const clang::CXXMethodDecl &Of,
                  Inverse (*Find)(const clang::CXXMethodDecl &));

  /// Reads the methods of a class met inside of a body.
  std::function<void(const clang::CXXRecordDecl &)> ReadClass;
  /// Reads an instantiation of a template that lies outside of the traversal
  /// scope.
  std::function<void(const clang::FunctionDecl &)> ReadInstance;
  /// Reads a constructor that the compiler made.
  std::function<void(const clang::CXXConstructorDecl &)> ReadConstructor;

  void addressTaken(const clang::FunctionDecl &F) { Taken.insert(usr(F)); }
  std::set<std::string> Taken;
  /// See TUSummary.
  std::set<std::string> Filled, Grown;

private:
  Index file(clang::FileID Id);
  const clang::CXXMethodDecl *methodNamed(const clang::CXXMethodDecl &Of,
                                          const KeptInverse &Known);
  std::optional<llvm::StringRef> writtenName(const clang::Expr &E) const;

  llvm::DenseMap<clang::FileID, Index> Files;
  /// Of each role that was asked for, the expansions that inMacro() knows.
  llvm::StringMap<llvm::DenseMap<clang::FileID, bool>> InMacros;
  llvm::DenseMap<const clang::NamedDecl *, SharedText> ShortNames;
  // Handed out by reference, so they stay where they are.
  std::unordered_map<const clang::FunctionDecl *, std::string> Usrs, Names;
  std::unordered_map<const clang::FunctionDecl *,
                     std::vector<const std::vector<Model> *>>
      ModelsOf;
  llvm::DenseMap<const clang::FunctionTemplateDecl *,
                 std::vector<const clang::FunctionDecl *>>
      FirstInstances;
  llvm::DenseMap<const clang::CXXMethodDecl *, Inverse> Inverses;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::string> Lambdas;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeModel *> TypeModels;
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_TUCONTEXT_H
