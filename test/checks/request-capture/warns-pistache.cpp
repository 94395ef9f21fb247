// RUN: %check %s -- -std=c++17 -fdelayed-template-parsing
// Pistache: handlers get a request by reference and a writer to answer with.
#include <functional>
#include <memory>
#include <mutex>
#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/router.h>
#include <queue>
#include <string>
#include <thread>
#include <utility>

using namespace Pistache;

void audit(const std::string &what);

class Pool {
public:
  void submit(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
  }

private:
  std::mutex mutex_;
  std::queue<std::function<void()>> tasks_;
};

void routesWarns(Rest::Router &router, Pool &pool) {
  Rest::Routes::Get(router, "/a", [&pool](const Rest::Request &request, Http::ResponseWriter response) {
    pool.submit([request] { audit(request.resource()); }); // expect: request-capture
    response.send(Http::Code::Accepted);
    return Rest::Route::Result::Ok;
  });
  Rest::Routes::Post(router, "/b", [&pool](const Rest::Request &request, Http::ResponseWriter response) {
    pool.submit([&request] { audit(request.resource()); }); // expect: request-capture
    response.send(Http::Code::Accepted);
    return Rest::Route::Result::Ok;
  });
  router.put("/c", [](const Rest::Request &request, Http::ResponseWriter response) {
    std::thread([=] { audit(request.param(":id").as<std::string>()); }).detach(); // expect: request-capture
    response.send(Http::Code::Accepted);
    return Rest::Route::Result::Ok;
  });
  router.addCustomHandler([&pool](const Rest::Request &request, Http::ResponseWriter response) {
    pool.submit([request] { audit(request.resource()); }); // expect: request-capture
    response.send(Http::Code::Not_Found);
    return Rest::Route::Result::Ok;
  });
}

// The library's own base class of a handler.
class Hello : public Http::Handler {
public:
  HTTP_PROTOTYPE(Hello)
  void onRequest(const Http::Request &request, Http::ResponseWriter response) override {
    response.send(Http::Code::Ok, "hello").then(
        [request](ssize_t) { audit(request.resource()); }, Async::IgnoreException); // expect: request-capture
  }
};

// A method, bound by the library's macro-like function.
class Users {
public:
  explicit Users(Rest::Router &router) { Rest::Routes::Get(router, "/users/:id", Rest::Routes::bind(&Users::getWarns, this)); }
  void getWarns(const Rest::Request &request, Http::ResponseWriter response) {
    pool_.submit([this, request] { seen(request.resource()); }); // expect: request-capture
    response.send(Http::Code::Ok);
  }

private:
  void seen(const std::string &path) { last_ = path; }
  Pool pool_;
  std::string last_;
};
