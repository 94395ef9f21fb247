// RUN: %check %s -- -std=c++17
// libevent: callbacks with a function object on the heap; evhttp's requests are pointers.
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
void onceWarns(Console &console, event_base *base) {
  console.on("a", [base](const Command &command) {
    const timeval delay{5, 0};
    event_base_once(base, -1, EV_TIMEOUT, fire, new Task([command] { audit(command.verb); }), &delay); // expect: request-capture
  });
}

static void tick(evutil_socket_t, short, void *data) { (*static_cast<Task *>(data))(); }
void eventWarns(Console &console, event_base *base) {
  console.on("a", [base](const Command &command) {
    auto *task = new Task([=] { audit(command.verb); }); // expect: request-capture
    event *timer = event_new(base, -1, EV_PERSIST, tick, task);
    const timeval period{60, 0};
    event_add(timer, &period);
  });
}
