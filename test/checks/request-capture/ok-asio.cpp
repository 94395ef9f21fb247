// RUN: %check %s -- -std=c++20 -DASIO_STANDALONE
// Twins of warns-asio.cpp, and the idioms of asio's own examples.
#include <array>
#include <asio.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
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
void execute(const Command &command);
class Console {
public:
  using Handler = std::function<void(const Command &)>;
  void on(const std::string &verb, Handler handler) { handlers_[verb] = std::move(handler); }
  void run(const Command &command) { handlers_.at(command.verb)(command); }

private:
  std::map<std::string, Handler> handlers_;
};

void postOk(Console &console, asio::io_context &io, asio::thread_pool &pool) {
  console.on("a", [&io](const Command &command) {
    asio::post(io, [verb = command.verb] { audit(verb); });
  });
  console.on("b", [&pool](const Command &command) {
    asio::defer(pool, [command] { execute(command); });
  });
  console.on("c", [&io](const Command &command) {
    std::string verb = command.verb;
    asio::dispatch(io.get_executor(), [=] { audit(verb); });
  });
}

// The loop runs here, until all is done.
void ownLoopOk(Console &console) {
  console.on("a", [](const Command &command) {
    asio::io_context io;
    asio::post(io, [&command] { audit(command.verb); });
    io.run();
  });
  console.on("b", [](const Command &command) {
    asio::thread_pool pool(4);
    for (int i = 0; i < 4; ++i)
      asio::post(pool, [&command, i] { audit(command.verb + std::to_string(i)); });
    pool.join();
  });
  console.on("c", [](const Command &command) {
    asio::thread_pool pool(4);
    asio::post(pool, [&command] { audit(command.verb); });
  });
}

void timerOk(Console &console, asio::io_context &io) {
  console.on("remind", [&io](const Command &command) {
    auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::minutes(5));
    timer->async_wait([timer, verb = command.verb](std::error_code error) {
      if (!error)
        audit(verb);
    });
  });
}

// What is written must live until it is written.
void writeOk(Console &console, asio::ip::tcp::socket &socket) {
  console.on("echo", [&](const Command &command) {
    auto held = std::make_shared<Command>(command);
    asio::async_write(socket, asio::buffer(held->input), [held](std::error_code error, std::size_t) {
      if (error)
        audit(held->verb);
    });
  });
}

// region: session
// asio/example/cpp11/echo/async_tcp_echo_server.cpp: self keeps the session until the chain ends.
class session : public std::enable_shared_from_this<session> {
public:
  explicit session(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}
  void start() { do_read(); }

private:
  void do_read() {
    auto self(shared_from_this());
    socket_.async_read_some(asio::buffer(data_, max_length), [this, self](std::error_code ec, std::size_t length) {
      if (!ec)
        do_write(length);
    });
  }
  void do_write(std::size_t length) {
    auto self(shared_from_this());
    asio::async_write(socket_, asio::buffer(data_, length), [this, self](std::error_code ec, std::size_t /*length*/) {
      if (!ec)
        do_read();
    });
  }
  asio::ip::tcp::socket socket_;
  enum { max_length = 1024 };
  char data_[max_length];
};
// endregion

class server {
public:
  server(asio::io_context &io_context, short port)
      : acceptor_(io_context, asio::ip::tcp::endpoint(asio::ip::tcp::v4(), port)) {
    do_accept();
  }

private:
  void do_accept() {
    acceptor_.async_accept([this](std::error_code ec, asio::ip::tcp::socket socket) {
      if (!ec)
        std::make_shared<session>(std::move(socket))->start();
      do_accept();
    });
  }
  asio::ip::tcp::acceptor acceptor_;
};

// asio/example/cpp11/chat: a session in a room, with the request it reads.
class chat_session : public std::enable_shared_from_this<chat_session> {
public:
  chat_session(asio::ip::tcp::socket socket, std::set<std::shared_ptr<chat_session>> &room)
      : socket_(std::move(socket)), room_(room) {}
  void start() {
    room_.insert(shared_from_this());
    do_read_header();
  }
  void deliver(const Command &command) {
    const bool busy = !queue_.empty();
    queue_.push_back(command);
    if (!busy)
      do_write();
  }

private:
  void do_read_header() {
    auto self(shared_from_this());
    asio::async_read(socket_, asio::buffer(header_), [this, self](std::error_code ec, std::size_t) {
      if (!ec)
        do_read_header();
      else
        room_.erase(shared_from_this());
    });
  }
  void do_write() {
    auto self(shared_from_this());
    asio::async_write(socket_, asio::buffer(queue_.front().input), [this, self](std::error_code ec, std::size_t) {
      if (!ec) {
        queue_.pop_front();
        if (!queue_.empty())
          do_write();
      } else {
        room_.erase(self);
      }
    });
  }
  asio::ip::tcp::socket socket_;
  std::set<std::shared_ptr<chat_session>> &room_;
  std::array<char, 4> header_{};
  std::deque<Command> queue_;
};

// A member that is read for its own sake, as part of the chain of reads.
class reader : public std::enable_shared_from_this<reader> {
public:
  explicit reader(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}
  void read() {
    asio::async_read_until(socket_, asio::dynamic_buffer(command_.input), '\n',
                           [self = shared_from_this()](std::error_code ec, std::size_t) {
                             if (!ec)
                               audit(self->command_.input);
                           });
  }

private:
  asio::ip::tcp::socket socket_;
  Command command_;
};

// asio/example/cpp11/http/server: by this, the manager keeps the connection.
class connection_manager;
class connection : public std::enable_shared_from_this<connection> {
public:
  connection(asio::ip::tcp::socket socket, std::function<void(std::shared_ptr<connection>)> stop)
      : socket_(std::move(socket)), stop_(std::move(stop)) {}
  void do_read() {
    auto self(shared_from_this());
    socket_.async_read_some(asio::buffer(buffer_), [this, self](std::error_code ec, std::size_t bytes) {
      if (!ec)
        reply_.assign(buffer_.data(), bytes), do_write();
      else if (ec != asio::error::operation_aborted)
        stop_(shared_from_this());
    });
  }
  void do_write() {
    auto self(shared_from_this());
    asio::async_write(socket_, asio::buffer(reply_), [this, self](std::error_code ec, std::size_t) {
      if (!ec) {
        std::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
      }
    });
  }

private:
  asio::ip::tcp::socket socket_;
  std::function<void(std::shared_ptr<connection>)> stop_;
  std::array<char, 8192> buffer_{};
  Command request_;
  std::string reply_;
};

// A shared message that goes to many.
void broadcastOk(const std::vector<std::shared_ptr<asio::ip::tcp::socket>> &sockets, const std::string &text) {
  auto message = std::make_shared<const std::string>(text);
  for (const auto &socket : sockets)
    asio::async_write(*socket, asio::buffer(*message), [message, socket](std::error_code, std::size_t) {});
}
