// RUN: %check %s -- -std=c++17
// C++ REST SDK: http_request is a handle on the message, its headers and its body.
#include <cpprest/http_client.h>
#include <cpprest/http_listener.h>
#include <cpprest/json.h>
#include <iostream>
#include <memory>
#include <pplx/pplxtasks.h>
#include <string>
#include <thread>
#include <utility>

using web::http::http_request;
using web::http::http_response;
using web::http::methods;
using web::http::status_codes;
using web::http::experimental::listener::http_listener;

void audit(const std::string &what);
pplx::task<int> countVisits();

void listenerWarns(http_listener &listener) {
  listener.support(methods::GET, [](http_request request) {
    countVisits().then([request](int visits) { // expect: request-capture
      audit(request.remote_address() + std::to_string(visits));
    });
    request.reply(status_codes::Accepted);
  });
  listener.support([](http_request request) {
    countVisits().then([=](int) { audit(request.relative_uri().to_string()); }); // expect: request-capture
    request.reply(status_codes::Accepted);
  });
}

void createTaskWarns(http_listener &listener) {
  listener.support(methods::POST, [](const http_request &request) {
    pplx::create_task([request] { audit(request.request_uri().to_string()); }); // expect: request-capture
    request.reply(status_codes::Accepted);
  });
  listener.support(methods::DEL, [](const http_request &request) {
    pplx::create_task([&request] { audit(request.request_uri().to_string()); }); // expect: request-capture
    request.reply(status_codes::Accepted);
  });
}

// The answer of another server, with its body.
void responseWarns(web::http::client::http_client &client) {
  client.request(methods::GET, "/prices").then([](http_response response) {
    std::thread([response] { audit(std::to_string(response.status_code())); }).detach(); // expect: request-capture
  });
}

// A method as the handler.
class Service {
public:
  explicit Service(http_listener &listener) {
    listener.support(methods::PUT, std::bind(&Service::putWarns, this, std::placeholders::_1));
  }
  void putWarns(http_request request) {
    countVisits().then([this, request](int visits) { note(request.remote_address(), visits); }); // expect: request-capture
    request.reply(status_codes::OK);
  }
  void note(const std::string &who, int visits) { std::cerr << who << last_ + visits; }

private:
  int last_ = 0;
};

// The next of the chain does not hold it.
void chainWarns(http_listener &listener) {
  listener.support(methods::PUT, [](http_request message) {
    pplx::create_task([=]() -> int { return int(message.headers().size()); }) // expect: request-capture
        .then([](int headers) { audit(std::to_string(headers)); });
    message.reply(status_codes::Accepted);
  });
}
