// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not seen: joined in one branch, left running in the other.
#include <httplib.h>
#include <string>
#include <thread>

void audit(const std::string &what);

void sometimesWarns(httplib::Server &server, bool wait) {
  server.Post("/a", [wait](const httplib::Request &req, httplib::Response &) {
    std::thread thread([&req] { audit(req.path); }); // expect: request-capture
    if (wait)
      thread.join();
    else
      thread.detach();
  });
}
