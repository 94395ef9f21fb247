// RUN: %check %s -- -std=c++17
// Handles of libuv that lie in an object and are not closed when it dies.
#include <uv.h>

class TimerWarns {
public:
  explicit TimerWarns(uv_loop_t *loop) {
    uv_timer_init(loop, &timer_);
    timer_.data = this;
    uv_timer_start(&timer_, onTimer, 1000, 1000); // expect: unbalanced-listener
  }
  ~TimerWarns() { ticks_ = 0; }

private:
  static void onTimer(uv_timer_t *timer) { ++static_cast<TimerWarns *>(timer->data)->ticks_; }
  uv_timer_t timer_;
  int ticks_ = 0;
};

// One of two.
class HalfWarns {
public:
  explicit HalfWarns(uv_loop_t *loop) {
    uv_timer_init(loop, &timer_);
    uv_signal_init(loop, &signal_);
    uv_timer_start(&timer_, onTimer, 1000, 1000);
    uv_signal_start(&signal_, onSignal, 2); // expect: unbalanced-listener
  }
  ~HalfWarns() { uv_timer_stop(&timer_); }

private:
  static void onTimer(uv_timer_t *) {}
  static void onSignal(uv_signal_t *, int) {}
  uv_timer_t timer_;
  uv_signal_t signal_;
};

class WatcherWarns {
public:
  explicit WatcherWarns(uv_loop_t *loop) { uv_fs_event_init(loop, &handle_); }
  void start(const char *path) {
    handle_.data = this;
    uv_fs_event_start(&handle_, onChange, path, 0); // expect: unbalanced-listener
  }
  void stop() { changes_ = 0; }

private:
  static void onChange(uv_fs_event_t *handle, const char *, int, int) {
    ++static_cast<WatcherWarns *>(handle->data)->changes_;
  }
  uv_fs_event_t handle_;
  int changes_ = 0;
};

class PauseLow {
public:
  explicit PauseLow(uv_loop_t *loop) {
    uv_idle_init(loop, &idle_);
    uv_idle_start(&idle_, onIdle); // low: unbalanced-listener
  }
  void pause() { uv_idle_stop(&idle_); }

private:
  static void onIdle(uv_idle_t *) {}
  uv_idle_t idle_;
};
