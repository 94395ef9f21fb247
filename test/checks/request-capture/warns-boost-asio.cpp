// RUN: %check %s -- -std=c++17 -DBOOST_ASIO_DISABLE_BOOST_DATE_TIME -DBOOST_THREAD_DONT_USE_DATETIME
// Boost.Asio and Boost.Thread: what is posted, timed and run elsewhere.
#include <boost/asio.hpp>
#include <boost/thread/thread.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
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
  void on(const std::string &verb, std::function<void(const Command &)> handler) {
    handlers_[verb] = std::move(handler);
  }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, std::function<void(const Command &)>> handlers_;
};

void postWarns(Console &console, boost::asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    boost::asio::post(io, [command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&io](const Command &command) {
    boost::asio::defer(io, [=] { audit(command.verb); }); // expect: request-capture
  });
  console.on("c", [&io](const Command &command) {
    io.dispatch([command] { audit(command.verb); }); // expect: request-capture
  });
  console.on("d", [&io](const Command &command) {
    boost::asio::post(io, [&command] { audit(command.verb); }); // expect: request-capture
  });
}
void timerWarns(Console &console, boost::asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io, std::chrono::seconds(5));
    timer->async_wait([timer, command](const boost::system::error_code &) { audit(command.verb); }); // expect: request-capture
  });
  console.on("b", [&io](const Command &command) {
    auto signals = std::make_shared<boost::asio::signal_set>(io, 1);
    signals->async_wait([signals, command](boost::system::error_code, int) { audit(command.verb); }); // expect: request-capture
  });
}
void socketWarns(Console &console, boost::asio::ip::tcp::socket &socket, boost::asio::streambuf &buffer) {
  console.on("a", [&](const Command &command) {
    boost::asio::async_read_until(socket, buffer, '\n', [command](boost::system::error_code, std::size_t) { // expect: request-capture
      audit(command.verb);
    });
  });
}
void threadWarns(Console &console, boost::thread_group &group) {
  console.on("a", [](const Command &command) {
    boost::thread([command] { audit(command.verb); }).detach(); // expect: request-capture
  });
  console.on("b", [&group](const Command &command) {
    group.create_thread([command] { audit(command.verb); }); // expect: request-capture
  });
}
