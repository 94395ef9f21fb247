// RUN: %check %s -- -std=c++17
// A struct of the program's own that has a request as a member is one.
#include <functional>
#include <google/protobuf/api.pb.h>
#include <google/protobuf/struct.pb.h>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <mutex>
#include <queue>
#include <string>

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

// What a call of the asynchronous API keeps.
struct Call {
  grpc::ServerContext context;
  google::protobuf::Api query;
  google::protobuf::Struct answer;
};
void sharedCallWarns(const std::shared_ptr<Call> &call, Pool &pool) {
  pool.submit([call] { audit(call->query.name()); });
// CHECK: :[[@LINE-1]]:16: warning: the lambda holds 'call' (Call) as long as it waits, to read 'call->query.name()' [perfidy-request-capture]
}
