// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: in the base's destructor a virtual method is the base's own.
struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

class Service : public Listener {
public:
  ~Service() override { leave(); }
  virtual void leave() {}
};
class FeedWarns : Service {
public:
  explicit FeedWarns(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // expect: unbalanced-listener
  }
  void leave() override { subject_.removeListener(this); }

private:
  Subject &subject_;
};
