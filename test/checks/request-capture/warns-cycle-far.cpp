// RUN: %check %s -- -std=c++17
// A cycle over two holders, by a local that shares what a field has.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

class Bus {
public:
  void listen(const std::string &topic, std::function<void()> handler) { handlers_[topic].push_back(std::move(handler)); }

private:
  std::map<std::string, std::vector<std::function<void()>>> handlers_;
};
struct Hub {
  std::shared_ptr<Bus> bus = std::make_shared<Bus>();
};
class Device : public std::enable_shared_from_this<Device> {
public:
  explicit Device(std::shared_ptr<Hub> hub) : hub_(std::move(hub)) {}
  void startWarns() {
    auto bus = hub_->bus;
    bus->listen("tick", [self = shared_from_this()] { self->tick(); }); // expect: request-capture
  }
  void tick() { ++ticks_; }

private:
  std::shared_ptr<Hub> hub_;
  int ticks_ = 0;
};

// The same by the fields alone.
class Probe : public std::enable_shared_from_this<Probe> {
public:
  void startWarns() {
    hub_->bus->listen("tick", [self = shared_from_this()] { self->tick(); }); // expect: request-capture
  }
  void tick() { ++ticks_; }

private:
  std::shared_ptr<Hub> hub_;
  int ticks_ = 0;
};

// Not its own: the holder lives on when the object is gone, and it is one more listener there.
class Guest : public std::enable_shared_from_this<Guest> {
public:
  explicit Guest(Bus &bus) : bus_(bus) {}
  void referenceOk() {
    bus_.listen("tick", [self = shared_from_this()] { self->tick(); });
  }
  void pointerOk() {
    shown_->listen("tick", [self = shared_from_this()] { self->tick(); });
  }
  void weakOk() {
    if (auto bus = known_.lock())
      bus->listen("tick", [self = shared_from_this()] { self->tick(); });
  }
  void tick() { ++ticks_; }

private:
  Bus &bus_;
  Bus *shown_ = nullptr;
  std::weak_ptr<Bus> known_;
  int ticks_ = 0;
};

// Dropped by what keeps it once it has run.
class Requests {
public:
  void send(int id, std::function<void()> answered) { pending_[id] = std::move(answered); }
  void received(int id) {
    auto found = pending_.find(id);
    if (found == pending_.end())
      return;
    found->second();
    pending_.erase(found);
  }

private:
  std::map<int, std::function<void()>> pending_;
};
class Client : public std::enable_shared_from_this<Client> {
public:
  void askOk() {
    requests_->send(++id_, [self = shared_from_this()] { self->tick(); });
  }
  void tick() { ++id_; }

private:
  std::unique_ptr<Requests> requests_;
  int id_ = 0;
};
