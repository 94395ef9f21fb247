// RUN: %check %s -- -std=c++17
// Whoever makes the listener takes it off before it drops it, or a lambda does that is kept for the end.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
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

// In one slot, in a map, by hand, through a helper.
class SlotOk : public Listener {
public:
  explicit SlotOk(Subject &subject) { subject.addListener(this); }
};
class SlotManager {
public:
  explicit SlotManager(Subject &subject) : subject_(subject), slot_(std::make_unique<SlotOk>(subject)) {}
  ~SlotManager() { drop(); }
  void renew() {
    drop();
    slot_ = std::make_unique<SlotOk>(subject_);
  }

private:
  void drop() {
    if (slot_)
      subject_.removeListener(slot_.get());
  }
  Subject &subject_;
  std::unique_ptr<SlotOk> slot_;
};
class EntryOk : public Listener {
public:
  EntryOk(Subject &subject, int number) : number_(number) { subject.addListener(this); }
  void changed(int value) override { number_ = value; }

private:
  int number_;
};
class MapManager {
public:
  explicit MapManager(Subject &subject) : subject_(subject) {}
  ~MapManager() {
    for (auto &[name, entry] : entries_) {
      subject_.removeListener(entry);
      delete entry;
    }
  }
  void add(const std::string &name) {
    auto *entry = new EntryOk(subject_, 1);
    entries_[name] = entry;
  }
  void remove(const std::string &name) {
    auto found = entries_.find(name);
    if (found == entries_.end())
      return;
    subject_.removeListener(found->second);
    delete found->second;
    entries_.erase(found);
  }

private:
  Subject &subject_;
  std::map<std::string, EntryOk *> entries_;
};
// A local of a function that takes it off itself.
class LocalOk : public Listener {
public:
  explicit LocalOk(Subject &subject) { subject.addListener(this); }
};
void localOk(Subject &subject) {
  LocalOk progress(subject);
  progress.changed(1);
  subject.removeListener(&progress);
}

// region: cleanups
// The removal stands in a lambda that the destructor runs.
class CleanupsOk : Listener {
public:
  explicit CleanupsOk(Subject &subject) {
    subject.addListener(this);
    cleanups_.push_back([this, &subject] { subject.removeListener(this); });
  }
  ~CleanupsOk() override {
    for (const auto &cleanup : cleanups_)
      cleanup();
  }

private:
  std::vector<std::function<void()>> cleanups_;
};
// endregion
class CleanupOk : Listener {
public:
  explicit CleanupOk(Subject *subject) {
    subject->addListener(this);
    cleanup_ = [this, subject] { subject->removeListener(this); };
  }
  ~CleanupOk() override { leave(); }

private:
  void leave() {
    if (cleanup_)
      cleanup_();
    cleanup_ = nullptr;
  }
  std::function<void()> cleanup_;
};
class StackOk : Listener {
public:
  void start(Subject *subject) {
    subject->addListener(this);
    undo_.emplace_back([=] { subject->removeListener(this); });
  }
  void stop() {
    while (!undo_.empty()) {
      undo_.back()();
      undo_.pop_back();
    }
  }

private:
  std::vector<std::function<void()>> undo_;
};

template <class Function> class Finally {
public:
  explicit Finally(Function function) : function_(std::move(function)) {}
  ~Finally() { function_(); }

private:
  Function function_;
};
template <class Function> Finally<Function> finally(Function function) { return Finally<Function>(std::move(function)); }
int finallyOk(Subject &subject) {
  Listener progress;
  subject.addListener(&progress);
  Finally leave([&] { subject.removeListener(&progress); });
  return 0;
}
int madeOk(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress);
  auto leave = finally([&] { subject.removeListener(&progress); });
  if (count < 0)
    return 1;
  return 0;
}
class Guard {
public:
  explicit Guard(std::function<void()> function) : function_(std::move(function)) {}
  ~Guard() { function_(); }

private:
  std::function<void()> function_;
};
class GuardedOk : Listener {
public:
  explicit GuardedOk(Subject &subject) : subject_(subject), guard_([this] { subject_.removeListener(this); }) {
    subject_.addListener(this);
  }

private:
  Subject &subject_;
  Guard guard_;
};

// Every way out takes it off; or leaves before it is there, or because it could not be put on.
int exitsOk(Subject &subject, int count) {
  Listener progress;
  if (count == 0)
    return 0;
  subject.addListener(&progress);
  if (count < 0) {
    subject.removeListener(&progress);
    return 1;
  }
  for (int i = 0; i < count; ++i)
    if (i == 7)
      break;
  subject.removeListener(&progress);
  if (count > 100)
    return 2;
  return 3;
}
class Registry {
public:
  bool addListener(Listener *listener);
  void removeListener(Listener *listener);
};
bool refusedOk(Registry &registry) {
  Listener progress;
  if (!registry.addListener(&progress))
    return false;
  progress.changed(1);
  registry.removeListener(&progress);
  return true;
}
bool refusedLaterOk(Registry &registry) {
  Listener progress;
  const bool added = registry.addListener(&progress);
  if (!added)
    return false;
  registry.removeListener(&progress);
  return true;
}
void branchesOk(Subject &subject, bool listen) {
  Listener progress;
  if (listen) {
    subject.addListener(&progress);
  } else {
    return;
  }
  subject.removeListener(&progress);
}
void caughtOk(Subject &subject, int count) {
  Listener progress;
  subject.addListener(&progress);
  try {
    if (count < 0)
      throw count;
  } catch (int) {
  }
  subject.removeListener(&progress);
}

// The condition says whether there is something to take off.
class ConditionOk : Listener {
public:
  ConditionOk(Subject *subject, bool listens) : subject_(subject), listens_(listens) {
    if (listens_)
      subject_->addListener(this);
  }
  ~ConditionOk() override {
    if (listens_)
      subject_->removeListener(this);
  }

private:
  Subject *subject_;
  bool listens_;
};
class StateOk : Listener {
public:
  StateOk(Subject *subject, bool added) : subject_(subject), added_(added) { add(); }
  ~StateOk() override {
    if (added_)
      subject_->removeListener(this);
  }

private:
  void add() {
    subject_->addListener(this);
    added_ = true;
  }
  Subject *subject_;
  bool added_;
};
// Both are written down, and both taken off.
class BothOk : Listener {
public:
  BothOk(Subject *first, Subject *second) : first_(first), second_(second) {
    for (Subject *each : {first_, second_})
      each->addListener(this);
  }
  ~BothOk() override {
    Subject *all[] = {first_, second_};
    for (Subject *each : all)
      each->removeListener(this);
  }

private:
  Subject *first_;
  Subject *second_;
};
