// RUN: %check %s -- -std=c++17 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
// Handlers of GObject signals that are taken off, or whose object dies first.
#include <glib-object.h>
#include <string>
#include <vector>

static GObject *shared;

// region: removed
class MeterOk {
public:
  explicit MeterOk(GObject *source) : source_(source) {
    g_signal_connect(source_, "notify::level", G_CALLBACK(onLevel), this);
  }
  ~MeterOk() { g_signal_handlers_disconnect_by_func(source_, reinterpret_cast<gpointer>(onLevel), this); }

private:
  static void onLevel(GObject *, GParamSpec *, gpointer self) { ++static_cast<MeterOk *>(self)->level_; }
  GObject *source_;
  int level_ = 0;
};
// endregion

class SwappedOk {
public:
  explicit SwappedOk(GObject *source) : source_(source) {
    g_signal_connect_swapped(source_, "changed", G_CALLBACK(onChanged), this);
    g_signal_connect_after(shared, "changed", G_CALLBACK(onChanged), this);
  }
  ~SwappedOk() {
    g_signal_handlers_disconnect_by_data(source_, this);
    g_signal_handlers_disconnect_matched(shared, G_SIGNAL_MATCH_DATA, 0, 0, nullptr, nullptr, this);
  }

private:
  static void onChanged(SwappedOk *self) { ++self->changes_; }
  GObject *source_;
  int changes_ = 0;
};

class KeptOk {
public:
  explicit KeptOk(GObject *source) : source_(source) {
    id_ = g_signal_connect_data(source_, "changed", G_CALLBACK(onChanged), this, nullptr, G_CONNECT_AFTER);
    cleared_ = g_signal_connect(source_, "closed", G_CALLBACK(onChanged), this);
  }
  ~KeptOk() {
    if (id_ != 0)
      g_signal_handler_disconnect(source_, id_);
    g_clear_signal_handler(&cleared_, source_);
  }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<KeptOk *>(self)->changes_; }
  GObject *source_;
  gulong id_ = 0;
  gulong cleared_ = 0;
  int changes_ = 0;
};
class IdsOk {
public:
  explicit IdsOk(GObject *source) : source_(source) {
    ids_.push_back(g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this));
    ids_.push_back(g_signal_connect(source_, "closed", G_CALLBACK(onChanged), this));
  }
  ~IdsOk() {
    for (gulong id : ids_)
      g_signal_handler_disconnect(source_, id);
  }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<IdsOk *>(self)->changes_; }
  GObject *source_;
  std::vector<gulong> ids_;
  int changes_ = 0;
};

// Ends with the GObject that it is for.
void forObjectOk(GObject *source, GObject *receiver, GCallback callback, const std::vector<std::string> &names) {
  g_signal_connect_object(source, "changed", callback, receiver, G_CONNECT_SWAPPED);
  for (const std::string &name : names)
    g_signal_connect_object(g_object_new(G_TYPE_OBJECT, name.c_str(), nullptr), "changed", callback, receiver, G_CONNECT_SWAPPED);
}

class StartOk {
public:
  explicit StartOk(GObject *source) : source_(source) {}
  void start() { g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this); }
  void stop() { g_signal_handlers_disconnect_by_data(source_, this); }

private:
  static void onChanged(GObject *, gpointer self) { ++static_cast<StartOk *>(self)->changes_; }
  GObject *source_;
  int changes_ = 0;
};

// Made here, given back here.
class OwnerOk {
public:
  OwnerOk() : source_(static_cast<GObject *>(g_object_new(G_TYPE_OBJECT, nullptr))) {
    g_signal_connect(source_, "notify", G_CALLBACK(onChanged), this);
  }
  ~OwnerOk() { g_object_unref(source_); }

private:
  static void onChanged(GObject *, GParamSpec *, gpointer self) { ++static_cast<OwnerOk *>(self)->changes_; }
  GObject *source_;
  int changes_ = 0;
};

// The data is freed with the handler.
struct Context {
  std::string name;
};
static void onContext(GObject *, gpointer) {}
static void freeContext(gpointer data, GClosure *) { delete static_cast<Context *>(data); }
void contextOk(GObject *source, const std::string &name) {
  g_signal_connect_data(source, "changed", G_CALLBACK(onContext), new Context{name}, freeContext, GConnectFlags(0));
}

// Takes itself off when it has run.
static void onOnce(GObject *source, gpointer data) {
  g_signal_handlers_disconnect_by_func(source, reinterpret_cast<gpointer>(onOnce), data);
}
void onceOk(GObject *source) { g_signal_connect(source, "closed", G_CALLBACK(onOnce), nullptr); }

void eachOk(GObject *const *sources, int count) {
  for (int i = 0; i < count; ++i)
    g_signal_connect(sources[i], "changed", G_CALLBACK(onContext), nullptr);
}

// Sources of the main loop that end: by themselves, by their id, with their object.
class SourceOk {
public:
  SourceOk() {
    g_timeout_add(500, onOnce, this);
    g_idle_add(onSometimes, this);
    id_ = g_timeout_add(500, onAlways, this);
    cleared_ = g_timeout_add(500, onAlways, this);
  }
  ~SourceOk() {
    g_source_remove(id_);
    g_clear_handle_id(&cleared_, g_source_remove);
  }

private:
  static gboolean onOnce(gpointer) { return G_SOURCE_REMOVE; }
  static gboolean onSometimes(gpointer self) {
    if (++static_cast<SourceOk *>(self)->count_ < 3)
      return G_SOURCE_CONTINUE;
    return G_SOURCE_REMOVE;
  }
  static gboolean onAlways(gpointer self) {
    ++static_cast<SourceOk *>(self)->count_;
    return G_SOURCE_CONTINUE;
  }
  guint id_;
  guint cleared_;
  int count_ = 0;
};
class ByDataOk {
public:
  ByDataOk() { g_timeout_add(500, onAlways, this); }
  ~ByDataOk() { g_source_remove_by_user_data(this); }

private:
  static gboolean onAlways(gpointer) { return TRUE; }
};

// A handler of C that takes off before it connects, or once.
class NestedOk {
public:
  NestedOk(GObject *source, GObject *other) : source_(source), other_(other) {
    g_signal_connect(source_, "changed", G_CALLBACK(onChanged), this);
    g_signal_connect(source_, "closed", G_CALLBACK(onFirst), this);
  }
  ~NestedOk() {
    g_signal_handlers_disconnect_by_data(source_, this);
    g_signal_handlers_disconnect_by_data(other_, this);
  }

private:
  static void onChanged(GObject *, gpointer data) {
    auto *self = static_cast<NestedOk *>(data);
    g_signal_handlers_disconnect_by_func(self->other_, reinterpret_cast<gpointer>(onContext), self);
    g_signal_connect(self->other_, "closed", G_CALLBACK(onContext), self);
  }
  static void onFirst(GObject *, gpointer data) {
    auto *self = static_cast<NestedOk *>(data);
    if (self->connected_)
      return;
    self->connected_ = true;
    g_signal_connect(self->other_, "opened", G_CALLBACK(onContext), self);
  }
  GObject *source_;
  GObject *other_;
  bool connected_ = false;
};

int main() {
  GObject *source = static_cast<GObject *>(g_object_new(G_TYPE_OBJECT, nullptr));
  g_signal_connect(source, "notify", G_CALLBACK(onContext), nullptr);
  g_signal_connect(shared, "changed", G_CALLBACK(onContext), nullptr);
  g_object_unref(source);
}
