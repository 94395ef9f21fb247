// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE -DASIO_HAS_CO_AWAIT=1 -DASIO_HAS_STD_COROUTINE=1
// Captures of a coroutine that is spawned live as long as it does.
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
class Console {
public:
  using Handler = std::function<void(const Command &)>;
  void on(const std::string &verb, Handler handler) { handlers_[verb] = std::move(handler); }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, Handler> handlers_;
};

void spawnWarns(Console &console, asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    asio::co_spawn(
        io,
        [command]() -> asio::awaitable<void> { // expect: request-capture
          asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(5));
          co_await timer.async_wait(asio::use_awaitable);
          audit(command.verb);
        },
        asio::detached);
  });
}

void spawnByReferenceWarns(Console &console, asio::io_context &io) {
  console.on("b", [&io](const Command &command) {
    asio::co_spawn(
        io,
        [&command]() -> asio::awaitable<void> { // expect: request-capture
          asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(5));
          co_await timer.async_wait(asio::use_awaitable);
          audit(command.verb);
        },
        asio::detached);
  });
}

void completionWarns(Console &console, asio::io_context &io, asio::awaitable<int> (*work)()) {
  console.on("c", [&io, work](const Command &command) {
    asio::co_spawn(io, work(), [command](std::exception_ptr error, int) { // expect: request-capture
      if (error)
        audit(command.verb);
    });
  });
}
