//===- Components.cpp - the call graph, callees first ---------------------===//
//
// Part of Perfidy. Tarjan, "Depth-first search and linear graph algorithms"
// (1972), without recursion: call chains of real programs are deeper than
// stacks. Linear in functions plus calls. Components come out callees first,
// which is the order in which effects are summed up.
//
//===----------------------------------------------------------------------===//
#include "analysis/link/Impl.h"
#include <algorithm>

namespace perfidy {

std::vector<std::vector<FunctionId>> Program::Impl::components() {
  constexpr uint32_t Unseen = ~0u;
  size_t Count = Functions.size();
  std::vector<std::vector<FunctionId>> Edges(Count);
  for (FunctionId Id = 0; Id < Count; ++Id) {
    for (const Call &C : Functions[Id].Calls) {
      for (FunctionId Target : targets(Functions[Id], C))
        Edges[Id].push_back(Target);
      for (const Value &Argument : C.Arguments)
        if (!Argument.Callable.empty())
          if (const Function *Lambda = find(Argument.Callable))
            Edges[Id].push_back(id(*Lambda));
    }
    std::sort(Edges[Id].begin(), Edges[Id].end());
    Edges[Id].erase(std::unique(Edges[Id].begin(), Edges[Id].end()),
                    Edges[Id].end());
  }

  struct Frame {
    FunctionId Id;
    size_t Edge;
  };
  std::vector<uint32_t> Order(Count, Unseen), Low(Count, 0);
  std::vector<char> OnStack(Count, 0);
  std::vector<FunctionId> Stack;
  std::vector<Frame> Frames;
  std::vector<std::vector<FunctionId>> Result;
  uint32_t Next = 0;
  Recursive.assign(Count, 0);
  for (FunctionId Id = 0; Id < Count; ++Id)
    Recursive[Id] = past(Id) && past(Id)->Recursive;

  for (FunctionId Root = 0; Root < Count; ++Root) {
    if (Order[Root] != Unseen)
      continue;
    Frames.push_back({Root, 0});
    while (!Frames.empty()) {
      Frame &Top = Frames.back();
      FunctionId Id = Top.Id;
      if (Top.Edge == 0 && Order[Id] == Unseen) {
        Order[Id] = Low[Id] = Next++;
        Stack.push_back(Id);
        OnStack[Id] = 1;
      }
      if (Top.Edge < Edges[Id].size()) {
        FunctionId Callee = Edges[Id][Top.Edge++];
        if (Callee == Id)
          Recursive[Id] = 1;
        if (Order[Callee] == Unseen)
          Frames.push_back({Callee, 0});
        else if (OnStack[Callee])
          Low[Id] = std::min(Low[Id], Order[Callee]);
        continue;
      }
      Frames.pop_back();
      if (!Frames.empty())
        Low[Frames.back().Id] = std::min(Low[Frames.back().Id], Low[Id]);
      if (Low[Id] != Order[Id])
        continue;
      std::vector<FunctionId> Component;
      FunctionId Member;
      do {
        Member = Stack.back();
        Stack.pop_back();
        OnStack[Member] = 0;
        Component.push_back(Member);
      } while (Member != Id);
      std::sort(Component.begin(), Component.end());
      if (Component.size() > 1)
        for (FunctionId In : Component)
          Recursive[In] = 1;
      Result.push_back(std::move(Component));
    }
  }
  return Result;
}

} // namespace perfidy
