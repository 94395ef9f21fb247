// RUN: %check %s -- -std=c++17
// A hand-written function object, std::bind and a thread's arguments hold a request just as a lambda does.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <httplib.h>
#include <string>
#include <thread>
#include <vector>

void audit(const std::string &what);

class Pool {
public:
  void enqueue(std::function<void()> task) { tasks_.push_back(std::move(task)); }

private:
  std::vector<std::function<void()>> tasks_;
};

struct Note {
  httplib::Request req;
  void operator()() const { audit(req.path); }
};
class Visit {
public:
  Visit(const httplib::Request &given, int code) : request(given), code(code) {}
  void operator()() { audit(request.remote_addr + std::to_string(code)); }

private:
  httplib::Request request;
  int code;
};
void functorWarns(const httplib::Request &req, Pool &pool) {
  std::thread(Note{req}).detach(); // expect: request-capture
  pool.enqueue(Note{req}); // expect: request-capture
  std::thread(Visit(req, 1)).detach(); // expect: request-capture
  Note note{req}; // expect: request-capture
  std::thread(note).detach();
}

// region: bound
static void note(const httplib::Request &req) { audit(req.path); }
void bindWarns(const httplib::Request &req, Pool &pool, boost::asio::io_context &io) {
  std::thread(std::bind(note, req)).detach(); // expect: request-capture
  pool.enqueue(std::bind(&note, req)); // expect: request-capture
  boost::asio::post(io, std::bind(note, req)); // expect: request-capture
}
void argumentWarns(const httplib::Request &req) {
  std::thread(note, req).detach(); // expect: request-capture
  std::thread([](const httplib::Request &given) { audit(given.path); }, req).detach(); // expect: request-capture
}
// endregion

// By reference it dangles, whatever is read.
void replay(const httplib::Request &req);
void replayAt(const httplib::Request *req);
class Service {
public:
  void handleWarns(const httplib::Request &req) {
    std::thread(&Service::work, this, std::cref(req)).detach(); // expect: request-capture
    pool_.enqueue(std::bind(&Service::work, this, std::ref(req))); // expect: request-capture
  }
  void work(const httplib::Request &req);

private:
  Pool pool_;
};
struct Replay {
  const httplib::Request &req;
  void operator()() const { replay(req); }
};
void referenceWarns(httplib::Server &server, Service &service) {
  server.Get("/a", [&service](const httplib::Request &req, httplib::Response &) {
    service.handleWarns(req);
    std::thread(replay, std::cref(req)).detach(); // expect: request-capture
    std::thread(replayAt, &req).detach(); // expect: request-capture
    std::thread(Replay{req}).detach(); // expect: request-capture
    std::thread([](const httplib::Request &given) { replay(given); }, std::cref(req)).detach(); // expect: request-capture
  });
}
