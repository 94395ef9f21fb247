// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork
// XFAIL: *
// Not reported: start() can come again, and stop() leaves the slot. Whether it does come again, nobody says.
#include <QObject>
#include <QTimer>

class Connection : public QObject {
  Q_OBJECT
signals:
  void opened();
  void closed();
};

class Poller : public QObject {
  Q_OBJECT
public:
  explicit Poller(Connection *connection) : connection_(connection) {}
  void start() {
    connect(connection_, &Connection::opened, this, &Poller::poll); // expect: unbalanced-listener
    timer_.start(1000);
  }
  void stop() { timer_.stop(); }
  void poll() {}

private:
  Connection *connection_;
  QTimer timer_;
};
