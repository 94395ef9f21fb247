// RUN: %check %s -- -std=c++20
// A project's own requests, routers, pools and slots.
#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

void audit(std::string_view what);

namespace net {
using Headers = std::unordered_map<std::string, std::string>;

// What a handler gets: expensive by its members, not by its name.
class Call {
public:
  const std::string &path() const { return path_; }
  std::string_view tenant() const { return tenant_; }
  std::uint64_t id() const { return id_; }
  const Headers &headers() const { return headers_; }
  const std::vector<char> &payload() const { return payload_; }
  std::optional<std::string> header(const std::string &name) const {
    auto found = headers_.find(name);
    return found == headers_.end() ? std::nullopt : std::optional(found->second);
  }

private:
  std::uint64_t id_ = 0;
  std::string path_, tenant_;
  Headers headers_;
  std::vector<char> payload_;
};
using CallPtr = std::shared_ptr<Call>;

struct Reply {
  int status = 200;
  std::string body;
};

class Router {
public:
  using Handler = std::function<Reply(const Call &)>;
  using SharedHandler = std::function<void(const CallPtr &, std::function<void(Reply)> &&)>;
  void on(std::string path, Handler handler) { handlers_[std::move(path)] = std::move(handler); }
  void onShared(std::string path, SharedHandler handler) { shared_.emplace(std::move(path), std::move(handler)); }
  Reply serve(const Call &call) {
    auto found = handlers_.find(call.path());
    return found == handlers_.end() ? Reply{404, {}} : found->second(call);
  }
  void serve(CallPtr call, std::function<void(Reply)> reply) { shared_.at(call->path())(call, std::move(reply)); }

private:
  std::map<std::string, Handler> handlers_;
  std::map<std::string, SharedHandler> shared_;
};
} // namespace net

// A thread pool with a body to read.
class Pool {
public:
  template <class F> auto submit(F &&f) -> std::future<std::invoke_result_t<std::decay_t<F>>> {
    using Result = std::invoke_result_t<std::decay_t<F>>;
    auto task = std::make_shared<std::packaged_task<Result()>>(std::forward<F>(f));
    auto result = task->get_future();
    {
      std::unique_lock<std::mutex> lock(mutex_);
      tasks_.emplace([task] { (*task)(); });
    }
    ready_.notify_one();
    return result;
  }
  void enqueue(std::function<void()> task) {
    std::unique_lock<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
    ready_.notify_one();
  }
  template <class F, class... Args> void push(F &&f, Args &&...args) {
    enqueue(std::bind(std::forward<F>(f), std::forward<Args>(args)...));
  }

private:
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable ready_;
};

// One of which only the declarations are seen.
class Executor {
public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> task) = 0;
  void schedule(std::chrono::milliseconds delay, std::function<void()> task);
  std::future<void> submit(std::function<void()> task);
};

// A client whose answer comes later.
class Users {
public:
  void find(const std::string &name, std::function<void(int)> done) {
    waiting_.emplace_back(name, std::move(done));
  }
  void answered(const std::string &name, int id) {
    for (auto &[wanted, done] : waiting_)
      if (wanted == name)
        done(id);
  }

private:
  std::list<std::pair<std::string, std::function<void(int)>>> waiting_;
};

void bodyOfPoolWarns(net::Router &router, Pool &pool) {
  router.on("/a", [&pool](const net::Call &call) {
    pool.enqueue([call] { audit(call.path()); }); // expect: request-capture
    return net::Reply{};
  });
  router.on("/b", [&pool](const net::Call &call) {
    pool.submit([call] { audit(call.tenant()); }); // expect: request-capture
    return net::Reply{};
  });
  router.on("/c", [&pool](const net::Call &call) {
    pool.push([call] { audit(call.path()); }); // expect: request-capture
    return net::Reply{};
  });
}

void declaredPoolWarns(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    executor.post([call] { audit(call.path()); }); // expect: request-capture
    return net::Reply{};
  });
  router.on("/b", [&executor](const net::Call &call) {
    executor.schedule(std::chrono::milliseconds(50), [call] { audit(std::to_string(call.id())); }); // expect: request-capture
    return net::Reply{};
  });
  router.on("/c", [&executor](const net::Call &call) {
    executor.submit([=] { audit(call.path()); }); // expect: request-capture
    return net::Reply{};
  });
}

void clientWarns(net::Router &router, Users &users) {
  router.onShared("/me", [&users](const net::CallPtr &call, std::function<void(net::Reply)> &&reply) {
    users.find("me", [call, reply = std::move(reply)](int id) { // expect: request-capture
      reply({id ? 200 : 404, call->path()});
    });
  });
}

// Copied although it could have been moved: the caller's own stays as well.
void sharedCopyWarns(net::Router &router, Pool &pool) {
  router.onShared("/copy", [&pool](net::CallPtr call, std::function<void(net::Reply)> reply) {
    pool.enqueue([call, reply] { reply({200, std::string(call->tenant())}); }); // expect: request-capture
  });
}

void constShared(Pool &pool, std::shared_ptr<const net::Call> call) {
  pool.enqueue([call] { audit(call->path()); }); // expect: request-capture
}
void registerSharedWarns(std::map<std::string, std::function<void(std::shared_ptr<const net::Call>)>> &handlers,
                         Pool &pool) {
  handlers["/x"] = [&pool](std::shared_ptr<const net::Call> call) { constShared(pool, call); };
}

// An ordinary function that is registered.
static net::Reply hello(const net::Call &call) {
  static Pool pool;
  pool.enqueue([call] { audit(call.path()); }); // expect: request-capture
  return {};
}
void functionWarns(net::Router &router) {
  router.on("/hello", hello);
  router.on("/again", &hello);
}

// A method that is bound.
class Greeter {
public:
  explicit Greeter(net::Router &router, Executor &executor) : executor_(executor) {
    router.on("/greet", std::bind(&Greeter::greetWarns, this, std::placeholders::_1));
    router.on("/leave", [this](const net::Call &call) { return leaveWarns(call); });
  }
  net::Reply greetWarns(const net::Call &call) {
    executor_.post([call] { audit(call.path()); }); // expect: request-capture
    return {};
  }
  net::Reply leaveWarns(const net::Call &call) {
    executor_.post([this, call] { left(std::string(call.tenant())); }); // expect: request-capture
    return {};
  }

private:
  void left(std::string who) { gone_.push_back(std::move(who)); }
  Executor &executor_;
  std::vector<std::string> gone_;
};

// Uses that stand deeper in the body.
void branchesWarns(net::Router &router, Executor &executor, bool verbose) {
  router.on("/a", [&executor, verbose](const net::Call &call) {
    executor.post([call, verbose] { // expect: request-capture
      if (verbose) {
        const std::string_view path = call.path();
        for (int i = 0; i < 3; ++i)
          std::cerr << path << i;
      } else {
        audit(call.path());
      }
    });
    return net::Reply{};
  });
}

// An argument that the body makes: no fix, but a finding.
void argumentWarns(net::Router &router, Users &users) {
  router.on("/a", [&users](const net::Call &call) {
    users.find("me", [call](int id) { // expect: request-capture
      if (auto mail = call.header("mail-" + std::to_string(id)))
        audit(*mail);
    });
    return net::Reply{};
  });
}

// Plain data, but much of it.
struct Frame {
  std::uint32_t session = 0;
  std::uint32_t length = 0;
  std::array<char, 4096> data{};
};
class Listener {
public:
  void onFrame(std::function<void(const Frame &)> handler) { handler_ = std::move(handler); }
  void received(const Frame &frame) {
    if (handler_)
      handler_(frame);
  }

private:
  std::function<void(const Frame &)> handler_;
};
void largeWarns(Listener &listener, Executor &executor) {
  listener.onFrame([&executor](const Frame &frame) {
    executor.post([frame] { audit(std::to_string(frame.session)); }); // expect: request-capture
  });
}

// A struct with public fields.
struct Upload {
  std::string name;
  std::map<std::string, std::string> meta;
  std::vector<std::string> parts;
  std::string content;
};
class Uploads {
public:
  void onUpload(std::function<void(Upload)> handler) { handlers_.push_back(std::move(handler)); }
  void done(const Upload &upload) {
    for (auto &handler : handlers_)
      handler(upload);
  }

private:
  std::vector<std::function<void(Upload)>> handlers_;
};
void fieldWarns(Uploads &uploads, Executor &executor) {
  uploads.onUpload([&executor](const Upload &upload) {
    executor.post([upload] { audit(upload.name); }); // expect: request-capture
  });
  uploads.onUpload([&executor](Upload upload) {
    executor.post([upload] { audit(upload.meta.at("type")); }); // expect: request-capture
    upload.parts.clear();
  });
}

// Derived from a request.
class Login : public net::Call {
public:
  const std::string &user() const { return user_; }

private:
  std::string user_;
};
class Logins {
public:
  explicit Logins(Executor &executor) : executor_(executor) {}
  void listen() {
    on([this](const Login &login) {
      executor_.post([login] { audit(login.user()); }); // expect: request-capture
    });
  }
  void on(std::function<void(const Login &)> handler) { handlers_.push_back(std::move(handler)); }

private:
  Executor &executor_;
  std::vector<std::function<void(const Login &)>> handlers_;
};

// On the heap, for a C interface that takes a pointer.
extern "C" void later(void (*run)(void *), void *data);
void heapWarns(net::Router &router) {
  router.on("/a", [](const net::Call &call) {
    auto *task = new std::function<void()>([call] { audit(call.path()); }); // expect: request-capture
    later(
        [](void *data) {
          auto *task = static_cast<std::function<void()> *>(data);
          (*task)();
          delete task;
        },
        task);
    return net::Reply{};
  });
}

// Into a slot of an object that lives on.
struct Panel {
  std::function<void()> onClick;
  std::vector<std::function<void()>> onClose;
};
void slotWarns(net::Router &router, Panel &panel) {
  router.on("/a", [&panel](const net::Call &call) {
    panel.onClick = [call] { audit(call.path()); }; // expect: request-capture
    panel.onClose.push_back([call] { audit(call.tenant()); }); // expect: request-capture
    return net::Reply{};
  });
}
