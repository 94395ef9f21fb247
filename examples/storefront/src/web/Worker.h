// Work that a request need not wait for.
#ifndef STOREFRONT_WEB_WORKER_H
#define STOREFRONT_WEB_WORKER_H

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

namespace shop {

/// One thread and the tasks that wait for it. What it has not done by its end
/// is dropped.
class Worker {
public:
  Worker();
  ~Worker();
  Worker(const Worker &) = delete;
  Worker &operator=(const Worker &) = delete;

  void post(std::function<void()> task);

private:
  void run();

  std::mutex mutex_;
  std::condition_variable more_;
  std::queue<std::function<void()>> tasks_;
  bool done_ = false;
  std::thread thread_;
};

} // namespace shop

#endif
