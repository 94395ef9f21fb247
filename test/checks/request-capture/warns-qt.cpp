// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt5/QtConcurrent
// Qt: what a timer, a thread, a signal and an event keep of a request.
#include <QCoreApplication>
#include <QDebug>
#include <QHash>
#include <QMetaObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSharedPointer>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <QVariantMap>
#include <QtConcurrent>
#include <functional>
#include <memory>

// What the handlers of a service get.
struct Call {
  QString method;
  QVariantMap arguments;
  QHash<QString, QString> headers;
  QByteArray body;
};
class Service : public QObject {
public:
  void on(const QString &method, std::function<void(const Call &)> handler) { handlers_[method] = std::move(handler); }
  void received(const Call &call) { handlers_[call.method](call); }

private:
  QHash<QString, std::function<void(const Call &)>> handlers_;
};

void timerWarns(Service &service) {
  service.on("a", [](const Call &call) {
    QTimer::singleShot(5000, [call] { qInfo() << call.method; }); // expect: request-capture
  });
  service.on("b", [&service](const Call &call) {
    QTimer::singleShot(5000, &service, [=] { qInfo() << call.method; }); // expect: request-capture
  });
  service.on("c", [&service](const Call &call) {
    auto *timer = new QTimer(&service);
    QObject::connect(timer, &QTimer::timeout, timer, [call, timer] { // expect: request-capture
      qInfo() << call.method;
      timer->deleteLater();
    });
    timer->start(1000);
  });
}

void concurrentWarns(Service &service) {
  service.on("a", [](const Call &call) {
    QtConcurrent::run([call] { qInfo() << call.method; }); // expect: request-capture
  });
  service.on("b", [](const Call &call) {
    QtConcurrent::run(QThreadPool::globalInstance(), [call] { qInfo() << call.method; }); // expect: request-capture
  });
  service.on("c", [](const Call &call) {
    QThreadPool::globalInstance()->start([call] { qInfo() << call.method; }); // expect: request-capture
  });
}

void invokeWarns(Service &service) {
  service.on("a", [&service](const Call &call) {
    QMetaObject::invokeMethod(&service, [call] { qInfo() << call.method; }, Qt::QueuedConnection); // expect: request-capture
  });
}

void danglingWarns(Service &service) {
  service.on("a", [&service](const Call &call) {
    QMetaObject::invokeMethod(&service, [&call] { qInfo() << call.method; }, Qt::QueuedConnection); // expect: request-capture
  });
  service.on("b", [](const Call &call) {
    QTimer::singleShot(0, [&] { qInfo() << call.method; }); // expect: request-capture
  });
}

// A client: the reply outlives the function, its request as a local does not.
void requestWarns(QNetworkAccessManager &network, const QUrl &url) {
  QNetworkRequest request(url);
  request.setRawHeader("Accept", "application/json");
  QNetworkReply *reply = network.get(request);
  QObject::connect(reply, &QNetworkReply::finished, reply, [request] { qInfo() << request.url(); }); // expect: request-capture
}
void requestByReferenceWarns(QNetworkAccessManager &network, const QUrl &url) {
  QNetworkRequest request(url);
  QNetworkReply *reply = network.get(request);
  QObject::connect(reply, &QNetworkReply::finished, reply, [&request] { qInfo() << request.url(); }); // expect: request-capture
}
// The reply with all that it has received.
void replyWarns(const std::shared_ptr<QNetworkReply> &reply) {
  QTimer::singleShot(60000, [reply] { qInfo() << reply->url(); }); // expect: request-capture
}
void sharedReplyWarns(const QSharedPointer<QNetworkReply> &reply) {
  QTimer::singleShot(60000, [reply] { qInfo() << reply->error(); }); // expect: request-capture
}

// A poller that is kept by its own timer.
class Poller : public QObject {
public:
  static QSharedPointer<Poller> create() {
    auto poller = QSharedPointer<Poller>::create();
    connect(&poller->timer_, &QTimer::timeout, [poller] { poller->poll(); }); // expect: request-capture
    poller->timer_.start(1000);
    return poller;
  }
  void poll() { ++polls_; }

private:
  QTimer timer_;
  int polls_ = 0;
};
