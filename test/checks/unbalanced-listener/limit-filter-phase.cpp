// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork
// XFAIL: *
// Not reported: detach() leaves the filter that attach() installs. Qt takes it off when either object dies.
#include <QObject>

class WatchWarns : public QObject {
public:
  void attach(QObject *target) {
    target_ = target;
    target->installEventFilter(this); // expect: unbalanced-listener
  }
  void detach() { target_ = nullptr; }

private:
  QObject *target_ = nullptr;
};
