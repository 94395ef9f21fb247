// RUN: %check %s --fix -- -std=c++17
// Beast's accessors return views: they are copied into texts.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <iostream>
#include <memory>
#include <string>

namespace http = boost::beast::http;
namespace net = boost::asio;

void target(const http::request<http::string_body> &req, net::io_context &io) {
  net::post(io, [req] { std::cerr << req.target() << '\n'; }); // expect: request-capture
}
// FIXED-LABEL: void target(
// FIXED: net::post(io, [target = std::string(req.target())] { std::cerr << target << '\n'; });

void version(const http::request<http::string_body> &req, net::io_context &io) {
  net::post(io, [req] { std::cerr << req.version() << '\n'; }); // expect: request-capture
}
// FIXED-LABEL: void version(
// FIXED: net::post(io, [version = req.version()] { std::cerr << version << '\n'; });

void shared(const std::shared_ptr<const http::request<http::string_body>> &req, net::io_context &io) {
  net::post(io, [req] { std::cerr << req->method() << '\n'; }); // expect: request-capture
}
// FIXED-LABEL: void shared(
// FIXED: net::post(io, [method = req->method()] { std::cerr << method << '\n'; });

// What the view has, a text has not: no fix.
void view(const http::request<http::string_body> &req, net::io_context &io) {
  net::post(io, [req] { std::cerr << req.target().to_string(); }); // expect: request-capture
}
// FIXED-LABEL: void view(
// FIXED: net::post(io, [req] { std::cerr << req.target().to_string(); });
