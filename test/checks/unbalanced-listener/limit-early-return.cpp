// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: one way out of the function goes past the removal.
struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

bool importWarns(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  if (count < 0)
    return false;
  progress.changed(count);
  subject.removeListener(&progress);
  return true;
}
