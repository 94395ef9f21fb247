// RUN: %check %s -- -std=c++20
// Keeps itself alive: a callback in a slot of the object that it holds.
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);

// region: slot
struct Download {
  std::function<void()> onDone;
  std::string name;
};
void slotWarns(const std::string &name) {
  auto download = std::make_shared<Download>();
  download->name = name;
  download->onDone = [download] { audit(download->name); }; // expect: request-capture
}
// endregion

// Through a setter.
class Connection : public std::enable_shared_from_this<Connection> {
public:
  void onMessage(std::function<void(const std::string &)> handler) { handler_ = std::move(handler); }
  void onClose(std::function<void()> handler) { closers_.push_back(std::move(handler)); }
  void received(const std::string &text) {
    if (handler_)
      handler_(text);
  }
  void send(const std::string &text);
  void closed() {
    for (auto &closer : closers_)
      closer();
  }

private:
  std::function<void(const std::string &)> handler_;
  std::vector<std::function<void()>> closers_;
};
std::shared_ptr<Connection> setterWarns() {
  auto connection = std::make_shared<Connection>();
  connection->onMessage([connection](const std::string &text) { connection->send(text); }); // expect: request-capture
  return connection;
}
void parameterWarns(const std::shared_ptr<Connection> &connection) {
  connection->onMessage([=](const std::string &text) { connection->send(text); }); // expect: request-capture
}
void listWarns(std::shared_ptr<Connection> connection) {
  connection->onClose([connection] { connection->send("bye"); }); // expect: request-capture
}

// In a member of itself.
class Poller : public std::enable_shared_from_this<Poller> {
public:
  void startWarns() {
    task_ = [self = shared_from_this()] { self->poll(); }; // expect: request-capture
  }
  void selfWarns() {
    auto self = shared_from_this();
    tasks_["poll"] = [this, self] { poll(); }; // expect: request-capture
  }
  void assignWarns() {
    steps_.emplace_back([self = shared_from_this()] { self->poll(); }); // expect: request-capture
  }
  void poll() { ++polled_; }
  void run() {
    if (task_)
      task_();
    for (auto &[name, task] : tasks_)
      task();
    for (auto &step : steps_)
      step();
  }

private:
  std::function<void()> task_;
  std::map<std::string, std::function<void()>> tasks_;
  std::vector<std::function<void()>> steps_;
  int polled_ = 0;
};

// Reset in the destructor, which never runs.
class Watcher : public std::enable_shared_from_this<Watcher> {
public:
  ~Watcher() { onChange_ = nullptr; }
  void watchWarns() {
    onChange_ = [self = shared_from_this()] { self->changed(); }; // expect: request-capture
  }
  void changed() { ++changes_; }
  void notify() {
    if (onChange_)
      onChange_();
  }

private:
  std::function<void()> onChange_;
  int changes_ = 0;
};

// One more holder in between: the object's own timer, the object's own signal.
class Timer {
public:
  void every(int milliseconds, std::function<void()> tick) {
    period_ = milliseconds;
    tick_ = std::move(tick);
  }
  void fire() { tick_(); }

private:
  int period_ = 0;
  std::function<void()> tick_;
};
class Heartbeat : public std::enable_shared_from_this<Heartbeat> {
public:
  void startWarns() {
    timer_.every(1000, [self = shared_from_this()] { self->beat(); }); // expect: request-capture
  }
  void ownedWarns() {
    owned_ = std::make_unique<Timer>();
    owned_->every(1000, [self = shared_from_this()] { self->beat(); }); // expect: request-capture
  }
  void beat() { ++beats_; }

private:
  Timer timer_;
  std::unique_ptr<Timer> owned_;
  int beats_ = 0;
};

// A function that holds itself, to run again.
void recursiveWarns(std::function<void(std::function<void()>)> post) {
  auto again = std::make_shared<std::function<void()>>();
  *again = [again, post] { post(*again); }; // expect: request-capture
  (*again)();
}

// Two that hold each other.
struct Node {
  std::function<void()> changed;
  std::shared_ptr<Node> child;
};
void pairWarns() {
  auto parent = std::make_shared<Node>();
  parent->child = std::make_shared<Node>();
  parent->child->changed = [parent] { audit("child"); }; // expect: request-capture
}

// The object by value: each keeps a copy of the one before.
class Form {
public:
  void bindWarns() {
    submit_ = [copy = *this] { copy.send(); }; // expect: request-capture
  }
  void send() const;
  void submit() { submit_(); }

private:
  std::function<void()> submit_;
  std::map<std::string, std::string> fields_;
};

// Another slot of it is emptied.
class Link {
public:
  void onConnected(std::function<void()> run) { connected_ = std::move(run); }
  void onEnd(std::function<void()> run) { end_ = std::move(run); }
  void run() {
    connected_();
    end_();
  }
  void log() const;

private:
  std::function<void()> connected_, end_;
};
void otherSlotWarns(const std::shared_ptr<Link> &link) {
  link->onConnected([link] { // expect: request-capture
    link->onEnd(nullptr);
    link->log();
  });
}
