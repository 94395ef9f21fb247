// RUN: %check %s -- -std=c++20
// Twins of warns-cycle.cpp that let go.
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);

// region: weak
struct Download {
  std::function<void()> onDone;
  std::string name;
};
void slotOk(const std::string &name) {
  auto download = std::make_shared<Download>();
  download->name = name;
  download->onDone = [weak = std::weak_ptr(download)] {
    if (auto download = weak.lock())
      audit(download->name);
  };
}
// endregion
void projectionOk(const std::string &name) {
  auto download = std::make_shared<Download>();
  download->onDone = [name] { audit(name); };
}
void pointerOk(const std::string &name) {
  auto download = std::make_shared<Download>();
  download->name = name;
  download->onDone = [raw = download.get()] { audit(raw->name); };
}
// Of another object.
void otherOk(const std::shared_ptr<Download> &first, const std::shared_ptr<Download> &second) {
  first->onDone = [second] { audit(second->name); };
}
// The slot is emptied by the one who filled it.
void emptiedOk() {
  auto download = std::make_shared<Download>();
  download->onDone = [download] {
    audit(download->name);
    download->onDone = nullptr;
  };
}
void emptiedHereOk() {
  auto download = std::make_shared<Download>();
  download->onDone = [download] { audit(download->name); };
  download->onDone();
  download->onDone = {};
}

class Connection : public std::enable_shared_from_this<Connection> {
public:
  void onMessage(std::function<void(const std::string &)> handler) { handler_ = std::move(handler); }
  void received(const std::string &text) {
    if (handler_)
      handler_(text);
  }
  // Runs it now.
  void withText(std::function<void(const std::string &)> use) { use(text_); }
  // Not seen: who knows what it does.
  void onError(std::function<void(int)> handler);
  void send(const std::string &text);

private:
  std::function<void(const std::string &)> handler_;
  std::string text_;
};
void setterOk(const std::shared_ptr<Connection> &connection) {
  connection->onMessage([weak = std::weak_ptr<Connection>(connection)](const std::string &text) {
    if (auto connection = weak.lock())
      connection->send(text);
  });
  connection->withText([connection](const std::string &text) { connection->send(text); });
  connection->onError([connection](int) { connection->send("error"); });
}

// Reset when it is over.
class Poller : public std::enable_shared_from_this<Poller> {
public:
  void startOk() {
    task_ = [self = shared_from_this()] { self->poll(); };
  }
  void stop() { task_ = nullptr; }
  void listOk() {
    steps_.emplace_back([self = shared_from_this()] { self->poll(); });
  }
  void run() {
    for (auto &step : steps_)
      step();
    steps_.clear();
  }
  void poll() { ++polled_; }

private:
  std::function<void()> task_;
  std::vector<std::function<void()>> steps_;
  int polled_ = 0;
};

// Taken out before it runs: once, and it is gone.
class Request : public std::enable_shared_from_this<Request> {
public:
  void sendOk() {
    done_ = [self = shared_from_this()] { self->finish(); };
  }
  void answered() {
    auto done = std::move(done_);
    done();
  }
  void otherOk() {
    next_ = [self = shared_from_this()] { self->finish(); };
  }
  void step() {
    if (auto next = std::exchange(next_, nullptr))
      next();
  }
  void thirdOk() {
    last_ = [self = shared_from_this()] { self->finish(); };
  }
  void end() {
    std::function<void()> last;
    last.swap(last_);
    last();
  }
  void finish() { ++finished_; }

private:
  std::function<void()> done_, next_, last_;
  int finished_ = 0;
};

// A member of its own object, by this: they die together.
class Heartbeat {
public:
  void startOk() {
    tick_ = [this] { ++beats_; };
  }
  void beat() { tick_(); }

private:
  std::function<void()> tick_;
  int beats_ = 0;
};

// The thread ends by itself, and drops what it held.
class Job : public std::enable_shared_from_this<Job> {
public:
  void startOk() {
    thread_ = std::thread([self = shared_from_this()] { self->work(); });
    thread_.detach();
  }
  void work() { ++steps_; }

private:
  std::thread thread_;
  int steps_ = 0;
};

void recursiveOk(std::function<void(std::function<void()>)> post) {
  auto again = std::make_shared<std::function<void()>>();
  *again = [weak = std::weak_ptr(again), post] {
    if (auto again = weak.lock())
      post(*again);
  };
  (*again)();
  std::function<int(int)> factorial = [&factorial](int n) { return n < 2 ? 1 : n * factorial(n - 1); };
  factorial(5);
}

struct Node {
  std::function<void()> changed;
  std::shared_ptr<Node> child;
};
void pairOk() {
  auto parent = std::make_shared<Node>();
  parent->child = std::make_shared<Node>();
  parent->changed = [child = parent->child] { audit(child ? "child" : ""); };
}

// A promise that the callback fulfils.
std::future<int> ask(std::function<void(std::function<void(int)>)> client) {
  auto promise = std::make_shared<std::promise<int>>();
  client([promise](int answer) { promise->set_value(answer); });
  return promise->get_future();
}

// The registry of a server holds its sessions until they end.
class Session;
class Server {
public:
  void add(int id, std::shared_ptr<Session> session) {
    closers_[id] = [session, this, id] { closers_.erase(id); };
  }
  void close(int id) {
    auto closer = closers_.at(id);
    closer();
  }

private:
  std::map<int, std::function<void()>> closers_;
};

class Form {
public:
  void bindOk() {
    submit_ = [fields = fields_] { audit(fields.begin()->second); };
  }
  void submit() { submit_(); }

private:
  std::function<void()> submit_;
  std::map<std::string, std::string> fields_;
};

// The setter empties the slot, too: once, and it is gone.
class Link {
public:
  void onConnected(std::function<void()> run) { connected_ = std::move(run); }
  void onData(std::function<void(int)> run) { data_ = run; }
  void onEnd(std::function<void()> run) { end_ = std::move(run); }
  void connected() {
    auto run = connected_;
    run();
  }
  void data(int octets) { data_(octets); }
  void end() { end_(); }
  void log() const;

private:
  std::function<void()> connected_, end_;
  std::function<void(int)> data_;
};
void onceOk(const std::shared_ptr<Link> &link) {
  link->onConnected([link] {
    link->onConnected(nullptr);
    link->log();
  });
}
void emptyOk(const std::shared_ptr<Link> &link) {
  link->onData([link](int octets) {
    if (octets == 0)
      link->onData({});
    link->log();
  });
}
// By another's hand.
class Relay {
public:
  explicit Relay(std::shared_ptr<Link> link) : link_(std::move(link)) {
    link_->onEnd([link = link_] { link->log(); });
    done_ = [link = link_] { link->onEnd(std::function<void()>()); };
  }
  void close() { done_(); }

private:
  std::shared_ptr<Link> link_;
  std::function<void()> done_;
};

// A copy for the sake of what the slot had: the new one runs the one before.
struct Policy {
  std::string name;
  std::map<int, std::string> notes;
  std::function<bool(int)> accepts;
};
Policy strictOk(Policy &&policy) {
  policy.accepts = [policy](int size) { return size < 100 && policy.accepts(size); };
  return std::move(policy);
}
