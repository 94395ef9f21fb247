// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtHttpServer
// QtHttpServer: twins of warns-qthttpserver.cpp.
#include <QDebug>
#include <QFuture>
#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QHttpServerResponse>
#include <QTimer>
#include <QUrl>
#include <QtConcurrent>
#include <algorithm>

void futureOk(QHttpServer &server) {
  server.route("/slow", [](const QHttpServerRequest &request) {
    return QtConcurrent::run([path = request.url().path()] { return QHttpServerResponse(path.toUtf8()); });
  });
  server.route("/all", [](const QHttpServerRequest &request) {
    const QByteArray body = request.body();
    return QtConcurrent::run([=] { return QHttpServerResponse(body); });
  });
  server.route("/waited", [](const QHttpServerRequest &request) {
    auto size = QtConcurrent::run([&request] { return request.body().size(); });
    return QHttpServerResponse(QByteArray::number(size.result()));
  });
}

void timerOk(QHttpServer &server) {
  server.route("/later", [](const QHttpServerRequest &request) {
    QTimer::singleShot(1000, [address = request.remoteAddress()] { qInfo() << address; });
    return QHttpServerResponse(QHttpServerResponder::StatusCode::Accepted);
  });
}

// The answer is what is moved in, and written.
void missingOk(QHttpServer &server) {
  server.setMissingHandler([](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
    auto held = std::make_shared<QHttpServerResponder>(std::move(responder));
    QTimer::singleShot(1000, [held, path = request.url().path()] {
      held->write(path.toUtf8(), "text/plain");
    });
  });
}

void nowOk(QHttpServer &server) {
  server.route("/headers", [](const QHttpServerRequest &request) {
    const auto headers = request.headers();
    const bool json = std::any_of(headers.begin(), headers.end(), [&request](const auto &header) {
      return header.first == "Accept" && header.second == request.value("Accept");
    });
    auto answer = [&](const char *text) { return QHttpServerResponse(text + request.url().path().toUtf8()); };
    return answer(json ? "json" : "text");
  });
}

void afterOk(QHttpServer &server) {
  server.afterRequest([](QHttpServerResponse &&response, const QHttpServerRequest &request) {
    QtConcurrent::run([url = request.url()] { qInfo() << url; });
    return std::move(response);
  });
}

// A request is the connection's, which stays until the answer is there: it is
// what the future that is returned gives (QHttpServerStream::socketDisconnected).
void answerOk(QHttpServer &server) {
  server.route("/answer", [](const QHttpServerRequest &request) {
    return QtConcurrent::run([&request] { return QHttpServerResponse(request.url().path().toUtf8()); });
  });
  server.route("/named", [](const QHttpServerRequest &request) {
    auto answer = QtConcurrent::run([&request] { return QHttpServerResponse(request.body()); });
    return answer;
  });
}

// Captured, and never mentioned.
void unusedOk(QHttpServer &server) {
  server.route("/time", [](const QHttpServerRequest &request) {
    QTimer::singleShot(10, [&request] { qInfo() << "later"; });
    return QHttpServerResponse("text/plain", request.body());
  });
}
