// RUN: %check %s -- -std=c++17
// The connection goes through a local into the member that disconnects it.
#include <boost/signals2.hpp>

struct Market {
  boost::signals2::signal<void()> closed;
};
class LocalFirstOk {
public:
  explicit LocalFirstOk(Market &market) {
    boost::signals2::connection connection = market.closed.connect([this] { ++days_; });
    closed_ = connection;
  }

private:
  int days_ = 0;
  boost::signals2::scoped_connection closed_;
};
