// RUN: %check %s -- -std=c++17
// RESTinio: handlers get a shared pointer to the request.
#include <restinio/all.hpp>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

void routesWarns(restinio::router::express_router_t<> &router, Pool &pool) {
  router.http_get("/orders", [&pool](const auto &req, auto) {
    pool.post([req] { audit(req->body()); }); // expect: request-capture
    return req->create_response().done();
  });
}

restinio::request_handling_status_t handleWarns(const restinio::request_handle_t &req, Pool &pool) {
  pool.post([req] { audit(std::string(req->header().path())); }); // expect: request-capture
  std::thread([&req] { audit(req->body()); }).detach(); // expect: request-capture
  return req->create_response().done();
}
