// RUN: %check %s -- -std=c++17
// libuv: twins of warns-libuv.cpp.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <uv.h>
#include <vector>

void audit(const std::string &what);

struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
};
void execute(const Command &command);
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

static void runWork(uv_work_t *work) { (*static_cast<Task *>(work->data))(); }
static void afterWork(uv_work_t *work, int) {
  delete static_cast<Task *>(work->data);
  delete work;
}
void queueOk(Console &console, uv_loop_t *loop) {
  console.on("a", [loop](const Command &command) {
    auto *work = new uv_work_t;
    work->data = new Task([verb = command.verb] { audit(verb); });
    uv_queue_work(loop, work, runWork, afterWork);
  });
  console.on("b", [loop](const Command &command) {
    auto *work = new uv_work_t;
    work->data = new Task([command] { execute(command); });
    uv_queue_work(loop, work, runWork, afterWork);
  });
}

// A loop of its own, run here.
void ownLoopOk(Console &console) {
  console.on("a", [](const Command &command) {
    uv_loop_t loop;
    uv_loop_init(&loop);
    uv_timer_t timer;
    uv_timer_init(&loop, &timer);
    Task task = [&command] { audit(command.verb); };
    timer.data = &task;
    uv_timer_start(&timer, [](uv_timer_t *timer) { (*static_cast<Task *>(timer->data))(); }, 10, 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  });
}

// A heap object that is run and freed here.
void heapOk(Console &console) {
  console.on("a", [](const Command &command) {
    auto task = std::make_unique<Task>([command] { audit(command.verb); });
    (*task)();
    Task *raw = new Task([&command] { audit(command.verb); });
    (*raw)();
    delete raw;
  });
}

class Loop {
public:
  void post(Task task) { tasks_.push_back(std::move(task)); }
  void drain() {
    for (auto &task : tasks_)
      task();
    tasks_.clear();
  }

private:
  std::vector<Task> tasks_;
};
void postOk(Console &console, Loop &loop) {
  console.on("a", [&loop](const Command &command) {
    loop.post([verb = command.verb] { audit(verb); });
  });
}
