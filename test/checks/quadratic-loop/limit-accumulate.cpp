// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: std::accumulate whose lambda copies the text that grows.
#include <numeric>
#include <string>
#include <vector>

std::string joinedWarns(const std::vector<std::string> &words) {
  return std::accumulate(words.begin(), words.end(), std::string(), [](const std::string &text, const std::string &word) {
    return text + word; // expect: quadratic-loop
  });
}
