// RUN: %check %s -- -std=c++17 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
// XFAIL: *
// Not seen: a handler of C gets its object as an untyped pointer, so that nobody knows whose signal it connects to.
#include <glib-object.h>

static void onShared(GObject *, gpointer) {}
// Accumulates: a handler that runs for each change connects again.
class NestedWarns {
public:
  explicit NestedWarns(GObject *source, GObject *other) : source_(source), other_(other) {
    g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this);
  }
  ~NestedWarns() {
    g_signal_handlers_disconnect_by_data(source_, this);
    g_signal_handlers_disconnect_by_data(other_, this);
  }

private:
  static void onChanged(GObject *, gpointer data) {
    auto *self = static_cast<NestedWarns *>(data);
    g_signal_connect(self->other_, "closed", G_CALLBACK(onShared), self); // expect: unbalanced-listener
  }
  GObject *source_;
  GObject *other_;
};
