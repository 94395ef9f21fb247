// RUN: %check %s -- -std=c++17
// A project's own subjects: lifetimes under which nobody has to be taken off.
#include <algorithm>
#include <functional>
#include <httplib.h>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};

class Subject {
public:
  void addListener(Listener *listener) { listeners_.push_back(listener); }
  void removeListener(Listener *listener) {
    listeners_.erase(std::remove(listeners_.begin(), listeners_.end(), listener), listeners_.end());
  }
  void removeAllListeners() { listeners_.clear(); }

private:
  std::vector<Listener *> listeners_;
};
class Hub {
public:
  static Hub &instance();
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
  void attach(Listener &listener);
  void detach(Listener &listener);
  void registerClient(Listener *client);
  void unregisterClient(Listener *client);
};
class Emitter {
public:
  int on(const std::string &event, std::function<void(int)> handler) {
    handlers_[event][++last_] = std::move(handler);
    return last_;
  }
  void off(const std::string &event, int token) { handlers_[event].erase(token); }
  void once(const std::string &event, std::function<void(int)> handler);

private:
  std::map<std::string, std::map<int, std::function<void(int)>>> handlers_;
  int last_ = 0;
};
class Bus {
public:
  using Handler = std::function<void(const std::string &)>;
  static Bus &instance();
  long subscribe(const std::string &topic, Handler handler);
  void unsubscribe(long token);
};
static Bus globalBus;
static Hub globalHub;

// The emitter is its own.
class OwnerOk : Listener {
public:
  OwnerOk() : owned_(std::make_unique<Emitter>()), shared_(std::make_shared<Subject>()) {
    subject_.addListener(this);
    shared_->addListener(this);
    owned_->on("changed", [this](int) { ++changes_; });
    box_.inner.on("changed", [this](int) { ++changes_; });
    slots_[2].on("changed", [this](int) { ++changes_; });
  }

private:
  struct Box {
    Emitter inner;
  };
  Subject subject_;
  std::unique_ptr<Emitter> owned_;
  std::shared_ptr<Subject> shared_;
  Box box_;
  Emitter slots_[4];
  int changes_ = 0;
};
// The base class owns it.
class Window {
public:
  virtual ~Window() = default;

protected:
  Emitter closed_;
};
class InheritedOk : Window {
public:
  InheritedOk() { closed_.on("closed", [this](int) { ++changes_; }); }

private:
  int changes_ = 0;
};
// A class that is an emitter itself.
class SelfOk : public Emitter {
public:
  SelfOk() { on("changed", [this](int) { ++changes_; }); }

private:
  int changes_ = 0;
};
class DeletesOk : Listener {
public:
  DeletesOk() : subject_(new Subject) { subject_->addListener(this); }
  ~DeletesOk() override { delete subject_; }

private:
  Subject *subject_;
};

class TakesOverOk : Listener {
public:
  TakesOverOk(std::unique_ptr<Subject> subject, Subject *other) : subject_(std::move(subject)), other_(other) {
    subject_->addListener(this);
    other_->addListener(this);
  }
  ~TakesOverOk() override { delete other_; }

private:
  std::unique_ptr<Subject> subject_;
  Subject *other_;
};

// Parts of one object, of one function, of one process.
class AppOk {
public:
  AppOk() : view_(std::make_unique<Listener>()) {
    subject_.addListener(&listener_);
    subject_.addListener(view_.get());
    emitter_.on("changed", [this](int value) { listener_.changed(value); });
  }

private:
  Subject subject_;
  Emitter emitter_;
  Listener listener_;
  std::unique_ptr<Listener> view_;
};
class RegistryOk : Listener {
public:
  static RegistryOk &instance() {
    static RegistryOk registry;
    return registry;
  }

private:
  RegistryOk() { Hub::instance().addListener(this); }
};
static Listener globalListener;
[[maybe_unused]] static const bool registeredOk = [] {
  globalHub.addListener(&globalListener);
  globalBus.subscribe("prices", [](const std::string &) {});
  return true;
}();
// Made by main() only, once, beside what it listens to.
class OnlyMainOk : Listener {
public:
  explicit OnlyMainOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }

private:
  Subject &subject_;
};

// Made as a global only.
static Subject globalSubject;
class OnlyGlobalOk : Listener {
public:
  explicit OnlyGlobalOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }

private:
  Subject &subject_;
};
[[maybe_unused]] static OnlyGlobalOk onlyGlobal(globalSubject);

// Held weakly: an expired one is left out.
class WeakSubject {
public:
  void addListener(std::weak_ptr<Listener> listener) { listeners_.push_back(std::move(listener)); }
  void removeListener(const std::weak_ptr<Listener> &listener);

private:
  std::vector<std::weak_ptr<Listener>> listeners_;
};
class WeakOk : public Listener, public std::enable_shared_from_this<WeakOk> {
public:
  void watch(WeakSubject &subject) { subject.addListener(weak_from_this()); }
  void watchBus() {
    std::weak_ptr<WeakOk> weak = shared_from_this();
    Bus::instance().subscribe("prices", [weak](const std::string &) {
      if (auto self = weak.lock())
        self->changed(1);
    });
  }
};

// Once.
class OnceOk {
public:
  explicit OnceOk(Emitter &emitter) {
    emitter.once("changed", [this](int) { ++changes_; });
  }

private:
  int changes_ = 0;
};

// The token goes to the caller, or the caller's container.
long bubbleOk(const Bus::Handler &handler) { return Bus::instance().subscribe("prices", handler); }
void collectOk(std::vector<long> &tokens) { tokens.push_back(Bus::instance().subscribe("prices", [](const std::string &) {})); }
void outOk(long *token) { *token = Bus::instance().subscribe("prices", [](const std::string &) {}); }
struct Handle {
  long token;
};
Handle aggregateOk() { return {Bus::instance().subscribe("prices", [](const std::string &) {})}; }

// A set keeps one of each.
class UniqueSubject {
public:
  void addListener(Listener *listener) { listeners_.insert(listener); }
  void removeListener(Listener *listener) { listeners_.erase(listener); }

private:
  std::set<Listener *> listeners_;
};
class CheckedSubject {
public:
  void addListener(Listener *listener) {
    if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end())
      listeners_.push_back(listener);
  }
  void removeListener(Listener *listener);

private:
  std::vector<Listener *> listeners_;
};
static UniqueSubject uniqueSubject;
static CheckedSubject checkedSubject;
// One handler for each name: a second one replaces the first.
class Handlers {
public:
  void registerHandler(const std::string &name, std::function<void()> handler) { handlers_[name] = std::move(handler); }
  void unregisterHandler(const std::string &name) { handlers_.erase(name); }

private:
  std::map<std::string, std::function<void()>> handlers_;
};
static Handlers handlers;
static void note(const std::string &) {}
// Made per request, and ends with it.
class VisitorOk : public Listener {
public:
  explicit VisitorOk(Hub &hub) : hub_(hub) { hub_.addListener(this); }
  ~VisitorOk() override { hub_.removeListener(this); }

private:
  Hub &hub_;
};
class GuestOk : public Listener {
public:
  GuestOk() { Hub::instance().addListener(this); }
  ~GuestOk() override { Hub::instance().removeListener(this); }
};
void routesOk(httplib::Server &server) {
  server.Get("/visit", [](const httplib::Request &, httplib::Response &) {
    VisitorOk visitor(Hub::instance());
    auto other = std::make_unique<VisitorOk>(globalHub);
    other->changed(1);
    const GuestOk guest;
    auto *lost = new GuestOk;
    delete lost;
  });
  server.Get("/unique", [](const httplib::Request &, httplib::Response &) {
    uniqueSubject.addListener(&globalListener);
    checkedSubject.addListener(&globalListener);
    handlers.registerHandler("unique", [] {});
  });
  server.Get("/again", [](const httplib::Request &, httplib::Response &) {
    globalHub.removeListener(&globalListener);
    globalHub.addListener(&globalListener);
  });
  server.Get("/for-a-while", [](const httplib::Request &, httplib::Response &) {
    const long token = globalBus.subscribe("orders", note);
    globalBus.unsubscribe(token);
  });
  server.Get("/first", [](const httplib::Request &, httplib::Response &) {
    static bool subscribed = false;
    if (!subscribed) {
      subscribed = true;
      globalBus.subscribe("orders", note);
    }
  });
  server.Get("/static", [](const httplib::Request &, httplib::Response &) {
    static const long token = globalBus.subscribe("orders", note);
    (void)token;
  });
  server.Get("/own", [](const httplib::Request &, httplib::Response &) {
    Emitter emitter;
    emitter.on("changed", [](int) {});
  });
}
void eachOk(std::vector<Subject> &subjects, Listener &listener, std::vector<Listener> &all, Subject &subject) {
  for (Subject &each : subjects)
    each.addListener(&listener);
  for (Listener &each : all)
    subject.addListener(&each);
}
void eachTopicOk(const std::vector<std::string> &topics) {
  for (const std::string &topic : topics)
    globalBus.subscribe(topic, note);
}

int main() {
  Subject subject;
  Listener listener;
  OnlyMainOk made(subject);
  subject.addListener(&listener);
  globalHub.addListener(&listener);
  Bus::instance().subscribe("prices", [&listener](const std::string &) { listener.changed(1); });
}
