//===- Remarks.cpp - what clang-tidy's own checks said --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Remarks.h"
#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace perfidy {

namespace {
/// Where a check of clang-tidy 22 belongs in the hierarchy.
struct Rank {
  std::string_view Check;
  Level Where;
  unsigned Degree;
  const char *Growth;
};
} // namespace

/// Those that are about more than a constant factor. From their documentation.
static constexpr Rank Above[] = {
    {"performance-inefficient-string-concatenation", Level::Complexity, 2,
     "O(n x n) characters copied"},
    {"performance-inefficient-algorithm", Level::Complexity, 1,
     "O(n) where O(log n) would do"},
    {"performance-avoid-endl", Level::Io, 1, "one write per line"},
};

static const Rank &rankOf(std::string_view Check) {
  static constexpr Rank Rest{"", Level::Micro, 0, ""};
  const Rank *Found =
      std::find_if(std::begin(Above), std::end(Above),
                   [&](const Rank &R) { return R.Check == Check; });
  return Found == std::end(Above) ? Rest : *Found;
}

static Finding toFinding(const Remark &Of, const Program &P) {
  const Rank &Place = rankOf(Of.Check);
  Finding Result;
  Result.Check = Of.Check;
  Result.Upstream = true;
  Result.Where = Place.Where;
  Result.Degree = Place.Degree;
  Result.Growth = Place.Growth;
  Result.At = P.point(Of.Where);
  Result.Message = Of.Message;
  if (const Function *Around = P.find(Of.Function)) {
    Result.Function = Around->Name;
    Result.Runs = P.heat(*Around);
  }
  for (const RemarkNote &Each : Of.Notes)
    Result.Path.push_back({P.point(Each.Where), Each.Message});
  for (const RemarkEdit &Each : Of.Fixes)
    Result.Fixes.push_back({P.point(Each.Where), Each.Length, Each.Text});
  return Result;
}

static bool inTest(const Remark &Of, const Program &P) {
  const Function *Around = P.find(Of.Function);
  return P.files()[size_t(Of.Where.File)].Test || (Around && P.isTest(*Around));
}

/// Where and at what level something is said.
static auto subject(const Finding &Of) {
  return std::make_tuple(Of.At.File, Of.At.Line, Of.Where);
}

void addRemarks(const Program &P, bool IncludeTests, std::vector<Finding> &To) {
  if (P.remarks().empty())
    return;
  std::set<std::tuple<std::string, uint32_t, Level>> Known;
  for (const Finding &Each : To)
    Known.insert(subject(Each));
  for (const Remark &Each : P.remarks()) {
    if (!Each.Where.valid() || (!IncludeTests && inTest(Each, P)))
      continue;
    Finding Next = toFinding(Each, P);
    if (Next.Where == Level::Micro || !Known.count(subject(Next)))
      To.push_back(std::move(Next));
  }
}

} // namespace perfidy
