// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: passed on whole, to a function that reads one field.
#include <functional>
#include <httplib.h>
#include <string>
#include <vector>

static void audit(const httplib::Request &req) { std::puts(req.path.c_str()); }

class Pool {
public:
  void post(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

void helperWarns(httplib::Server &server, Pool &pool) {
  server.Get("/a", [&pool](const httplib::Request &req, httplib::Response &) {
    pool.post([req] { audit(req); }); // expect: request-capture
  });
}
