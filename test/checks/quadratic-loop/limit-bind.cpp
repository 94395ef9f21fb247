// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: an equality that stands in a bound function object.
#include <algorithm>
#include <functional>
#include <vector>

int boundWarns(const std::vector<int> &a, const std::vector<int> &b) {
  using namespace std::placeholders;
  int hits = 0;
  for (int x : a)
    hits += std::any_of(b.begin(), b.end(), std::bind(std::equal_to<int>(), _1, x)); // expect: quadratic-loop
  return hits;
}
