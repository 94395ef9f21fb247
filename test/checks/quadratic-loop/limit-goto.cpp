// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: a loop made of goto.
#include <algorithm>
#include <vector>

int knownWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  int count = 0;
  std::size_t i = 0;
next:
  if (i == ids.size())
    return count;
  count += std::find(known.begin(), known.end(), ids[i]) != known.end(); // expect: quadratic-loop
  ++i;
  goto next;
}
