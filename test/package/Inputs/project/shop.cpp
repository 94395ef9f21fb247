#include <algorithm>
#include <vector>

int shared(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    if (std::find(ids.begin(), ids.end(), order) != ids.end())
      ++count;
  return count;
}
