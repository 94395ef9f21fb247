//===- Impl.h - the linked program from inside ------------------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/link.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_LINK_IMPL_H
#define PERFIDY_ANALYSIS_LINK_IMPL_H

#include "analysis/link/Program.h"
#include <array>
#include <mutex>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace perfidy {

using FunctionId = uint32_t;

using EffectKinds = uint32_t; ///< a set of EffectKind
constexpr EffectKinds only(EffectKind Kind) { return 1u << unsigned(Kind); }

struct Program::Impl {
  std::vector<Function> Functions; ///< ordered by USR
  std::vector<File> Files;
  std::vector<Remark> Remarks;
  template <class T>
  using ByText = std::unordered_map<SharedText, T, TextHash, TextEqual>;
  ByText<FunctionId> ByUsr;
  /// Overriding methods with a body, by the USR of what they override,
  /// directly or through others.
  ByText<std::vector<FunctionId>> Overriders;
  /// What all calls can run, function by function and call by call; where the
  /// targets of a call begin, and the calls of a function.
  std::vector<FunctionId> Targets;
  std::vector<size_t> FirstTarget, FirstCall;
  std::vector<std::vector<Effect>> Effects;
  std::vector<EffectKinds> Kinds; ///< of Effects, by function
  /// Fields of this and globals a function writes, transitively.
  std::vector<std::vector<AccessPath>> Writes;
  std::vector<std::vector<Site>> Callers;
  std::vector<std::vector<Nature>> Natures; ///< by function and loop
  std::vector<char> Taken, Startup, Recursive, Handler;
  std::string Root;
  std::unordered_map<std::string, Class> Classes; ///< by qualified name
  std::unordered_set<std::string> Ambiguous;
  /// Methods and lambdas by the name of their class, ordered by USR.
  std::unordered_map<std::string, std::vector<const Function *>> Methods;
  ByText<std::vector<const Function *>> Lambdas;  ///< by Function::Parent
  std::vector<std::vector<Listening>> Listenings; ///< by function
  std::vector<const Function *> Removers;
  std::vector<std::vector<char>> Kept;          ///< by function and parameter
  std::unordered_set<std::string> HandlerNames; ///< functions' names, or USRs
  /// Member containers that are as long as the source says.
  std::unordered_set<std::string> FixedMembers;
  /// By function; null where nothing was known before. Empty if nothing was.
  std::vector<std::unique_ptr<Settled>> Past;

  const Settled *past(FunctionId Id) const {
    return Past.empty() ? nullptr : Past[Id].get();
  }
  bool hasEffects(FunctionId Id) const {
    return past(Id) && past(Id)->HasEffects;
  }
  bool hasPlace(FunctionId Id) const { return past(Id) && past(Id)->HasPlace; }

  FunctionId id(const Function &F) const {
    return static_cast<FunctionId>(&F - Functions.data());
  }
  template <class Text> const Function *find(const Text &Usr) const {
    auto It = ByUsr.find(Usr);
    return It == ByUsr.end() ? nullptr : &Functions[It->second];
  }

  // Program.cpp
  void merge(std::vector<TUSummary> Summaries);
  void checkCaptures();
  void resolve();
  /// Looked for by name.
  std::vector<FunctionId> targetIds(const Call &C) const;
  /// Functions that a call of \p F can run.
  std::span<const FunctionId> targets(const Function &F, const Call &C) const {
    size_t At = FirstCall[id(F)] + static_cast<size_t>(&C - F.Calls.data());
    return std::span(Targets).subspan(FirstTarget[At],
                                      FirstTarget[At + 1] - FirstTarget[At]);
  }
  bool isTest(const Function &F) const;
  void findStartup();
  void findHandlers();

  // Settle.cpp
  void recall(std::unordered_map<std::string, Settled> Known);
  bool beginsBefore(const Function &In, Index Call) const;
  bool calledInTransaction(FunctionId Id) const;

  // Components.cpp: callees before callers; functions that call each other in
  // one group.
  std::vector<std::vector<FunctionId>> components();
  std::vector<std::vector<FunctionId>> Order;

  // Listeners.cpp
  void findListenings();
  bool listenings(FunctionId Id);
  void followToken(const Function &F, Listening &L) const;
  void findKept();
  bool findKept(FunctionId Id, Index Parameter) const;
  bool keeps(FunctionId Id, Index Parameter) const;
  bool keepsOnce(FunctionId Id) const;

  // Effects.cpp
  void propagate();
  bool summarize(FunctionId Id);
  std::vector<CallEffect> callEffects(const Function &F, Index Call) const;
  /// The same into \p Into, whose memory is used again.
  void callEffects(const Function &F, Index Call,
                   std::vector<CallEffect> &Into) const;
  /// Of the calls of the function that is summed up now.
  std::vector<std::vector<CallEffect>> OfCalls;
  /// False if the call has no effect of that kind. Of a linked program.
  bool mayDo(const Function &F, Index Call, EffectKind Kind) const;
  /// The same of a linked program, remembered for the functions asked about
  /// last: checks look at a call many times.
  CallEffects settledEffects(const Function &F, Index Call) const;
  struct Remembered {
    std::mutex Guard;
    const Function *Of = nullptr;
    std::vector<std::shared_ptr<const std::vector<CallEffect>>> ByCall;
  };
  mutable std::array<Remembered, 64> Asked; ///< by what ids have in common
  CallEffect translate(const Function &F, const Call &C, Index Position,
                       const Function &Target, const Effect &E,
                       uint32_t EffectPosition) const;
  /// The SQL that a call in F returns under this path; "" if nobody knows.
  std::string returnedText(const Function &F, const AccessPath &Path) const;
  /// A round of the loop, or what it calls, changes a field of this.
  bool changesIn(const Function &F, Index Loop, const AccessPath &Field) const;
  /// The container is as long as the source says.
  bool fixed(const Function &F, const Value &Container) const;

  // Nature.cpp
  /// \p All: the effects of F's calls, by position.
  static std::vector<Nature>
  natures(const Function &F, const std::vector<std::vector<CallEffect>> &All);
  bool endsWithScope(const Function &F, Index Call, const Effect &E) const;
  /// \p Registered: the end of the object that holds it does not close it.
  bool closes(const Function &F, const AccessPath &Holder,
              bool Registered) const;
  bool does(const Function &F, Index Call, EffectKind Kind) const;
};

/// A value of the caller in place of a path of the callee.
struct Mapped {
  AccessPath Path;
  std::vector<Index> Varies, OtherObject;
  std::vector<AccessPath> Inputs, ChosenBy;
  std::string Spelling;
};
Mapped mapPath(const Call &C, const AccessPath &Path);

/// The searches written by hand in \p F.
std::vector<Search> searchesOf(const Function &F);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_LINK_IMPL_H
