//===- HeaderTree.cpp - which units share which headers -------------------===//
//
// Part of Perfidy.
//
// For each header: the units that include it, and what these have in common.
// The best of those becomes a node, its units are split further, and the rest of
// the units is looked at again.
//
//===----------------------------------------------------------------------===//
#include "driver/HeaderTree.h"
#include "llvm/ADT/BitVector.h"
#include <algorithm>
#include <numeric>

namespace perfidy {

namespace {

class Splitter {
  const std::vector<uint64_t> &Costs;
  const uint64_t Overhead;
  std::vector<llvm::BitVector> Included; ///< by unit
  std::vector<SharedHeaders> Nodes;

  /// Each level is one more file that clang looks into for every name.
  static constexpr int MostLevels = 4;
  /// So many headers are tried for a node, those with the best prospects.
  static constexpr size_t MostTried = 64;

  struct Choice {
    uint64_t Saves = 0;
    std::vector<size_t> Units;
    llvm::BitVector Headers;
  };

  Choice with(size_t Header, const std::vector<size_t> &Units,
              const llvm::BitVector &Have) const {
    Choice Result;
    for (size_t Unit : Units)
      if (Included[Unit].test(Header))
        Result.Units.push_back(Unit);
    Result.Headers = Included[Result.Units.front()];
    for (size_t Unit : Result.Units)
      Result.Headers &= Included[Unit];
    Result.Headers.reset(Have);
    uint64_t Once = 0;
    for (unsigned Each : Result.Headers.set_bits())
      Once += Costs[Each];
    uint64_t Saved = Once * (Result.Units.size() - 1);
    Result.Saves = Saved > Overhead ? Saved - Overhead : 0;
    return Result;
  }

  Choice best(const std::vector<size_t> &Units,
              const llvm::BitVector &Have) const {
    std::vector<uint64_t> Users(Costs.size());
    for (size_t Unit : Units)
      for (unsigned Each : Included[Unit].set_bits())
        Users[Each] += !Have.test(Each);
    std::vector<size_t> Order(Costs.size());
    std::iota(Order.begin(), Order.end(), 0);
    auto Prospect = [&](size_t Each) { return Users[Each] * Costs[Each]; };
    std::stable_sort(Order.begin(), Order.end(), [&](size_t A, size_t B) {
      return Prospect(A) > Prospect(B);
    });
    Order.resize(std::min(Order.size(), MostTried));
    Choice Result;
    for (size_t Each : Order)
      if (Users[Each] > 1)
        if (Choice This = with(Each, Units, Have); This.Saves > Result.Saves)
          Result = std::move(This);
    return Result;
  }

public:
  Splitter(const std::vector<std::vector<size_t>> &Of,
           const std::vector<uint64_t> &Costs, uint64_t Overhead)
      : Costs(Costs), Overhead(Overhead) {
    for (const std::vector<size_t> &Each : Of) {
      Included.emplace_back(unsigned(Costs.size()));
      for (size_t Header : Each)
        Included.back().set(unsigned(Header));
    }
  }

  void split(std::vector<size_t> Units, const llvm::BitVector &Have,
             std::optional<size_t> Parent, int Level) {
    if (Level == MostLevels)
      return;
    while (true) {
      Choice Next = best(Units, Have);
      if (Next.Saves == 0)
        return;
      std::vector<size_t> Rest;
      std::set_difference(Units.begin(), Units.end(), Next.Units.begin(),
                          Next.Units.end(), std::back_inserter(Rest));
      size_t Node = Nodes.size();
      Nodes.push_back({Parent, {}, Next.Units});
      for (unsigned Each : Next.Headers.set_bits())
        Nodes.back().Headers.push_back(Each);
      Next.Headers |= Have;
      split(std::move(Next.Units), Next.Headers, Node, Level + 1);
      Units = std::move(Rest);
    }
  }

  std::vector<SharedHeaders> take() { return std::move(Nodes); }
};

} // namespace

std::vector<SharedHeaders>
shareHeaders(const std::vector<std::vector<size_t>> &Included,
             const std::vector<uint64_t> &Costs, uint64_t Overhead) {
  Splitter Result(Included, Costs, Overhead);
  std::vector<size_t> All(Included.size());
  std::iota(All.begin(), All.end(), 0);
  Result.split(std::move(All), llvm::BitVector(unsigned(Costs.size())),
               std::nullopt, 0);
  return Result.take();
}

} // namespace perfidy
