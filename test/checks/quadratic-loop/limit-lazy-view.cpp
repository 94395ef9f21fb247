// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: the predicate of a view runs when the view is walked.
#include <algorithm>
#include <ranges>
#include <vector>

int sumWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  auto isKnown = [&known](int id) {
    return std::find(known.begin(), known.end(), id) != known.end(); // expect: quadratic-loop
  };
  int sum = 0;
  for (int id : ids | std::views::filter(isKnown))
    sum += id;
  return sum;
}
