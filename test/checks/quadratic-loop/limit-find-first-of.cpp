// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: one call that compares all with all.
#include <algorithm>
#include <vector>

bool sharedWarns(const std::vector<int> &a, const std::vector<int> &b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end(); // expect: quadratic-loop
}
