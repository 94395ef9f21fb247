// RUN: %check %s --fix -- -std=c++17
#include <functional>
#include <httplib.h>
#include <iostream>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>

void audit(const std::string &what);
void count(const std::string &tenant, const std::string &path);

class Worker {
public:
  void post(std::function<void()> job) {
    std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push(std::move(job));
  }

private:
  std::mutex mutex_;
  std::queue<std::function<void()>> jobs_;
};

void routes(httplib::Server &server, Worker &worker) {
  server.Get("/a", [&worker](const httplib::Request &req, httplib::Response &) {
    worker.post([req] { audit(req.path); }); // expect: request-capture
  });
  server.Get("/b", [&worker](const httplib::Request &req, httplib::Response &) {
    worker.post([req] { count(req.get_header_value("X-Tenant"), req.path); }); // expect: request-capture
  });
  server.Get("/c", [](const httplib::Request &req, httplib::Response &) {
    std::thread([&req] { audit(req.path); }).detach(); // expect: request-capture
  });
  server.Get("/d", [](const httplib::Request &req, httplib::Response &) {
    std::thread([=] { std::cerr << req.method << ' ' << req.path << '\n'; }).detach(); // expect: request-capture
  });
  // Answered too late: no fix can mend that.
  server.Get("/e", [](const httplib::Request &, httplib::Response &res) {
    std::thread([&res] { res.set_content("late", "text/plain"); }).detach(); // expect: request-capture
  });
}
// FIXED: worker.post([path = req.path] { audit(path); });
// FIXED: worker.post({{\[}}[[TENANT:[A-Za-z_0-9]+]] = req.get_header_value("X-Tenant"), path = req.path] { count([[TENANT]], path); });
// FIXED: std::thread([path = req.path] { audit(path); }).detach();
// FIXED: std::thread({{\[(=, )?}}method = req.method, path = req.path] { std::cerr << method << ' ' << path << '\n'; }).detach();
// FIXED: std::thread([&res] { res.set_content("late", "text/plain"); }).detach();

// What binds looser than a member is no name for what is held.
struct Job {
  httplib::Request req;
};
void either(const std::shared_ptr<Job> &first, const std::shared_ptr<Job> &second, bool which, Worker &worker) {
  worker.post([held = which ? first->req : second->req] { audit(held.path); }); // expect: request-capture
  worker.post([held = first->req] { audit(held.path); });                       // expect: request-capture
}
// FIXED-LABEL: void either(
// FIXED: worker.post([held = which ? first->req : second->req] { audit(held.path); });
// FIXED: worker.post([path = first->req.path] { audit(path); });
