// RUN: %check %s -- -std=c++17 -fdelayed-template-parsing
// Pistache: twins of warns-pistache.cpp.
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
void replay(const Rest::Request &request);

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

void routesOk(Rest::Router &router, Pool &pool) {
  Rest::Routes::Get(router, "/a", [&pool](const Rest::Request &request, Http::ResponseWriter response) {
    pool.submit([path = request.resource()] { audit(path); });
    response.send(Http::Code::Accepted);
    return Rest::Route::Result::Ok;
  });
  router.post("/b", [&pool](const Rest::Request &request, Http::ResponseWriter response) {
    pool.submit([request] { replay(request); });
    response.send(Http::Code::Accepted);
    return Rest::Route::Result::Ok;
  });
  router.put("/c", [](const Rest::Request &request, Http::ResponseWriter response) {
    std::thread thread([&] { audit(request.resource()); });
    thread.join();
    response.send(Http::Code::Ok);
    return Rest::Route::Result::Ok;
  });
  // The writer is moved in: it sends the answer.
  router.get("/d", [&pool](const Rest::Request &, Http::ResponseWriter response) {
    auto writer = std::make_shared<Http::ResponseWriter>(std::move(response));
    pool.submit([writer] { writer->send(Http::Code::Ok, "done"); });
    return Rest::Route::Result::Ok;
  });
}

class Hello : public Http::Handler {
public:
  HTTP_PROTOTYPE(Hello)
  void onRequest(const Http::Request &request, Http::ResponseWriter response) override {
    response.send(Http::Code::Ok, "hello").then(
        [path = request.resource()](ssize_t) { audit(path); }, Async::IgnoreException);
  }
};
