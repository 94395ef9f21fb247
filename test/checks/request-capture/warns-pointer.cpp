// RUN: %check %s -- -std=c++17
// A pointer to the request, or a view of it, is a reference to it.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace http = boost::beast::http;
namespace net = boost::asio;

void audit(std::string_view what);

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

void pointerWarns(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &) {
    const httplib::Request *held = &req;
    std::thread([held] { audit(held->path); }).detach(); // expect: request-capture
    std::thread([path = &req.path] { audit(*path); }).detach(); // expect: request-capture
    std::thread([held = std::cref(req)] { audit(held.get().path); }).detach(); // expect: request-capture
    std::thread([held = &req] { audit(held->path); }).detach(); // expect: request-capture
    std::thread([held = std::addressof(req)] { audit(held->path); }).detach(); // expect: request-capture
  });
}

void partWarns(httplib::Server &server, Pool &pool) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    pool.post([&path = req.path] { audit(path); }); // expect: request-capture
    const std::string &body = req.body;
    pool.post([&body] { audit(body); }); // expect: request-capture
    pool.post([=, &body] { audit(body); }); // expect: request-capture
    pool.post([data = req.body.data()] { audit(data); }); // expect: request-capture
    const auto &headers = req.headers;
    pool.post([&headers] { audit(headers.begin()->second); }); // expect: request-capture
  });
}

// region: dangling
void viewWarns(httplib::Server &server, Pool &pool) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    pool.post([path = std::string_view(req.path)] { audit(path); }); // expect: request-capture
    std::string_view body = req.body;
    pool.post([body] { audit(body); }); // expect: request-capture
    pool.post([rest = std::string_view(req.body).substr(1)] { audit(rest); }); // expect: request-capture
  });
}
// endregion

// An accessor that hands out a view of the object.
void accessorWarns(const http::request<http::string_body> &req, net::io_context &io) {
  auto target = req.target();
  net::dispatch(io, [target] { audit(std::string(target)); }); // expect: request-capture
  net::dispatch(io, [agent = req[http::field::user_agent]] { audit(std::string(agent)); }); // expect: request-capture
}
void listen(std::function<void(const http::request<http::string_body> &, net::io_context &)> handler);
void start() { listen(accessorWarns); }

void localWarns(Pool &pool, const std::string &path) {
  httplib::Request request;
  request.path = path;
  auto *made = &request;
  pool.post([made] { audit(made->path); }); // expect: request-capture
  auto owned = std::make_unique<httplib::Request>(request);
  pool.post([raw = owned.get()] { audit(raw->path); }); // expect: request-capture
}
