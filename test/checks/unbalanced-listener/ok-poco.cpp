// RUN: %check %s -- -std=c++17
// Poco's notifications and events that are unsubscribed from.
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
#include <memory>
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
class OutlineOk {
public:
  explicit OutlineOk(Document &document) : document_(document) {
    document_.changed += Poco::delegate(this, &OutlineOk::onChanged);
  }
  ~OutlineOk() { document_.changed -= Poco::delegate(this, &OutlineOk::onChanged); }

private:
  void onChanged(const void *, const std::string &) { ++changes_; }
  Document &document_;
  int changes_ = 0;
};
// endregion

class BothOk {
public:
  BothOk() {
    Document::current().changed += Poco::delegate(this, &BothOk::onChanged);
    Document::current().closed += Poco::delegate(this, &BothOk::onClosed);
  }
  ~BothOk() {
    Document::current().changed -= Poco::delegate(this, &BothOk::onChanged);
    Document::current().closed -= Poco::delegate(this, &BothOk::onClosed);
  }

private:
  void onChanged(const void *, const std::string &) { ++changes_; }
  void onClosed(const void *) { ++changes_; }
  int changes_ = 0;
};

class ObserverOk {
public:
  explicit ObserverOk(Poco::NotificationCenter &center) : center_(center) {
    center_.addObserver(Poco::Observer<ObserverOk, Saved>(*this, &ObserverOk::onSaved));
    Poco::NotificationCenter::defaultCenter().addObserver(Poco::NObserver<ObserverOk, Closed>(*this, &ObserverOk::onClosed));
  }
  ~ObserverOk() {
    center_.removeObserver(Poco::Observer<ObserverOk, Saved>(*this, &ObserverOk::onSaved));
    Poco::NotificationCenter::defaultCenter().removeObserver(Poco::NObserver<ObserverOk, Closed>(*this, &ObserverOk::onClosed));
  }

private:
  void onSaved(Saved *saved) { saved->release(); }
  void onClosed(const Poco::AutoPtr<Closed> &) {}
  Poco::NotificationCenter &center_;
};
class HandlerOk {
public:
  HandlerOk(const Poco::Net::StreamSocket &socket, Poco::Net::SocketReactor &reactor) : socket_(socket), reactor_(reactor) {
    reactor_.addEventHandler(socket_, Poco::Observer<HandlerOk, Poco::Net::ReadableNotification>(*this, &HandlerOk::onReadable));
  }
  ~HandlerOk() {
    reactor_.removeEventHandler(socket_, Poco::Observer<HandlerOk, Poco::Net::ReadableNotification>(*this, &HandlerOk::onReadable));
  }

private:
  void onReadable(Poco::Net::ReadableNotification *notification) { notification->release(); }
  Poco::Net::StreamSocket socket_;
  Poco::Net::SocketReactor &reactor_;
};

class StartOk {
public:
  void start(Document &document) {
    document_ = &document;
    document_->changed += Poco::delegate(this, &StartOk::onChanged);
  }
  void stop() {
    document_->changed -= Poco::delegate(this, &StartOk::onChanged);
    document_ = nullptr;
  }

private:
  void onChanged(const void *, const std::string &) {}
  Document *document_ = nullptr;
};

// The observer is kept and taken off with the same object.
class KeptObserverOk {
public:
  explicit KeptObserverOk(Poco::NotificationCenter &center) : center_(center), observer_(*this, &KeptObserverOk::onSaved) {
    center_.addObserver(observer_);
  }
  ~KeptObserverOk() { center_.removeObserver(observer_); }

private:
  void onSaved(Saved *saved) { saved->release(); }
  Poco::NotificationCenter &center_;
  Poco::Observer<KeptObserverOk, Saved> observer_;
};

// Its own events and centers.
class EditorOk {
public:
  EditorOk() : document_(std::make_unique<Document>()) {
    document_->changed += Poco::delegate(this, &EditorOk::onChanged);
    opened_ += Poco::delegate(this, &EditorOk::onOpened);
    center_.addObserver(Poco::Observer<EditorOk, Saved>(*this, &EditorOk::onSaved));
  }

private:
  void onChanged(const void *, const std::string &) {}
  void onOpened(const void *) {}
  void onSaved(Saved *saved) { saved->release(); }
  std::unique_ptr<Document> document_;
  Poco::BasicEvent<void> opened_;
  Poco::NotificationCenter center_;
};

class ClearOk {
public:
  explicit ClearOk(Document &document) : document_(document) {
    document_.changed += Poco::delegate(this, &ClearOk::onChanged);
  }
  ~ClearOk() { document_.changed.clear(); }

private:
  void onChanged(const void *, const std::string &) {}
  Document &document_;
};

// += of a number is no registration.
int sumOk(const std::vector<int> &numbers, std::string &text) {
  int sum = 0;
  for (int number : numbers) {
    sum += number;
    text += 'x';
  }
  return sum;
}

static void note(const void *, const std::string &) {}
void eachOk(std::vector<Document> &documents) {
  for (Document &document : documents)
    document.changed += Poco::delegate(&note);
}
void localOk() {
  Document document;
  document.changed += Poco::delegate(&note);
  document.changed.notify(nullptr, "text");
}

int main() {
  Document document;
  document.changed += Poco::delegate(&note);
  Document::current().changed += Poco::delegate(&note);
}
