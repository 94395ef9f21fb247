// RUN: %check %s -- -std=c++17
// XFAIL: *
// Reported, and should not be: the removal stands in a lambda that the destructor runs from a list.
#include <functional>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

class ViewOk : Listener {
public:
  explicit ViewOk(Subject &subject) {
    subject.addListener(this);
    cleanups_.push_back([this, &subject] { subject.removeListener(this); });
  }
  ~ViewOk() override {
    for (const auto &cleanup : cleanups_)
      cleanup();
  }

private:
  std::vector<std::function<void()>> cleanups_;
};
