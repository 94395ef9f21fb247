// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork
// Qt's connections: contextless, doubled, half taken off.
#include <QCoreApplication>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QVector>

class Settings : public QObject {
  Q_OBJECT
public:
  static Settings &instance();

signals:
  void changed(const QString &key);
  void saved();
};
Settings &Settings::instance() {
  static Settings settings;
  return settings;
}

class Connection : public QObject {
  Q_OBJECT
public:
  void open();

signals:
  void opened();
  void closed();
  void failed(int code);
  void failed(const QString &text);
};

// region: without-context
// Without a context the connection does not know whom it serves. Cannot be removed.
class Theme : public QObject {
  Q_OBJECT
public:
  explicit Theme(QObject *parent) : QObject(parent) {
    connect(&Settings::instance(), &Settings::changed, [this](const QString &) { ++version_; }); // expect: unbalanced-listener
  }

private:
  int version_ = 0;
};
// endregion

// The same in a class that is no QObject.
class CacheWarns {
public:
  explicit CacheWarns(Settings *settings) : settings_(settings) {
    QObject::connect(settings_, &Settings::changed, [this](const QString &key) { key_ = key; }); // expect: unbalanced-listener
    QObject::connect(settings_, &Settings::saved, std::bind(&CacheWarns::clear, this)); // expect: unbalanced-listener
  }

private:
  void clear() { key_.clear(); }
  Settings *settings_;
  QString key_;
};

class TokenWarns {
public:
  explicit TokenWarns(Settings *settings) {
    saved_ = QObject::connect(settings, &Settings::saved, [this] { ++saves_; }); // expect: unbalanced-listener
  }

private:
  QMetaObject::Connection saved_;
  int saves_ = 0;
};
class HalfWarns {
public:
  explicit HalfWarns(Settings *settings) {
    saved_ = QObject::connect(settings, &Settings::saved, [this] { ++saves_; });
    changed_ = QObject::connect(settings, &Settings::changed, [this](const QString &) { ++saves_; }); // expect: unbalanced-listener
  }
  ~HalfWarns() { QObject::disconnect(saved_); }

private:
  QMetaObject::Connection saved_;
  QMetaObject::Connection changed_;
  int saves_ = 0;
};
class MutedLow {
public:
  explicit MutedLow(Settings *settings) {
    saved_ = QObject::connect(settings, &Settings::saved, [this] { ++saves_; }); // low: unbalanced-listener
  }
  void mute() { QObject::disconnect(saved_); }

private:
  QMetaObject::Connection saved_;
  int saves_ = 0;
};

// A slot that runs for each failure connects once more each time. Accumulates.
class Retry : public QObject {
  Q_OBJECT
public:
  explicit Retry(Connection *connection) : connection_(connection) {
    connect(connection_, QOverload<int>::of(&Connection::failed), this, &Retry::retryWarns);
    connect(&timer_, SIGNAL(timeout()), this, SLOT(pollWarns()));
  }

public slots:
  void retryWarns() {
    connect(connection_, &Connection::opened, this, &Retry::ready); // expect: unbalanced-listener
    connection_->open();
  }
  void pollWarns() {
    connect(connection_, SIGNAL(closed()), this, SLOT(ready())); // expect: unbalanced-listener
  }
  void ready() {}

private:
  Connection *connection_;
  QTimer timer_;
};

// The same, the slot being a lambda.
class LambdaSlotWarns : public QObject {
  Q_OBJECT
public:
  explicit LambdaSlotWarns(Connection *connection) : connection_(connection) {
    connect(&timer_, &QTimer::timeout, this, [this] {
      connect(connection_, &Connection::opened, this, &LambdaSlotWarns::ready); // expect: unbalanced-listener
      connection_->open();
    });
  }
  void ready() {}

private:
  Connection *connection_;
  QTimer timer_;
};

// Its own child, and still one more connection each time.
class OwnTimer : public QObject {
  Q_OBJECT
public:
  explicit OwnTimer(Connection *connection) : timer_(new QTimer(this)) {
    connect(connection, &Connection::closed, this, &OwnTimer::waitWarns);
  }
  void waitWarns() {
    connect(timer_, &QTimer::timeout, this, &OwnTimer::tick); // expect: unbalanced-listener
    timer_->start(1000);
  }
  void tick() {}

private:
  QTimer *timer_;
};

// Unique works for methods; a lambda is never the same. Accumulates.
class UniqueLambda : public QObject {
  Q_OBJECT
public:
  explicit UniqueLambda(Connection *connection) : connection_(connection) {
    connect(connection, &Connection::closed, this, &UniqueLambda::reopenWarns);
  }
  void reopenWarns() {
    connect(connection_, &Connection::opened, this, [this] { ++opens_; }, Qt::UniqueConnection); // expect: unbalanced-listener
    connection_->open();
  }

private:
  Connection *connection_;
  int opens_ = 0;
};

// Takes off another signal, or from another emitter, before it adds.
class OtherSignal : public QObject {
  Q_OBJECT
public:
  OtherSignal(Connection *connection, Connection *spare) : connection_(connection), spare_(spare) {
    connect(connection, &Connection::closed, this, &OtherSignal::reopenWarns);
    connect(spare, &Connection::closed, this, &OtherSignal::swapWarns);
  }
  void reopenWarns() {
    disconnect(connection_, QOverload<const QString &>::of(&Connection::failed), this, nullptr);
    connect(connection_, &Connection::opened, this, &OtherSignal::ready); // expect: unbalanced-listener
  }
  void swapWarns() {
    disconnect(spare_, &Connection::opened, this, &OtherSignal::ready);
    connect(connection_, &Connection::opened, this, &OtherSignal::ready); // expect: unbalanced-listener
  }
  void ready() {}

private:
  Connection *connection_;
  Connection *spare_;
};

// The same pair for each element.
class EachWarns : public QObject {
  Q_OBJECT
public:
  EachWarns(Connection *connection, const QVector<QString> &names) {
    for (const QString &name : names) {
      if (name.isEmpty())
        continue;
      connect(connection, &Connection::opened, this, &EachWarns::ready); // expect: unbalanced-listener
    }
  }
  void ready() {}
};

// Each event installs one more filter, which is made there and belongs to this.
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

// region: restart
// stop() leaves the slot, and start() comes again.
class RestartWarns : public QObject {
  Q_OBJECT
public:
  explicit RestartWarns(Connection *connection) : connection_(connection) {}
  void start() {
    connect(connection_, &Connection::opened, this, &RestartWarns::poll); // expect: unbalanced-listener
    timer_.start(1000);
  }
  void stop() { timer_.stop(); }
  void restart() {
    stop();
    start();
  }
  void poll() {}

private:
  Connection *connection_;
  QTimer timer_;
};
// endregion
// Whether it comes again, nobody says.
class PollerLow : public QObject {
  Q_OBJECT
public:
  explicit PollerLow(Connection *connection) : connection_(connection) {}
  void start() {
    connect(connection_, &Connection::opened, this, &PollerLow::poll); // low: unbalanced-listener
    timer_.start(1000);
  }
  void stop() { timer_.stop(); }
  void poll() {}

private:
  Connection *connection_;
  QTimer timer_;
};
class WatchLow : public QObject {
public:
  void attach(QObject *target) {
    target_ = target;
    target->installEventFilter(this); // low: unbalanced-listener
  }
  void detach() { target_ = nullptr; }

private:
  QObject *target_ = nullptr;
};
