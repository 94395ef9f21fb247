// RUN: %check %s -- -std=c++17
// Twins of warns-httplib.cpp that hold what they use, or hold nothing for long.
#include <algorithm>
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
void replay(const httplib::Request &req);
void archive(httplib::Request req);

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

// region: projection
void routesOk(httplib::Server &server, Worker &worker) {
  server.Post("/orders", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([address = req.remote_addr] { audit("order from " + address); });
    res.status = 202;
  });
}
// endregion

void twoFieldsOk(httplib::Server &server, Worker &worker) {
  server.Get("/reports", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([tenant = req.get_header_value("X-Tenant"), path = req.path] { count(tenant, path); });
    res.status = 202;
  });
}

// [=] takes only what the body names.
void allByCopyOk(httplib::Server &server, Worker &worker) {
  server.Put(R"(/users/(\d+))", [&](const httplib::Request &req, httplib::Response &res) {
    const std::string name = req.get_param_value("name");
    const std::string path = req.path;
    worker.post([=] { audit(name + " at " + path); });
    res.status = 204;
  });
}

// Passed on whole, by reference and by value.
void wholeOk(httplib::Server &server, Worker &worker) {
  server.Post("/mirror", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([req] { replay(req); });
    worker.post([req]() mutable { archive(std::move(req)); });
    worker.post([req, &worker] { worker.post([again = req] { replay(again); }); });
    res.status = 202;
  });
}

// Sent on to another server.
void proxyOk(httplib::Server &server, Worker &worker, httplib::Client &upstream) {
  server.Post("/proxy", [&](const httplib::Request &req, httplib::Response &res) {
    worker.post([req, &upstream] { upstream.send(req); });
    res.status = 202;
  });
}

// Most of it is used.
void mostOk(httplib::Server &server, Worker &worker) {
  server.Post("/log", [&worker](const httplib::Request &req, httplib::Response &res) {
    worker.post([req] {
      std::cerr << req.method << ' ' << req.target << ' ' << req.version << ' ' << req.remote_addr << '\n';
      for (const auto &[name, value] : req.headers)
        std::cerr << name << ": " << value << '\n';
      for (const auto &[name, value] : req.params)
        std::cerr << name << '=' << value << '\n';
      for (const auto &[name, file] : req.files)
        std::cerr << name << ": " << file.content.size() << '\n';
      std::cerr << req.body << '\n';
    });
    res.status = 202;
  });
}

// Runs now.
void nowOk(httplib::Server &server, const std::vector<std::string> &banned) {
  server.Get("/", [&banned](const httplib::Request &req, httplib::Response &res) {
    const bool hit = std::any_of(banned.begin(), banned.end(),
                                 [req](const std::string &address) { return req.remote_addr == address; });
    auto found = std::find_if(banned.begin(), banned.end(),
                              [&req](const std::string &address) { return req.remote_addr == address; });
    std::for_each(banned.begin(), banned.end(), [=](const std::string &address) { audit(address + req.path); });
    const std::string where = [&] { return req.path + "?"; }();
    auto refuse = [&](const char *why) {
      res.status = 403;
      res.set_content(req.path + why, "text/plain");
    };
    if (hit || found != banned.end())
      refuse(" is not for you");
    else
      audit(where);
  });
}

// A handler captures what it serves, not a request.
void handlerOk(httplib::Server &server, std::shared_ptr<std::vector<std::string>> banned) {
  server.Get("/banned", [banned](const httplib::Request &, httplib::Response &res) {
    for (const auto &address : *banned)
      res.body += address;
  });
}

// Moved in by its last owner: it costs what it would cost anyway.
void movedOk(httplib::Server &server, Worker &worker) {
  server.Post("/import", [&worker](const httplib::Request &req, httplib::Response &res) {
    auto held = std::make_shared<const httplib::Request>(req);
    res.set_content(std::to_string(held->body.size()), "text/plain");
    worker.post([held = std::move(held)] { audit(held->path); });
  });
}

// The request lives until the content has been sent.
void contentProviderOk(httplib::Server &server) {
  server.Get("/stream", [](const httplib::Request &req, httplib::Response &res) {
    res.set_chunked_content_provider("text/plain", [&req](size_t, httplib::DataSink &sink) {
      sink.write(req.path.data(), req.path.size());
      sink.done();
      return true;
    });
  });
}

// The future is waited for: here, and in its destructor.
void waitedOk(httplib::Server &server) {
  server.Get("/slow", [](const httplib::Request &req, httplib::Response &res) {
    auto size = std::async(std::launch::async, [&req] { return req.path.size(); });
    res.set_content(std::to_string(size.get()), "text/plain");
    std::async(std::launch::async, [&req] { audit(req.path); });
  });
}

class Metrics {
public:
  void slowOk(const httplib::Request &req) {
    pending_.push_back([path = req.path] { count("slow", path); });
  }
  void byIdOk(int id, const httplib::Request &req) {
    const auto path = req.path;
    byId_[id] = [path](int status) { count(std::to_string(status), path); };
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

std::function<std::string()> describeOk(const httplib::Request &req) {
  return [what = req.method + " " + req.path] { return what; };
}
void variableOk(const httplib::Request &req, bool verbose) {
  std::function<void()> note = [] {};
  if (verbose)
    note = [&req] { std::cerr << req.path << '\n'; };
  note();
}

// The client's own callback runs while the call blocks.
void receiverOk(httplib::Client &client, const httplib::Request &req, std::string &body) {
  client.Get("/prices", [&body, &req](const char *data, size_t size) {
    body.append(data, size);
    return body.size() < req.path.size();
  });
}
void answerOk(httplib::Client &client, Worker &worker) {
  if (auto result = client.Get("/prices")) {
    const int status = result->status;
    worker.post([status] { audit("prices: " + std::to_string(status)); });
  }
}
