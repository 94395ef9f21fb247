// RUN: %check %s --fix -- -std=c++20
// The fix holds what is used: the capture becomes what is read, and the uses its name.
// In each FIXED line a name that is not the field's or accessor's own may be any.
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

void audit(std::string_view what);
void count(std::string_view what, std::uint64_t id);

class Call {
public:
  const std::string &path() const { return path_; }
  std::string_view tenant() const { return tenant_; }
  std::uint64_t id() const { return id_; }
  std::string header(const std::string &name) const {
    auto found = headers_.find(name);
    return found == headers_.end() ? std::string() : found->second;
  }
  const std::string *find(const std::string &name) const {
    auto found = headers_.find(name);
    return found == headers_.end() ? nullptr : &found->second;
  }
  std::string take() { return std::move(path_); }
  std::string getUser() const { return user_; }
  const std::vector<char> &payload() const { return payload_; }

private:
  std::uint64_t id_ = 0;
  std::string path_, tenant_, user_;
  std::map<std::string, std::string> headers_;
  std::vector<char> payload_;
};
struct Upload {
  std::string name;
  std::size_t size = 0;
  std::map<std::string, std::string> meta;
  std::vector<std::string> parts;
};

class Server {
public:
  void on(std::string path, std::function<void(const Call &)> handler) { calls_[std::move(path)] = std::move(handler); }
  void onShared(std::string path, std::function<void(const std::shared_ptr<const Call> &)> handler) {
    shared_[std::move(path)] = std::move(handler);
  }
  void onUpload(std::function<void(const Upload &)> handler) { uploads_.push_back(std::move(handler)); }

private:
  std::map<std::string, std::function<void(const Call &)>> calls_;
  std::map<std::string, std::function<void(const std::shared_ptr<const Call> &)>> shared_;
  std::vector<std::function<void(const Upload &)>> uploads_;
};
class Pool {
public:
  void post(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push(std::move(task));
  }
  void postMovable(std::function<void(int)> task) { counting_.push_back(std::move(task)); }

private:
  std::mutex mutex_;
  std::queue<std::function<void()>> tasks_;
  std::vector<std::function<void(int)>> counting_;
};

void fields(Server &server, Pool &pool) {
  server.onUpload([&pool](const Upload &upload) {
    pool.post([upload] { audit(upload.name); }); // expect: request-capture
    pool.post([upload] { count(upload.name, upload.size); }); // expect: request-capture
    pool.post([=] { audit(upload.name); }); // expect: request-capture
  });
}
// FIXED-LABEL: void fields(
// FIXED: pool.post([name = upload.name] { audit(name); });
// FIXED: pool.post([name = upload.name, size = upload.size] { count(name, size); });
// FIXED: pool.post({{\[(=, )?}}name = upload.name] { audit(name); });

void accessors(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { audit(call.path()); }); // expect: request-capture
    pool.post([call] { audit(call.tenant()); }); // expect: request-capture
    pool.post([call] { count(call.path(), call.id()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void accessors(
// FIXED: pool.post([path = call.path()] { audit(path); });
// FIXED: pool.post([tenant = std::string(call.tenant())] { audit(tenant); });
// FIXED: pool.post([path = call.path(), id = call.id()] { count(path, id); });

// The same twice is held once.
void twice(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { // expect: request-capture
      audit(call.path());
      if (!call.path().empty())
        audit("/" + call.path());
    });
  });
}
// FIXED-LABEL: void twice(
// FIXED: pool.post([path = call.path()] {
// FIXED: audit(path);
// FIXED: if (!path.empty())
// FIXED: audit("/" + path);

// Other captures stay where they are.
void others(Server &server, Pool &pool, int level, std::string prefix) {
  server.on("/a", [&pool, level, prefix](const Call &call) {
    pool.post([level, call, prefix] { count(prefix + call.path(), level); }); // expect: request-capture
    pool.post([=] { count(prefix + call.path(), level); }); // expect: request-capture
    pool.post([=, &pool] { pool.post([] {}), audit(call.path()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void others(
// FIXED: pool.post([level, path = call.path(), prefix] { count(prefix + path, level); });
// FIXED: pool.post([=, path = call.path()] { count(prefix + path, level); });
// FIXED: pool.post([=, &pool, path = call.path()] { pool.post([] {}), audit(path); });

// Through a pointer.
void shared(Server &server, Pool &pool) {
  server.onShared("/a", [&pool](const std::shared_ptr<const Call> &call) {
    pool.post([call] { audit(call->path()); }); // expect: request-capture
    pool.post([call] { audit((*call).path()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void shared(
// FIXED: pool.post([path = call->path()] { audit(path); });
// FIXED: pool.post([path = (*call).path()] { audit(path); });

// By reference, where it dangles: the value is taken.
void reference(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([&call] { audit(call.path()); }); // expect: request-capture
    pool.post([&] { audit(call.path()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void reference(
// FIXED: pool.post([path = call.path()] { audit(path); });
// FIXED: pool.post({{\[(&, )?}}path = call.path()] { audit(path); });

// An argument that does not depend on the body.
void argument(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { audit(call.header("Host")); }); // expect: request-capture
  });
}
// FIXED-LABEL: void argument(
// FIXED: pool.post({{\[}}[[HEADER:[A-Za-z_0-9]+]] = call.header("Host")] { audit([[HEADER]]); });

// Two values of one accessor have two names.
void arguments(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { audit(call.header("Host") + call.header("Accept")); }); // expect: request-capture
  });
}
// FIXED-LABEL: void arguments(
// FIXED: pool.post({{\[}}[[ONE:[A-Za-z_0-9]+]] = call.header("Host"), [[TWO:[A-Za-z_0-9]+]] = call.header("Accept")] { audit([[ONE]] + [[TWO]]); });

// A getter's name loses its "get".
void getter(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { audit(call.getUser()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void getter(
// FIXED: pool.post({{\[}}[[USER:[A-Za-z_0-9]+]] = call.getUser()] { audit([[USER]]); });

// The init-capture itself is narrowed.
void initCapture(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([copy = call] { audit(copy.path()); }); // expect: request-capture
  });
  server.onShared("/b", [&pool](const std::shared_ptr<const Call> &shared) {
    pool.post([copy = *shared] { audit(copy.path()); }); // expect: request-capture
    pool.post([copy = *shared.get()] { audit(copy.tenant()); }); // expect: request-capture
  });
}
// FIXED-LABEL: void initCapture(
// FIXED: pool.post([path = call.path()] { audit(path); });
// FIXED: pool.post([path = shared->path()] { audit(path); });
// FIXED: pool.post([tenant = std::string(shared.get()->tenant())] { audit(tenant); });

// What points into a part is no value: the part itself is taken.
void into(Server &server, Pool &pool) {
  server.on("/a", [&pool](const Call &call) {
    pool.post([call] { std::cerr << call.path().c_str(); }); // expect: request-capture
    pool.post([call] { std::cerr << call.path().size(); }); // expect: request-capture
  });
}
// FIXED-LABEL: void into(
// FIXED: pool.post([path = call.path()] { std::cerr << path.c_str(); });
// FIXED: pool.post({{\[}}[[SIZE:[A-Za-z_0-9]+]] = call.path(){{(\.size\(\))?}}] { std::cerr << [[SIZE]]{{(\.size\(\))?}}; });
