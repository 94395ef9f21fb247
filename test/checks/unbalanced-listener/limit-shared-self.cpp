// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: the subject holds the listener, so that the destructor that takes it off never runs.
#include <memory>
#include <vector>

class Listener : public std::enable_shared_from_this<Listener> {
public:
  virtual ~Listener() = default;
};
class Subject {
public:
  static Subject &instance();
  void addListener(std::shared_ptr<Listener> listener) { listeners_.push_back(std::move(listener)); }
  void removeListener(const Listener *listener);

private:
  std::vector<std::shared_ptr<Listener>> listeners_;
};
class ViewWarns : public Listener {
public:
  ~ViewWarns() override { Subject::instance().removeListener(this); }
  void watch() {
    Subject::instance().addListener(shared_from_this()); // expect: unbalanced-listener
  }
};
