// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork
// XFAIL: *
// Not seen: each event installs one more filter, which is made there and belongs to this.
#include <QObject>

class Connection : public QObject {
  Q_OBJECT
signals:
  void opened();
  void closed();
};

class Blocker : public QObject {
public:
  using QObject::QObject;
};
class FilterWarns : public QObject {
  Q_OBJECT
public:
  FilterWarns(Connection *connection, QObject *target) : target_(target) {
    connect(connection, &Connection::closed, this, &FilterWarns::blockWarns);
  }
  void blockWarns() {
    target_->installEventFilter(new Blocker(this)); // expect: unbalanced-listener
  }

private:
  QObject *target_;
};
