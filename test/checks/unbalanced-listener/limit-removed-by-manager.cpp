// RUN: %check %s -- -std=c++17
// XFAIL: *
// Reported, and should not be: who deletes the listener takes it off first.
#include <memory>
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

class ViewOk : public Listener {
public:
  explicit ViewOk(Subject &subject) { subject.addListener(this); }
};
class Manager {
public:
  explicit Manager(Subject &subject) : subject_(subject) {}
  ~Manager() {
    for (auto &view : views_)
      subject_.removeListener(view.get());
  }
  void open() { views_.push_back(std::make_unique<ViewOk>(subject_)); }
  void close() {
    subject_.removeListener(views_.back().get());
    views_.pop_back();
  }

private:
  Subject &subject_;
  std::vector<std::unique_ptr<ViewOk>> views_;
};
