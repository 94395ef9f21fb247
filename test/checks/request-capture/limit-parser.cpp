// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a parser is no request, it has one.
#include <boost/asio/io_context.hpp>
#include <boost/asio/dispatch.hpp>
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
