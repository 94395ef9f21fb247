// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a cycle over two holders, and one that a container of the other closes.
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
