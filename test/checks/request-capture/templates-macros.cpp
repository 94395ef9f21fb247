// RUN: %check %s -- -std=c++20
// Facts come from instantiations where there are any, else from the pattern; macros hide the call.
#include <cstdio>
#include <functional>
#include <httplib.h>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

void audit(const std::string &what);

template <class T> class BlockingQueue {
public:
  void push(T item) {
    std::lock_guard<std::mutex> lock(mutex_);
    items_.push_back(std::move(item));
  }
  T pop() {
    std::lock_guard<std::mutex> lock(mutex_);
    T item = std::move(items_.front());
    items_.erase(items_.begin());
    return item;
  }

private:
  std::mutex mutex_;
  std::vector<T> items_;
};

// A handler for any body.
struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
};
template <class Request, class Queue> void laterWarns(const Request &request, Queue &queue) {
  queue.push([request] { audit(request.path); }); // expect: request-capture
}
void instantiated(httplib::Server &server, BlockingQueue<std::function<void()>> &queue) {
  server.Get("/a", [&queue](const httplib::Request &request, httplib::Response &) { laterWarns(request, queue); });
}

// Handlers that are templates themselves.
void genericWarns(httplib::Server &server, BlockingQueue<std::function<void()>> &queue) {
  server.Get("/b", [&queue](const auto &request, auto &) {
    queue.push([request] { audit(request.path); }); // expect: request-capture
  });
  server.Get("/c", [&queue](const auto &request, auto &) {
    queue.push([path = request.path] { audit(path); });
  });
}

// A class template of which no object is made: the pattern says it.
template <class Queue> class Tracker {
public:
  explicit Tracker(Queue &queue) : queue_(queue) {}
  void trackWarns(const httplib::Request &request) {
    queue_.push(std::function<void()>([request] { audit(request.path); })); // expect: request-capture
  }

private:
  Queue &queue_;
};
void trackAll(BlockingQueue<std::function<void()>> &queue, const httplib::Request &request) {
  Tracker<BlockingQueue<std::function<void()>>> tracker(queue);
  tracker.trackWarns(request);
}

// A taker that forwards and one that runs.
template <class F> void defer(BlockingQueue<std::function<void()>> &queue, F &&f) { queue.push(std::forward<F>(f)); }
template <class F> auto timed(F &&f) -> decltype(f()) { return std::forward<F>(f)(); }
void takersWarns(httplib::Server &server, BlockingQueue<std::function<void()>> &queue) {
  server.Get("/d", [&queue](const httplib::Request &request, httplib::Response &) {
    defer(queue, [request] { audit(request.path); }); // expect: request-capture
  });
}
void takersOk(httplib::Server &server) {
  server.Get("/e", [](const httplib::Request &request, httplib::Response &response) {
    response.status = timed([request] { return request.path.empty() ? 404 : 200; });
    timed([&request] { audit(request.path); });
  });
}

// if constexpr: only the branch that is taken counts.
template <bool Async> void eitherOk(const httplib::Request &request, BlockingQueue<std::function<void()>> &queue) {
  if constexpr (Async)
    queue.push([path = request.path] { audit(path); });
  else
    [&request] { audit(request.path); }();
}
void both(const httplib::Request &request, BlockingQueue<std::function<void()>> &queue) {
  eitherOk<true>(request, queue);
  eitherOk<false>(request, queue);
}

#define DEFER(queue, ...) (queue).push([=] { __VA_ARGS__; })
#define TIMED(...) timed([&] { __VA_ARGS__; })
void macroWarns(httplib::Server &server, BlockingQueue<std::function<void()>> &queue) {
  server.Get("/f", [queue = &queue](const httplib::Request &request, httplib::Response &) {
    DEFER(*queue, audit(request.path)); // expect: request-capture
  });
}
void macroOk(httplib::Server &server) {
  server.Get("/g", [](const httplib::Request &request, httplib::Response &) { TIMED(audit(request.path)); });
}
// The lambda is an argument of a macro: it stands where it is written.
#define POST(queue, task) (queue).push(task)
void argumentWarns(httplib::Server &server, BlockingQueue<std::function<void()>> &queue) {
  server.Get("/h", [&queue](const httplib::Request &request, httplib::Response &) {
    POST(queue, [request] { audit(request.path); }); // expect: request-capture
  });
}
