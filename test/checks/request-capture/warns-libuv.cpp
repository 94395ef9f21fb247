// RUN: %check %s -- -std=c++17
// libuv: C handles that carry a function object on the heap.
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
void queueWarns(Console &console, uv_loop_t *loop) {
  console.on("a", [loop](const Command &command) {
    auto *work = new uv_work_t;
    work->data = new Task([command] { audit(command.verb); }); // expect: request-capture
    uv_queue_work(loop, work, runWork, afterWork);
  });
}

static void onTimer(uv_timer_t *timer) {
  std::unique_ptr<Task> task(static_cast<Task *>(timer->data));
  (*task)();
  uv_close(reinterpret_cast<uv_handle_t *>(timer), [](uv_handle_t *handle) {
    delete reinterpret_cast<uv_timer_t *>(handle);
  });
}
void timerWarns(Console &console, uv_loop_t *loop) {
  console.on("a", [loop](const Command &command) {
    auto *timer = new uv_timer_t;
    uv_timer_init(loop, timer);
    auto task = std::make_unique<Task>([command] { audit(command.verb); }); // expect: request-capture
    timer->data = task.release();
    uv_timer_start(timer, onTimer, 5000, 0);
  });
}

// Helpers of the project, one queue for the loop's thread.
class Loop {
public:
  explicit Loop(uv_loop_t *loop) {
    async_.data = this;
    uv_async_init(loop, &async_, [](uv_async_t *async) { static_cast<Loop *>(async->data)->drain(); });
    uv_mutex_init(&mutex_);
  }
  void post(Task task) {
    uv_mutex_lock(&mutex_);
    tasks_.push_back(std::move(task));
    uv_mutex_unlock(&mutex_);
    uv_async_send(&async_);
  }

private:
  void drain() {
    std::vector<Task> tasks;
    uv_mutex_lock(&mutex_);
    tasks.swap(tasks_);
    uv_mutex_unlock(&mutex_);
    for (auto &task : tasks)
      task();
  }
  uv_async_t async_;
  uv_mutex_t mutex_;
  std::vector<Task> tasks_;
};
void postWarns(Console &console, Loop &loop) {
  console.on("a", [&loop](const Command &command) {
    loop.post([command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&loop](const Command &command) {
    loop.post([&command] { audit(command.verb); }); // expect: request-capture
  });
}
