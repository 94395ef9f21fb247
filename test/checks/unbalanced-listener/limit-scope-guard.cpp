// RUN: %check %s -- -std=c++17
// XFAIL: *
// Reported as low, and should not be: a guard of the function's own runs the lambda that takes it off.
#include <utility>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

template <class Function> class Finally {
public:
  explicit Finally(Function function) : function_(std::move(function)) {}
  ~Finally() { function_(); }

private:
  Function function_;
};
int finallyOk(Subject &subject) {
  Listener progress;
  subject.addListener(&progress);
  Finally leave([&] { subject.removeListener(&progress); });
  return 0;
}
