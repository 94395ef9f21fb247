// RUN: %check %s -- -std=c++20
// Twins of warns-shapes.cpp.
#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
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
#include <unordered_map>
#include <utility>
#include <vector>

void audit(std::string_view what);

namespace net {
using Headers = std::unordered_map<std::string, std::string>;

class Call {
public:
  const std::string &path() const { return path_; }
  std::string_view tenant() const { return tenant_; }
  std::uint64_t id() const { return id_; }
  const Headers &headers() const { return headers_; }
  const std::vector<char> &payload() const { return payload_; }
  void answer(int status, const std::string &body);
  void setTag(std::string tag) { tag_ = std::move(tag); }

private:
  std::uint64_t id_ = 0;
  std::string path_, tenant_, tag_;
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

private:
  std::map<std::string, Handler> handlers_;
  std::map<std::string, SharedHandler> shared_;
};
} // namespace net

class Pool {
public:
  void enqueue(std::function<void()> task) {
    std::unique_lock<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
    ready_.notify_one();
  }

private:
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable ready_;
};

class Executor {
public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> task) = 0;
  void schedule(std::chrono::milliseconds delay, std::function<void()> task);
  std::future<void> submit(std::function<void()> task);
};

void replay(const net::Call &call);
void replayShared(net::CallPtr call);

void projectionOk(net::Router &router, Pool &pool) {
  router.on("/a", [&pool](const net::Call &call) {
    pool.enqueue([path = call.path()] { audit(path); });
    pool.enqueue([tenant = std::string(call.tenant()), id = call.id()] { audit(tenant + std::to_string(id)); });
    const std::string path = call.path();
    pool.enqueue([path] { audit(path); });
    return net::Reply{};
  });
}

// Passed on whole.
void wholeOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    executor.post([call] { replay(call); });
    executor.post([call] { std::make_unique<net::Call>(call)->answer(200, ""); });
    return net::Reply{};
  });
  router.onShared("/b", [&executor](const net::CallPtr &call, std::function<void(net::Reply)> &&) {
    executor.post([call] { replayShared(call); });
    executor.post([call] { replay(*call); });
  });
}

// Something of it is told, and then it is passed on.
void wholeAndPartOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    executor.post([call] {
      audit(call.path());
      replay(call);
    });
    return net::Reply{};
  });
}

// Answered through the request itself; that needs it.
void answeredOk(net::Router &router, Executor &executor) {
  router.onShared("/a", [&executor](const net::CallPtr &call, std::function<void(net::Reply)> &&) {
    executor.post([call] { call->answer(200, call->path()); });
    executor.post([call] { call->setTag("seen"); });
  });
}

// Most of it is used.
void mostOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    executor.post([call] {
      std::cerr << call.id() << call.path() << call.tenant() << call.payload().size();
      for (const auto &[name, value] : call.headers())
        std::cerr << name << value;
    });
    return net::Reply{};
  });
}

// One field, but the one that weighs.
struct Batch {
  int id = 0;
  std::vector<std::string> lines;
};
class Batches {
public:
  void onBatch(std::function<void(const Batch &)> handler) { handler_ = std::move(handler); }
  void received(const Batch &batch) { handler_(batch); }

private:
  std::function<void(const Batch &)> handler_;
};
void weightOk(Batches &batches, Executor &executor) {
  batches.onBatch([&executor](const Batch &batch) {
    executor.post([batch] {
      for (const auto &line : batch.lines)
        audit(line);
    });
  });
}

// Small.
struct Ping {
  std::uint32_t session = 0;
  std::uint32_t sent = 0;
  bool last = false;
};
class Pings {
public:
  void onPing(std::function<void(const Ping &)> handler) { handler_ = std::move(handler); }
  void received(const Ping &ping) { handler_(ping); }

private:
  std::function<void(const Ping &)> handler_;
};
void smallOk(Pings &pings, Executor &executor) {
  pings.onPing([&executor](const Ping &ping) {
    executor.post([ping] { audit(std::to_string(ping.session)); });
  });
}
// A string and a number are no request.
struct Line {
  int number = 0;
  std::string text;
};
void lineOk(std::function<void(std::function<void(const Line &)>)> onLine, Executor &executor) {
  onLine([&executor](const Line &line) {
    executor.post([line] { audit(line.text); });
  });
}

// Expensive, but in an ordinary function: nobody says it is a request.
struct Report {
  std::string title;
  std::map<std::string, std::vector<double>> columns;
  std::vector<std::string> notes;
};
void ordinaryOk(const Report &report, Executor &executor) {
  executor.post([report] { audit(report.title); });
}
std::shared_ptr<Report> load(const std::string &name);
void ordinarySharedOk(Executor &executor) {
  auto report = load("sales");
  executor.post([report] { audit(report->title); });
}

// What a handler captures itself is its configuration, and lives as long as the server.
void configurationOk(net::Router &router, std::shared_ptr<Report> report, Report fallback) {
  router.on("/title", [report, fallback](const net::Call &) {
    return net::Reply{200, report ? report->title : fallback.title};
  });
}

// Moved in: the last owner.
void movedOk(net::Router &router, Executor &executor, Pool &pool) {
  router.onShared("/a", [&executor](net::CallPtr call, std::function<void(net::Reply)> reply) {
    executor.post([call = std::move(call), reply = std::move(reply)] { reply({200, call->path()}); });
  });
  router.on("/b", [&pool](const net::Call &given) {
    net::Call call = given;
    call.setTag("b");
    pool.enqueue([call = std::move(call)] { audit(call.path()); });
    return net::Reply{};
  });
}

// Runs now: algorithms, an invoked lambda, a local one, a taker that only runs it.
class Visitors {
public:
  template <class F> void each(F f) const {
    for (const auto &name : names_)
      f(name);
  }
  void eachOf(const std::function<void(const std::string &)> &f) const {
    for (const auto &name : names_)
      f(name);
  }
  bool any(std::function<bool(const std::string &)> f) const { return std::any_of(names_.begin(), names_.end(), f); }
  void visit(std::function<void(const std::string &)> f) const;

private:
  std::vector<std::string> names_;
};
template <class F> auto locked(std::mutex &mutex, F &&f) {
  std::lock_guard<std::mutex> lock(mutex);
  return std::forward<F>(f)();
}
bool retry(int times, std::function<bool()> attempt) {
  for (int i = 0; i < times; ++i)
    if (attempt())
      return true;
  return false;
}
void nowOk(net::Router &router, const Visitors &visitors, std::mutex &mutex, std::vector<std::string> &order) {
  router.on("/a", [&](const net::Call &call) {
    visitors.each([call](const std::string &name) { audit(name + call.path()); });
    visitors.eachOf([&call](const std::string &name) { audit(name + call.path()); });
    visitors.visit([&call](const std::string &name) { audit(name + call.path()); });
    const bool known = visitors.any([=](const std::string &name) { return name == call.tenant(); });
    std::sort(order.begin(), order.end(), [call](const std::string &a, const std::string &b) {
      return a.size() + call.path().size() < b.size();
    });
    const auto size = [call] { return call.path().size(); }();
    const auto both = locked(mutex, [call] { return call.path() + std::string(call.tenant()); });
    retry(3, [&call] { return call.id() != 0; });
    auto reply = [call](int status) { return net::Reply{status, call.path()}; };
    std::function<net::Reply(int)> fallback = [&call](int status) { return net::Reply{status, call.path()}; };
    if (known)
      return reply(size > both.size() ? 200 : 201);
    return fallback(404);
  });
}

// A member that is only a helper of this call.
struct Steps {
  std::vector<std::function<void()>> undo;
  ~Steps() {
    for (auto &step : undo)
      step();
  }
};
void rollbackOk(net::Router &router) {
  router.on("/a", [](const net::Call &call) {
    Steps steps;
    steps.undo.push_back([&call] { audit(call.path()); });
    steps.undo.push_back([call] { audit(call.tenant()); });
    return net::Reply{};
  });
}

// A guard that runs at the end of the scope.
template <class F> struct Finally {
  F f;
  ~Finally() { f(); }
};
template <class F> Finally(F) -> Finally<F>;
void guardOk(net::Router &router) {
  router.on("/a", [](const net::Call &call) {
    Finally done{[call] { audit(call.path()); }};
    return net::Reply{};
  });
}

// A session of one request whose own work goes on.
class Session : public std::enable_shared_from_this<Session> {
public:
  Session(net::Call call, Executor &executor) : call_(std::move(call)), executor_(executor) {}
  void startOk() {
    executor_.post([self = shared_from_this()] { self->step(); });
  }
  void afterOk() {
    executor_.post([this, self = shared_from_this()] {
      audit(call_.path());
      step();
    });
  }
  void weakOk() {
    executor_.schedule(std::chrono::seconds(30), [weak = weak_from_this()] {
      if (auto self = weak.lock())
        audit(self->call_.path());
    });
  }
  void projectionOk() {
    executor_.schedule(std::chrono::seconds(30), [path = call_.path()] { audit(path); });
  }
  // Shared, but it holds no request: it is the connection.
  void step() {
    buffer_.push_back('x');
    if (buffer_.size() < 10)
      startOk();
  }

private:
  net::Call call_;
  Executor &executor_;
  std::vector<char> buffer_;
};

// A service that posts to itself.
class Service {
public:
  explicit Service(Executor &executor) : executor_(executor) {}
  void tickOk() {
    executor_.post([this] { ++ticks_; });
  }
  net::Reply handleOk(const net::Call &call) {
    executor_.post([this, path = call.path()] { seen_.push_back(path); });
    return {};
  }

private:
  Executor &executor_;
  int ticks_ = 0;
  std::vector<std::string> seen_;
  std::map<std::string, std::string> cache_;
};

// A pointer holds nothing: who frees it is another matter.
void pointerOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    const auto *copy = new net::Call(call);
    executor.post([copy] {
      audit(copy->path());
      delete copy;
    });
    return net::Reply{};
  });
}

// The result of a projection with the name of the request.
void nameOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &call) {
    std::string request = call.path();
    executor.post([request] { audit(request); });
    return net::Reply{};
  });
}

// Captured and not used at all: the compiler says so.
void unusedOk(net::Router &router, Executor &executor) {
  router.on("/a", [&executor](const net::Call &) {
    executor.post([=] { audit("a"); });
    return net::Reply{};
  });
}

// Held on purpose: nothing is read, the object is kept alive for others.
void keepAliveOk(net::Router &router, Executor &executor) {
  router.onShared("/a", [&executor](const net::CallPtr &call, std::function<void(net::Reply)> &&) {
    std::string_view tenant = call->tenant();
    executor.post([call, tenant] { audit(tenant); });
    executor.post([keep = call, path = &call->path()] { audit(*path); });
  });
}

// The deleter of an aliased part.
void aliasOk(net::Router &router, Executor &executor) {
  router.onShared("/a", [&executor](const net::CallPtr &call, std::function<void(net::Reply)> &&) {
    std::shared_ptr<const std::string> path(call, &call->path());
    executor.post([path] { audit(*path); });
  });
}

// Into a slot of an object that is gone with the call, and a projection into one that lives on.
struct Panel {
  std::function<void()> onClick;
  std::vector<std::function<void()>> onClose;
};
void slotOk(net::Router &router, Panel &panel) {
  router.on("/a", [&panel](const net::Call &call) {
    panel.onClick = [path = call.path()] { audit(path); };
    Panel mine;
    mine.onClick = [call] { audit(call.path()); };
    mine.onClose.push_back([&call] { audit(call.tenant()); });
    mine.onClick();
    return net::Reply{};
  });
}

// Read later, and set by then.
struct Pending {
  int timer = 0;
  std::string command;
  std::vector<std::string> arguments;
};
class Timers {
public:
  int after(int milliseconds, std::function<void(int)> run);
  void onPending(std::function<void(const std::shared_ptr<Pending> &)> handler);
};
void setLaterOk(Timers &timers, Executor &executor) {
  timers.onPending([&](const std::shared_ptr<Pending> &pending) {
    pending->timer = timers.after(10, [pending](int id) {
      if (pending->timer == id)
        audit("late");
    });
    executor.post([pending] { audit(std::to_string(pending->timer)); });
  });
}

// A buffer: what is read is what it holds.
class Buffer {
public:
  const char *peek() const { return bytes_.data() + begin_; }
  std::size_t size() const { return end_ - begin_; }

private:
  std::vector<char> bytes_;
  std::size_t begin_ = 0, end_ = 0;
};
void write(const char *bytes, std::size_t size);
void bulkOk(std::function<void(std::function<void(const Buffer &)>)> onMessage, Executor &executor) {
  onMessage([&executor](const Buffer &buffer) {
    executor.post([buffer] { write(buffer.peek(), buffer.size()); });
  });
}
