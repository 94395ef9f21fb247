// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt5/QtConcurrent
// Qt: twins of warns-qt.cpp.
#include <QCoreApplication>
#include <QDebug>
#include <QEventLoop>
#include <QFuture>
#include <QHash>
#include <QMetaObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QSharedPointer>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <QVariantMap>
#include <QtConcurrent>
#include <algorithm>
#include <functional>
#include <memory>

struct Call {
  QString method;
  QVariantMap arguments;
  QHash<QString, QString> headers;
  QByteArray body;
};
void execute(const Call &call);
class Service : public QObject {
public:
  void on(const QString &method, std::function<void(const Call &)> handler) { handlers_[method] = std::move(handler); }
  void received(const Call &call) { handlers_[call.method](call); }

private:
  QHash<QString, std::function<void(const Call &)>> handlers_;
};

void timerOk(Service &service) {
  service.on("a", [](const Call &call) {
    QTimer::singleShot(5000, [method = call.method] { qInfo() << method; });
  });
  service.on("b", [&service](const Call &call) {
    QTimer::singleShot(5000, &service, [=] { execute(call); });
  });
}

void concurrentOk(Service &service) {
  service.on("a", [](const Call &call) {
    const QString method = call.method;
    QtConcurrent::run([=] { qInfo() << method; });
  });
  // Waited for.
  service.on("b", [](const Call &call) {
    auto future = QtConcurrent::run([&call] { return call.body.size(); });
    qInfo() << future.result();
  });
  service.on("c", [](const Call &call) {
    QtConcurrent::run([&] { execute(call); }).waitForFinished();
  });
  service.on("d", [](const Call &call) {
    QThreadPool pool;
    pool.start([&call] { execute(call); });
    pool.waitForDone();
  });
  service.on("e", [](const Call &call) {
    QStringList names = call.arguments.keys();
    QtConcurrent::blockingMap(names, [&call](QString &name) { name += call.method; });
    std::sort(names.begin(), names.end(), [=](const QString &a, const QString &b) {
      return a.size() + call.method.size() < b.size();
    });
  });
}

// At once, and blocking.
void invokeOk(Service &service) {
  service.on("a", [&service](const Call &call) {
    QMetaObject::invokeMethod(&service, [&call] { execute(call); }, Qt::DirectConnection);
    QMetaObject::invokeMethod(&service, [&call] { execute(call); }, Qt::BlockingQueuedConnection);
  });
  service.on("b", [&service](const Call &call) {
    QMetaObject::invokeMethod(&service, [method = call.method] { qInfo() << method; }, Qt::QueuedConnection);
  });
}

// A local event loop: over when the function is.
void loopOk(QNetworkAccessManager &network, const QUrl &url) {
  QNetworkRequest request(url);
  QEventLoop loop;
  QNetworkReply *reply = network.get(request);
  QObject::connect(reply, &QNetworkReply::finished, &loop, [&] {
    qInfo() << request.url() << reply->error();
    loop.quit();
  });
  loop.exec();
  reply->deleteLater();
}

class Client : public QObject {
public:
  void getOk(const QUrl &url) {
    QNetworkRequest request(url);
    QNetworkReply *reply = network_.get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
      bytes_ += reply->readAll().size();
      reply->deleteLater();
    });
    connect(reply, &QNetworkReply::errorOccurred, reply, [url](QNetworkReply::NetworkError error) {
      qWarning() << url << error;
    });
  }
  // Sent again as it was.
  void retryOk(const QNetworkRequest &request, int attempts) {
    QNetworkReply *reply = network_.get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply, request, attempts] {
      if (reply->error() != QNetworkReply::NoError && attempts > 0)
        retryOk(request, attempts - 1);
      reply->deleteLater();
    });
  }
  void laterOk(QNetworkRequest request) {
    QTimer::singleShot(1000, this, [this, request] { network_.get(request); });
  }

private:
  QNetworkAccessManager network_;
  qint64 bytes_ = 0;
};

void replyOk(const std::shared_ptr<QNetworkReply> &reply) {
  QTimer::singleShot(60000, [url = reply->url()] { qInfo() << url; });
  // Its own signal, and what is read is the reply.
  QPointer<QNetworkReply> guarded = reply.get();
  QTimer::singleShot(60000, [guarded] {
    if (guarded)
      guarded->abort();
  });
}

class Poller : public QObject {
public:
  static QSharedPointer<Poller> create() {
    auto poller = QSharedPointer<Poller>::create();
    connect(&poller->timer_, &QTimer::timeout, poller.data(), [raw = poller.data()] { raw->poll(); });
    poller->timer_.start(1000);
    return poller;
  }
  static QSharedPointer<Poller> createWeak() {
    auto poller = QSharedPointer<Poller>::create();
    connect(&poller->timer_, &QTimer::timeout, [weak = poller.toWeakRef()] {
      if (auto poller = weak.toStrongRef())
        poller->poll();
    });
    return poller;
  }
  void startOk() {
    connect(&timer_, &QTimer::timeout, this, [this] { poll(); });
  }
  void poll() { ++polls_; }

private:
  QTimer timer_;
  int polls_ = 0;
};

// A window that keeps its own data is no request.
class Window : public QObject {
public:
  void openOk(const QStringList &files) {
    QTimer::singleShot(0, this, [this, files] { open(files); });
  }
  void open(const QStringList &files) { files_ += files; }

private:
  QStringList files_;
};
