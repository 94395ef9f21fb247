// RUN: %check %s -- -std=c++17 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
// Handlers of GObject signals whose data dies first.
#include <glib-object.h>
#include <string>
#include <vector>

static GObject *shared;

// region: never-removed
class Meter {
public:
  explicit Meter(GObject *source) : source_(source) {
    g_signal_connect(source_, "notify::level", G_CALLBACK(onLevel), this); // expect: unbalanced-listener
  }
  ~Meter() { level_ = 0; }

private:
  static void onLevel(GObject *, GParamSpec *, gpointer self) { ++static_cast<Meter *>(self)->level_; }
  GObject *source_;
  int level_ = 0;
};
// endregion

class SwappedWarns {
public:
  explicit SwappedWarns(GObject *source) {
    g_signal_connect_swapped(source, "changed", G_CALLBACK(onChanged), this); // expect: unbalanced-listener
    g_signal_connect_after(shared, "changed", G_CALLBACK(onChanged), this); // expect: unbalanced-listener
  }

private:
  static void onChanged(SwappedWarns *self) { ++self->changes_; }
  int changes_ = 0;
};

// The id is kept, and not used.
class KeptWarns {
public:
  explicit KeptWarns(GObject *source) : source_(source) {
    id_ = g_signal_connect_data(source_, "changed", G_CALLBACK(onChanged), this, nullptr, G_CONNECT_AFTER); // expect: unbalanced-listener
  }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<KeptWarns *>(self)->changes_; }
  GObject *source_;
  gulong id_;
  int changes_ = 0;
};

class HalfWarns {
public:
  explicit HalfWarns(GObject *source) : source_(source) {
    changed_ = g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this);
    closed_ = g_signal_connect(source_, "closed", G_CALLBACK(onClosed), this); // expect: unbalanced-listener
  }
  ~HalfWarns() { g_signal_handler_disconnect(source_, changed_); }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<HalfWarns *>(self)->changes_; }
  static void onClosed(GObject *, gpointer self) { static_cast<HalfWarns *>(self)->changes_ = 0; }
  GObject *source_;
  gulong changed_;
  gulong closed_;
  int changes_ = 0;
};

// The other function; the other object; the other data.
class OtherWarns {
public:
  OtherWarns(GObject *first, GObject *second) : first_(first), second_(second) {
    g_signal_connect(first_, "changed", G_CALLBACK(onChanged), this); // expect: unbalanced-listener
    g_signal_connect(second_, "changed", G_CALLBACK(onChanged), this);
    g_signal_connect(second_, "closed", G_CALLBACK(onClosed), this); // expect: unbalanced-listener
  }
  ~OtherWarns() { g_signal_handlers_disconnect_by_func(second_, reinterpret_cast<gpointer>(onChanged), this); }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<OtherWarns *>(self)->changes_; }
  static void onClosed(GObject *, gpointer self) { static_cast<OtherWarns *>(self)->changes_ = 0; }
  GObject *first_;
  GObject *second_;
  int changes_ = 0;
};

class StartWarns {
public:
  explicit StartWarns(GObject *source) : source_(source) {}
  void start() {
    g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this); // expect: unbalanced-listener
  }
  void stop() { changes_ = 0; }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<StartWarns *>(self)->changes_; }
  GObject *source_;
  int changes_ = 0;
};

class PauseLow {
public:
  explicit PauseLow(GObject *source) : source_(source) {
    g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this); // low: unbalanced-listener
  }
  void pause() { g_signal_handlers_disconnect_by_data(source_, this); }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<PauseLow *>(self)->changes_; }
  GObject *source_;
  int changes_ = 0;
};

static void onShared(GObject *, gpointer) {}

// Accumulates: once more for each name.
void namesWarns(GObject *source, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    if (!name.empty())
      g_signal_connect(source, "changed", G_CALLBACK(onShared), nullptr); // expect: unbalanced-listener
}

// A source of the main loop whose function has no other word than to go on.
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
class KeptTimerWarns {
public:
  KeptTimerWarns() {
    timer_ = g_timeout_add_seconds(1, onTime, this); // expect: unbalanced-listener
  }
  bool runs() const { return timer_ != 0; }

private:
  static gboolean onTime(gpointer self) {
    ++static_cast<KeptTimerWarns *>(self)->count_;
    return TRUE;
  }
  guint timer_ = 0;
  int count_ = 0;
};

// Accumulates: a handler of C that runs for each change connects again. Its data is the object.
class NestedWarns {
public:
  NestedWarns(GObject *source, GObject *other) : source_(source), other_(other) {
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
