// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore
// Setters that take the listener off the old emitter.
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
  void setOtherOk(QAbstractItemModel *model) {
    if (other_)
      disconnect(other_, nullptr, this, nullptr);
    other_ = model;
    connect(other_, &QAbstractItemModel::modelReset, this, &View::refresh);
  }
  void refresh() {}

private:
  QAbstractItemModel *other_ = nullptr;
};

class MeterOk : Listener {
public:
  ~MeterOk() override {
    if (subject_)
      subject_->removeListener(this);
  }
  void setSubject(Subject *subject) {
    if (subject_ == subject)
      return;
    if (subject_)
      subject_->removeListener(this);
    subject_ = subject;
    if (subject_)
      subject_->addListener(this);
  }

private:
  Subject *subject_ = nullptr;
};

// Set once: by the constructor.
class OnceOk : Listener {
public:
  explicit OnceOk(Subject *subject) { setSubject(subject); }
  ~OnceOk() override { subject_->removeListener(this); }

private:
  void setSubject(Subject *subject) {
    subject_ = subject;
    subject_->addListener(this);
  }
  Subject *subject_ = nullptr;
};
// Not what it was given, but what it has anyway.
class OtherOk : public QObject {
  Q_OBJECT
public:
  void setTitle(const QString &title) { title_ = title; }
  // The new one is its own, and the old one is gone.
  void setOwnOk(QAbstractItemModel *model) {
    delete model_;
    model_ = model;
    connect(model_, &QAbstractItemModel::modelReset, this, &OtherOk::refresh);
  }
  void refresh() {}

private:
  QString title_;
  QAbstractItemModel *model_ = nullptr;
};
