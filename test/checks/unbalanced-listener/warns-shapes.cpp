// RUN: %check %s -- -std=c++17
// A project's own subjects, found by their pairs: addX/removeX, on/off, subscribe/unsubscribe, register/unregister, attach/detach.
#include <algorithm>
#include <functional>
#include <httplib.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};

// Stores, before our eyes.
class Subject {
public:
  void addListener(Listener *listener) { listeners_.push_back(listener); }
  void removeListener(Listener *listener) {
    listeners_.erase(std::remove(listeners_.begin(), listeners_.end(), listener), listeners_.end());
  }

private:
  std::vector<Listener *> listeners_;
};
// Only declared.
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
// Handlers by event and token.
class Emitter {
public:
  int on(const std::string &event, std::function<void(int)> handler) {
    handlers_[event][++last_] = std::move(handler);
    return last_;
  }
  void off(const std::string &event, int token) { handlers_[event].erase(token); }

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

// region: never-removed
class ViewWarns : Listener {
public:
  explicit ViewWarns(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // expect: unbalanced-listener
  }
  ~ViewWarns() override { value_ = 0; }
  void changed(int value) override { value_ = value; }

private:
  Subject &subject_;
  int value_ = 0;
};
// endregion
class PointerWarns : Listener {
public:
  explicit PointerWarns(Hub *hub) : hub_(hub) {
    hub_->addListener(this); // expect: unbalanced-listener
  }

private:
  Hub *hub_;
};
class SingletonWarns : Listener {
public:
  SingletonWarns() {
    Hub::instance().attach(*this); // expect: unbalanced-listener
  }
};
class GlobalWarns : Listener {
public:
  GlobalWarns() {
    globalHub.registerClient(this); // expect: unbalanced-listener
  }
  ~GlobalWarns() override {}
};
class SharedWarns : Listener {
public:
  explicit SharedWarns(std::shared_ptr<Subject> subject) : subject_(std::move(subject)) {
    subject_->addListener(this); // expect: unbalanced-listener
  }

private:
  std::shared_ptr<Subject> subject_;
};

// Tokens: kept and unused, thrown away.
class TokenWarns {
public:
  explicit TokenWarns(Emitter &emitter) : emitter_(emitter) {
    token_ = emitter_.on("changed", [this](int value) { value_ = value; }); // expect: unbalanced-listener
  }
  int token() const { return token_; }

private:
  Emitter &emitter_;
  int token_ = 0;
  int value_ = 0;
};
class DiscardedWarns {
public:
  DiscardedWarns() {
    Bus::instance().subscribe("prices", [this](const std::string &text) { text_ = text; }); // expect: unbalanced-listener
    globalBus.subscribe("orders", std::bind(&DiscardedWarns::order, this, std::placeholders::_1)); // expect: unbalanced-listener
  }

private:
  void order(const std::string &text) { text_ = text; }
  std::string text_;
};

// Another token; another event; another emitter; another receiver.
class OtherTokenWarns {
public:
  explicit OtherTokenWarns(Bus &bus) : bus_(bus) {
    prices_ = bus_.subscribe("prices", [this](const std::string &text) { text_ = text; }); // expect: unbalanced-listener
    orders_ = bus_.subscribe("orders", [this](const std::string &text) { text_ = text; });
  }
  ~OtherTokenWarns() { bus_.unsubscribe(orders_); }

private:
  Bus &bus_;
  long prices_ = 0;
  long orders_ = 0;
  std::string text_;
};
class OtherEmitterWarns : Listener {
public:
  OtherEmitterWarns(Subject &first, Subject &second) : first_(first), second_(second) {
    first_.addListener(this); // expect: unbalanced-listener
    second_.addListener(this);
  }
  ~OtherEmitterWarns() override { second_.removeListener(this); }

private:
  Subject &first_;
  Subject &second_;
};
class OtherReceiverWarns : Listener {
public:
  explicit OtherReceiverWarns(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // expect: unbalanced-listener
    subject_.addListener(&part_);
  }
  ~OtherReceiverWarns() override { subject_.removeListener(&part_); }

private:
  Subject &subject_;
  Listener part_;
};
// The wrong pair.
class OtherPairWarns : Listener {
public:
  explicit OtherPairWarns(Hub &hub) : hub_(hub) {
    hub_.attach(*this); // expect: unbalanced-listener
  }
  ~OtherPairWarns() override { hub_.unregisterClient(this); }

private:
  Hub &hub_;
};
// A part of this object.
class PartWarns {
public:
  explicit PartWarns(Subject &subject) : subject_(subject) {
    subject_.addListener(&part_); // expect: unbalanced-listener
  }

private:
  Subject &subject_;
  Listener part_;
};

// start/stop, open/close, attach/detach of the listener's own.
class StartWarns : Listener {
public:
  explicit StartWarns(Subject &subject) : subject_(subject) {}
  void start() {
    subject_.addListener(this); // expect: unbalanced-listener
    running_ = true;
  }
  void stop() { running_ = false; }

private:
  Subject &subject_;
  bool running_ = false;
};
class AttachWarns : Listener {
public:
  void attach(Subject *subject) {
    subject_ = subject;
    subject_->addListener(this); // expect: unbalanced-listener
  }
  void detach() { subject_ = nullptr; }

private:
  Subject *subject_ = nullptr;
};
class OpenWarns {
public:
  explicit OpenWarns(Emitter &emitter) : emitter_(emitter) {}
  void open() {
    token_ = emitter_.on("changed", [this](int) { ++changes_; }); // expect: unbalanced-listener
  }
  void close() { changes_ = 0; }

private:
  Emitter &emitter_;
  int token_ = 0;
  int changes_ = 0;
};

// Helpers, two deep.
class HelperWarns : Listener {
public:
  HelperWarns(Subject &first, Subject &second) : first_(first), second_(second) { wire(); }
  ~HelperWarns() override { unwire(); }

private:
  void wire() {
    wireFirst();
    second_.addListener(this);
  }
  void wireFirst() {
    first_.addListener(this); // expect: unbalanced-listener
  }
  void unwire() { second_.removeListener(this); }
  Subject &first_;
  Subject &second_;
};
// A helper that does it for whoever is given: the call where both are known.
class GivenWarns : Listener {
public:
  explicit GivenWarns(Subject &subject) : subject_(subject) {
    listen(subject_, this); // expect: unbalanced-listener
  }

private:
  static void listen(Subject &subject, Listener *listener) { subject.addListener(listener); }
  Subject &subject_;
};

// There is a removal, and no destructor or stop() comes by it.
class MuteLow : Listener {
public:
  explicit MuteLow(Subject &subject) : subject_(subject) {
    subject_.addListener(this); // low: unbalanced-listener
  }
  ~MuteLow() override { muted_ = false; }
  void mute() {
    subject_.removeListener(this);
    muted_ = true;
  }

private:
  Subject &subject_;
  bool muted_ = false;
};
class StopMuteLow : Listener {
public:
  explicit StopMuteLow(Subject &subject) : subject_(subject) {}
  void start() {
    subject_.addListener(this); // low: unbalanced-listener
  }
  void stop() { running_ = false; }
  void mute() { subject_.removeListener(this); }

private:
  Subject &subject_;
  bool running_ = true;
};

// The base class has a removal of its own, of something else.
class Base : public Listener {
public:
  explicit Base(Subject &subject) : own_(subject) { own_.addListener(&part_); }
  ~Base() override { own_.removeListener(&part_); }

protected:
  Subject &own_;
  Listener part_;
};
class DerivedWarns : Base {
public:
  explicit DerivedWarns(Subject &subject) : Base(subject) {
    own_.addListener(this); // expect: unbalanced-listener
  }
};

// A local that dies at the end of the function.
int localWarns(Subject &subject) {
  Listener progress;
  subject.addListener(&progress); // expect: unbalanced-listener
  progress.changed(1);
  return 0;
}

// A manager registers what it makes, and drops it without taking it off.
class ManagerWarns {
public:
  explicit ManagerWarns(Subject &subject) : subject_(subject) {}
  void add() {
    listeners_.push_back(std::make_unique<Listener>());
    subject_.addListener(listeners_.back().get()); // expect: unbalanced-listener
  }
  void reset() { listeners_.clear(); }

private:
  Subject &subject_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

// Accumulates: per request, through a helper, in a loop.
static void note(const std::string &) {}
static void subscribeWarns() {
  globalBus.subscribe("orders", note); // expect: unbalanced-listener
}
void routesWarns(httplib::Server &server) {
  server.Get("/orders", [](const httplib::Request &request, httplib::Response &response) {
    const std::string name = request.get_param_value("name");
    Bus::instance().subscribe("orders", [name](const std::string &) {}); // expect: unbalanced-listener
    response.set_content("subscribed", "text/plain");
  });
  server.Post("/orders", [](const httplib::Request &, httplib::Response &) { subscribeWarns(); });
}
void eachWarns(Subject &subject, Listener &listener, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    if (!name.empty())
      subject.addListener(&listener); // expect: unbalanced-listener
}

// Made per request, and registers itself: one report, there.
class VisitorWarns : public Listener {
public:
  explicit VisitorWarns(Hub &hub) {
    hub.addListener(this); // expect: unbalanced-listener
  }
};
static std::unique_ptr<Listener> makeVisitor(Hub &hub) { return std::make_unique<VisitorWarns>(hub); }
void visitsWarns(httplib::Server &server) {
  server.Get("/visit", [](const httplib::Request &, httplib::Response &) {
    VisitorWarns visitor(Hub::instance());
    visitor.changed(1);
  });
  server.Get("/visits", [](const httplib::Request &, httplib::Response &) { makeVisitor(globalHub)->changed(1); });
}
