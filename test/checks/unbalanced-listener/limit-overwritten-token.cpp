// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: the second connection takes the place of the first one's token.
#include <boost/signals2.hpp>

struct Market {
  boost::signals2::signal<void()> opened, closed;
};
class ClockWarns {
public:
  explicit ClockWarns(Market &market) {
    connection_ = market.opened.connect([this] { ++days_; }); // expect: unbalanced-listener
    connection_ = market.closed.connect([this] { ++days_; });
  }
  ~ClockWarns() { connection_.disconnect(); }

private:
  boost::signals2::connection connection_;
  int days_ = 0;
};
