// RUN: %check %s -- -std=c++17
// Boost.Beast: twins of warns-beast.cpp, and the idioms of Beast's own examples.
#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/optional.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
namespace net = boost::asio;
using tcp = net::ip::tcp;

void audit(const std::string &what);

// example/http/server/async/http_server_async.cpp: lambdas that make an answer, run here.
template <class Body, class Allocator, class Send>
void handle_request(beast::string_view doc_root, http::request<Body, http::basic_fields<Allocator>> &&req, Send &&send) {
  auto const bad_request = [&req](beast::string_view why) {
    http::response<http::string_body> res{http::status::bad_request, req.version()};
    res.set(http::field::server, BOOST_BEAST_VERSION_STRING);
    res.keep_alive(req.keep_alive());
    res.body() = std::string(why);
    res.prepare_payload();
    return res;
  };
  auto const not_found = [&req](beast::string_view target) {
    http::response<http::string_body> res{http::status::not_found, req.version()};
    res.keep_alive(req.keep_alive());
    res.body() = "The resource '" + std::string(target) + "' was not found.";
    res.prepare_payload();
    return res;
  };
  if (req.method() != http::verb::get && req.method() != http::verb::head)
    return send(bad_request("Unknown HTTP-method"));
  if (req.target().empty() || req.target()[0] != '/')
    return send(bad_request("Illegal request-target"));
  return send(not_found(doc_root));
}

class session : public std::enable_shared_from_this<session> {
  // This is the C++11 equivalent of a generic lambda.
  struct send_lambda {
    session &self_;
    explicit send_lambda(session &self) : self_(self) {}
    template <bool isRequest, class Body, class Fields>
    void operator()(http::message<isRequest, Body, Fields> &&msg) const {
      auto sp = std::make_shared<http::message<isRequest, Body, Fields>>(std::move(msg));
      self_.res_ = sp;
      http::async_write(self_.stream_, *sp,
                        beast::bind_front_handler(&session::on_write, self_.shared_from_this(), sp->need_eof()));
    }
  };
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::shared_ptr<std::string const> doc_root_;
  http::request<http::string_body> req_;
  std::shared_ptr<void> res_;
  send_lambda lambda_;

public:
  session(tcp::socket &&socket, std::shared_ptr<std::string const> const &doc_root)
      : stream_(std::move(socket)), doc_root_(doc_root), lambda_(*this) {}
  void run() {
    net::dispatch(stream_.get_executor(), beast::bind_front_handler(&session::do_read, shared_from_this()));
  }
  void do_read() {
    req_ = {};
    stream_.expires_after(std::chrono::seconds(30));
    http::async_read(stream_, buffer_, req_, beast::bind_front_handler(&session::on_read, shared_from_this()));
  }
  void on_read(beast::error_code ec, std::size_t) {
    if (ec == http::error::end_of_stream)
      return do_close();
    if (!ec)
      handle_request(*doc_root_, std::move(req_), lambda_);
  }
  void on_write(bool close, beast::error_code ec, std::size_t) {
    if (ec)
      return;
    if (close)
      return do_close();
    res_ = nullptr;
    do_read();
  }
  void do_close() {
    beast::error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
  }
};

// example/advanced: a queue of answers, each of which holds its message.
class http_session : public std::enable_shared_from_this<http_session> {
  class queue {
    struct work {
      virtual ~work() = default;
      virtual void operator()() = 0;
    };
    http_session &self_;
    std::vector<std::unique_ptr<work>> items_;

  public:
    explicit queue(http_session &self) : self_(self) {}
    bool on_write() {
      items_.erase(items_.begin());
      if (!items_.empty())
        (*items_.front())();
      return true;
    }
    template <bool isRequest, class Body, class Fields>
    void operator()(http::message<isRequest, Body, Fields> &&msg) {
      struct work_impl : work {
        http_session &self_;
        http::message<isRequest, Body, Fields> msg_;
        work_impl(http_session &self, http::message<isRequest, Body, Fields> &&msg)
            : self_(self), msg_(std::move(msg)) {}
        void operator()() {
          http::async_write(
              self_.stream_, msg_,
              beast::bind_front_handler(&http_session::on_write, self_.shared_from_this(), msg_.need_eof()));
        }
      };
      items_.push_back(boost::make_unique<work_impl>(self_, std::move(msg)));
      if (items_.size() == 1)
        (*items_.front())();
    }
  };
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  queue queue_;
  boost::optional<http::request_parser<http::string_body>> parser_;

public:
  explicit http_session(tcp::socket &&socket) : stream_(std::move(socket)), queue_(*this) {}
  void do_read() {
    parser_.emplace();
    parser_->body_limit(10000);
    http::async_read(stream_, buffer_, *parser_,
                     beast::bind_front_handler(&http_session::on_read, shared_from_this()));
  }
  void on_read(beast::error_code ec, std::size_t) {
    if (ec)
      return;
    handle_request("", parser_->release(), queue_);
    do_read();
  }
  void on_write(bool close, beast::error_code ec, std::size_t) {
    if (!ec && !close && queue_.on_write())
      do_read();
  }
};

// The chat server (boostorg/beast example/cppcon2018): self and the message that is being written.
class chat_session : public std::enable_shared_from_this<chat_session> {
  tcp::socket socket_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> req_;
  net::thread_pool &pool_;

public:
  chat_session(tcp::socket socket, net::thread_pool &pool) : socket_(std::move(socket)), pool_(pool) {}
  void run() {
    auto self = shared_from_this();
    http::async_read(socket_, buffer_, req_, [self](beast::error_code ec, std::size_t bytes) { self->on_read(ec, bytes); });
  }
  void on_read(beast::error_code ec, std::size_t) {
    if (ec)
      return;
    handle_request("", std::move(req_), [this](auto &&response) {
      using response_type = typename std::decay<decltype(response)>::type;
      auto sp = std::make_shared<response_type>(std::forward<decltype(response)>(response));
      auto self = shared_from_this();
      http::async_write(this->socket_, *sp, [self, sp](beast::error_code ec, std::size_t bytes) {
        self->on_write(ec, bytes, sp->need_eof());
      });
    });
  }
  void on_write(beast::error_code ec, std::size_t, bool close) {
    if (!ec && !close)
      run();
  }

  // Its own stream: the session lives until that is over in any case.
  void ownOk() {
    http::async_read(socket_, buffer_, req_, [self = shared_from_this()](beast::error_code ec, std::size_t) {
      if (!ec)
        audit(std::string(self->req_.target()));
    });
  }
  void logOk() {
    net::post(pool_, [target = std::string(req_.target())] { audit(target); });
  }
  void agentOk() {
    net::post(pool_, [agent = std::string(req_[http::field::user_agent])] { audit(agent); });
  }
  // Back to its own strand, to go on.
  void resumeOk() {
    net::post(socket_.get_executor(), [self = shared_from_this()] { self->run(); });
  }
};

// A message that is written by the call that holds it.
template <class Stream> void sendOk(Stream &stream, http::response<http::string_body> res) {
  auto sp = std::make_shared<http::response<http::string_body>>(std::move(res));
  http::async_write(stream, *sp, [sp](beast::error_code ec, std::size_t) {
    if (ec)
      std::cerr << sp->result_int() << ec.message() << '\n';
  });
}
void writeOk(beast::tcp_stream &stream, http::response<http::string_body> res) { sendOk(stream, std::move(res)); }

// And one that is read by it.
void readOk(beast::tcp_stream &stream, std::function<void(http::request<http::string_body>)> done) {
  auto req = std::make_shared<http::request<http::string_body>>();
  auto buffer = std::make_shared<beast::flat_buffer>();
  http::async_read(stream, *buffer, *req, [req, buffer, done](beast::error_code ec, std::size_t) {
    if (!ec)
      done(std::move(*req));
  });
  auto parser = std::make_shared<http::request_parser<http::empty_body>>();
  http::async_read_header(stream, *buffer, *parser, [parser, buffer](beast::error_code ec, std::size_t) {
    if (!ec)
      audit(std::string(parser->get().target()));
  });
}

// Passed on whole, or moved in.
void wholeOk(http::request<http::string_body> req, net::io_context &io,
             std::function<void(const http::request<http::string_body> &)> process) {
  net::post(io, [req, process] { process(req); });
  net::post(io, [req = std::move(req)] { audit(std::string(req.target())); });
}

// The loop runs here.
void ownLoopOk(const http::request<http::string_body> &req) {
  net::io_context io;
  net::post(io, [&req] { audit(std::string(req.target())); });
  io.run();
}

// example/http/server/coro: the coroutine is a function, its state is its own.
void do_session(beast::tcp_stream &stream, net::yield_context yield) {
  beast::error_code ec;
  beast::flat_buffer buffer;
  http::request<http::string_body> req;
  http::async_read(stream, buffer, req, yield[ec]);
  handle_request("", std::move(req), [&stream, &ec, yield](auto &&msg) { http::async_write(stream, msg, yield[ec]); });
}

// example/http/server/sync: a thread for a connection.
void syncOk(tcp::acceptor &acceptor) {
  for (;;) {
    tcp::socket socket{acceptor.get_executor()};
    acceptor.accept(socket);
    std::thread{[socket = std::move(socket)]() mutable {
      beast::error_code ec;
      beast::flat_buffer buffer;
      http::request<http::string_body> req;
      http::read(socket, buffer, req, ec);
      handle_request("", std::move(req), [&](auto &&msg) { http::write(socket, msg, ec); });
    }}.detach();
  }
}

// A WebSocket session accepts with the request and lets it go.
class websocket_session : public std::enable_shared_from_this<websocket_session> {
  websocket::stream<beast::tcp_stream> ws_;
  beast::flat_buffer buffer_;

public:
  explicit websocket_session(tcp::socket &&socket) : ws_(std::move(socket)) {}
  void do_accept(http::request<http::string_body> req) {
    ws_.async_accept(req, beast::bind_front_handler(&websocket_session::on_accept, shared_from_this()));
  }
  void on_accept(beast::error_code ec) {
    if (!ec)
      ws_.async_read(buffer_, [self = shared_from_this()](beast::error_code ec, std::size_t) { self->on_accept(ec); });
  }
  void send(std::shared_ptr<std::string const> const &text) {
    net::post(ws_.get_executor(), [self = shared_from_this(), text] {
      self->ws_.async_write(net::buffer(*text), [self, text](beast::error_code, std::size_t) {});
    });
  }
};
