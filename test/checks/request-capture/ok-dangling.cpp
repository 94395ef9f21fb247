// RUN: %check %s -- -std=c++20
// Twins of warns-dangling.cpp: by reference, and over before the request is.
#include <algorithm>
#include <condition_variable>
#include <execution>
#include <functional>
#include <future>
#include <httplib.h>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void enqueue(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
    ready_.notify_one();
  }
  void drain() {
    for (; !tasks_.empty(); tasks_.pop())
      tasks_.front()();
  }

private:
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable ready_;
};

void joinedOk(httplib::Server &server) {
  server.Post("/a", [](const httplib::Request &req, httplib::Response &) {
    std::thread thread([&req] { audit(req.path); });
    thread.join();
  });
  server.Post("/b", [](const httplib::Request &req, httplib::Response &res) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&, i] { audit(req.path + std::to_string(i)); });
    for (auto &thread : threads)
      thread.join();
    res.status = 204;
  });
  // Joined by its destructor.
  server.Post("/c", [](const httplib::Request &req, httplib::Response &) {
    std::jthread thread([&req] { audit(req.path); });
    audit("meanwhile");
  });
  server.Post("/d", [](const httplib::Request &req, httplib::Response &) {
    std::vector<std::jthread> threads;
    threads.emplace_back([&req] { audit(req.path); });
  });
}

void futureOk(httplib::Server &server) {
  server.Post("/a", [](const httplib::Request &req, httplib::Response &res) {
    auto size = std::async(std::launch::async, [&req] { return req.body.size(); });
    audit(req.path);
    res.body = std::to_string(size.get());
  });
  server.Post("/b", [](const httplib::Request &req, httplib::Response &) {
    std::vector<std::future<void>> running;
    for (int i = 0; i < 4; ++i)
      running.push_back(std::async(std::launch::async, [&req] { audit(req.path); }));
    for (auto &one : running)
      one.wait();
  });
  server.Post("/c", [](const httplib::Request &req, httplib::Response &res) {
    std::packaged_task<std::size_t()> task([&req] { return req.body.size(); });
    auto size = task.get_future();
    task();
    res.body = std::to_string(size.get());
  });
}

// A pool, and a wait for what it does.
std::future<void> submit(std::function<void()> task);
void submittedOk(httplib::Server &server) {
  server.Post("/a", [](const httplib::Request &req, httplib::Response &) {
    auto done = submit([&req] { audit(req.path); });
    done.get();
  });
  server.Post("/b", [](const httplib::Request &req, httplib::Response &) {
    submit([&req] { audit(req.path); }).wait();
  });
  server.Post("/c", [](const httplib::Request &req, httplib::Response &res) {
    Pool pool;
    pool.enqueue([&] { res.set_content(req.path, "text/plain"); });
    pool.drain();
  });
}

// The other side is waited for by hand.
void promiseOk(httplib::Server &server, Pool &pool) {
  server.Post("/a", [&pool](const httplib::Request &req, httplib::Response &res) {
    std::promise<std::size_t> promise;
    auto size = promise.get_future();
    pool.enqueue([&] { promise.set_value(req.body.size()); });
    res.body = std::to_string(size.get());
  });
  server.Post("/b", [&pool](const httplib::Request &req, httplib::Response &) {
    std::mutex mutex;
    std::condition_variable ready;
    bool done = false;
    pool.enqueue([&] {
      audit(req.path);
      std::lock_guard<std::mutex> lock(mutex);
      done = true;
      ready.notify_one();
    });
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [&] { return done; });
  });
}

void nowOk(httplib::Server &server, std::vector<std::string> &names) {
  server.Post("/a", [&names](const httplib::Request &req, httplib::Response &res) {
    std::sort(names.begin(), names.end(), [&req](const std::string &a, const std::string &b) {
      return (a == req.path) > (b == req.path);
    });
    std::for_each(std::execution::par, names.begin(), names.end(), [&](std::string &name) { name += req.path; });
    std::once_flag once;
    std::call_once(once, [&] { audit(req.path); });
    std::function<void(int)> walk = [&](int depth) {
      if (depth)
        walk(depth - 1);
      audit(req.path);
    };
    walk(3);
    [&] { res.status = req.path.empty() ? 404 : 200; }();
  });
}

// By value in one lambda, and by reference to that value in a lambda within.
void innerOk(httplib::Server &server, Pool &pool, std::vector<std::string> &names) {
  server.Post("/a", [&](const httplib::Request &req, httplib::Response &) {
    pool.enqueue([path = req.path, &names] {
      std::for_each(names.begin(), names.end(), [&path](const std::string &name) { audit(name + path); });
    });
  });
}

// A reference to what outlives the call.
class Context {
public:
  explicit Context(httplib::Request request) : request_(std::move(request)) {}
  void startOk(Pool &pool) {
    pool.enqueue([this] { audit(request_.path); });
    pool.enqueue([&request = request_] { audit(request.path); });
  }

private:
  httplib::Request request_;
};
static const httplib::Request &empty() {
  static const httplib::Request request;
  return request;
}
void staticOk(Pool &pool) {
  const httplib::Request &request = empty();
  pool.enqueue([&request] { audit(request.path); });
  static httplib::Request last;
  pool.enqueue([&] { audit(last.path); });
}

// What main owns.
int main() {
  httplib::Request request;
  Pool pool;
  pool.enqueue([&request] { audit(request.path); });
  pool.drain();
}

// A view on what its maker has: as a member that is a reference.
class Fields {
public:
  explicit Fields(const httplib::Request &req)
      : path_([&req] { return req.path; }) {
    get_ = [&req](const std::string &name) { return req.get_header_value(name); };
  }
  std::string path() const { return path_(); }
  std::string get(const std::string &name) const { return get_(name); }

private:
  std::function<std::string()> path_;
  std::function<std::string(const std::string &)> get_;
};
void viewOk(httplib::Server &server) {
  server.Get("/view", [](const httplib::Request &req, httplib::Response &res) {
    Fields fields(req);
    res.set_content(fields.get("Accept") + fields.path(), "text/plain");
  });
}
