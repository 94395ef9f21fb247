// RUN: %check %s -- -std=c++17
// Poco's notifications and events that nobody unsubscribes from.
#include <Poco/AutoPtr.h>
#include <Poco/BasicEvent.h>
#include <Poco/Delegate.h>
#include <Poco/NObserver.h>
#include <Poco/Net/SocketNotification.h>
#include <Poco/Net/SocketReactor.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Notification.h>
#include <Poco/NotificationCenter.h>
#include <Poco/Observer.h>
#include <string>
#include <vector>

class Saved : public Poco::Notification {};
class Closed : public Poco::Notification {};

class Document {
public:
  static Document &current();
  Poco::BasicEvent<const std::string> changed;
  Poco::BasicEvent<void> closed;
};

// region: event
class Outline {
public:
  explicit Outline(Document &document) : document_(document) {
    document_.changed += Poco::delegate(this, &Outline::onChanged); // expect: unbalanced-listener
  }
  ~Outline() { changes_ = 0; }

private:
  void onChanged(const void *, const std::string &) { ++changes_; }
  Document &document_;
  int changes_ = 0;
};
// endregion

class OtherEventWarns {
public:
  OtherEventWarns() {
    Document::current().changed += Poco::delegate(this, &OtherEventWarns::onChanged); // expect: unbalanced-listener
    Document::current().closed += Poco::delegate(this, &OtherEventWarns::onClosed);
  }
  ~OtherEventWarns() { Document::current().closed -= Poco::delegate(this, &OtherEventWarns::onClosed); }

private:
  void onChanged(const void *, const std::string &) { ++changes_; }
  void onClosed(const void *) { ++changes_; }
  int changes_ = 0;
};

class ObserverWarns {
public:
  explicit ObserverWarns(Poco::NotificationCenter &center) : center_(center) {
    center_.addObserver(Poco::Observer<ObserverWarns, Saved>(*this, &ObserverWarns::onSaved)); // expect: unbalanced-listener
  }

private:
  void onSaved(Saved *saved) { saved->release(); }
  Poco::NotificationCenter &center_;
};
class DefaultCenterWarns {
public:
  DefaultCenterWarns() {
    Poco::NotificationCenter::defaultCenter().addObserver( // expect: unbalanced-listener
        Poco::NObserver<DefaultCenterWarns, Saved>(*this, &DefaultCenterWarns::onSaved));
  }

private:
  void onSaved(const Poco::AutoPtr<Saved> &) { ++saves_; }
  int saves_ = 0;
};
// Another notification is taken off.
class OtherNotificationWarns {
public:
  explicit OtherNotificationWarns(Poco::NotificationCenter &center) : center_(center) {
    center_.addObserver(Poco::Observer<OtherNotificationWarns, Saved>(*this, &OtherNotificationWarns::onSaved)); // expect: unbalanced-listener
    center_.addObserver(Poco::Observer<OtherNotificationWarns, Closed>(*this, &OtherNotificationWarns::onClosed));
  }
  ~OtherNotificationWarns() {
    center_.removeObserver(Poco::Observer<OtherNotificationWarns, Closed>(*this, &OtherNotificationWarns::onClosed));
  }

private:
  void onSaved(Saved *saved) { saved->release(); }
  void onClosed(Closed *closed) { closed->release(); }
  Poco::NotificationCenter &center_;
};
// A handler of a socket that stays in the reactor.
class HandlerWarns {
public:
  HandlerWarns(const Poco::Net::StreamSocket &socket, Poco::Net::SocketReactor &reactor) : socket_(socket), reactor_(reactor) {
    reactor_.addEventHandler(socket_, Poco::Observer<HandlerWarns, Poco::Net::ReadableNotification>(*this, &HandlerWarns::onReadable));
    reactor_.addEventHandler(socket_, Poco::Observer<HandlerWarns, Poco::Net::WritableNotification>(*this, &HandlerWarns::onWritable)); // expect: unbalanced-listener
  }
  ~HandlerWarns() {
    reactor_.removeEventHandler(socket_, Poco::Observer<HandlerWarns, Poco::Net::ReadableNotification>(*this, &HandlerWarns::onReadable));
  }

private:
  void onReadable(Poco::Net::ReadableNotification *notification) { notification->release(); }
  void onWritable(Poco::Net::WritableNotification *notification) { notification->release(); }
  Poco::Net::StreamSocket socket_;
  Poco::Net::SocketReactor &reactor_;
};

class StartWarns {
public:
  void start(Document &document) {
    document_ = &document;
    document_->changed += Poco::delegate(this, &StartWarns::onChanged); // expect: unbalanced-listener
  }
  void stop() { document_ = nullptr; }

private:
  void onChanged(const void *, const std::string &) {}
  Document *document_ = nullptr;
};
class MuteLow {
public:
  explicit MuteLow(Document &document) : document_(document) {
    document_.changed += Poco::delegate(this, &MuteLow::onChanged); // low: unbalanced-listener
  }
  void mute() { document_.changed -= Poco::delegate(this, &MuteLow::onChanged); }

private:
  void onChanged(const void *, const std::string &) {}
  Document &document_;
};

static void note(const void *, const std::string &) {}
void linesWarns(Document &document, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    if (!line.empty())
      document.changed += Poco::delegate(&note); // expect: unbalanced-listener
}
