// RUN: %check %s -- -std=c++17
// Registrations in templates and behind macros.
#include <boost/signals2.hpp>
#include <functional>
#include <vector>

namespace bs2 = boost::signals2;

struct Listener {
  virtual ~Listener() = default;
};
class Hub {
public:
  static Hub &instance();
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};
struct Market {
  bs2::signal<void(int)> priced;
  bs2::signal<void(int)> closed;
};

// In every instance, one finding.
template <class Value> class CellWarns : Listener {
public:
  explicit CellWarns(Hub &hub) : hub_(hub) {
    hub_.addListener(this); // expect: unbalanced-listener
  }
  ~CellWarns() override { value_ = Value(); }

private:
  Hub &hub_;
  Value value_ = Value();
};
template <class Value> class CellOk : Listener {
public:
  explicit CellOk(Hub &hub) : hub_(hub) { hub_.addListener(this); }
  ~CellOk() override { hub_.removeListener(this); }

private:
  Hub &hub_;
  Value value_ = Value();
};
void makeCells(std::vector<CellWarns<int> *> &ints, std::vector<CellWarns<double> *> &doubles,
               std::vector<CellOk<int> *> &good) {
  ints.push_back(new CellWarns<int>(Hub::instance()));
  doubles.push_back(new CellWarns<double>(Hub::instance()));
  good.push_back(new CellOk<int>(Hub::instance()));
}

// A mixin that registers and takes off whom it is the base of.
template <class Derived> class AutoListener : public Listener {
protected:
  AutoListener() { Hub::instance().addListener(this); }
  ~AutoListener() override { Hub::instance().removeListener(this); }
};
class MixedOk : AutoListener<MixedOk> {};

// A base template that keeps what it is given.
template <class Connection> class Keeps {
protected:
  void keep(Connection connection) { connections_.emplace_back(std::move(connection)); }

private:
  std::vector<Connection> connections_;
};
class KeepsOk : Keeps<bs2::scoped_connection> {
public:
  explicit KeepsOk(Market &market) {
    keep(market.priced.connect([this](int price) { price_ = price; }));
  }

private:
  int price_ = 0;
};
// Through macros.
#define LISTEN(signal, statement) (signal).connect([this](int value) { statement; })
#define SCOPED(signal, statement) scoped_.emplace_back(LISTEN(signal, statement))
class MacroWarns {
public:
  explicit MacroWarns(Market &market) {
    LISTEN(market.priced, price_ = value); // expect: unbalanced-listener
    SCOPED(market.closed, price_ = value);
  }

private:
  int price_ = 0;
  std::vector<bs2::scoped_connection> scoped_;
};
#define LISTEN_TO(hub) (hub).addListener(this)
#define LEAVE(hub) (hub).removeListener(this)
class MacroOk : Listener {
public:
  explicit MacroOk(Hub &hub) : hub_(hub) { LISTEN_TO(hub_); }
  ~MacroOk() override { LEAVE(hub_); }

private:
  Hub &hub_;
};
class HalfMacroWarns : Listener {
public:
  HalfMacroWarns(Hub &hub, Hub &other) : hub_(hub), other_(other) {
    LISTEN_TO(hub_); // expect: unbalanced-listener
    LISTEN_TO(other_);
  }
  ~HalfMacroWarns() override { LEAVE(other_); }

private:
  Hub &hub_;
  Hub &other_;
};

// A generic lambda and a forwarding adder.
template <class Function> void onPrice(Market &market, Function &&function) {
  market.priced.connect(std::forward<Function>(function));
}
class ForwardWarns {
public:
  explicit ForwardWarns(Market &market) {
    onPrice(market, [this](auto price) { price_ = price; }); // expect: unbalanced-listener
  }

private:
  int price_ = 0;
};

// A template that nobody uses: its members' initialisers have no type yet.
template <class Value> class UnusedOk : Listener {
public:
  UnusedOk(Value value, bool shown) : value_(value, shown), shown_(shown), other_(value) {}

private:
  Value value_;
  bool shown_;
  Value other_;
};
