// RUN: %check %s -- -std=c++20
// The standard library's threads and futures.
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void audit(const std::string &what);

struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
};
class Console {
public:
  void on(const std::string &verb, std::function<void(const Command &)> handler) {
    handlers_[verb] = std::move(handler);
  }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, std::function<void(const Command &)>> handlers_;
};

class Jobs {
public:
  void listen(Console &console) {
    console.on("a", [](const Command &command) {
      std::thread([command] { audit(command.verb); }).detach(); // expect: request-capture
    });
    // A thread's arguments are copies of its own.
    console.on("a2", [](const Command &command) {
      std::thread([](const Command &mine) { audit(mine.verb); }, command).detach(); // expect: request-capture
    });
    console.on("b", [this](const Command &command) {
      threads_.emplace_back([command] { audit(command.verb); }); // expect: request-capture
    });
    console.on("c", [this](const Command &command) {
      last_ = std::jthread([command](std::stop_token) { audit(command.verb); }); // expect: request-capture
    });
    console.on("d", [this](const Command &command) {
      futures_.push_back(std::async([=] { audit(command.verb); })); // expect: request-capture
    });
    console.on("e", [this](const Command &command) {
      std::packaged_task<void()> task([command] { audit(command.verb); }); // expect: request-capture
      futures_.push_back(task.get_future());
      std::thread(std::move(task)).detach();
    });
    console.on("f", [this](const Command &command) {
      later_.emplace([command] { audit(command.verb); }); // expect: request-capture
    });
    console.on("g", [this](const Command &command) {
      auto task = std::make_shared<std::function<void()>>([command] { audit(command.verb); }); // expect: request-capture
      shared_.push_back(task);
    });
    console.on("h", [](const Command &command) {
      std::thread thread{[command] { audit(command.verb); }}; // expect: request-capture
      thread.detach();
    });
  }

private:
  std::vector<std::jthread> threads_;
  std::jthread last_;
  std::vector<std::future<void>> futures_;
  std::optional<std::function<void()>> later_;
  std::vector<std::shared_ptr<std::function<void()>>> shared_;
};
