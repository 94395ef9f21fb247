//===- OwnStage.cpp - from system headers to the project's own ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/OwnStage.h"
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace perfidy {

OwnStage::OwnStage(Header System,
                   std::vector<std::shared_ptr<Precompiled>> Known,
                   std::vector<size_t> Units,
                   std::vector<const PrecompiledGroup *> Groups, bool More)
    : System(std::move(System)), Headers(Known.begin(), Known.end()),
      Units(std::move(Units)), Groups(std::move(Groups)), More(More),
      FirstNode(Headers.size() + 1) {}

Task OwnStage::plan() const {
  Task Result(Task::Kind::Plan);
  Result.Members.assign(Units.begin(), Units.end());
  Result.Header = chainOf(System.get());
  for (const Header &Each : Headers)
    Result.Known.push_back(chainOf(Each.get()));
  Result.More = More;
  std::map<const PrecompiledGroup *, uint64_t> Commands;
  for (const PrecompiledGroup *Each : Groups) {
    auto [Place, New] = Commands.try_emplace(Each, Commands.size());
    Result.CommandOf.push_back(Place->second);
    if (!New)
      continue;
    Result.Commands.push_back({{}, Each->Folders});
    for (const auto &[Name, Given] : Each->Macros)
      Result.Commands.back().Macros.push_back(Given);
  }
  return Result;
}

std::vector<size_t> OwnStage::planned(const std::string &Answer) {
  try {
    Plan = planFrom(Answer);
  } catch (const std::runtime_error &) {
    // The headers of the system are there in any case.
    Plan = {};
  }
  Plan.Uses.resize(Units.size());
  Headers.resize(Headers.size() + Plan.Nodes.size());
  std::vector<size_t> Next;
  for (size_t Number = 0; Number < FirstNode; ++Number)
    for (size_t Each : settle(Number))
      Next.push_back(Each);
  return Next;
}

Task OwnStage::make(size_t Number) const {
  const OwnPlan::Node &Node = node(Number);
  Task Result(Task::Kind::Continue);
  Result.Header = chainOf(header(Node.Base).get());
  Result.List = Node.Headers;
  std::set<std::vector<std::string>> Folders;
  for (unsigned Each : Node.Users)
    if (Folders.insert(Groups[Each]->Folders).second)
      Result.Others.push_back(Units[Each]);
  Result.Members = {Result.Others.front()};
  return Result;
}

std::vector<size_t> OwnStage::made(size_t Number,
                                   const std::optional<std::string> &Answer) {
  const Header &Base = header(node(Number).Base);
  Header Result;
  if (Answer)
    if (std::optional<Precompiled> Made = Precompiled::load(*Answer, Base))
      Result = std::make_shared<Precompiled>(std::move(*Made));
  bool Failed = !Result;
  Headers[Number - 1] = Failed ? Base : std::move(Result);
  std::vector<size_t> Next = settle(Number);
  if (!Failed)
    return Next;
  // What would have continued it is not made either.
  for (size_t Each : std::exchange(Next, {}))
    made(Each, std::nullopt);
  return {};
}

/// Starts what waits for the header \p Number.
std::vector<size_t> OwnStage::settle(size_t Number) {
  for (size_t I = 0; I < Units.size(); ++I) {
    if (Plan.Uses[I] != Number)
      continue;
    Header With = header(Number);
    while (With != System && !Groups[I]->fits(*With))
      With = With->Base;
    Ready.push_back({Units[I], std::move(With)});
  }
  std::vector<size_t> Next;
  for (size_t I = 0; I < Plan.Nodes.size(); ++I)
    if (Plan.Nodes[I].Base == Number)
      Next.push_back(FirstNode + I);
  return Next;
}

std::vector<OwnStage::Started> OwnStage::takeReady() {
  return std::exchange(Ready, {});
}

} // namespace perfidy
