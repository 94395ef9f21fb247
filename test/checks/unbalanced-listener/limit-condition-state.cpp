// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: the removal depends on a state that others set, and the registration does not. Only flags that a constructor is given are compared.
struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

class ViewWarns : Listener {
public:
  explicit ViewWarns(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // expect: unbalanced-listener
  }
  ~ViewWarns() override {
    if (shown_)
      subject_.removeListener(this);
  }
  void show() { shown_ = true; }

private:
  Subject &subject_;
  bool shown_ = false;
};
