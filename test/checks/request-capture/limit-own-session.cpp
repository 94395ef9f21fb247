// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: a session that shares itself for one field of a request that no library knows.
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
    executor_.schedule(std::chrono::seconds(30), [self] { audit(self->call_.path()); }); // expect: request-capture
  }
  void finishWarns() {
    executor_.schedule(std::chrono::seconds(30), [this, self = shared_from_this()] { // expect: request-capture
      audit(call_.path());
    });
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
