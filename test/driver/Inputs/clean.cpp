#include <vector>

int sumOk(const std::vector<int> &orders) {
  int sum = 0;
  for (int order : orders)
    sum += order;
  return sum;
}
