// RUN: %check %s --fix -- -std=c++20
// Reported, and no fix: what would be held cannot be told, or the code would not be the same.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

void audit(std::string_view what);
void keep(const std::string *what);

class Call {
public:
  const std::string &path() const { return path_; }
  std::string &tag() { return tag_; }
  std::string take() { return std::move(path_); }
  std::string header(const std::string &name) const { return headers_.at(name); }
  const std::string *find(const std::string &name) const { return &headers_.at(name); }
  const std::map<std::string, std::string> &headers() const { return headers_; }
  const std::vector<char> &payload() const { return payload_; }

private:
  std::string path_, tag_;
  std::map<std::string, std::string> headers_;
  std::vector<char> payload_;
};
class Server {
public:
  void on(std::string path, std::function<void(const Call &)> handler) { calls_[std::move(path)] = std::move(handler); }

private:
  std::map<std::string, std::function<void(const Call &)>> calls_;
};
class Pool {
public:
  void post(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
  }
  void postName(std::function<void(std::string)> task) { named_.push_back(std::move(task)); }

private:
  std::mutex mutex_;
  std::queue<std::function<void()>> tasks_;
  std::vector<std::function<void(std::string)>> named_;
};

// The argument depends on the body.
void argument(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.postName([call](const std::string &name) { audit(call.header(name)); }); // expect: request-capture
  });
}
// FIXED-LABEL: void argument(
// FIXED: pool.postName([call](const std::string &name) { audit(call.header(name)); });

// The result is a pointer into the object.
void pointer(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { keep(call.find("Host")); }); // expect: request-capture
  });
}
// FIXED-LABEL: void pointer(
// FIXED: pool.post([call] { keep(call.find("Host")); });

// The name is taken in the body.
void collision(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { // expect: request-capture
      const std::string path = call.path() + "/";
      audit(path);
    });
  });
}
// FIXED-LABEL: void collision(
// FIXED: pool.post({{\[}}{{call|[A-Za-z_0-9]+ = call.path\(\)}}] {
// FIXED: const std::string path = {{call.path\(\)|[a-zA-Z_]*[0-9_a-zA-Z]+}} + "/";

// The name is another capture's.
void captured(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    const std::string path = "/";
    pool.post([call, path] { audit(path + call.path()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void captured(
// FIXED: pool.post([{{call|[A-Za-z_0-9]+ = call.path\(\)}}, path] { audit(path + {{call.path\(\)|[A-Za-z_0-9]+}}); });

// The introducer stands in a macro.
#define LATER(pool, call, body) (pool).post([call] { body; })
void macro(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    LATER(pool, call, audit(call.path())); // expect: request-capture
  });
}
// FIXED-LABEL: void macro(
// FIXED: LATER(pool, call, audit(call.path()));

// One of the uses is by a lambda within, by reference.
void inner(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { // expect: request-capture
      auto say = [&call] { audit(call.path()); };
      say();
    });
  });
}
// FIXED-LABEL: void inner(
// FIXED: pool.post([{{call|path = call.path\(\)}}] {
