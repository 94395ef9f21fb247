// RUN: %check %s -- -std=c++20
// In coroutines.
#include <algorithm>
#include <coroutine>
#include <exception>
#include <string>
#include <utility>
#include <vector>

template <typename T> class Generator {
public:
  struct promise_type {
    T value;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T next) {
      value = std::move(next);
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  ~Generator() { handle_.destroy(); }
  bool next() {
    handle_.resume();
    return !handle_.done();
  }
  const T &value() const { return handle_.promise().value; }

private:
  std::coroutine_handle<promise_type> handle_;
};

Generator<std::string> distinctWarns(const std::vector<std::string> &words) {
  std::vector<std::string> seen;
  for (const std::string &word : words) {
    if (std::find(seen.begin(), seen.end(), word) != seen.end()) // expect: quadratic-loop
      continue;
    seen.push_back(word);
    co_yield word;
  }
}

Generator<int> knownWarns(std::vector<int> ids, std::vector<int> known) {
  for (int id : ids)
    for (int other : known) // expect: quadratic-loop
      if (other == id) {
        co_yield id;
        break;
      }
}

Generator<int> allOk(const std::vector<std::vector<int>> &rows) {
  for (const auto &row : rows)
    for (int value : row)
      if (value == 0)
        co_yield value;
}
