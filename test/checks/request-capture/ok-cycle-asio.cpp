// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE
// Twins of warns-cycle-asio.cpp: the timer ends, or does not hold.
#include <array>
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <system_error>

// Stopped by cancel(): the handler is run with an error, and is gone.
class Ticker : public std::enable_shared_from_this<Ticker> {
public:
  explicit Ticker(asio::io_context &io) : timer_(io) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
      if (error)
        return;
      self->tick();
      self->startOk();
    });
  }
  void stop() { timer_.cancel(); }
  void tick() { ++ticks_; }

private:
  asio::steady_timer timer_;
  int ticks_ = 0;
};

// A flag ends it.
class Retry : public std::enable_shared_from_this<Retry> {
public:
  explicit Retry(asio::io_context &io) : timer_(io) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this, self = shared_from_this()](std::error_code error) {
      if (!error && ++attempts_ < 5)
        startOk();
    });
  }

private:
  asio::steady_timer timer_;
  int attempts_ = 0;
};
class Pinger : public std::enable_shared_from_this<Pinger> {
public:
  explicit Pinger(asio::io_context &io) : timer_(io) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this, self = shared_from_this()](std::error_code) {
      if (closed_)
        return;
      startOk();
    });
  }
  void close() { closed_ = true; }

private:
  asio::steady_timer timer_;
  bool closed_ = false;
};

class Weak : public std::enable_shared_from_this<Weak> {
public:
  explicit Weak(asio::io_context &io) : timer_(io) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([weak = weak_from_this()](std::error_code) {
      if (auto self = weak.lock())
        self->startOk();
    });
  }

private:
  asio::steady_timer timer_;
};

// Once.
class Deadline : public std::enable_shared_from_this<Deadline> {
public:
  Deadline(asio::io_context &io, asio::ip::tcp::socket socket) : timer_(io), socket_(std::move(socket)) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
      if (!error)
        self->socket_.close();
    });
  }
  // Reads until the other side hangs up.
  void readOk() {
    socket_.async_read_some(asio::buffer(data_), [self = shared_from_this()](std::error_code error, std::size_t) {
      if (!error)
        self->readOk();
    });
  }
  void nextOk() {
    asio::async_read(socket_, asio::buffer(data_), [this, self = shared_from_this()](std::error_code error, std::size_t) {
      if (error)
        return;
      nextOk();
    });
  }

private:
  asio::steady_timer timer_;
  asio::ip::tcp::socket socket_;
  std::array<char, 64> data_{};
};

// A local timer that holds itself until it has fired.
void onceOk(asio::io_context &io, std::function<void()> done) {
  auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::seconds(1));
  timer->async_wait([timer, done](std::error_code) { done(); });
}

// By this, of an object that main owns.
class Clock {
public:
  explicit Clock(asio::io_context &io) : timer_(io) {}
  void startOk() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this](std::error_code) { startOk(); });
  }

private:
  asio::steady_timer timer_;
};
