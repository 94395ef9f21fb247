// RUN: %check %s -- -std=c++17
// gRPC: the context of a call, held for one field of it.
#include <functional>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>

void audit(const std::string &what);

class Pool {
public:
  void submit(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
  }

private:
  std::mutex mutex_;
  std::queue<std::function<void()>> tasks_;
};

void contextWarns(const std::shared_ptr<grpc::ServerContext> &context, Pool &pool) {
  pool.submit([context] { audit(context->peer()); }); // expect: request-capture
  std::thread([context] { audit(context->peer()); }).detach(); // expect: request-capture
}
void finishWarns(grpc::GenericServerContext &context, Pool &pool) {
  pool.submit([&context] { audit(context.method()); }); // expect: request-capture
}
