// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a method of a base keeps the token, and nothing there disconnects it.
#include <boost/signals2.hpp>
#include <utility>
#include <vector>

struct Market {
  boost::signals2::signal<void(int)> priced;
};
class Keeps {
protected:
  void keep(boost::signals2::connection connection) { connections_.emplace_back(std::move(connection)); }

private:
  std::vector<boost::signals2::connection> connections_;
};
class KeepsWarns : Keeps {
public:
  explicit KeepsWarns(Market &market) {
    keep(market.priced.connect([this](int price) { price_ = price; })); // expect: unbalanced-listener
  }

private:
  int price_ = 0;
};
