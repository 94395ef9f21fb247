// RUN: %check %s -- -std=c++17
// Twins of warns-restinio.cpp.
#include <restinio/all.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

// Answered later, through the request.
restinio::request_handling_status_t handleOk(const restinio::request_handle_t &req, restinio::asio_ns::io_context &io) {
  auto timer = std::make_shared<restinio::asio_ns::steady_timer>(io);
  timer->expires_after(std::chrono::milliseconds(2500));
  timer->async_wait([timer, req](const auto &error) {
    if (!error)
      req->create_response().set_body("Hello").done();
  });
  return restinio::request_accepted();
}

void routesOk(restinio::router::express_router_t<> &router, Pool &pool) {
  router.http_get("/orders", [&pool](const auto &req, auto) {
    pool.post([body = req->body()] { audit(body); });
    return req->create_response().done();
  });
}
