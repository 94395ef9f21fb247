// RUN: %check %s -- -std=c++17
// XFAIL: *
// Reported as low, and should not be: the events are freed as elements of a list that is written down in the loop.
#include <event2/event.h>
#include <initializer_list>

class SocketOk {
public:
  SocketOk(event_base *base, evutil_socket_t socket) {
    read_ = event_new(base, socket, EV_READ | EV_PERSIST, onReady, this);
    write_ = event_new(base, socket, EV_WRITE | EV_PERSIST, onReady, this);
    event_add(read_, nullptr);
    event_add(write_, nullptr);
  }
  ~SocketOk() { close(); }

private:
  void close() {
    for (event *each : {read_, write_}) {
      if (each) {
        event_del(each);
        event_free(each);
      }
    }
  }
  static void onReady(evutil_socket_t, short, void *self) { ++static_cast<SocketOk *>(self)->count_; }
  event *read_;
  event *write_;
  int count_ = 0;
};
