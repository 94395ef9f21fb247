// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE
// Standalone asio: what is posted, timed and read later.
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

void audit(const std::string &what);

struct Command {
  std::string verb;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
  std::string input;
};
class Console {
public:
  using Handler = std::function<void(const Command &)>;
  void on(const std::string &verb, Handler handler) { handlers_[verb] = std::move(handler); }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, Handler> handlers_;
};

void postWarns(Console &console, asio::io_context &io, asio::thread_pool &pool) {
  console.on("a", [&io](const Command &command) {
    asio::post(io, [command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&pool](const Command &command) {
    asio::defer(pool, [command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("c", [&io](const Command &command) {
    asio::dispatch(io.get_executor(), [=] { audit(command.verb); }); // expect: request-capture
  });
  console.on("d", [&io](const Command &command) {
    io.post([command] { audit(command.verb); }); // expect: request-capture
  });
}

void strandWarns(Console &console, asio::strand<asio::io_context::executor_type> &strand) {
  console.on("a", [&strand](const Command &command) {
    asio::post(strand, [command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&strand](const Command &command) {
    asio::post(asio::bind_executor(strand, [command] { audit(command.verb); })); // expect: request-capture
  });
}

void timerWarns(Console &console, asio::io_context &io) {
  console.on("remind", [&io](const Command &command) {
    auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::minutes(5));
    timer->async_wait([timer, command](std::error_code error) { // expect: request-capture
      if (!error)
        audit(command.verb);
    });
  });
}

void resolveWarns(Console &console, asio::ip::tcp::resolver &resolver) {
  console.on("lookup", [&resolver](const Command &command) {
    resolver.async_resolve("example.org", "http",
                           [command](std::error_code error, const asio::ip::tcp::resolver::results_type &) { // expect: request-capture
                             if (error)
                               audit(command.verb + error.message());
                           });
  });
}

void writeWarns(Console &console, asio::ip::tcp::socket &socket, std::string &out) {
  console.on("echo", [&](const Command &command) {
    asio::async_write(socket, asio::buffer(out), [command](std::error_code error, std::size_t) { // expect: request-capture
      if (error)
        audit(command.verb);
    });
  });
}

void sharedWarns(std::map<int, std::function<void(const std::shared_ptr<Command> &)>> &handlers,
                 asio::thread_pool &pool) {
  handlers[1] = [&pool](const std::shared_ptr<Command> &command) {
    asio::post(pool, [command] { audit(command->verb); }); // expect: request-capture
  };
}
