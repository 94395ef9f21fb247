// RUN: %check %s -- -std=c++17
// An object that lives until its last callback deletes it: by this, it holds all of itself.
#include <functional>
#include <httplib.h>
#include <string>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

class Upload {
public:
  Upload(httplib::Request req, Pool &pool) : req_(std::move(req)), pool_(pool) {}
  void startWarns() {
    pool_.post([this] { // expect: request-capture
      audit(req_.path);
      delete this;
    });
  }

private:
  httplib::Request req_;
  Pool &pool_;
};
void upload(httplib::Server &server, Pool &pool) {
  server.Post("/a", [&pool](const httplib::Request &req, httplib::Response &) { (new Upload(req, pool))->startWarns(); });
}
