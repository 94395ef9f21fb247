// RUN: %check %s -- -std=c++17
// libevent: twins of warns-libevent.cpp.
#include <event2/event.h>
#include <event2/http.h>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

void audit(const std::string &what);

struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
};
class Console {
public:
  void on(const std::string &verb, std::function<void(const Command &)> handler) {
    handlers_[verb] = std::move(handler);
  }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, std::function<void(const Command &)>> handlers_;
};

using Task = std::function<void()>;

static void fire(evutil_socket_t, short, void *data) {
  std::unique_ptr<Task> task(static_cast<Task *>(data));
  (*task)();
}
void onceOk(Console &console, event_base *base) {
  console.on("a", [base](const Command &command) {
    const timeval delay{5, 0};
    event_base_once(base, -1, EV_TIMEOUT, fire, new Task([verb = command.verb] { audit(verb); }), &delay);
  });
}

// The loop runs here.
void ownLoopOk(Console &console) {
  console.on("a", [](const Command &command) {
    event_base *base = event_base_new();
    Task task = [&command] { audit(command.verb); };
    const timeval delay{0, 1000};
    event_base_once(base, -1, EV_TIMEOUT,
                    [](evutil_socket_t, short, void *data) { (*static_cast<Task *>(data))(); }, &task, &delay);
    event_base_dispatch(base);
    event_base_free(base);
  });
}

// evhttp: the request is a pointer, and it is owned until the reply.
static void answer(evhttp_request *request, void *) {
  auto *task = new Task([request] { evhttp_send_reply(request, HTTP_OK, "OK", nullptr); });
  const timeval delay{1, 0};
  event_base_once(evhttp_connection_get_base(evhttp_request_get_connection(request)), -1, EV_TIMEOUT, fire, task,
                  &delay);
}
void serveOk(evhttp *server) { evhttp_set_gencb(server, answer, nullptr); }
