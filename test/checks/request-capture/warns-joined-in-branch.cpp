// RUN: %check %s -- -std=c++20
// Joined in one branch, left running in the other.
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
  server.Post("/b", [wait](const httplib::Request &req, httplib::Response &) {
    std::thread thread([&req] { audit(req.path); }); // expect: request-capture
    if (!wait) {
      thread.detach();
      return;
    }
    thread.join();
  });
}

void alwaysOk(httplib::Server &server, bool wait) {
  server.Post("/a", [wait](const httplib::Request &req, httplib::Response &) {
    std::thread thread([&req] { audit(req.path); });
    if (thread.joinable())
      thread.join();
  });
  // Another one is left running.
  server.Post("/b", [wait](const httplib::Request &req, httplib::Response &) {
    std::thread other([path = req.path] { audit(path); });
    std::thread thread([&req] { audit(req.path); });
    other.detach();
    thread.join();
  });
}
