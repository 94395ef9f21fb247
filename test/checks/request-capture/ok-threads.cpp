// RUN: %check %s -- -std=c++20
// Twins of warns-threads.cpp.
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
void execute(const Command &command);
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
      std::thread([verb = command.verb] { audit(verb); }).detach();
    });
    console.on("b", [this](const Command &command) { threads_.emplace_back([command] { execute(command); }); });
    console.on("c", [this](const Command &command) {
      last_ = std::jthread([verb = command.verb](std::stop_token) { audit(verb); });
    });
    // Over before the handler is.
    console.on("d", [](const Command &command) {
      std::thread thread([command] { audit(command.verb); });
      thread.join();
    });
    console.on("e", [](const Command &command) {
      std::jthread thread([command] { audit(command.verb); });
    });
    console.on("f", [](const Command &command) {
      auto done = std::async([command] { audit(command.verb); });
      done.wait();
    });
    console.on("g", [this](const Command &command) {
      std::optional<std::function<void()>> now;
      now.emplace([command] { audit(command.verb); });
      (*now)();
    });
    console.on("h", [](const Command &command) {
      auto task = std::make_shared<std::function<void()>>([command] { audit(command.verb); });
      (*task)();
    });
  }

private:
  std::vector<std::jthread> threads_;
  std::jthread last_;
};
