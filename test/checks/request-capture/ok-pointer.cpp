// RUN: %check %s -- -std=c++17
// Twins of warns-pointer.cpp: somebody else keeps what the pointer points to.
#include <cpprest/http_listener.h>
#include <functional>
#include <future>
#include <httplib.h>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

void audit(std::string_view what);

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

// Shared, given as a pointer, or found elsewhere.
void elsewhereOk(std::shared_ptr<httplib::Request> shared, httplib::Request *given, Pool &pool) {
  pool.post([shared, raw = shared.get()] { audit(raw->path); });
  pool.post([keep = shared, path = &shared->path] { audit(*path); });
  pool.post([given] { audit(given->path); });
  pool.post([path = &given->path] { audit(*path); });
}
httplib::Request &current();
void foundOk(Pool &pool) {
  httplib::Request &request = current();
  pool.post([&request] { audit(request.path); });
  pool.post([&path = request.path] { audit(path); });
  pool.post([held = &request] { audit(held->path); });
  static httplib::Request last;
  pool.post([held = &last] { audit(held->path); });
}

// Another object by the time it runs.
void movedOnOk(Pool &pool, httplib::Request *first) {
  httplib::Request local;
  httplib::Request *held = &local;
  held = first;
  pool.post([held] { audit(held->path); });
}

// A copy, however it is written.
void copyOk(httplib::Server &server, Pool &pool) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    auto path = req.path;
    pool.post([path] { audit(path); });
    const std::string body = req.body;
    pool.post([body = std::string(body)] { audit(body); });
    pool.post([size = req.body.size()] { audit(std::to_string(size)); });
    pool.post([text = std::string_view("none")] { audit(text); });
  });
}

// Over before the request is.
void joinedOk(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &res) {
    const httplib::Request *held = &req;
    std::thread worker([held] { audit(held->path); });
    worker.join();
    auto size = std::async(std::launch::async, [path = std::string_view(req.path)] { return path.size(); });
    res.body = std::to_string(size.get());
  });
}

// A field of the object that posts, which stays.
class Context {
public:
  explicit Context(httplib::Request request) : request_(std::move(request)) {}
  void startOk(Pool &pool) {
    pool.post([&path = request_.path] { audit(path); });
    pool.post([held = &request_] { audit(held->path); });
    pool.post([path = std::string_view(request_.path)] { audit(path); });
  }

private:
  httplib::Request request_;
};

// A handle: what it hands out belongs to the message that others have, too.
void handleOk(web::http::http_request request, Pool &pool) {
  const auto &uri = request.request_uri();
  pool.post([&uri, request] {
    audit(uri.path());
    request.reply(web::http::status_codes::OK);
  });
}

// Made for the caller: it refers to what the caller gave.
struct Printer {
  std::function<void(std::string &)> print;
};
Printer printer(std::function<void(std::string &)> print) { return {std::move(print)}; }
Printer describeOk(const httplib::Request &req) {
  return printer([&](std::string &out) { out += req.path; });
}
std::function<std::string()> lazyOk(const httplib::Request &req) {
  return [&req] { return req.path; };
}

// Put into an object of the caller's, which has both.
struct Answer {
  std::string body;
  std::function<void()> completed;
};
void completeOk(const httplib::Request &req, Answer &answer) {
  answer.completed = [&req, &answer] { answer.body = req.path; };
}
