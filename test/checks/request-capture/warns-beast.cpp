// RUN: %check %s -- -std=c++17
// Boost.Beast: messages held for one field, and sessions held for one field of their request.
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;

void audit(const std::string &what);

// By value, as in Beast's examples: moved in, and then copied.
template <class Send> void handleRequest(http::request<http::string_body> &&req, net::thread_pool &pool, Send &&send) {
  net::post(pool, [req] { audit(std::string(req.target())); }); // expect: request-capture
  http::response<http::string_body> res{http::status::ok, req.version()};
  res.keep_alive(req.keep_alive());
  send(std::move(res));
}

// region: session
class Session : public std::enable_shared_from_this<Session> {
public:
  Session(tcp::socket &&socket, net::thread_pool &pool) : stream_(std::move(socket)), pool_(pool) {}
  void run() {
    req_ = {};
    http::async_read(stream_, buffer_, req_, beast::bind_front_handler(&Session::onRead, shared_from_this()));
  }

private:
  void onRead(beast::error_code error, std::size_t) {
    if (error)
      return;
    logWarns();
    copyWarns();
    handleRequest(std::move(req_), pool_, [](auto &&) {});
  }
  void logWarns() {
    net::post(pool_, [self = shared_from_this()] { // expect: request-capture
      audit(std::string(self->req_.target()));
    });
  }
  void copyWarns() {
    net::post(pool_, [req = req_] { audit(std::string(req[http::field::user_agent])); }); // expect: request-capture
  }

  beast::tcp_stream stream_;
  net::thread_pool &pool_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> req_;
};
// endregion

void headerWarns(const http::request_header<> &header, net::io_context &io) {
  net::post(io, [header] { audit(std::string(header.target())); }); // expect: request-capture
}

void sharedWarns(const std::shared_ptr<http::request<http::dynamic_body>> &req,
                 net::strand<net::io_context::executor_type> &strand) {
  net::post(strand, [req] { std::cerr << req->version() << '\n'; }); // expect: request-capture
}

void responseWarns(std::shared_ptr<http::response<http::string_body>> res, net::io_context &io) {
  io.post([res] { std::cerr << res->result_int() << '\n'; }); // expect: request-capture
}

void threadWarns(const http::request<http::string_body> &req) {
  std::thread([req] { std::cerr << req.method_string() << '\n'; }).detach(); // expect: request-capture
}

// Dangling.
void byReferenceWarns(http::request<http::string_body> req, net::io_context &io) {
  net::post(io, [&req] { audit(std::string(req.target())); }); // expect: request-capture
}
