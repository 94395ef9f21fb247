// RUN: %check %s -- -std=c++17
// The subject holds the listener, so that the destructor that takes it off never runs.
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
// It can be taken off by other means, so that the destructor does not matter.
class StopOk : public Listener {
public:
  ~StopOk() override { Subject::instance().removeListener(this); }
  void start() { Subject::instance().addListener(shared_from_this()); }
  void stop() { Subject::instance().removeListener(this); }
};
// Held weakly: the destructor runs.
class WeakSubject {
public:
  static WeakSubject &instance();
  void addListener(const std::shared_ptr<Listener> &listener) { listeners_.push_back(listener); }
  void removeListener(const Listener *listener);

private:
  std::vector<std::weak_ptr<Listener>> listeners_;
};
class WeakOk : public Listener {
public:
  ~WeakOk() override { WeakSubject::instance().removeListener(this); }
  void watch() { WeakSubject::instance().addListener(shared_from_this()); }
};
// How it is held is not seen.
class FarSubject {
public:
  static FarSubject &instance();
  void addListener(std::shared_ptr<Listener> listener);
  void removeListener(const Listener *listener);
};
class FarOk : public Listener {
public:
  ~FarOk() override { FarSubject::instance().removeListener(this); }
  void watch() { FarSubject::instance().addListener(shared_from_this()); }
};
