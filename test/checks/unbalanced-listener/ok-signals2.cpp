// RUN: %check %s -- -std=c++17
// Slots of Boost.Signals2 that somebody takes off, or that need nobody.
#include <boost/bind/bind.hpp>
#include <boost/make_shared.hpp>
#include <boost/signals2.hpp>
#include <boost/smart_ptr/enable_shared_from_this.hpp>
#include <functional>
#include <httplib.h>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bs2 = boost::signals2;
using namespace boost::placeholders;

class Market {
public:
  static Market &instance();
  bs2::signal<void(const std::string &, double)> priced;
  bs2::signal<void()> closed;
  // The token goes to the caller.
  bs2::connection onClosed(const std::function<void()> &slot) { return closed.connect(slot); }
};
Market &Market::instance() {
  static Market market;
  return market;
}
static Market market;

// region: raii-token
class TickerOk {
public:
  explicit TickerOk(Market &market) {
    priced_ = market.priced.connect([this](const std::string &, double price) { last_ = price; });
  }
  double relative() const { return last_ / base_; }

private:
  double last_ = 0;
  double base_ = 1;
  bs2::scoped_connection priced_;
};
// endregion

class InitOk {
public:
  explicit InitOk(Market &market) : closed_(market.closed.connect([this] { ++days_; })) {}

private:
  int days_ = 0;
  bs2::scoped_connection closed_;
};
class VectorOk {
public:
  explicit VectorOk(Market &market) {
    connections_.emplace_back(market.closed.connect([this] { ++days_; }));
    connections_.push_back(market.closed.connect([this] { --days_; }));
  }

private:
  int days_ = 0;
  std::vector<bs2::scoped_connection> connections_;
};
class ListOk {
public:
  explicit ListOk(Market &market) { connections_.emplace_back(market.closed.connect([this] { ++days_; })); }

private:
  int days_ = 0;
  std::list<bs2::scoped_connection> connections_;
};
class MapOk {
public:
  void watch(Market &market, const std::string &name) {
    connections_[name] = market.closed.connect([this, name] { names_.push_back(name); });
  }
  void unwatch(const std::string &name) { connections_.erase(name); }

private:
  std::vector<std::string> names_;
  std::map<std::string, bs2::scoped_connection> connections_;
};
class OptionalOk {
public:
  explicit OptionalOk(Market &market) { closed_.emplace(market.closed.connect([this] { ++days_; })); }

private:
  int days_ = 0;
  std::optional<bs2::scoped_connection> closed_;
};
class UniqueOk {
public:
  explicit UniqueOk(Market &market)
      : closed_(std::make_unique<bs2::scoped_connection>(market.closed.connect([this] { ++days_; }))) {}

private:
  int days_ = 0;
  std::unique_ptr<bs2::scoped_connection> closed_;
};
class StructOk {
public:
  explicit StructOk(Market &market) { tokens_.closed = market.closed.connect([this] { ++days_; }); }

private:
  struct Tokens {
    bs2::scoped_connection priced, closed;
  };
  int days_ = 0;
  Tokens tokens_;
};
// A plain connection, disconnected.
class LedgerOk {
public:
  explicit LedgerOk(Market &market) { closed_ = market.closed.connect([this] { ++days_; }); }
  ~LedgerOk() { closed_.disconnect(); }

private:
  bs2::connection closed_;
  int days_ = 0;
};
class ManyOk {
public:
  explicit ManyOk(Market &market) {
    connections_.push_back(market.closed.connect([this] { ++days_; }));
    connections_.push_back(market.priced.connect([this](const std::string &, double) { ++prices_; }));
  }
  ~ManyOk() {
    for (bs2::connection &connection : connections_)
      connection.disconnect();
  }

private:
  std::vector<bs2::connection> connections_;
  int days_ = 0;
  int prices_ = 0;
};
class CheckedOk {
public:
  explicit CheckedOk(Market &market) { closed_ = market.closed.connect([this] { ++days_; }); }
  ~CheckedOk() {
    if (closed_.connected())
      closed_.disconnect();
  }

private:
  bs2::connection closed_;
  int days_ = 0;
};

// Taken off by an equal bind, or with everybody else.
class ChartOk {
public:
  ChartOk() { Market::instance().priced.connect(boost::bind(&ChartOk::add, this, _1, _2)); }
  ~ChartOk() { Market::instance().priced.disconnect(boost::bind(&ChartOk::add, this, _1, _2)); }

private:
  void add(const std::string &, double price) { points_.push_back(price); }
  std::vector<double> points_;
};
class AllOk {
public:
  explicit AllOk(Market &market) : market_(market) {
    market_.closed.connect([this] { ++days_; });
  }
  ~AllOk() { market_.closed.disconnect_all_slots(); }

private:
  Market &market_;
  int days_ = 0;
};

class FeedOk {
public:
  explicit FeedOk(Market &market) : market_(market) {}
  void start() {
    priced_ = market_.priced.connect([this](const std::string &, double) { ++count_; });
    running_ = true;
  }
  void stop() {
    running_ = false;
    priced_.disconnect();
  }

private:
  Market &market_;
  bs2::connection priced_;
  bool running_ = false;
  int count_ = 0;
};
class HelperOk {
public:
  explicit HelperOk(Market &market) : market_(market) { wire(); }
  ~HelperOk() { unwire(); }

private:
  void wire() {
    priced_ = market_.priced.connect([this](const std::string &, double) { ++count_; });
    closed_ = market_.closed.connect([this] { count_ = 0; });
  }
  void unwire() {
    closed_.disconnect();
    drop(priced_);
  }
  static void drop(bs2::connection &connection) { connection.disconnect(); }
  Market &market_;
  bs2::connection priced_;
  bs2::connection closed_;
  int count_ = 0;
};

// The emitter is the listener's own.
class ShopOk {
public:
  ShopOk() : owned_(std::make_unique<Market>()) {
    opened_.connect([this] { ++days_; });
    own_.closed.connect([this] { ++days_; });
    owned_->closed.connect(boost::bind(&ShopOk::close, this));
  }

private:
  void close() { --days_; }
  bs2::signal<void()> opened_;
  Market own_;
  std::unique_ptr<Market> owned_;
  int days_ = 0;
};

// Both are parts of one object, or of one function.
class Panel {
public:
  void refresh() { ++count_; }

private:
  int count_ = 0;
};
class AppOk {
public:
  AppOk() {
    market_.closed.connect([this] { panel_.refresh(); });
    market_.closed.connect(boost::bind(&Panel::refresh, &panel_));
  }

private:
  Market market_;
  Panel panel_;
};
int localsOk() {
  Market local;
  Panel panel;
  local.closed.connect([&panel] { panel.refresh(); });
  local.closed();
  return 0;
}

// Tracked: the slot goes with the object.
class TrackedOk : public boost::enable_shared_from_this<TrackedOk> {
public:
  void watch(Market &market) {
    market.closed.connect(bs2::signal<void()>::slot_type(&TrackedOk::close, this).track(shared_from_this()));
  }

private:
  void close() { ++days_; }
  int days_ = 0;
};
class TrackedForeignOk : public std::enable_shared_from_this<TrackedForeignOk> {
public:
  void watch(Market &market) {
    bs2::signal<void()>::slot_type slot([this] { ++days_; });
    market.closed.connect(slot.track_foreign(shared_from_this()));
  }

private:
  int days_ = 0;
};
class TrackableOk : public bs2::trackable {
public:
  explicit TrackableOk(Market &market) { market.closed.connect(boost::bind(&TrackableOk::close, this)); }

private:
  void close() { ++days_; }
  int days_ = 0;
};
class WeakOk : public std::enable_shared_from_this<WeakOk> {
public:
  void watch(Market &market) {
    market.closed.connect([weak = weak_from_this()] {
      if (auto self = weak.lock())
        ++self->days_;
    });
  }

private:
  int days_ = 0;
};

// Runs once: the slot takes itself off.
void onceOk(Market &market) {
  market.closed.connect_extended([](const bs2::connection &self) { self.disconnect(); });
}

// The token goes to who called.
class WrapperOk {
public:
  explicit WrapperOk(Market &market) : closed_(market.onClosed([this] { ++days_; })) {}

private:
  int days_ = 0;
  bs2::scoped_connection closed_;
};
class Relay {
public:
  template <class Slot> bs2::connection onClosedOk(Slot slot) { return Market::instance().closed.connect(slot); }
  bs2::scoped_connection scopedOk(std::function<void()> slot) { return Market::instance().closed.connect(slot); }
};
bs2::connection relayOk(Relay &relay, Panel &panel) {
  return relay.onClosedOk([&panel] { panel.refresh(); });
}

// Who runs the destructor's body is not known here.
class ElsewhereOk {
public:
  explicit ElsewhereOk(Market &market) : market_(market) {
    market_.closed.connect(boost::bind(&ElsewhereOk::close, this));
  }
  ~ElsewhereOk();

private:
  void close() { ++days_; }
  Market &market_;
  int days_ = 0;
};

// The base class takes it off.
class Listener {
protected:
  ~Listener() {
    for (const bs2::connection &connection : connections_)
      connection.disconnect();
  }
  void keep(const bs2::connection &connection) { connections_.push_back(connection); }

private:
  std::vector<bs2::connection> connections_;
};
class BaseOk : Listener {
public:
  explicit BaseOk(Market &market) { keep(market.closed.connect([this] { ++days_; })); }

private:
  int days_ = 0;
};

// The listener lives as long as the process does.
class JournalOk {
public:
  static JournalOk &instance() {
    static JournalOk journal;
    return journal;
  }

private:
  JournalOk() {
    Market::instance().closed.connect([this] { ++days_; });
  }
  int days_ = 0;
};

static void countClosing() {}
[[maybe_unused]] static const bool watchingOk = market.closed.connect(&countClosing).connected();

// The second time finds it there.
class LazyOk {
public:
  void used() {
    if (!watching_) {
      closed_ = Market::instance().closed.connect([this] { ++days_; });
      watching_ = true;
    }
  }
  ~LazyOk() { closed_.disconnect(); }

private:
  bs2::connection closed_;
  bool watching_ = false;
  int days_ = 0;
};

void routesOk(httplib::Server &server) {
  server.Get("/watch", [](const httplib::Request &, httplib::Response &response) {
    // Ends with the request.
    int count = 0;
    bs2::scoped_connection guard(Market::instance().closed.connect([&count] { ++count; }));
    Market::instance().closed();
    response.set_content(std::to_string(count), "text/plain");
  });
  server.Get("/once", [](const httplib::Request &, httplib::Response &) {
    static std::once_flag once;
    std::call_once(once, [] { Market::instance().closed.connect(&countClosing); });
  });
  server.Get("/again", [](const httplib::Request &, httplib::Response &) {
    Market::instance().closed.disconnect(&countClosing);
    Market::instance().closed.connect(&countClosing);
  });
  server.Get("/own", [](const httplib::Request &, httplib::Response &) {
    Market own;
    own.closed.connect(&countClosing);
    own.closed();
  });
}

// Another market for each element.
void eachOk(std::vector<Market *> &markets) {
  for (Market *each : markets)
    each->closed.connect(&countClosing);
}
// Another signal for each key.
void eachKeyOk(std::map<std::string, bs2::signal<void()>> &signals, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    signals[name].connect(&countClosing);
}

// One place for a token, that holds one at a time.
struct Exchange {
  bs2::signal<void()> opened, closed;
};
class OnePlaceOk {
public:
  OnePlaceOk(Exchange &exchange, bool early, int kind) {
    if (early)
      connection_ = exchange.opened.connect([this] { ++days_; });
    else
      connection_ = exchange.closed.connect([this] { ++days_; });
    switch (kind) {
    case 0:
      other_ = exchange.opened.connect([this] { ++days_; });
      break;
    default:
      other_ = exchange.closed.connect([this] { ++days_; });
      break;
    }
    third_ = exchange.opened.connect([this] { ++days_; });
    third_.disconnect();
    third_ = exchange.closed.connect([this] { ++days_; });
    scoped_ = exchange.opened.connect([this] { ++days_; });
    scoped_ = exchange.closed.connect([this] { ++days_; });
  }
  ~OnePlaceOk() {
    connection_.disconnect();
    other_.disconnect();
    third_.disconnect();
  }

private:
  bs2::connection connection_, other_, third_;
  bs2::scoped_connection scoped_;
  int days_ = 0;
};
// A base keeps the tokens: as what disconnects them, or it does so itself.
class KeepsScoped {
protected:
  void keep(const bs2::connection &connection) { connections_.emplace_back(connection); }

private:
  std::list<bs2::scoped_connection> connections_;
};
class KeepsScopedOk : KeepsScoped {
public:
  explicit KeepsScopedOk(Exchange &exchange) {
    keep(exchange.opened.connect([this] { ++days_; }));
  }

private:
  int days_ = 0;
};
class KeepsAndEnds {
public:
  ~KeepsAndEnds() {
    for (bs2::connection &connection : connections_)
      connection.disconnect();
  }

protected:
  void keep(bs2::connection connection) { connections_.push_back(std::move(connection)); }

private:
  std::vector<bs2::connection> connections_;
};
class KeepsAndEndsOk : KeepsAndEnds {
public:
  explicit KeepsAndEndsOk(Exchange &exchange) {
    keep(exchange.opened.connect([this] { ++days_; }));
  }

private:
  int days_ = 0;
};

int main() {
  Panel panel;
  Market::instance().closed.connect([&panel] { panel.refresh(); });
  market.closed.connect(boost::bind(&Panel::refresh, &panel));
  Market::instance().closed();
}
