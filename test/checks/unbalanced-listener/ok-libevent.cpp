// RUN: %check %s -- -std=c++17
// Events of libevent that are freed, run once, or go with their base.
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <memory>
#include <string>
#include <vector>

class TimerOk {
public:
  explicit TimerOk(event_base *base) {
    event_ = event_new(base, -1, EV_PERSIST, onTimer, this);
    const timeval second = {1, 0};
    event_add(event_, &second);
  }
  ~TimerOk() { event_free(event_); }

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<TimerOk *>(self)->ticks_; }
  event *event_;
  int ticks_ = 0;
};

// The event lies in the object: deleted, not freed.
class InPlaceOk {
public:
  explicit InPlaceOk(event_base *base) {
    event_assign(&event_, base, -1, EV_PERSIST, onTimer, this);
    const timeval second = {1, 0};
    event_add(&event_, &second);
  }
  ~InPlaceOk() { event_del(&event_); }

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<InPlaceOk *>(self)->ticks_; }
  event event_;
  int ticks_ = 0;
};

class StartOk {
public:
  explicit StartOk(event_base *base) : base_(base) {}
  void start() {
    event_ = event_new(base_, -1, EV_PERSIST, onTimer, this);
    const timeval second = {1, 0};
    event_add(event_, &second);
  }
  void stop() {
    event_free(event_);
    event_ = nullptr;
  }

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<StartOk *>(self)->ticks_; }
  event_base *base_;
  event *event_ = nullptr;
  int ticks_ = 0;
};

// Freed as elements of a list.
class ListedOk {
public:
  ListedOk(event_base *base, evutil_socket_t socket) {
    read_ = event_new(base, socket, EV_READ | EV_PERSIST, onReady, this);
    write_ = event_new(base, socket, EV_WRITE | EV_PERSIST, onReady, this);
    event_add(read_, nullptr);
    event_add(write_, nullptr);
  }
  ~ListedOk() { close(); }

private:
  void close() {
    for (event *each : {read_, write_}) {
      if (each) {
        event_del(each);
        event_free(each);
      }
    }
  }
  static void onReady(evutil_socket_t, short, void *self) { ++static_cast<ListedOk *>(self)->count_; }
  event *read_;
  event *write_;
  int count_ = 0;
};

class RouteOk {
public:
  explicit RouteOk(evhttp *server) : server_(server) {
    evhttp_set_cb(server_, "/status", onStatus, this);
    evhttp_set_cb(server_, "/count", onStatus, this);
  }
  ~RouteOk() {
    evhttp_del_cb(server_, "/status");
    evhttp_del_cb(server_, "/count");
  }

private:
  static void onStatus(evhttp_request *, void *self) { ++static_cast<RouteOk *>(self)->count_; }
  evhttp *server_;
  int count_ = 0;
};

// Its own server, its own base.
class ServerOk {
public:
  ServerOk() : base_(event_base_new()), server_(evhttp_new(base_)) {
    evhttp_set_cb(server_, "/count", onCount, this);
    evhttp_set_gencb(server_, onCount, this);
  }
  ~ServerOk() {
    evhttp_free(server_);
    event_base_free(base_);
  }

private:
  static void onCount(evhttp_request *request, void *self) {
    ++static_cast<ServerOk *>(self)->count_;
    evhttp_send_reply(request, 200, "OK", nullptr);
  }
  event_base *base_;
  evhttp *server_;
  int count_ = 0;
};

class GivenServerOk {
public:
  explicit GivenServerOk(evhttp *server) : server_(server) { evhttp_set_cb(server_, "/count", onCount, this); }
  ~GivenServerOk() { evhttp_free(server_); }

private:
  static void onCount(evhttp_request *, void *self) { ++static_cast<GivenServerOk *>(self)->count_; }
  evhttp *server_;
  int count_ = 0;
};

class AcceptOk {
public:
  AcceptOk(event_base *base, const sockaddr *address, int length) {
    listener_ = evconnlistener_new_bind(base, onAccept, this, LEV_OPT_CLOSE_ON_FREE, -1, address, length);
  }
  ~AcceptOk() { evconnlistener_free(listener_); }

private:
  static void onAccept(evconnlistener *, evutil_socket_t, sockaddr *, int, void *self) {
    ++static_cast<AcceptOk *>(self)->count_;
  }
  evconnlistener *listener_;
  int count_ = 0;
};

// Once, and gone.
static event_base *base;
static void onTick(evutil_socket_t, short, void *) {}
struct Delayed {
  event *timer;
  std::string text;
};
static void onDelayed(evutil_socket_t, short, void *argument) {
  auto *delayed = static_cast<Delayed *>(argument);
  event_free(delayed->timer);
  delete delayed;
}
static void onRequestOk(evhttp_request *request, void *) {
  const timeval second = {1, 0};
  event_base_once(base, -1, EV_TIMEOUT, onTick, nullptr, &second);
  auto *delayed = new Delayed{nullptr, evhttp_request_get_uri(request)};
  delayed->timer = evtimer_new(base, onDelayed, delayed);
  evtimer_add(delayed->timer, &second);
  evhttp_send_reply(request, 200, "OK", nullptr);
}
void serve(evhttp *server) { evhttp_set_gencb(server, onRequestOk, nullptr); }

// A bufferevent keeps one set of callbacks.
static void onRead(bufferevent *buffer, void *) { bufferevent_setcb(buffer, onRead, nullptr, nullptr, nullptr); }
void callbacksOk(bufferevent *buffer) { bufferevent_setcb(buffer, onRead, nullptr, nullptr, nullptr); }

int main() {
  base = event_base_new();
  event *timer = event_new(base, -1, EV_PERSIST, onTick, nullptr);
  const timeval second = {1, 0};
  event_add(timer, &second);
  event_base_dispatch(base);
}
