// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a pointer to the request is a reference to it.
#include <functional>
#include <httplib.h>
#include <string>
#include <thread>

void audit(const std::string &what);

void pointerWarns(httplib::Server &server) {
  server.Get("/a", [](const httplib::Request &req, httplib::Response &) {
    const httplib::Request *held = &req;
    std::thread([held] { audit(held->path); }).detach(); // expect: request-capture
    std::thread([path = &req.path] { audit(*path); }).detach(); // expect: request-capture
    std::thread([held = std::cref(req)] { audit(held.get().path); }).detach(); // expect: request-capture
  });
}
