// RUN: %check %s -- -std=c++20
// A session that shares itself for one field of a request: what a handler was given, whatever its class.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

void audit(const std::string &what);

class Call {
public:
  const std::string &path() const { return path_; }

private:
  std::string path_;
  std::map<std::string, std::string> headers_;
  std::vector<char> payload_;
};
class Executor {
public:
  void schedule(std::chrono::milliseconds delay, std::function<void()> task);
};
class Router {
public:
  void on(std::string path, std::function<void(const Call &)> handler) { handlers_[std::move(path)] = std::move(handler); }

private:
  std::map<std::string, std::function<void(const Call &)>> handlers_;
};

class Session : public std::enable_shared_from_this<Session> {
public:
  Session(Call call, Executor &executor) : call_(std::move(call)), executor_(executor) {}
  void startWarns() {
    auto self = shared_from_this();
    executor_.schedule(std::chrono::seconds(30), [self] { audit(self->call_.path()); });
// CHECK: :[[@LINE-1]]:51: warning: the lambda holds 'self' (Session, 1 container) as long as it waits, to read 'self->call_.path()' [perfidy-request-capture]
  }
  void finishWarns() {
    executor_.schedule(std::chrono::seconds(30), [this, self = shared_from_this()] { audit(call_.path()); });
// CHECK: :[[@LINE-1]]:57: warning: the lambda holds 'self' (Session, 1 container) as long as it waits, to read 'call_.path()' [perfidy-request-capture]
  }

private:
  Call call_;
  Executor &executor_;
  std::vector<char> buffer_;
};
void sessionWarns(Router &router, Executor &executor) {
  router.on("/session", [&executor](const Call &call) {
    std::make_shared<Session>(call, executor)->startWarns();
  });
}

// A configuration is no request: no handler is given it.
class Settings {
public:
  const std::string &path() const { return path_; }

private:
  std::string path_;
  std::map<std::string, std::string> values_;
};
class Worker : public std::enable_shared_from_this<Worker> {
public:
  Worker(Settings settings, Executor &executor) : settings_(std::move(settings)), executor_(executor) {}
  void startOk() {
    executor_.schedule(std::chrono::seconds(30), [self = shared_from_this()] { audit(self->settings_.path()); });
  }

private:
  Settings settings_;
  Executor &executor_;
};
void workerOk(Executor &executor) {
  Settings settings;
  std::make_shared<Worker>(settings, executor)->startOk();
}

// What is read beside the request keeps all of it.
class Transfer : public std::enable_shared_from_this<Transfer> {
public:
  Transfer(const Call &call, Executor &executor) : call_(call), executor_(executor) {}
  void startOk() {
    executor_.schedule(std::chrono::seconds(30), [self = shared_from_this()] {
      if (self->open_)
        audit(self->call_.path());
    });
  }

private:
  Call call_;
  Executor &executor_;
  bool open_ = true;
};
void transferOk(Router &router, Executor &executor) {
  router.on("/transfer", [&executor](const Call &call) {
    std::make_shared<Transfer>(call, executor)->startOk();
  });
}
