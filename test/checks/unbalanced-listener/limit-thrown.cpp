// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: what is called between registration and removal throws.
struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

static void read(int count) {
  if (count < 0)
    throw count;
}
void importWarns(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  read(count);
  subject.removeListener(&progress);
}
