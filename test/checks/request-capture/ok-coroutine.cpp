// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE -DASIO_HAS_CO_AWAIT=1 -DASIO_HAS_STD_COROUTINE=1
// Twins of warns-coroutine.cpp.
#include <algorithm>
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <string>
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
  using Handler = std::function<void(const Command &)>;
  void on(const std::string &verb, Handler handler) { handlers_[verb] = std::move(handler); }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, Handler> handlers_;
};

void spawnOk(Console &console, asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    asio::co_spawn(
        io,
        [verb = command.verb]() -> asio::awaitable<void> {
          asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(5));
          co_await timer.async_wait(asio::use_awaitable);
          audit(verb);
        },
        asio::detached);
  });
  console.on("b", [&io](const Command &command) {
    asio::co_spawn(
        io,
        [command]() -> asio::awaitable<void> {
          asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(5));
          co_await timer.async_wait(asio::use_awaitable);
          execute(command);
        },
        asio::detached);
  });
}

// The loop runs here.
void ownLoopOk(Console &console) {
  console.on("c", [](const Command &command) {
    asio::io_context io;
    asio::co_spawn(
        io,
        [&command]() -> asio::awaitable<void> {
          audit(command.verb);
          co_return;
        },
        asio::detached);
    io.run();
  });
}

// Within a coroutine: its parameters are its own, and what is awaited is waited for.
asio::awaitable<std::size_t> longest(Command command) {
  auto by = [&command](const std::string &a, const std::string &b) {
    return a.size() + command.verb.size() < b.size();
  };
  auto found = std::max_element(command.arguments.begin(), command.arguments.end(), by);
  co_return found == command.arguments.end() ? 0 : found->size();
}
asio::awaitable<void> awaitedOk(asio::io_context &io, Command command) {
  co_await asio::co_spawn(
      io,
      [&command]() -> asio::awaitable<void> {
        audit(command.verb);
        co_return;
      },
      asio::use_awaitable);
}
