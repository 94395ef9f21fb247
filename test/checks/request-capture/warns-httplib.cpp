// RUN: %check %s -- -std=c++17
// In the handlers of an HTTP server: the request is held long after its answer.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <httplib.h>
#include <iostream>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);
void count(const std::string &tenant, const std::string &path);

class Worker {
public:
  Worker() : thread_([this] { run(); }) {}
  ~Worker() {
    post({});
    thread_.join();
  }
  void post(std::function<void()> job) {
    std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push(std::move(job));
    ready_.notify_one();
  }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      ready_.wait(lock, [this] { return !jobs_.empty(); });
      auto job = std::move(jobs_.front());
      jobs_.pop();
      lock.unlock();
      if (!job)
        return;
      job();
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  std::queue<std::function<void()>> jobs_;
  std::thread thread_;
};

// region: copy
void routesWarns(httplib::Server &server, Worker &worker) {
  server.Post("/orders", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([req] { audit("order from " + req.remote_addr); }); // expect: request-capture
    res.status = 202;
  });
}
// endregion

void twoFieldsWarns(httplib::Server &server, Worker &worker) {
  server.Get("/reports", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([req] { count(req.get_header_value("X-Tenant"), req.path); }); // expect: request-capture
    res.status = 202;
  });
}

void allByCopyWarns(httplib::Server &server, Worker &worker) {
  server.Put(R"(/users/(\d+))", [&](const httplib::Request &req, httplib::Response &res) {
    const std::string name = req.get_param_value("name");
    worker.post([=] { audit(name + " at " + req.path); }); // expect: request-capture
    res.status = 204;
  });
}

void threadWarns(httplib::Server &server) {
  server.Delete("/cache", [](const httplib::Request &req, httplib::Response &res) {
    std::thread([req] { // expect: request-capture
      std::this_thread::sleep_for(std::chrono::seconds(5));
      audit(req.path);
    }).detach();
    res.status = 202;
  });
}

void namedLambdaWarns(httplib::Server &server, Worker &worker) {
  server.Patch("/users", [&worker](const httplib::Request &req, httplib::Response &res) {
    auto note = [req] { audit(req.version); }; // expect: request-capture
    worker.post(note);
    res.status = 204;
  });
}

// Not a handler itself, but called by one, and the type says what it gets.
static void later(Worker &worker, const httplib::Request &req) {
  worker.post([req] { audit(req.remote_addr); }); // expect: request-capture
}
void helperWarns(httplib::Server &server, Worker &worker) {
  server.Get("/", [&worker](const httplib::Request &req, httplib::Response &) { later(worker, req); });
}

// The library's own pool.
void poolWarns(httplib::ThreadPool &pool, httplib::Server &server) {
  server.set_pre_routing_handler([&pool](const httplib::Request &req, httplib::Response &) {
    pool.enqueue([req] { audit(req.target); }); // expect: request-capture
    return httplib::Server::HandlerResponse::Unhandled;
  });
}

// Shared, but a copy of it is held all the same.
void sharedWarns(httplib::Server &server, Worker &worker) {
  server.Post("/import", [&worker](const httplib::Request &req, httplib::Response &res) {
    auto held = std::make_shared<const httplib::Request>(req);
    worker.post([held] { audit(held->path); }); // expect: request-capture
    res.set_content(std::to_string(held->body.size()), "text/plain");
  });
}

// A copy made in the introducer is a copy.
void initCaptureWarns(httplib::Server &server, Worker &worker) {
  server.Get("/a", [&worker](const httplib::Request &req, httplib::Response &) {
    worker.post([copy = req] { audit(copy.path); }); // expect: request-capture
  });
}

class Metrics {
public:
  void slowWarns(const httplib::Request &req) {
    pending_.push_back([req] { count("slow", req.path); }); // expect: request-capture
  }
  void byIdWarns(int id, const httplib::Request &req) {
    byId_[id] = [req](int status) { count(std::to_string(status), req.path); }; // expect: request-capture
  }
  void flush() {
    for (auto &note : pending_)
      note();
    pending_.clear();
  }
  void done(int id, int status) { byId_[id](status); }

private:
  std::vector<std::function<void()>> pending_;
  std::map<int, std::function<void(int)>> byId_;
};

// Returned: whoever called keeps it.
std::function<std::string()> describeWarns(const httplib::Request &req) {
  return [req] { return req.method + " " + req.path; }; // expect: request-capture
}
std::function<void()> variableWarns(const httplib::Request &req, bool verbose) {
  std::function<void()> note;
  if (verbose)
    note = [req] { std::cerr << req.path << '\n'; }; // expect: request-capture
  return note;
}

class Futures {
public:
  void startWarns(const httplib::Request &req) {
    running_.push_back(std::async(std::launch::async, [req] { audit(req.path); })); // expect: request-capture
  }

private:
  std::vector<std::future<void>> running_;
};

// The answer of a request to another server: it holds headers and body too.
void answerWarns(httplib::Client &client, Worker &worker) {
  if (auto result = client.Get("/prices")) {
    httplib::Response prices = *result;
    worker.post([prices] { audit("prices: " + std::to_string(prices.status)); }); // expect: request-capture
  }
}
