// One finding of level 1, medium confidence or better.
#include <algorithm>
#include <vector>

int sharedWarns(const std::vector<int> &orders, const std::vector<int> &ids) {
  int shared = 0;
  for (int order : orders)
    if (std::find(ids.begin(), ids.end(), order) != ids.end())
      ++shared;
  return shared;
}
