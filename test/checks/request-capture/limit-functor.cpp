// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a hand-written function object and std::bind hold it just as a lambda does.
#include <functional>
#include <httplib.h>
#include <string>
#include <thread>

void audit(const std::string &what);

struct Note {
  httplib::Request req;
  void operator()() const { audit(req.path); }
};
void functorWarns(const httplib::Request &req) {
  std::thread(Note{req}).detach(); // expect: request-capture
}
static void note(const httplib::Request &req) { audit(req.path); }
void bindWarns(const httplib::Request &req) {
  std::thread(std::bind(note, req)).detach(); // expect: request-capture
}
void argumentWarns(const httplib::Request &req) {
  std::thread(note, req).detach(); // expect: request-capture
}
