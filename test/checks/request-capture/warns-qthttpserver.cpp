// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtHttpServer
// QtHttpServer: a request cannot be copied, so it is held by reference, and that dangles.
#include <QDebug>
#include <QFuture>
#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QHttpServerResponse>
#include <QTimer>
#include <QUrl>
#include <QtConcurrent>

void timerWarns(QHttpServer &server) {
  server.route("/later", [](const QHttpServerRequest &request) {
    QTimer::singleShot(1000, [&request] { qInfo() << request.remoteAddress(); }); // expect: request-capture
    return QHttpServerResponse(QHttpServerResponder::StatusCode::Accepted);
  });
}

// The answer is another future's.
void forgottenWarns(QHttpServer &server) {
  server.route("/slow", [](const QHttpServerRequest &request) {
    QFuture<void> noted = QtConcurrent::run([&request] { qInfo() << request.url(); }); // expect: request-capture
    return QtConcurrent::run([] { return QHttpServerResponse("text/plain", "done"); });
  });
}

void missingWarns(QHttpServer &server) {
  server.setMissingHandler([](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
    QThreadPool::globalInstance()->start([&request] { qInfo() << request.url(); }); // expect: request-capture
    responder.write(QHttpServerResponder::StatusCode::NotFound);
  });
}

void afterWarns(QHttpServer &server) {
  server.afterRequest([](QHttpServerResponse &&response, const QHttpServerRequest &request) {
    QtConcurrent::run([&request] { qInfo() << request.url(); }); // expect: request-capture
    return std::move(response);
  });
}
