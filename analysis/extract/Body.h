//===- Body.h - the facts of one function body ------------------*- C++ -*-===//
//
// Part of Perfidy. One pass over a body in order of evaluation. While reading,
// values hold drafts (which variables they are computed from); when the whole
// body is known, finish() turns drafts into the loops they vary with.
//
//   BodyStatements.cpp   statements, loops, guards, ways out of loops
//   BodyExpressions.cpp  expressions, assignments, lambdas
//   BodyLoops.cpp        what bounds a loop
//   BodyCalls.cpp        calls and the roles models give them
//   BodyCallables.cpp    calls that the source does not write
//   BodyChanges.cpp      what a call changes
//   BodyListeners.cpp    who registers with whom, what is kept
//   BodyCaptures.cpp     what lambdas hold and use of it
//   BodyBorrows.cpp      what refers to variables and keeps nothing
//   BodyBound.cpp        what function objects and bound functions hold
//   BodyMembers.cpp      member containers that the source fills
//   BodyPaths.cpp        access paths, values, text
//   BodyFinish.cpp       guards' kinds and what varies with what
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_BODY_H
#define PERFIDY_ANALYSIS_EXTRACT_BODY_H

#include "analysis/extract/Flow.h"
#include "analysis/extract/TuContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <functional>

namespace perfidy {

/// Reads one body. Entities found inside (lambdas, methods of local classes)
/// are appended to the TU's functions as they are met.
class Body {
public:
  /// \p Outer is the body around a lambda; it must be alive during read().
  Body(TuContext &Tu, Function &Facts, Body *Outer = nullptr);

  void readFunction(const clang::FunctionDecl &F);
  void readLambda(const clang::LambdaExpr &L, const clang::FunctionDecl &Op);
  /// The initialiser of a variable at namespace scope.
  void readInitializer(const clang::VarDecl &Var);

private:
  TuContext &Tu;
  Function &Facts;
  Body *Outer;
  const clang::FunctionDecl *Read = nullptr; ///< null for a lambda
  Flow Variables;

  // ---- statements
  void walk(const clang::Stmt *S);
  void walkCompound(llvm::ArrayRef<const clang::Stmt *> Statements);
  size_t walkBlock(llvm::ArrayRef<const clang::Stmt *> Statements);
  bool returnsFound(const clang::IfStmt &If);
  void walkIf(const clang::IfStmt &S);
  void walkSwitch(const clang::SwitchStmt &S);
  void walkFor(const clang::ForStmt &S);
  void walkWhile(const clang::WhileStmt &S);
  void walkDo(const clang::DoStmt &S);
  void walkRangeFor(const clang::CXXForRangeStmt &S);
  void walkTry(const clang::CXXTryStmt &S);
  void walkReturn(const clang::Expr *Value);
  void walkVar(const clang::VarDecl &Var);

  void stepMentioned(const clang::Expr *Inc);
  Index openLoop(LoopForm Form, const clang::Stmt &S);
  void closeLoop(Index Loop, const clang::Stmt *LoopBody);
  /// Bound, range and condition of a loop controlled by \p Cond.
  void describeCondition(Index Loop, const clang::Expr *Cond,
                         const clang::Stmt *Step, const clang::Stmt *LoopBody);
  void describeFieldCounter(Index Loop, const clang::ForStmt &S);
  std::optional<int64_t> distance(const clang::Expr *From,
                                  const clang::Expr *To);
  void describeRange(Index Loop, const clang::Expr *Range);
  void listElements(Index Loop, const clang::Expr *Range);
  Index selects(const clang::Stmt *LoopBody);

  enum class Leave : uint8_t { No, Continue, Break, Return };
  Leave leaveOf(const clang::Stmt *S);
  void recordLeaves(Few<Index> &Left);
  /// A way out of the function.
  void recordExit(clang::SourceLocation At);
  unsigned TryDepth = 0;
  bool Returned = false; ///< a return statement has been read
  struct Scope {
    Index Loop = None;
    unsigned Switches = 0; ///< switches entered since the loop
    Leave Tail = Leave::No;
  };
  llvm::SmallVector<Scope, 16> Scopes;
  unsigned SwitchDepth = 0;

  // ---- guards
  struct GuardDraft {
    const clang::Expr *Condition = nullptr;
    bool Positive = true;
    bool Failed = false; ///< an error path as it is written
    std::vector<Value> Reads;
  };
  std::vector<GuardDraft> GuardDrafts; ///< parallel to Facts.Guards
  std::vector<Index> ActiveGuards;
  /// The guards that hold say that \p Var is 0.
  bool isZeroHere(const clang::VarDecl &Var);
  bool saysZero(const clang::Expr *E, bool Positive, const clang::VarDecl &Var,
                int Depth = 0);
  Index pushGuard(const clang::Expr *Condition, bool Positive);
  void popGuard() { ActiveGuards.pop_back(); }
  void readsOf(const clang::Expr *E, std::vector<Value> &Reads, int Depth = 0);
  /// Calls that \p Condition reads decide a branch that leaves loops, or, with
  /// neither branch, whether the loop goes on.
  void recordDecision(const clang::Expr *Condition, const clang::Stmt *Then,
                      const clang::Stmt *Else);
  /// The calls that \p E stands for: written in it, or whose result it is.
  void callsBehind(const clang::Stmt *E, std::vector<Index> &Calls);

  struct Write {
    Value Target;
    std::vector<Index> Guards;
    bool Weak = false; ///< a method that may change it, given a fresh value
    bool Flag = false; ///< a bool
    bool Bulk = false; ///< more than one element, maybe
    Index Loop = None;
    bool Removes = false; ///< erase, pop: forgets instead of remembering
    bool Clears = false;  ///< set to 0, false or null
    bool Grows = false;   ///< +=, ++ or append: an accumulator
  };
  std::vector<Write> Writes;
  /// Locals that a lambda may change.
  std::set<AccessPath> Shared;
  llvm::DenseMap<const clang::VarDecl *, std::vector<Index>> GuardsAt;
  /// Last call whose result a local took, for "rc = f(); if (rc) ...".
  std::map<AccessPath, Index> LastCall;

  // ---- expressions
  void walkExpr(const clang::Expr *E);
  void walkChildren(const clang::Stmt *S);
  void assign(const clang::Expr *Left, const clang::Expr *Right, bool Step,
              bool Whole);
  bool concatenates(const clang::Expr *E, const AccessPath &Path);
  /// \p Target changed its content: ++, +=, a non-const method.
  void change(const clang::Expr *Target, llvm::ArrayRef<VarId> From, bool Grows,
              bool Whole, bool Strong);
  void recordCompare(const clang::Expr *E, const clang::Expr *L,
                     const clang::Expr *R, bool Negated);
  void recordThreeWay(const clang::Expr *E, const clang::Expr *Result,
                      bool Negated);
  void noteMembers(const clang::Stmt *S, bool Fills);
  void noteInitializer(const clang::CXXCtorInitializer &Init);
  std::string memberOf(const clang::Expr *E);
  std::string makeLambda(const clang::LambdaExpr &L);
  std::vector<const clang::ValueDecl *> capturedBy(const clang::LambdaExpr &L);
  std::vector<Value> captureValues(const clang::LambdaExpr &L);
  void escape(const clang::Expr *E);
  void escapeVar(const clang::ValueDecl *D);

  llvm::DenseMap<const clang::Expr *, Index> CompareOf;
  llvm::DenseMap<const clang::VarDecl *, const clang::LambdaExpr *>
      LambdaVariables;

  // ---- calls
  void walkCall(const clang::CallExpr &E);
  void walkConstruct(const clang::CXXConstructExpr &E);
  struct Site {
    const clang::Expr *E = nullptr;
    const clang::FunctionDecl *Callee = nullptr;
    const clang::Expr *Object = nullptr; ///< receiver of a member call
    llvm::SmallVector<const clang::Expr *, 8> Arguments; ///< as written
    CallForm Form = CallForm::Plain;
  };
  Site siteOf(const clang::CallExpr &E);
  Index recordCall(const Site &S);
  void applyModel(Call &C, const Site &S, const Model &M);
  bool findsEqual(const Site &S, const Model &M, Call &C);
  const Model *modelFor(const Site &S);
  const clang::Expr *operand(const Site &S, std::optional<Operand> O);
  void runCallable(const Site &S, const Model &M);
  /// \p Element: the local a loop hands to it, None if it is no loop's.
  /// \p By: the call that takes the callable, null if a loop of ours runs it.
  void callCallable(const clang::Expr *Callable, Index Element,
                    clang::SourceLocation Where, const clang::Expr *By,
                    const Model *Later = nullptr);
  void constructForwarded(const Site &S, clang::QualType Made);
  void changesOf(const Site &S, const Model *M);
  void callDestructor(const clang::VarDecl &Var);
  Index newCall(Call C);

  /// Calls by expression; an owning wrapper stands for the call it owns.
  llvm::DenseMap<const clang::Expr *, Index> CallOf;

  // ---- listeners and what is kept
  const clang::LambdaExpr *lambdaIn(const clang::Expr *E);
  void describeHandler(const clang::Expr *Callable, Registration &R,
                       int Depth = 0);
  void describeEvent(const clang::Expr *E, Registration &R);
  /// The object that \p E names; what an accessor hands out is part of it.
  Value objectValue(const clang::Expr *E);
  /// The object that \p E names; of shared_from_this() this.
  Value listenerValue(const clang::Expr *E);
  /// A callback of C gets its object as untyped data.
  void nameSelf(AccessPath &Path);
  bool isSelf(Index Parameter);
  void recordListener(const Site &S, const Model &M, Index Call);
  void recordPair(const Site &S, Index Call);
  void recordRun(const clang::Expr *Callable);
  void recordClear(const Site &S, const clang::CXXMethodDecl &Method,
                   Index Call);
  void addRegistration(const Site &S, Registration R);
  Registration *tokenIn(const clang::Expr *E);
  /// \p Where makes the value of what holds it now; called if it is a token.
  void keepToken(const clang::Expr *Token, llvm::function_ref<Value()> Where,
                 clang::QualType As);
  void returnToken(const clang::Expr *Token);
  void dropToken(const clang::Expr *Statement);
  void passTokens(const Site &S, const Model *M);
  bool isFresh(const clang::Expr *E, int Depth = 0);
  bool runsItsLambda(const clang::Expr *E);
  bool worthKeeping(const clang::Expr *E, const AccessPath &Into, bool Fresh);
  void emptied(const clang::Expr *E);
  void storeForCaller(const clang::Expr *E);
  void storeParts(const AccessPath &Into, const clang::Expr *What,
                  bool Appends);
  /// \p As: the type of the place, or of the container that has it.
  void store(const AccessPath &Into, const clang::Expr *What, bool Appends,
             clang::QualType As);
  /// A flag that a constructor is given.
  void storeFlag(const AccessPath &Into, const clang::Expr *What);
  /// Registrations by the expression whose value is their token.
  llvm::DenseMap<const clang::Expr *, Index> TokenOf;

  void readCaptures(const clang::LambdaExpr &L, const clang::FunctionDecl &Op,
                    Function &Made);
  Capture captureOf(const clang::LambdaCapture &Captured,
                    const clang::VarDecl &Var);
  void describeHeld(const clang::CXXRecordDecl &Class, Capture &Held);
  const Model *makerOf(const clang::Expr *E);
  const clang::VarDecl *borrowedFrom(const clang::LambdaCapture &Captured);
  const clang::VarDecl *borrowedBy(const clang::Expr *E, int Depth = 0);
  const clang::VarDecl *storageOf(const clang::Expr *E, int Depth = 0);
  const clang::VarDecl *pointee(const clang::Expr *E, int Depth);
  const clang::VarDecl *lender(const Site &S, int Depth);
  bool borrows(clang::QualType Type);

  void recordBound(const Site &S, const Model *M, Index Taker);
  void bindIn(const clang::Expr *Given, const Bound &At);
  void bindArguments(const clang::FunctionDecl &Function,
                     llvm::ArrayRef<const clang::Expr *> Given, Bound At);
  void bindFields(const clang::Expr *Made, Bound At);
  std::optional<Capture> boundObject(const clang::Expr *E,
                                     clang::QualType Into = {});
  const clang::FunctionDecl *calledBy(const clang::Expr *Callable);
  /// Positions in the TU's functions of the lambdas made here: what they
  /// captured is in terms of this body.
  std::vector<size_t> LambdasRead;

  // ---- paths, values, text
  struct Draft {
    std::vector<VarId> From;     ///< the value is computed from
    std::vector<VarId> Identity; ///< subscripts and accessor arguments
    Index Loop = None;
    bool Kept = false; ///< see Flow::otherObject
  };
  std::vector<Draft> Drafts;
  struct PathDraft {
    AccessPath Path;
    std::vector<VarId> Identity;
  };
  Value value(const clang::Expr *E);
  Value valueOfVar(const clang::ValueDecl &D);
  PathDraft path(const clang::Expr *E, int Depth = 0);
  AccessPath pathOfVar(const clang::ValueDecl &D);
  void collect(const clang::Stmt *S, std::vector<VarId> &From);
  std::optional<std::string> text(const clang::Expr *E, int Depth = 0);
  /// Where a text that cannot be read comes from: what is formatted.
  AccessPath textSource(const clang::Expr *E);
  /// The container an iterator, iterator pair or range expression stands for.
  const clang::Expr *rangeOf(const clang::Expr *E, int Depth = 0);
  bool fixedExtent(const clang::Expr *E, int64_t *Count = nullptr);
  std::optional<int64_t> constant(const clang::Expr *E);
  bool isNull(const clang::Expr *E);
  /// 0, false or what isNull.
  bool isNothing(const clang::Expr *E);
  /// Expression that a never reassigned local stands for.
  const clang::Expr *resolveLocal(const clang::Expr *E);
  Index local(const clang::VarDecl &Var);

  llvm::DenseMap<const clang::ValueDecl *, AccessPath> PathOf;
  llvm::DenseMap<const clang::ValueDecl *, PathDraft> Aliases;
  llvm::DenseMap<const clang::VarDecl *, const clang::Expr *> IteratorOf;
  llvm::DenseMap<const clang::VarDecl *, std::string> Texts;
  llvm::DenseMap<const clang::VarDecl *, const clang::Expr *> Definitions;
  /// Assigned, stepped or handed out by address anywhere in the body.
  llvm::DenseSet<const clang::VarDecl *> Reassigned;
  llvm::DenseSet<const clang::VarDecl *> Grown;
  /// What an iterator was last set to, but for what an erase returned.
  llvm::DenseMap<const clang::VarDecl *, const clang::Expr *> LastSet;
  std::vector<const clang::Stmt *> LoopStmts; ///< parallel to Facts.Loops
  std::string roleOf(const clang::Expr *E);
  Place placeOf(const clang::Expr *At, bool BackOnly);
  bool sweepsFront(const clang::VarDecl &Iterator);
  void findReassigned(const clang::Stmt *S);

  // ---- finish
  void finish();
  void finishValue(Value &V);
  bool saysDown(const clang::Expr *E, bool Positive);
  void classifyGuard(Index G);
  bool filledOutside(const AccessPath &Container) const;
  bool returnsFixed() const;
  void needsOf(const clang::Expr *E, bool Positive, std::vector<Need> &Needs);
  void limitsOf(const clang::Expr *E, bool Positive,
                std::vector<AccessPath> &Limited);
  bool needsSet(const clang::Expr *E, bool Positive, const AccessPath &Of);
  bool selectsOne(const clang::Expr *E, bool Positive);
  /// Something that is done at most once per loop or program is remembered.
  Index pushMemo();

  /// Counter of a loop, by the local it is.
  bool isCounter(const AccessPath &Path) const;

  Index CurrentLoop = None;
  bool InCondition = false;
  unsigned LambdaDepth = 0;
};

/// A callable that is given to \p Callee as argument \p Position is an object of
/// its own from then on: by value, as a std::function.
bool handsOver(const clang::FunctionDecl &Callee, size_t Position,
               TuContext &Tu);

/// E without parentheses, casts, temporaries, copies and smart pointers' ->.
const clang::Expr *strip(const clang::Expr *E);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_BODY_H
