// RUN: %check %s -- -std=c++17
// Twins of warns-functor.cpp.
#include <functional>
#include <future>
#include <httplib.h>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void enqueue(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

// All of it, or passed on; a body that is not seen.
void replay(const httplib::Request &req);
void whole(const httplib::Request &req) { replay(req); }
struct Replay {
  httplib::Request req;
  void operator()() const { replay(req); }
};
void wholeOk(const httplib::Request &req, Pool &pool) {
  std::thread(whole, req).detach();
  std::thread(replay, req).detach();
  std::thread(std::bind(whole, req)).detach();
  pool.enqueue(Replay{req});
}

// What is read, and no more.
static void note(const std::string &path) { audit(path); }
struct Note {
  std::string path;
  void operator()() const { audit(path); }
};
void partOk(const httplib::Request &req, Pool &pool) {
  std::thread(note, req.path).detach();
  pool.enqueue(std::bind(note, req.path));
  pool.enqueue(Note{req.path});
}

// Moved in: the last owner.
static void last(const httplib::Request &req) { audit(req.path); }
struct Last {
  httplib::Request req;
  void operator()() const { audit(req.path); }
};
void movedOk(httplib::Request req, httplib::Request other, Pool &pool) {
  std::thread(last, std::move(req)).detach();
  pool.enqueue(Last{std::move(other)});
}

// Waited for.
void joinedOk(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &res) {
    std::thread worker(last, std::cref(req));
    worker.join();
    auto running = std::async(std::launch::async, last, std::cref(req));
    running.get();
    auto now = std::bind(last, std::cref(req));
    now();
    res.status = 204;
  });
}

// A method's object is no argument; what is left open is given later.
class Session : public std::enable_shared_from_this<Session> {
public:
  void startOk(Pool &pool) {
    pool.enqueue(std::bind(&Session::step, shared_from_this()));
    std::thread(&Session::step, this).detach();
  }
  void listenOk(httplib::Server &server) {
    using namespace std::placeholders;
    server.Get("/a", std::bind(&Session::handle, this, _1, _2));
  }
  void handle(const httplib::Request &req, httplib::Response &res) { res.body = req.path; }
  void step() { ++steps_; }

private:
  httplib::Request request_;
  int steps_ = 0;
};
