// RUN: %check %s -- -std=c++20
// Dangling: by reference, and run when the handler has long returned.
#include <chrono>
#include <condition_variable>
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

private:
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable ready_;
};

void detachedWarns(httplib::Server &server) {
  server.Post("/a", [](const httplib::Request &req, httplib::Response &res) {
    std::thread([&req] { audit(req.path); }).detach(); // expect: request-capture
    res.status = 202;
  });
  server.Post("/b", [](const httplib::Request &req, httplib::Response &res) {
    std::thread thread([&] { audit(req.path); }); // expect: request-capture
    thread.detach();
    res.status = 202;
  });
}

void poolWarns(httplib::Server &server, Pool &pool) {
  server.Post("/a", [&pool](const httplib::Request &req, httplib::Response &res) {
    pool.enqueue([&req] { audit(req.path); }); // expect: request-capture
    res.status = 202;
  });
  // Passed on whole is no excuse.
  server.Post("/b", [&pool](const httplib::Request &req, httplib::Response &res) {
    void replay(const httplib::Request &);
    pool.enqueue([&req] { replay(req); }); // expect: request-capture
    res.status = 202;
  });
  server.Post("/c", [&pool](const httplib::Request &req, httplib::Response &res) {
    pool.enqueue([&again = req] { audit(again.path); }); // expect: request-capture
    res.status = 202;
  });
  // The answer: written when it has been sent already.
  server.Get("/d", [&pool](const httplib::Request &, httplib::Response &res) {
    pool.enqueue([&res] { res.set_content("done", "text/plain"); }); // expect: request-capture
  });
}

void localWarns(Pool &pool, const std::string &path) {
  httplib::Request request;
  request.method = "GET";
  request.path = path;
  pool.enqueue([&request] { audit(request.path); }); // expect: request-capture
}


// The future is kept, and with it the thread that reads.
class Jobs {
public:
  void startWarns(const httplib::Request &req) {
    auto job = std::async(std::launch::async, [&req] { audit(req.path); }); // expect: request-capture
    jobs_.push_back(std::move(job));
  }
  void threadWarns(const httplib::Request &req) {
    threads_.emplace_back([&req] { audit(req.path); }); // expect: request-capture
  }
  void memberWarns(const httplib::Request &req) {
    worker_ = std::jthread([&req] { audit(req.path); }); // expect: request-capture
  }
  void laterWarns(const httplib::Request &req) {
    pending_.push_back([&req] { audit(req.path); }); // expect: request-capture
  }
  void listen(httplib::Server &server) {
    server.Get("/start", [this](const httplib::Request &req, httplib::Response &) { startWarns(req); });
    server.Get("/thread", [this](const httplib::Request &req, httplib::Response &) { threadWarns(req); });
    server.Get("/member", [this](const httplib::Request &req, httplib::Response &) { memberWarns(req); });
    server.Get("/later", [this](const httplib::Request &req, httplib::Response &) { laterWarns(req); });
  }

private:
  std::vector<std::future<void>> jobs_;
  std::vector<std::jthread> threads_;
  std::jthread worker_;
  std::vector<std::function<void()>> pending_;
};

std::function<std::string()> returnedWarns(httplib::Request request) {
  return [&request] { return request.path; }; // expect: request-capture
}

// A project's own request.
struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
};
class Console {
public:
  void on(const std::string &verb, std::function<void(const Command &)> handler) {
    handlers_[verb] = std::move(handler);
  }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, std::function<void(const Command &)>> handlers_;
};
void ownWarns(Console &console, Pool &pool) {
  console.on("a", [&pool](const Command &command) {
    pool.enqueue([&command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&pool](const Command &command) {
    pool.enqueue([&] { audit(command.verb); }); // expect: request-capture
  });
}
// The pointer itself goes with the call, and the object perhaps too.
void sharedByReferenceWarns(std::map<int, std::function<void(const std::shared_ptr<Command> &)>> &handlers, Pool &pool) {
  handlers[1] = [&pool](const std::shared_ptr<Command> &command) {
    pool.enqueue([&command] { audit(command->verb); }); // expect: request-capture
  };
}
