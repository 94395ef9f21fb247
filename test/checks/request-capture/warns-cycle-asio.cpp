// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE
// A timer of the object's own that is set anew each time it has run, and that
// nobody cancels: each connection leaves one behind.
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

using asio::ip::tcp;

class Heartbeat : public std::enable_shared_from_this<Heartbeat> {
public:
  explicit Heartbeat(tcp::socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void startWarns() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([self = shared_from_this()](std::error_code) {
// CHECK: :[[@LINE-1]]:24: warning: the lambda holds 'self', a shared pointer to the Heartbeat that keeps the lambda in 'timer_', set anew each time and never cancelled: it keeps itself alive and is never freed [perfidy-request-capture]
      self->beat();
      self->startWarns();
    });
  }
  void beat() { ++beats_; }

private:
  tcp::socket socket_;
  asio::steady_timer timer_;
  int beats_ = 0;
};

// Only a cancel, which nobody does, would end it.
class Refresher : public std::enable_shared_from_this<Refresher> {
public:
  explicit Refresher(tcp::socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void startWarns() {
    auto self = shared_from_this();
    timer_.expires_after(std::chrono::minutes(1));
    timer_.async_wait([this, self](const std::error_code &error) {
// CHECK: :[[@LINE-1]]:30: warning: the lambda holds 'self', a shared pointer to the Refresher that keeps the lambda in 'timer_', set anew each time and never cancelled: it keeps itself alive and is never freed [perfidy-request-capture]
      if (error)
        return;
      ++refreshed_;
      startWarns();
    });
  }

private:
  tcp::socket socket_;
  asio::steady_timer timer_;
  int refreshed_ = 0;
};

// Through a method that the lambda calls.
class Poller : public std::enable_shared_from_this<Poller> {
public:
  explicit Poller(tcp::socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void armWarns() {
    timer_.expires_after(std::chrono::seconds(5));
    timer_.async_wait([self = shared_from_this()](std::error_code error) { self->onTime(error); });
// CHECK: :[[@LINE-1]]:24: warning: the lambda holds 'self', a shared pointer to the Poller that keeps the lambda in 'timer_', set anew each time and never cancelled: it keeps itself alive and is never freed [perfidy-request-capture]
  }

private:
  void onTime(std::error_code error) {
    if (!error)
      armWarns();
  }
  tcp::socket socket_;
  asio::steady_timer timer_;
};

class Server {
public:
  explicit Server(asio::io_context &io) : acceptor_(io, tcp::endpoint(tcp::v4(), 8080)) {}
  void accept() {
    acceptor_.async_accept([this](std::error_code error, tcp::socket socket) {
      if (!error) {
        std::make_shared<Heartbeat>(std::move(socket))->startWarns();
      }
      accept();
    });
  }
  void refresh(tcp::acceptor &acceptor) {
    acceptor.async_accept([](std::error_code error, tcp::socket socket) {
      if (!error)
        std::make_shared<Refresher>(std::move(socket))->startWarns();
    });
  }
  void poll(tcp::acceptor &acceptor) {
    acceptor.async_accept([](std::error_code, tcp::socket socket) {
      auto poller = std::make_shared<Poller>(std::move(socket));
      poller->armWarns();
    });
  }

private:
  tcp::acceptor acceptor_;
};

// Who makes it is in no file here: as many as there are of it, perhaps one.
class Ticker : public std::enable_shared_from_this<Ticker> {
public:
  explicit Ticker(asio::io_context &io) : timer_(io) {}
  void startLow() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([self = shared_from_this()](std::error_code) { // low: request-capture
      self->startLow();
    });
  }

private:
  asio::steady_timer timer_;
};
