// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore
// Setters that leave the old emitter its listener. Often called once only, so: low.
#include <QAbstractItemModel>
#include <QObject>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};
class Subject {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
};

class View : public QObject {
  Q_OBJECT
public:
  void setModelLow(QAbstractItemModel *model) {
    model_ = model;
    connect(model_, &QAbstractItemModel::modelReset, this, &View::refresh); // low: unbalanced-listener
  }
  void refresh() {}

private:
  QAbstractItemModel *model_ = nullptr;
};

class Meter : Listener {
public:
  ~Meter() override {
    if (subject_)
      subject_->removeListener(this);
  }
  void setSubjectLow(Subject *subject) {
    subject_ = subject;
    subject_->addListener(this); // low: unbalanced-listener
  }

private:
  Subject *subject_ = nullptr;
};
