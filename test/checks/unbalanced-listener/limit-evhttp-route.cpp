// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a route is a handler of requests, and nobody asks when it ends.
#include <event2/http.h>

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
