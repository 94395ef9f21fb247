// RUN: %check %s -- -std=c++17
// Handles of libuv that are stopped, closed, or run once.
#include <uv.h>

static void toHandle(uv_handle_t *handle) { uv_close(handle, nullptr); }

class TimerOk {
public:
  explicit TimerOk(uv_loop_t *loop) {
    uv_timer_init(loop, &timer_);
    timer_.data = this;
    uv_timer_start(&timer_, onTimer, 1000, 1000);
  }
  ~TimerOk() { uv_timer_stop(&timer_); }

private:
  static void onTimer(uv_timer_t *timer) { ++static_cast<TimerOk *>(timer->data)->ticks_; }
  uv_timer_t timer_;
  int ticks_ = 0;
};

class BothOk {
public:
  explicit BothOk(uv_loop_t *loop) {
    uv_timer_init(loop, &timer_);
    uv_signal_init(loop, &signal_);
    uv_timer_start(&timer_, onTimer, 1000, 1000);
    uv_signal_start(&signal_, onSignal, 2);
  }
  ~BothOk() {
    uv_close(reinterpret_cast<uv_handle_t *>(&timer_), nullptr);
    toHandle(reinterpret_cast<uv_handle_t *>(&signal_));
  }

private:
  static void onTimer(uv_timer_t *) {}
  static void onSignal(uv_signal_t *, int) {}
  uv_timer_t timer_;
  uv_signal_t signal_;
};

class WatcherOk {
public:
  explicit WatcherOk(uv_loop_t *loop) { uv_fs_event_init(loop, &handle_); }
  void start(const char *path) {
    handle_.data = this;
    uv_fs_event_start(&handle_, onChange, path, 0);
  }
  void stop() { uv_fs_event_stop(&handle_); }

private:
  static void onChange(uv_fs_event_t *handle, const char *, int, int) {
    ++static_cast<WatcherOk *>(handle->data)->changes_;
  }
  uv_fs_event_t handle_;
  int changes_ = 0;
};

// The loop is the object's own.
class OwnLoopOk {
public:
  OwnLoopOk() {
    uv_loop_init(&loop_);
    uv_timer_init(&loop_, &timer_);
    uv_timer_start(&timer_, onTimer, 1000, 1000);
  }
  ~OwnLoopOk() { uv_loop_close(&loop_); }

private:
  static void onTimer(uv_timer_t *) {}
  uv_loop_t loop_;
  uv_timer_t timer_;
};

// Without repeat, or one shot.
class OnceOk {
public:
  explicit OnceOk(uv_loop_t *loop) {
    uv_timer_init(loop, &timer_);
    uv_signal_init(loop, &signal_);
    uv_timer_start(&timer_, onTimer, 1000, 0);
    uv_signal_start_oneshot(&signal_, onSignal, 2);
  }

private:
  static void onTimer(uv_timer_t *) {}
  static void onSignal(uv_signal_t *, int) {}
  uv_timer_t timer_;
  uv_signal_t signal_;
};

// On the heap, and closed by its own callback.
struct Connection {
  uv_tcp_t handle;
};
static void freeConnection(uv_handle_t *handle) { delete static_cast<Connection *>(handle->data); }
static void allocate(uv_handle_t *, size_t, uv_buf_t *) {}
static void onRead(uv_stream_t *stream, ssize_t count, const uv_buf_t *) {
  if (count < 0)
    uv_close(reinterpret_cast<uv_handle_t *>(stream), freeConnection);
}
static void onConnectionOk(uv_stream_t *server, int) {
  auto *connection = new Connection;
  uv_tcp_init(server->loop, &connection->handle);
  connection->handle.data = connection;
  uv_accept(server, reinterpret_cast<uv_stream_t *>(&connection->handle));
  uv_read_start(reinterpret_cast<uv_stream_t *>(&connection->handle), allocate, onRead);
}

// Starting a handle again only sets its time.
static void onTick(uv_timer_t *timer) { uv_timer_start(timer, onTick, 1000, 1000); }

int main() {
  uv_loop_t *loop = uv_default_loop();
  uv_timer_t timer;
  uv_timer_init(loop, &timer);
  uv_timer_start(&timer, onTick, 1000, 1000);
  uv_tcp_t server;
  uv_tcp_init(loop, &server);
  uv_listen(reinterpret_cast<uv_stream_t *>(&server), 128, onConnectionOk);
  return uv_run(loop, UV_RUN_DEFAULT);
}
