// RUN: %check %s -- -std=c++17
// Twins of warns-signals.cpp.
#include <boost/signals2.hpp>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string>

void audit(const std::string &what);

struct Document : std::enable_shared_from_this<Document> {
  boost::signals2::signal<void()> changed;
  std::string title;
  void weakOk() {
    changed.connect([weak = weak_from_this()] {
      if (auto self = weak.lock())
        audit(self->title);
    });
  }
  void trackOk() {
    changed.connect(
        boost::signals2::signal<void()>::slot_type([this] { audit(title); }).track_foreign(shared_from_this()));
  }
};

// A signal of another.
void otherOk(const std::shared_ptr<Document> &document, const std::shared_ptr<Document> &copy) {
  document->changed.connect([copy] { audit(copy->title); });
}

// All slots are taken off.
class Model : public std::enable_shared_from_this<Model> {
public:
  void openOk() {
    selected_.connect([self = shared_from_this()](int row) { audit(self->name_ + std::to_string(row)); });
  }
  void close() { selected_.disconnect_all_slots(); }

private:
  boost::signals2::signal<void(int)> selected_;
  std::string name_;
};

// The connection is kept and cut.
class View : public std::enable_shared_from_this<View> {
public:
  void openOk() {
    connection_ = moved_.connect([self = shared_from_this()] { audit(self->name_); });
  }
  void close() { connection_.disconnect(); }

private:
  boost::signals2::signal<void()> moved_;
  boost::signals2::connection connection_;
  std::string name_;
};

void requestOk(httplib::Server &server, boost::signals2::signal<void()> &closing) {
  server.Get("/a", [&closing](const httplib::Request &req, httplib::Response &) {
    closing.connect([path = req.path] { audit(path); });
    boost::signals2::signal<void()> mine;
    mine.connect([&req] { audit(req.path); });
    mine();
  });
  server.Get("/b", [&closing](const httplib::Request &req, httplib::Response &) {
    boost::signals2::scoped_connection here = closing.connect([&req] { audit(req.path); });
    closing();
  });
}
