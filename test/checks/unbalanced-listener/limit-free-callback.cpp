// RUN: %check %s -- -std=c++17 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
// XFAIL: *
// Not seen: the callback is a function of no class, so that nobody says what its untyped data stands for.
#include <glib-object.h>

static void onShared(GObject *, gpointer) {}
struct Panel {
  GObject *source;
  GObject *other;
};
static void onChanged(GObject *, gpointer data) {
  auto *panel = static_cast<Panel *>(data);
  g_signal_connect(panel->other, "closed", G_CALLBACK(onShared), panel); // expect: unbalanced-listener
}
void openWarns(Panel *panel) { g_signal_connect(panel->source, "changed", G_CALLBACK(onChanged), panel); }
