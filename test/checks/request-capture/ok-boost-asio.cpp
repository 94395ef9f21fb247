// RUN: %check %s -- -std=c++17 -DBOOST_ASIO_DISABLE_BOOST_DATE_TIME -DBOOST_THREAD_DONT_USE_DATETIME
// Twins of warns-boost-asio.cpp.
#include <boost/asio.hpp>
#include <boost/bind/bind.hpp>
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

void postOk(Console &console, boost::asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    boost::asio::post(io, [verb = command.verb] { audit(verb); });
  });
  console.on("b", [&io](const Command &command) {
    boost::asio::defer(io, [=] { execute(command); });
  });
  console.on("c", [](const Command &command) {
    boost::asio::io_context io;
    boost::asio::post(io, [&command] { audit(command.verb); });
    io.run();
  });
}
void timerOk(Console &console, boost::asio::io_context &io) {
  console.on("a", [&io](const Command &command) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io, std::chrono::seconds(5));
    timer->async_wait([timer, verb = command.verb](const boost::system::error_code &) { audit(verb); });
  });
  // It blocks.
  console.on("b", [&io](const Command &command) {
    boost::asio::steady_timer timer(io, std::chrono::seconds(1));
    timer.wait();
    audit(command.verb);
  });
}
void threadOk(Console &console) {
  console.on("a", [](const Command &command) {
    boost::thread thread([&command] { audit(command.verb); });
    thread.join();
  });
  console.on("b", [](const Command &command) {
    boost::thread_group group;
    group.create_thread([&command] { audit(command.verb); });
    group.create_thread([&command] { audit(command.verb); });
    group.join_all();
  });
}

// asio/example/cpp03: bound by boost::bind, kept by shared_from_this.
class tcp_connection : public std::enable_shared_from_this<tcp_connection> {
public:
  explicit tcp_connection(boost::asio::io_context &io) : socket_(io), timer_(io) {}
  void start() {
    boost::asio::async_write(socket_, boost::asio::buffer(message_),
                             boost::bind(&tcp_connection::handle_write, shared_from_this(),
                                         boost::asio::placeholders::error,
                                         boost::asio::placeholders::bytes_transferred));
  }
  void deadline() {
    timer_.async_wait(boost::bind(&tcp_connection::check, this));
  }

private:
  void handle_write(const boost::system::error_code &, std::size_t) {}
  void check() {
    if (stopped_)
      return;
    timer_.async_wait(std::bind(&tcp_connection::check, this));
  }
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  std::string message_;
  bool stopped_ = false;
};
