// RUN: %check %s -- -std=c++17
// gRPC: twins of warns-grpc.cpp.
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
Answer search(const Query &query);

namespace directory {
class Service : public grpc::Service {
public:
  virtual grpc::Status Find(grpc::ServerContext *, const Query *, Answer *) {
    return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "");
  }
};
class CallbackService : public grpc::Service {
public:
  virtual grpc::ServerUnaryReactor *Find(grpc::CallbackServerContext *, const Query *, Answer *) { return nullptr; }
};
class Stub {
public:
  void Find(grpc::ClientContext *context, const Query *query, Answer *answer, std::function<void(grpc::Status)> done);
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
  grpc::Status Find(grpc::ServerContext *context, const Query *query, Answer *answer) override {
    pool_.submit([name = query->name()] { audit(name); });
    pool_.submit([held = *query] { search(held); });
    alarm_.Set(std::chrono::system_clock::now() + std::chrono::seconds(5), [version = query->version()](bool) {
      audit(version);
    });
    std::thread worker([&] { *answer = search(*query); });
    worker.join();
    return context->IsCancelled() ? grpc::Status::CANCELLED : grpc::Status::OK;
  }

private:
  Pool pool_;
  grpc::Alarm alarm_;
};

// The callback API: pointers are good until Finish.
class CallbackDirectory final : public directory::CallbackService {
public:
  grpc::ServerUnaryReactor *Find(grpc::CallbackServerContext *context, const Query *query, Answer *answer) override {
    auto *reactor = context->DefaultReactor();
    pool_.submit([reactor, query, answer] {
      audit(query->name());
      *answer = search(*query);
      reactor->Finish(grpc::Status::OK);
    });
    return reactor;
  }

private:
  Pool pool_;
};

// A reactor of its own, that deletes itself.
class Reader : public grpc::ServerReadReactor<Query> {
public:
  explicit Reader(Pool &pool) : pool_(pool) { StartRead(&query_); }
  void OnReadDone(bool good) override {
    if (!good)
      return Finish(grpc::Status::OK);
    pool_.submit([this] {
      search(query_);
      StartRead(&query_);
    });
  }
  void OnDone() override { delete this; }

private:
  Pool &pool_;
  Query query_;
};

// The call writes into what the callback holds.
void askOk(directory::Stub &stub, const std::string &name) {
  struct State {
    grpc::ClientContext context;
    Query query;
    Answer answer;
  };
  auto state = std::make_shared<State>();
  state->query.set_name(name);
  stub.Find(&state->context, &state->query, &state->answer, [state](grpc::Status status) {
    if (status.ok())
      audit(state->answer.DebugString());
  });
}

// The asynchronous API: a tag that is the call.
class Call {
public:
  explicit Call(grpc::ServerCompletionQueue *queue) : queue_(queue), responder_(&context_) {}
  void proceed() {
    std::function<void()> next = [this] { audit(query_.name()); };
    next();
    responder_.Finish(answer_, grpc::Status::OK, this);
  }

private:
  grpc::ServerCompletionQueue *queue_;
  grpc::ServerContext context_;
  Query query_;
  Answer answer_;
  grpc::ServerAsyncResponseWriter<Answer> responder_;
};
