//===- Matching.cpp - findings of two times -------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Matching.h"
#include "driver/Places.h"
#include <algorithm>
#include <map>
#include <tuple>

namespace perfidy {

/// File, check, function, message: what people would call a finding by.
using Name = std::tuple<std::string, std::string, std::string, std::string>;

static Name nameOf(const PastFinding &Of) {
  return {Of.File, Of.Check, Of.Function, withoutNumbers(Of.Message)};
}

static Name nameOf(const Finding &Of, const std::string &Root) {
  return {relativeTo(Root, Of.At.File), Of.Check, Of.Function,
          withoutNumbers(Of.Message)};
}

static Name anywhere(Name Of) {
  std::get<0>(Of).clear();
  return Of;
}

std::vector<PastFinding> toPast(const std::vector<Finding> &Found,
                                const std::string &Root) {
  std::map<Name, PastFinding> ByName;
  for (const Finding &Each : Found) {
    PastFinding Past{Each.Check, relativeTo(Root, Each.At.File), Each.Function,
                     Each.Message};
    auto [At, IsNew] = ByName.try_emplace(nameOf(Past), Past);
    if (IsNew)
      continue;
    ++At->second.Count;
    // Of several wordings the same one, whatever their rank.
    At->second.Message = std::min(At->second.Message, Each.Message);
  }
  std::vector<PastFinding> Result;
  for (auto &[Unused, Each] : ByName)
    Result.push_back(std::move(Each));
  return Result;
}

std::vector<bool> matchPast(const std::vector<Finding> &Now,
                            std::vector<PastFinding> &Before,
                            const std::string &Root) {
  std::map<Name, std::vector<PastFinding *>> ByName;
  for (PastFinding &Each : Before) {
    ByName[nameOf(Each)].push_back(&Each);
    ByName[anywhere(nameOf(Each))].push_back(&Each);
  }
  auto Take = [&](const Name &Of) {
    auto Found = ByName.find(Of);
    if (Found != ByName.end())
      for (PastFinding *Each : Found->second)
        if (Each->Count > 0) {
          --Each->Count;
          return true;
        }
    return false;
  };
  std::vector<bool> Known(Now.size());
  for (size_t I = 0; I < Now.size(); ++I)
    Known[I] = Take(nameOf(Now[I], Root));
  for (size_t I = 0; I < Now.size(); ++I)
    if (!Known[I])
      Known[I] = Take(anywhere(nameOf(Now[I], Root)));
  return Known;
}

} // namespace perfidy
