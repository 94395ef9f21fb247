// RUN: %check %s -- -std=c++17
// Held by the outer lambda to be given to the inner one, which is the one to change.
#include <functional>
#include <httplib.h>
#include <string>
#include <vector>

void audit(const std::string &what);

class Stages {
public:
  void add(std::function<void()> stage) { stages_.push_back(std::move(stage)); }

private:
  std::vector<std::function<void()>> stages_;
};

void nestedWarns(httplib::Server &server, Stages &first, Stages &second) {
  server.Get("/a", [&](const httplib::Request &req, httplib::Response &) {
    first.add([req, &second] {
      second.add([req] { audit(req.path); }); // expect: request-capture
    });
  });
}
