// RUN: %check %s -- -std=c++17
// Whoever makes the listener drops it with the listener on, or a removal does not always run.
#include <functional>
#include <memory>
#include <utility>
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

// The manager's destructor forgets; its close() does; it takes off another's. Somebody takes such listeners off, so: low.
class ViewLow : public Listener {
public:
  explicit ViewLow(Subject &subject) {
    subject.addListener(this); // low: unbalanced-listener
  }
};
class Manager {
public:
  explicit Manager(Subject &subject) : subject_(subject) {}
  void open() { views_.push_back(std::make_unique<ViewLow>(subject_)); }
  void close() {
    subject_.removeListener(views_.back().get());
    views_.pop_back();
  }

private:
  Subject &subject_;
  std::vector<std::unique_ptr<ViewLow>> views_;
};
class PageLow : public Listener {
public:
  explicit PageLow(Subject &subject) {
    subject.addListener(this); // low: unbalanced-listener
  }
};
class Book {
public:
  explicit Book(Subject &subject) : subject_(subject) {}
  ~Book() {
    for (auto &page : pages_)
      subject_.removeListener(page.get());
  }
  void open() { pages_.push_back(std::make_unique<PageLow>(subject_)); }
  void close() { pages_.pop_back(); }

private:
  Subject &subject_;
  std::vector<std::unique_ptr<PageLow>> pages_;
};
class LostWarns : public Listener {
public:
  explicit LostWarns(Subject &subject) {
    subject.addListener(this); // expect: unbalanced-listener
  }
};
class Loser {
public:
  explicit Loser(Subject &subject) : subject_(subject) {}
  ~Loser() { subject_.removeListener(&own_); }
  void open() { views_.push_back(std::make_unique<LostWarns>(subject_)); }

private:
  Subject &subject_;
  Listener own_;
  std::vector<std::unique_ptr<LostWarns>> views_;
};

// A helper that nobody calls for it says nothing of it.
void watch(Subject &subject, Listener *listener) { subject.addListener(listener); }
void unwatch(Subject &subject, Listener *listener) { subject.removeListener(listener); }
class WatchWarns : public Listener {
public:
  explicit WatchWarns(Subject &subject) : subject_(subject) {
    watch(subject_, this); // expect: unbalanced-listener
  }

private:
  Subject &subject_;
};
class OtherOk : public Listener {
public:
  explicit OtherOk(Subject &subject) : subject_(subject) { watch(subject_, this); }
  ~OtherOk() override { unwatch(subject_, this); }

private:
  Subject &subject_;
};
// One that somebody calls with such an object does.
class CalledLow : public Listener {
public:
  explicit CalledLow(Subject &subject) {
    watch(subject, this); // low: unbalanced-listener
  }
};
void drop(Subject &subject, CalledLow *listener) {
  unwatch(subject, listener);
  delete listener;
}

// The lambda is kept, and nobody runs it; it takes off another.
class KeptLow : Listener {
public:
  explicit KeptLow(Subject &subject) {
    subject.addListener(this); // low: unbalanced-listener
    cleanups_.push_back([this, &subject] { subject.removeListener(this); });
  }

private:
  std::vector<std::function<void()>> cleanups_;
};
class OtherLambdaWarns : Listener {
public:
  OtherLambdaWarns(Subject &first, Subject &second) : first_(first), second_(second) {
    first_.addListener(this); // expect: unbalanced-listener
    second_.addListener(this);
    cleanup_ = [this] { second_.removeListener(this); };
  }
  ~OtherLambdaWarns() override { cleanup_(); }

private:
  Subject &first_;
  Subject &second_;
  std::function<void()> cleanup_;
};

// One way out of the function goes past the removal.
// region: not-always
bool importWarns(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  if (count < 0)
    return false;
  progress.changed(count);
  subject.removeListener(&progress);
  return true;
}
// endregion
bool searchWarns(Subject &subject, const std::vector<int> &numbers) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  for (int number : numbers)
    if (number == 7)
      return true;
  subject.removeListener(&progress);
  return false;
}
void throwWarns(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  if (count < 0)
    throw count;
  subject.removeListener(&progress);
}
class RunWarns : Listener {
public:
  explicit RunWarns(Subject &subject) : subject_(subject) {}
  bool run(int count) {
    subject_.addListener(this); // expect: unbalanced-listener
    if (count < 0)
      return false;
    subject_.removeListener(this);
    return true;
  }

private:
  Subject &subject_;
};

// The removal depends on something that the registration does not.
class ConditionWarns : Listener {
public:
  ConditionWarns(Subject &subject, bool verbose) : subject_(subject), verbose_(verbose) {
    subject_.addListener(this); // expect: unbalanced-listener
  }
  ~ConditionWarns() override {
    if (verbose_)
      subject_.removeListener(this);
  }

private:
  Subject &subject_;
  bool verbose_;
};

// In a list that is written down, of which one is missing.
class MissingWarns : Listener {
public:
  MissingWarns(Subject *first, Subject *second, Subject *third) : first_(first), second_(second), third_(third) {
    first_->addListener(this);
    second_->addListener(this);
    third_->addListener(this); // expect: unbalanced-listener
  }
  ~MissingWarns() override {
    for (Subject *each : {first_, second_})
      each->removeListener(this);
  }

private:
  Subject *first_;
  Subject *second_;
  Subject *third_;
};

// In the base's destructor a virtual method is the base's own.
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
class AskedLow : Service {
public:
  explicit AskedLow(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // low: unbalanced-listener
  }
  void leave() override { subject_.removeListener(this); }

private:
  Subject &subject_;
};
void ask(AskedLow &asked) { asked.leave(); }
// In its own destructor it is what it looks like.
class OwnEndOk : Service {
public:
  explicit OwnEndOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }
  ~OwnEndOk() override { leave(); }
  void leave() override { subject_.removeListener(this); }

private:
  Subject &subject_;
};
