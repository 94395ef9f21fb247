// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: the list reaches the search through a reference in an object that
// each round makes anew.
#include <algorithm>
#include <string>
#include <vector>

class Known {
public:
  Known(const std::vector<std::string> &names, const std::string &name) : names_(names), name_(name) {}
  explicit operator bool() const { return std::find(names_.begin(), names_.end(), name_) != names_.end(); }

private:
  const std::vector<std::string> &names_;
  const std::string &name_;
};
int conversionWarns(const std::vector<std::string> &names, const std::vector<std::string> &columns) {
  int known = 0;
  for (const std::string &column : columns) {
    const Known test(names, column);
    if (test) // expect: quadratic-loop
      ++known;
  }
  return known;
}
