// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE -DASIO_HAS_CO_AWAIT=1 -DASIO_HAS_STD_COROUTINE=1
// What else is handed over with the lambda says nothing of who waits for it.
#include <asio.hpp>
#include <functional>
#include <httplib.h>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <utility>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void enqueue(std::string name, std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.emplace(std::move(name), std::move(task));
  }
  void retry(std::function<void()> task, const int &times, std::function<void(int)> failed) {
    std::lock_guard<std::mutex> lock(mutex_);
    retries_.push_back({std::move(task), times, std::move(failed)});
  }

private:
  struct Retry {
    std::function<void()> task;
    int times;
    std::function<void(int)> failed;
  };
  std::mutex mutex_;
  std::queue<std::pair<std::string, std::function<void()>>> tasks_;
  std::vector<Retry> retries_;
};

// A text and a number of the function's own.
void localWarns(httplib::Server &server, Pool &pool) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    std::string name = "audit";
    pool.enqueue(name, [req] { audit(req.path); }); // expect: request-capture
  });
  server.Get("/b", [&pool](const httplib::Request &req, httplib::Response &) {
    std::string name = "audit";
    pool.enqueue(name, [&req] { audit(req.path); }); // expect: request-capture
    audit(name.substr(1));
  });
  server.Get("/c", [&pool](const httplib::Request &req, httplib::Response &) {
    int times = 3;
    pool.retry([req] { audit(req.path); }, times, [](int) {}); // expect: request-capture
  });
}

// The one for errors is held as long as the other.
void errorWarns(httplib::Server &server, Pool &pool, asio::io_context &io) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    pool.retry([] { audit("again"); }, 3, [req](int) { audit(req.path); }); // expect: request-capture
  });
  server.Get("/b", [&io](const httplib::Request &req, httplib::Response &) {
    asio::co_spawn(
        io, []() -> asio::awaitable<void> { co_return; },
        [req](std::exception_ptr) { audit(req.path); }); // expect: request-capture
  });
  // Both, to read the same.
  server.Get("/c", [&pool](const httplib::Request &req, httplib::Response &) {
    pool.retry([req] { audit(req.path); }, 3, // expect: request-capture
               [req](int) { audit(req.path); }); // expect: request-capture
  });
}

// The peer's address is no loop.
void endpointWarns(httplib::Server &server, asio::ip::tcp::socket &socket) {
  server.Get("/a", [&socket](const httplib::Request &req, httplib::Response &) {
    asio::ip::tcp::endpoint peer(asio::ip::make_address("127.0.0.1"), 80);
    socket.async_connect(peer, [req](std::error_code) { audit(req.path); }); // expect: request-capture
  });
}
