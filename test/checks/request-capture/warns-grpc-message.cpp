// RUN: %check %s -- -std=c++17
// A service's method is run by gRPC alone: what it is given beside a server's context belongs to the request. The base class is
// what protoc writes for a service.
#include <chrono>
#include <functional>
#include <google/protobuf/api.pb.h>
#include <google/protobuf/struct.pb.h>
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/service_type.h>
#include <grpcpp/support/async_unary_call.h>
#include <iostream>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <utility>

void audit(const std::string &what);

using Query = google::protobuf::Api;
using Answer = google::protobuf::Struct;

namespace directory {
class Service : public grpc::Service {
public:
  Service() {
    AddMethod(new grpc::internal::RpcServiceMethod(
        "/directory/Find", grpc::internal::RpcMethod::NORMAL_RPC,
        new grpc::internal::RpcMethodHandler<Service, Query, Answer, google::protobuf::MessageLite,
                                             google::protobuf::MessageLite>(
            [](Service *service, grpc::ServerContext *context, const Query *query, Answer *answer) {
              return service->Find(context, query, answer);
            },
            this)));
  }
  virtual grpc::Status Find(grpc::ServerContext *, const Query *, Answer *) {
    return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "");
  }
};
class CallbackService : public grpc::Service {
public:
  virtual grpc::ServerUnaryReactor *Find(grpc::CallbackServerContext *, const Query *, Answer *) { return nullptr; }
};
} // namespace directory

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

class Directory final : public directory::Service {
public:
  grpc::Status Find(grpc::ServerContext *context, const Query *query, Answer *) override {
    pool_.submit([held = *query] { audit(held.name()); });
// CHECK: :[[@LINE-1]]:19: warning: the lambda holds 'held' (Api, 3 containers, 2 strings) as long as it waits, to read 'held.name()' [perfidy-request-capture]
    auto copy = std::make_shared<Query>(*query);
    std::thread([copy] { audit(copy->version()); }).detach();
// CHECK: :[[@LINE-1]]:18: warning: the lambda holds 'copy' (Api, 3 containers, 2 strings) as long as it waits, to read 'copy->version()' [perfidy-request-capture]
    auto soon = std::chrono::system_clock::now() + std::chrono::seconds(5);
    alarm_.Set(soon, [request = *query](bool) { audit(request.name()); });
// CHECK: :[[@LINE-1]]:23: warning: the lambda holds 'request' (Api, 3 containers, 2 strings) as long as it waits, to read 'request.name()' [perfidy-request-capture]
    const Query &reference = *query;
    pool_.submit([reference] { audit(reference.name()); });
// CHECK: :[[@LINE-1]]:19: warning: the lambda holds 'reference' (Api, 3 containers, 2 strings) as long as it waits, to read 'reference.name()' [perfidy-request-capture]
    pool_.submit([&reference] { audit(reference.name()); });
// CHECK: :[[@LINE-1]]:19: warning: dangling: the lambda refers to 'query' (Api, 3 containers, 2 strings), which is gone when 'Pool::submit' runs it [perfidy-request-capture]
    return context->IsCancelled() ? grpc::Status::CANCELLED : grpc::Status::OK;
  }

private:
  Pool pool_;
  grpc::Alarm alarm_;
};

class CallbackDirectory final : public directory::CallbackService {
public:
  grpc::ServerUnaryReactor *Find(grpc::CallbackServerContext *context, const Query *query, Answer *) override {
    auto *reactor = context->DefaultReactor();
    pool_.submit([held = *query] { audit(held.name()); });
// CHECK: :[[@LINE-1]]:19: warning: the lambda holds 'held' (Api, 3 containers, 2 strings) as long as it waits, to read 'held.name()' [perfidy-request-capture]
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

private:
  Pool pool_;
};
