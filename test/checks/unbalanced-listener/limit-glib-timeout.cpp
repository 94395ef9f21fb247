// RUN: %check %s -- -std=c++17 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
// XFAIL: *
// Not seen: a source of the main loop ends when its function returns false, which the call does not tell.
#include <glib.h>

class BlinkWarns {
public:
  BlinkWarns() {
    g_timeout_add(500, onTime, this); // expect: unbalanced-listener
  }
  ~BlinkWarns() { on_ = false; }

private:
  static gboolean onTime(gpointer self) {
    auto *blink = static_cast<BlinkWarns *>(self);
    blink->on_ = !blink->on_;
    return G_SOURCE_CONTINUE;
  }
  bool on_ = false;
};
