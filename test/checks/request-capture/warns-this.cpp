// RUN: %check %s -- -std=c++17
// One object by two names: self keeps the session, and what is read of it is read through this.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

namespace http = boost::beast::http;
namespace net = boost::asio;

class Session : public std::enable_shared_from_this<Session> {
public:
  Session(net::io_context &io, http::request<http::string_body> req) : io_(io), req_(std::move(req)) {}
  void watchWarns() {
    auto timer = std::make_shared<net::steady_timer>(io_, std::chrono::minutes(1));
    timer->async_wait([this, self = shared_from_this(), timer](boost::beast::error_code) { // expect: request-capture
      std::cerr << req_.method_string() << '\n';
    });
  }

private:
  net::io_context &io_;
  http::request<http::string_body> req_;
};

// What else the object does meanwhile needs all of it.
class Busy : public std::enable_shared_from_this<Busy> {
public:
  Busy(net::io_context &io, http::request<http::string_body> req) : io_(io), timer_(io), req_(std::move(req)) {}
  void ownTimerOk() {
    timer_.async_wait([this, self = shared_from_this()](boost::beast::error_code) { std::cerr << req_.method_string(); });
  }
  void callsItselfOk() {
    auto timer = std::make_shared<net::steady_timer>(io_, std::chrono::minutes(1));
    timer->async_wait([this, self = shared_from_this(), timer](boost::beast::error_code) {
      std::cerr << req_.method_string();
      callsItselfOk();
    });
  }
  void readsMoreOk() {
    auto timer = std::make_shared<net::steady_timer>(io_, std::chrono::minutes(1));
    timer->async_wait([this, self = shared_from_this(), timer](boost::beast::error_code) {
      if (open_)
        std::cerr << req_.method_string();
    });
  }

private:
  net::io_context &io_;
  net::steady_timer timer_;
  http::request<http::string_body> req_;
  bool open_ = true;
};
