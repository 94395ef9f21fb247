// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: the removal depends on something that the registration does not.
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
  ViewWarns(Subject &subject, bool verbose) : subject_(subject), verbose_(verbose) {
    subject_.addListener(this); // expect: unbalanced-listener
  }
  ~ViewWarns() override {
    if (verbose_)
      subject_.removeListener(this);
  }

private:
  Subject &subject_;
  bool verbose_;
};
