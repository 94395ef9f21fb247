// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: a function of the project's own that copies a list to add to it.
#include <vector>

static std::vector<int> operator+(const std::vector<int> &list, int value) {
  std::vector<int> longer = list;
  longer.push_back(value);
  return longer;
}

std::vector<int> ownOperatorWarns(const std::vector<int> &rows) {
  std::vector<int> ids;
  for (int row : rows)
    ids = ids + row; // expect: quadratic-loop
  return ids;
}
