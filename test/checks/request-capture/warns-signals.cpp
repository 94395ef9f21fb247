// RUN: %check %s -- -std=c++17
// Slots of signals: on the object's own, they keep it alive; on one that lives on, they hold what they capture.
#include <boost/signals2.hpp>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string>

void audit(const std::string &what);

struct Document : std::enable_shared_from_this<Document> {
  boost::signals2::signal<void()> changed;
  std::string title;
  void trackWarns() {
    changed.connect([self = shared_from_this()] { audit(self->title); }); // expect: request-capture
  }
};

void outsideWarns(const std::shared_ptr<Document> &document) {
  document->changed.connect([document] { audit(document->title); }); // expect: request-capture
}

// Through an accessor.
class Model {
public:
  boost::signals2::signal<void(int)> &selected() { return selected_; }
  const std::string &name() const { return name_; }

private:
  boost::signals2::signal<void(int)> selected_;
  std::string name_;
};
void accessorWarns() {
  auto model = std::make_shared<Model>();
  model->selected().connect([model](int row) { audit(model->name() + std::to_string(row)); }); // expect: request-capture
  model->selected()(0);
}

// A request in a slot of a signal that lives on.
void requestWarns(httplib::Server &server, boost::signals2::signal<void()> &closing) {
  server.Get("/a", [&closing](const httplib::Request &req, httplib::Response &) {
    closing.connect([req] { audit(req.path); }); // expect: request-capture // expect: unbalanced-listener
    closing.connect([&req] { audit(req.path); }); // expect: request-capture // expect: unbalanced-listener
  });
}
