// RUN: %check %s -- -std=c++17
// A parser has a request, and hands it out by an accessor that is const for const parsers only.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <string>

namespace http = boost::beast::http;
namespace net = boost::asio;

void audit(const std::string &what);

void parserWarns(std::shared_ptr<http::request_parser<http::string_body>> parser, net::io_context &io) {
  net::dispatch(io, [parser] { audit(std::string(parser->get().target())); }); // expect: request-capture
}

// Taken out of it, changed, or passed on.
void handle(http::request<http::string_body> &&request);
void change(http::request<http::string_body> &request);
void wholeOk(std::shared_ptr<http::request_parser<http::string_body>> parser, net::io_context &io) {
  net::dispatch(io, [parser] { handle(parser->release()); });
  net::dispatch(io, [parser] { change(parser->get()); });
  net::dispatch(io, [parser] { parser->get().set(http::field::server, "none"); });
}
