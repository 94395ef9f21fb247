// RUN: %check %s -- -std=c++17
// The deleter of a smart pointer ends the event.
#include <event2/event.h>
#include <memory>

struct FreeEvent {
  void operator()(event *each) const { event_free(each); }
};
class UniqueOk {
public:
  explicit UniqueOk(event_base *base) : event_(evsignal_new(base, 2, onSignal, this)) {
    evsignal_add(event_.get(), nullptr);
  }

private:
  static void onSignal(evutil_socket_t, short, void *self) { ++static_cast<UniqueOk *>(self)->signals_; }
  std::unique_ptr<event, FreeEvent> event_;
  int signals_ = 0;
};
class FunctionDeleterOk {
public:
  explicit FunctionDeleterOk(event_base *base) : event_(event_new(base, -1, EV_PERSIST, onTimer, this), &event_free) {}

private:
  static void onTimer(evutil_socket_t, short, void *self) { ++static_cast<FunctionDeleterOk *>(self)->ticks_; }
  std::unique_ptr<event, decltype(&event_free)> event_;
  int ticks_ = 0;
};
