// RUN: %check %s -- -std=c++17
// Slots of Boost.Signals2 that outlive the object they were made for.
#include <boost/bind/bind.hpp>
#include <boost/signals2.hpp>
#include <httplib.h>
#include <string>
#include <vector>

namespace bs2 = boost::signals2;
using namespace boost::placeholders;

class Market {
public:
  static Market &instance();
  bs2::signal<void(const std::string &, double)> priced;
  bs2::signal<void()> closed;
  // A wrapper that throws the token away: what it costs shows at its callers.
  void onClosed(const std::function<void()> &slot) { closed.connect(slot); }
};
Market &Market::instance() {
  static Market market;
  return market;
}

// region: cannot-be-removed
// Cannot be removed: a lambda, and nobody kept the connection.
class TickerWarns {
public:
  explicit TickerWarns(Market &market) : market_(market) {
    market_.priced.connect([this](const std::string &, double price) { last_ = price; }); // expect: unbalanced-listener
  }
  ~TickerWarns() { last_ = 0; }
  double relative() const { return last_ / base_; }

private:
  Market &market_;
  double last_ = 0;
  double base_ = 1;
};
// endregion

// The emitter is not even kept.
class BannerWarns {
public:
  explicit BannerWarns(Market &market) {
    market.closed.connect([this] { text_ = "closed"; }); // expect: unbalanced-listener
  }

private:
  std::string text_;
};

// Never removed: it could be, by the same bind.
class ChartWarns {
public:
  ChartWarns() {
    Market::instance().priced.connect(boost::bind(&ChartWarns::add, this, _1, _2)); // expect: unbalanced-listener
  }
  ~ChartWarns() { points_.clear(); }

private:
  void add(const std::string &, double price) { points_.push_back(price); }
  std::vector<double> points_;
};

class StdBindWarns {
public:
  explicit StdBindWarns(Market &market) : market_(market) {
    market_.closed.connect(std::bind(&StdBindWarns::close, this)); // expect: unbalanced-listener
  }

private:
  void close() { open_ = false; }
  Market &market_;
  bool open_ = true;
};

// A plain connection does not disconnect when it dies.
class LedgerWarns {
public:
  explicit LedgerWarns(Market &market) {
    closed_ = market.closed.connect([this] { ++days_; }); // expect: unbalanced-listener
  }
  ~LedgerWarns() { days_ = 0; }

private:
  bs2::connection closed_;
  int days_ = 0;
};
class InitWarns {
public:
  explicit InitWarns(Market &market)
      : closed_(market.closed.connect([this] { ++days_; })) {} // expect: unbalanced-listener

private:
  bs2::connection closed_;
  int days_ = 0;
};
class ManyWarns {
public:
  explicit ManyWarns(Market &market) {
    connections_.push_back(market.closed.connect([this] { ++days_; })); // expect: unbalanced-listener
  }

private:
  std::vector<bs2::connection> connections_;
  int days_ = 0;
};

// Two connections, one taken off.
class HalfWarns {
public:
  explicit HalfWarns(Market &market) {
    priced_ = market.priced.connect([this](const std::string &, double) { ++prices_; }); // expect: unbalanced-listener
    closed_ = market.closed.connect([this] { ++days_; });
  }
  ~HalfWarns() { closed_.disconnect(); }

private:
  bs2::connection priced_;
  bs2::connection closed_;
  int prices_ = 0;
  int days_ = 0;
};

// The removal names another signal.
class OtherSignalWarns {
public:
  explicit OtherSignalWarns(Market &market) : market_(market) {
    market_.closed.connect(boost::bind(&OtherSignalWarns::refresh, this)); // expect: unbalanced-listener
  }
  ~OtherSignalWarns() { opened_.disconnect(boost::bind(&OtherSignalWarns::refresh, this)); }

private:
  void refresh() { ++count_; }
  Market &market_;
  bs2::signal<void()> opened_;
  int count_ = 0;
};

// The same signal of another market.
class OtherMarketWarns {
public:
  OtherMarketWarns(Market &home, Market &abroad) : home_(home), abroad_(abroad) {
    home_.closed.connect(boost::bind(&OtherMarketWarns::refresh, this)); // expect: unbalanced-listener
    abroad_.closed.connect(boost::bind(&OtherMarketWarns::refresh, this));
  }
  ~OtherMarketWarns() { abroad_.closed.disconnect(boost::bind(&OtherMarketWarns::refresh, this)); }

private:
  void refresh() { ++count_; }
  Market &home_;
  Market &abroad_;
  int count_ = 0;
};

// stop() is start()'s inverse and leaves the slot.
class FeedWarns {
public:
  explicit FeedWarns(Market &market) : market_(market) {}
  void start() {
    priced_ = market_.priced.connect([this](const std::string &, double) { ++count_; }); // expect: unbalanced-listener
    running_ = true;
  }
  void stop() { running_ = false; }

private:
  Market &market_;
  bs2::connection priced_;
  bool running_ = false;
  int count_ = 0;
};

// Through helpers; the one that takes off forgets one.
class HelperWarns {
public:
  explicit HelperWarns(Market &market) : market_(market) { wire(); }
  ~HelperWarns() { unwire(); }

private:
  void wire() {
    priced_ = market_.priced.connect([this](const std::string &, double) { ++count_; }); // expect: unbalanced-listener
    closed_ = market_.closed.connect([this] { count_ = 0; });
  }
  void unwire() { closed_.disconnect(); }
  Market &market_;
  bs2::connection priced_;
  bs2::connection closed_;
  int count_ = 0;
};

// It can be switched off, but nothing that ends the object does it.
class MuteLow {
public:
  explicit MuteLow(Market &market) {
    closed_ = market.closed.connect([this] { ring(); }); // low: unbalanced-listener
  }
  ~MuteLow() { rings_ = 0; }
  void mute() { closed_.disconnect(); }

private:
  void ring() { ++rings_; }
  bs2::connection closed_;
  int rings_ = 0;
};

// trackable works for what is bound, not for a lambda.
class TrackableLambdaWarns : public bs2::trackable {
public:
  explicit TrackableLambdaWarns(Market &market) {
    market.closed.connect([this] { ++days_; }); // expect: unbalanced-listener
  }

private:
  int days_ = 0;
};

// Through a wrapper of the emitter's that keeps no token: the call that knows the listener.
class WrapperWarns {
public:
  explicit WrapperWarns(Market &market) {
    market.onClosed([this] { ++days_; }); // expect: unbalanced-listener
  }

private:
  int days_ = 0;
};

// Keeps a copy of its own data for ever.
class CopyWarns {
public:
  CopyWarns(Market &market, std::vector<double> history) : history_(std::move(history)) {
    market.closed.connect(boost::bind(&CopyWarns::save, this, history_)); // expect: unbalanced-listener
  }

private:
  void save(const std::vector<double> &) {}
  std::vector<double> history_;
};

static void countClosing() {}

// Accumulates: one more slot for each request.
void routesWarns(httplib::Server &server) {
  server.Get("/watch", [](const httplib::Request &, httplib::Response &response) {
    Market::instance().closed.connect(&countClosing); // expect: unbalanced-listener
    response.set_content("watching", "text/plain");
  });
}
static void watchWarns(const std::string &name) {
  Market::instance().priced.connect([name](const std::string &, double) {}); // expect: unbalanced-listener
}
void namedRoutesWarns(httplib::Server &server) {
  server.Post("/watch", [](const httplib::Request &request, httplib::Response &) { watchWarns(request.get_header_value("name")); });
}

// Accumulates: the same pair for each element.
void eachWarns(Market &market, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    if (!name.empty())
      market.closed.connect(&countClosing); // expect: unbalanced-listener
  }
}

// The second connection takes the place of the first one's token.
struct Exchange {
  bs2::signal<void()> opened, closed;
};
class OverwrittenWarns {
public:
  explicit OverwrittenWarns(Exchange &exchange) {
    connection_ = exchange.opened.connect([this] { ++days_; }); // expect: unbalanced-listener
    connection_ = exchange.closed.connect([this] { ++days_; });
  }
  ~OverwrittenWarns() { connection_.disconnect(); }

private:
  bs2::connection connection_;
  int days_ = 0;
};

// A method of a base keeps the token, and nothing there disconnects it.
class Keeps {
protected:
  void keep(bs2::connection connection) { connections_.emplace_back(std::move(connection)); }

private:
  std::vector<bs2::connection> connections_;
};
class KeepsWarns : Keeps {
public:
  explicit KeepsWarns(Exchange &exchange) {
    keep(exchange.opened.connect([this] { ++days_; })); // expect: unbalanced-listener
  }

private:
  int days_ = 0;
};
