// RUN: %check %s -- -std=c++17
// Events of libevent whose argument dies first.
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <memory>
#include <vector>

class TimerWarns {
public:
  explicit TimerWarns(event_base *base) {
    event_ = event_new(base, -1, EV_PERSIST, onTimer, this); // expect: unbalanced-listener
    const timeval second = {1, 0};
    event_add(event_, &second);
  }
  ~TimerWarns() { ticks_ = 0; }

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<TimerWarns *>(self)->ticks_; }
  event *event_;
  int ticks_ = 0;
};

// By macro.
class SignalWarns {
public:
  explicit SignalWarns(event_base *base) : event_(evsignal_new(base, 2, onSignal, this)) { // expect: unbalanced-listener
    evsignal_add(event_, nullptr);
  }

private:
  static void onSignal(evutil_socket_t, short, void *self) { ++static_cast<SignalWarns *>(self)->signals_; }
  event *event_;
  int signals_ = 0;
};

// One of two.
class SocketWarns {
public:
  SocketWarns(event_base *base, evutil_socket_t socket) {
    read_ = event_new(base, socket, EV_READ | EV_PERSIST, onReady, this);
    write_ = event_new(base, socket, EV_WRITE | EV_PERSIST, onReady, this); // expect: unbalanced-listener
    event_add(read_, nullptr);
    event_add(write_, nullptr);
  }
  ~SocketWarns() { event_free(read_); }

private:
  static void onReady(evutil_socket_t, short, void *self) { ++static_cast<SocketWarns *>(self)->count_; }
  event *read_;
  event *write_;
  int count_ = 0;
};

class StartWarns {
public:
  explicit StartWarns(event_base *base) : base_(base) {}
  void start() {
    event_ = event_new(base_, -1, EV_PERSIST, onTimer, this); // expect: unbalanced-listener
    const timeval second = {1, 0};
    event_add(event_, &second);
  }
  void stop() { ticks_ = 0; }

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<StartWarns *>(self)->ticks_; }
  event_base *base_;
  event *event_ = nullptr;
  int ticks_ = 0;
};

class AcceptWarns {
public:
  AcceptWarns(event_base *base, const sockaddr *address, int length) {
    listener_ = evconnlistener_new_bind(base, onAccept, this, LEV_OPT_CLOSE_ON_FREE, -1, address, length); // expect: unbalanced-listener
  }

private:
  static void onAccept(evconnlistener *, evutil_socket_t, sockaddr *, int, void *self) {
    ++static_cast<AcceptWarns *>(self)->count_;
  }
  evconnlistener *listener_;
  int count_ = 0;
};

// One route of two.
class RouteWarns {
public:
  explicit RouteWarns(evhttp *server) : server_(server) {
    evhttp_set_cb(server_, "/status", onStatus, this);
    evhttp_set_cb(server_, "/count", onCount, this); // expect: unbalanced-listener
  }
  ~RouteWarns() { evhttp_del_cb(server_, "/status"); }

private:
  static void onStatus(evhttp_request *, void *) {}
  static void onCount(evhttp_request *, void *self) { ++static_cast<RouteWarns *>(self)->count_; }
  evhttp *server_;
  int count_ = 0;
};

// Accumulates: a timer for each request, and nobody frees it.
static event_base *base;
static void onTick(evutil_socket_t, short, void *) {}
static void onRequestWarns(evhttp_request *request, void *) {
  event *timer = event_new(base, -1, EV_PERSIST, onTick, nullptr); // expect: unbalanced-listener
  const timeval second = {1, 0};
  event_add(timer, &second);
  evhttp_send_reply(request, 200, "OK", nullptr);
}
void serve(evhttp *server) { evhttp_set_gencb(server, onRequestWarns, nullptr); }
