// RUN: %check %s -- -std=c++20
// A future in a member keeps the lambda until somebody gets its result.
#include <functional>
#include <future>
#include <memory>

class Poller : public std::enable_shared_from_this<Poller> {
public:
  void futureWarns() {
    result_ = std::async(std::launch::deferred, [self = shared_from_this()] { self->poll(); });
// CHECK: :[[@LINE-1]]:50: warning: the lambda holds 'self', a shared pointer to the Poller that keeps the lambda in 'result_': it keeps itself alive and is never freed [perfidy-request-capture]
  }
  void poll() { ++polled_; }

private:
  std::future<void> result_;
  int polled_ = 0;
};

class GotOk : public std::enable_shared_from_this<GotOk> {
public:
  void futureOk() {
    result_ = std::async(std::launch::deferred, [self = shared_from_this()] { self->poll(); });
  }
  void finish() { result_.get(); }
  void poll() { ++polled_; }

private:
  std::future<void> result_;
  int polled_ = 0;
};

class WeakOk : public std::enable_shared_from_this<WeakOk> {
public:
  void futureOk() {
    result_ = std::async(std::launch::deferred, [weak = weak_from_this()] {
      if (auto self = weak.lock())
        self->poll();
    });
  }
  void poll() { ++polled_; }

private:
  std::future<void> result_;
  int polled_ = 0;
};
