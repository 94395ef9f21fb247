"""Sources that the tests of perfidy-clangd share."""

QUADRATIC = """\
#include <algorithm>
#include <vector>

int known(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    if (std::find(ids.begin(), ids.end(), order) != ids.end())
      ++count;
  return count;
}
"""

# What it says, and nothing more: with each element once there is nothing to find.
LINEAR = QUADRATIC.replace("  for (int order : orders)\n", "  int order = orders.front();\n")

HEADER = """\
#pragma once
#include <algorithm>
#include <vector>

class Ids {
public:
  bool has(int id) const { return std::find(all.begin(), all.end(), id) != all.end(); }
  std::vector<int> all;
};

template <class Key> bool contains(const std::vector<Key> &keys, const Key &key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

inline int knownHere(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    if (std::find(ids.begin(), ids.end(), order) != ids.end())
      ++count;
  return count;
}
"""

USER = """\
#include "ids.h"

int byMethod(const std::vector<int> &orders, const Ids &ids) {
  int count = 0;
  for (int order : orders)
    count += ids.has(order);
  return count;
}

int byTemplate(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    count += contains(ids, order);
  return count;
}
"""
