// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork
// Qt's connections that end with one of their sides, or are there once.
#include <QCoreApplication>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QString>
#include <QThread>
#include <QTimer>
#include <QUrl>
#include <QVector>
#include <memory>

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
  using QObject::QObject;
  void open();

signals:
  void opened();
  void closed();
  void failed(int code);
  void failed(const QString &text);
};

// region: with-context
class ThemeOk : public QObject {
  Q_OBJECT
public:
  explicit ThemeOk(QObject *parent) : QObject(parent) {
    connect(&Settings::instance(), &Settings::changed, this, [this](const QString &) { ++version_; });
    connect(&Settings::instance(), &Settings::saved, this, &ThemeOk::reload);
    connect(&Settings::instance(), SIGNAL(saved()), this, SLOT(reload()));
    connect(&Settings::instance(), SIGNAL(saved()), SLOT(reload()));
    connect(&Settings::instance(), &Settings::saved, this, &ThemeOk::changed);
  }

public slots:
  void reload() { ++version_; }

signals:
  void changed();

private:
  int version_ = 0;
};
// endregion

// The context is a member that dies with it.
class ContextMemberOk {
public:
  explicit ContextMemberOk(Settings *settings) {
    QObject::connect(settings, &Settings::saved, &context_, [this] { ++saves_; });
  }

private:
  int saves_ = 0;
  QObject context_;
};

class TokenOk {
public:
  explicit TokenOk(Settings *settings) {
    saved_ = QObject::connect(settings, &Settings::saved, [this] { ++saves_; });
    changed_ = QObject::connect(settings, &Settings::changed, [this](const QString &) { ++saves_; });
  }
  ~TokenOk() {
    QObject::disconnect(saved_);
    QObject::disconnect(changed_);
  }

private:
  QMetaObject::Connection saved_;
  QMetaObject::Connection changed_;
  int saves_ = 0;
};
class TokensOk {
public:
  explicit TokensOk(Settings *settings) {
    connections_ << QObject::connect(settings, &Settings::saved, [this] { ++saves_; });
    connections_.append(QObject::connect(settings, &Settings::saved, [this] { ++saves_; }));
  }
  ~TokensOk() {
    for (const QMetaObject::Connection &connection : qAsConst(connections_))
      QObject::disconnect(connection);
  }

private:
  QVector<QMetaObject::Connection> connections_;
  int saves_ = 0;
};

// Emitters of its own: a member, a child, a unique_ptr.
class OwnerOk : public QObject {
  Q_OBJECT
public:
  OwnerOk() : child_(new QTimer(this)), owned_(std::make_unique<QTimer>()), manager_(new QNetworkAccessManager(this)) {
    connect(&member_, &QTimer::timeout, [this] { ++ticks_; });
    connect(child_, &QTimer::timeout, [this] { ++ticks_; });
    connect(owned_.get(), &QTimer::timeout, [this] { ++ticks_; });
    late_ = new QTimer(this);
    connect(late_, &QTimer::timeout, [this] { ++ticks_; });
    auto *local = new QTimer(this);
    connect(local, &QTimer::timeout, [this] { ++ticks_; });
    connect(this, &QObject::objectNameChanged, [this] { ++ticks_; });
    connect(manager_, &QNetworkAccessManager::finished, [](QNetworkReply *reply) { reply->deleteLater(); });
  }
  void adoptOk() {
    if (!adopted_) {
      adopted_ = new Connection;
      adopted_->setParent(this);
      connect(adopted_, &Connection::opened, [this] { ++ticks_; });
    }
  }

private:
  QTimer member_;
  QTimer *child_;
  std::unique_ptr<QTimer> owned_;
  QTimer *late_ = nullptr;
  Connection *adopted_ = nullptr;
  QNetworkAccessManager *manager_;
  int ticks_ = 0;
};

// Slots that run again and again, and connect what is new each time.
class FetcherOk : public QObject {
  Q_OBJECT
public:
  FetcherOk(QNetworkAccessManager *manager, Connection *connection) : manager_(manager), connection_(connection) {
    connect(connection, &Connection::opened, this, &FetcherOk::fetchOk);
    connect(connection, &Connection::closed, this, &FetcherOk::waitOk);
    connect(connection, &Connection::opened, this, &FetcherOk::runOk);
    connect(connection, &Connection::opened, this, &FetcherOk::threadOk);
    connect(connection, &Connection::opened, this, &FetcherOk::openOk);
    connect(connection, &Connection::closed, this, &FetcherOk::replaceOk);
  }
  void fetchOk() {
    QNetworkReply *reply = manager_->get(QNetworkRequest(QUrl("https://example.org")));
    connect(reply, &QNetworkReply::finished, this, &FetcherOk::done);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    connect(reply, &QIODevice::readyRead, [this, reply] { bytes_ += reply->readAll().size(); });
  }
  void waitOk() {
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, &FetcherOk::done);
    connect(timer, &QTimer::timeout, timer, &QObject::deleteLater);
    timer->start(1000);
  }
  void runOk() {
    QProcess process;
    connect(&process, &QProcess::readyRead, [this] { ++bytes_; });
    process.start("ls", QStringList());
    process.waitForFinished();
  }
  void threadOk() {
    auto *thread = new QThread;
    auto *worker = new Connection;
    worker->moveToThread(thread);
    connect(thread, &QThread::started, worker, &Connection::open);
    connect(worker, &Connection::closed, thread, &QThread::quit);
    connect(thread, &QThread::finished, worker, &QObject::deleteLater);
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
  }
  void openOk() {
    QTimer::singleShot(100, this, &FetcherOk::done);
    QTimer::singleShot(100, this, [this] { ++bytes_; });
    QTimer::singleShot(100, this, SLOT(done()));
  }
  // The old one goes, and its connections with it.
  void replaceOk() {
    delete worker_;
    worker_ = new Connection(this);
    connect(worker_, &Connection::closed, this, &FetcherOk::done);
  }

public slots:
  void done() {}

private:
  QNetworkAccessManager *manager_;
  Connection *connection_;
  Connection *worker_ = nullptr;
  int bytes_ = 0;
};

// Slots that run again and again, and see to it that there is one.
class AgainOk : public QObject {
  Q_OBJECT
public:
  explicit AgainOk(Connection *connection) : connection_(connection) {
    connect(&timer_, &QTimer::timeout, this, &AgainOk::uniqueOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::uniqueTextOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::queuedOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::firstOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::allOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::textOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::flagOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::tokenOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::selfOk);
    connect(&timer_, &QTimer::timeout, this, &AgainOk::filterOk);
  }
  void uniqueOk() { connect(connection_, &Connection::opened, this, &AgainOk::ready, Qt::UniqueConnection); }
  void uniqueTextOk() { connect(connection_, SIGNAL(opened()), this, SLOT(ready()), Qt::UniqueConnection); }
  void queuedOk() {
    connect(connection_, &Connection::opened, this, &AgainOk::ready,
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::UniqueConnection));
  }
  void firstOk() {
    disconnect(connection_, &Connection::opened, this, &AgainOk::ready);
    connect(connection_, &Connection::opened, this, &AgainOk::ready);
  }
  void allOk() {
    connection_->disconnect(this);
    connect(connection_, &Connection::opened, this, &AgainOk::ready);
    connect(connection_, &Connection::closed, this, [this] { ++opens_; });
  }
  void textOk() {
    disconnect(connection_, SIGNAL(opened()), this, SLOT(ready()));
    connect(connection_, SIGNAL(opened()), this, SLOT(ready()));
  }
  void flagOk() {
    if (connected_)
      return;
    connected_ = true;
    connect(connection_, &Connection::opened, this, &AgainOk::ready);
  }
  void tokenOk() {
    QObject::disconnect(token_);
    token_ = connect(connection_, &Connection::opened, this, [this] { ++opens_; });
  }
  // Takes itself off as soon as it has run.
  void selfOk() {
    auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(connection_, &Connection::opened, this, [this, once] {
      QObject::disconnect(*once);
      ++opens_;
    });
    connection_->open();
  }
  // Qt keeps one of each filter.
  void filterOk() { connection_->installEventFilter(this); }

public slots:
  void ready() {}

private:
  Connection *connection_;
  QMetaObject::Connection token_;
  QTimer timer_;
  bool connected_ = false;
  int opens_ = 0;
};

// A filter that destroys itself, one for what is made for the event, one that is there already.
class OneShot : public QObject {
public:
  using QObject::QObject;
  bool eventFilter(QObject *, QEvent *) override {
    deleteLater();
    return false;
  }
};
class Blocker : public QObject {
public:
  using QObject::QObject;
};
class FiltersOk : public QObject {
  Q_OBJECT
public:
  FiltersOk(Connection *connection, QObject *target) : target_(target) {
    connect(connection, &Connection::closed, this, &FiltersOk::blockOk);
  }
  void blockOk() {
    target_->installEventFilter(new OneShot(this));
    auto *made = new QObject(this);
    made->installEventFilter(new Blocker(made));
    target_->installEventFilter(&blocker_);
  }

private:
  QObject *target_;
  Blocker blocker_;
};
// start() comes once: from the constructor, or under a flag; or stop() takes it off in other words.
class StartedOk : public QObject {
  Q_OBJECT
public:
  explicit StartedOk(Connection *connection) : connection_(connection) { start(); }
  void stop() { timer_.stop(); }
  void poll() {}

private:
  void start() { connect(connection_, &Connection::opened, this, &StartedOk::poll); }
  Connection *connection_;
  QTimer timer_;
};
class FlaggedOk : public QObject {
  Q_OBJECT
public:
  explicit FlaggedOk(Connection *connection) : connection_(connection) {}
  void start() {
    if (!connected_) {
      connected_ = true;
      connect(connection_, &Connection::opened, this, &FlaggedOk::poll);
    }
    timer_.start(1000);
  }
  void stop() { timer_.stop(); }
  void poll() {}

private:
  Connection *connection_;
  QTimer timer_;
  bool connected_ = false;
};
class BlockedOk : public QObject {
  Q_OBJECT
public:
  explicit BlockedOk(Connection *connection) : connection_(connection) {}
  void start() { connect(connection_, &Connection::opened, this, &BlockedOk::poll); }
  void stop() { connection_->disconnect(this); }
  void restart() {
    stop();
    start();
  }
  void poll() {}

private:
  Connection *connection_;
};

// A slot that takes off what start() added.
class PollerOk : public QObject {
  Q_OBJECT
public:
  explicit PollerOk(Connection *connection) : connection_(connection) {}
  void start() {
    connect(connection_, &Connection::opened, this, &PollerOk::poll);
    connect(connection_, &Connection::closed, this, &PollerOk::poll);
  }
  void stop() { disconnect(connection_, nullptr, this, nullptr); }
  void poll() {}

private:
  Connection *connection_;
};
class WatchOk : public QObject {
public:
  void attach(QObject *target) {
    target_ = target;
    target_->installEventFilter(this);
  }
  void detach() {
    target_->removeEventFilter(this);
    target_ = nullptr;
  }

private:
  QObject *target_ = nullptr;
};
// Dies with its filter or its target, whoever is first.
class FilterOk : public QObject {
public:
  explicit FilterOk(QObject *target) {
    target->installEventFilter(this);
    qApp->installEventFilter(this);
  }
};

// Each element is another emitter, or another receiver.
class EachOk : public QObject {
  Q_OBJECT
public:
  EachOk(const QVector<Connection *> &connections, Connection *main) {
    for (Connection *connection : connections) {
      connect(connection, &Connection::opened, this, &EachOk::ready);
      connect(main, &Connection::closed, connection, &QObject::deleteLater);
    }
    for (int i = 0; i < 3; ++i) {
      auto *connection = new Connection(this);
      connect(connection, &Connection::opened, this, &EachOk::ready);
      connect(connection, &Connection::closed, [this] { ++opens_; });
    }
  }
  void ready() {}

private:
  int opens_ = 0;
};

// A weak pointer inside: the slot does nothing after its object's death.
class PointerOk : public QObject {
public:
  explicit PointerOk(Settings *settings) {
    QPointer<PointerOk> self(this);
    connect(settings, &Settings::saved, [self] {
      if (self)
        self->setObjectName("saved");
    });
  }
};

// Not known what its destructor does.
class ElsewhereOk {
public:
  explicit ElsewhereOk(Settings *settings) {
    saved_ = QObject::connect(settings, &Settings::saved, [this] { ++saves_; });
  }
  ~ElsewhereOk();

private:
  QMetaObject::Connection saved_;
  int saves_ = 0;
};

// Whatever it emits is taken off: no event is named.
class AnyEventOk : public QObject {
public:
  explicit AnyEventOk(Settings *settings) { connect(settings, &Settings::saved, this, &AnyEventOk::synchronizedOk); }
  void synchronizedOk() { connect(&Settings::instance(), &Settings::saved, this, &AnyEventOk::update); }
  void update() { disconnect(&Settings::instance(), nullptr, this, nullptr); }
};

// The listener is a new one each time, and takes what is bound to it along when it goes.
class Bar : public QObject {
public:
  void load() { connect(&Settings::instance(), &Settings::saved, this, &Bar::update); }
  void update() {}
};
class NewReceiverOk : public QObject {
public:
  explicit NewReceiverOk(Settings *settings) {
    connect(settings, &Settings::saved, this, &NewReceiverOk::openOk);
    connect(settings, &Settings::saved, this, &NewReceiverOk::showOk);
    connect(settings, &Settings::saved, this, &NewReceiverOk::startOk);
  }
  void openOk() {
    bar_ = new Bar;
    connect(&Settings::instance(), &Settings::saved, bar_, &Bar::update);
  }
  void showOk() {
    auto *bar = new Bar;
    bar->load();
  }
  // What makes the parts that this has runs once.
  void startOk() {
    timer_ = new QTimer(this);
    file_ = new QFile;
    connect(&Settings::instance(), &Settings::saved, this, &NewReceiverOk::tick); // low: unbalanced-listener
  }
  void tick() { ++ticks_; }

private:
  Bar *bar_ = nullptr;
  QTimer *timer_ = nullptr;
  QFile *file_ = nullptr;
  int ticks_ = 0;
};

QMetaObject::Connection bubbleOk(Settings *settings, QObject *context, const std::function<void()> &slot) {
  return QObject::connect(settings, &Settings::saved, context, slot);
}

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  Settings settings;
  Connection connection;
  QObject::connect(&settings, &Settings::saved, [&connection] { connection.open(); });
  QObject::connect(&Settings::instance(), &Settings::saved, [] { qDebug("saved"); });
  QObject::connect(&application, &QCoreApplication::aboutToQuit, [&settings] { emit settings.saved(); });
  return application.exec();
}
