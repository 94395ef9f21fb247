// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: a deferred future holds what would run if somebody asked for its result.
#include <functional>
#include <future>
#include <memory>

class Poller : public std::enable_shared_from_this<Poller> {
public:
  void futureWarns() {
    result_ = std::async(std::launch::deferred, [self = shared_from_this()] { self->poll(); }); // expect: request-capture
  }
  void poll() { ++polled_; }

private:
  std::future<void> result_;
  int polled_ = 0;
};
