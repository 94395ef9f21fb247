// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE
// Twins of warns-arguments.cpp: what is handed over with the lambda ends it.
#include <asio.hpp>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

void audit(const std::string &what);

// A group of the function's own, that waits when it dies.
class Group {
public:
  ~Group() {
    for (auto &task : tasks_)
      task();
  }
  void take(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};
void submit(Group &group, std::function<void()> task) { group.take(std::move(task)); }

void groupOk(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &) {
    Group group;
    submit(group, [&req] { audit(req.path); });
  });
  server.Get("/b", [](const httplib::Request &req, httplib::Response &) {
    asio::thread_pool pool(2);
    asio::post(pool, [&req] { audit(req.path); });
  });
  server.Get("/c", [](const httplib::Request &req, httplib::Response &) {
    asio::io_context io;
    asio::post(io, [&req] { audit(req.path); });
    asio::dispatch(io, [req] { audit(req.path); });
  });
}

// What runs at the end of the function.
class Defer {
public:
  explicit Defer(std::function<void()> last) : last_(std::move(last)) {}
  ~Defer() { last_(); }

private:
  std::function<void()> last_;
};
void guardOk(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &res) {
    Defer defer([&req, &res] {
      audit(req.path);
      res.status = 200;
    });
  });
}

// The other one needs it all: that one is freed with it.
class Client {
public:
  void ask(std::function<void()> done, std::function<void(int)> failed) {
    done_.push_back(std::move(done));
    failed_.push_back(std::move(failed));
  }

private:
  std::vector<std::function<void()>> done_;
  std::vector<std::function<void(int)>> failed_;
};
void replay(const httplib::Request &request);
void besideOk(httplib::Server &server, Client &client) {
  server.Get("/a", [&client](const httplib::Request &req, httplib::Response &) {
    auto request = std::make_shared<httplib::Request>(req);
    client.ask([request] { audit(request->path); }, [request](int) { replay(*request); });
  });
}
