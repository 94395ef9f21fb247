// RUN: %check %s -- -std=c++17
// C++ REST SDK: twins of warns-cpprest.cpp.
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

void listenerOk(http_listener &listener) {
  listener.support(methods::GET, [](http_request request) {
    countVisits().then([address = request.remote_address()](int visits) { audit(address + std::to_string(visits)); });
    request.reply(status_codes::Accepted);
  });
}

// The answer goes through the request: it is needed.
void replyOk(http_listener &listener) {
  listener.support(methods::GET, [](http_request request) {
    countVisits().then([request](int visits) { request.reply(status_codes::OK, std::to_string(visits)); });
    countVisits().then([request](int) { request.reply(status_codes::Accepted); });
    countVisits().then([=](int) { return request.reply(status_codes::OK, "done"); });
  });
  listener.support(methods::POST, [](http_request request) {
    request.extract_json().then([request](web::json::value value) {
      return request.reply(status_codes::OK, value);
    });
  });
  listener.support(methods::PUT, [](http_request request) {
    countVisits().then([=](pplx::task<int> visits) mutable {
      try {
        http_response response(status_codes::OK);
        response.set_body(std::to_string(visits.get()));
        response.headers().add("Location", request.relative_uri().to_string());
        request.reply(response);
      } catch (const std::exception &error) {
        request.reply(status_codes::InternalError, error.what());
      }
    });
  });
}

// Waited for.
void waitedOk(http_listener &listener) {
  listener.support(methods::GET, [](const http_request &request) {
    countVisits().then([&request](int) { audit(request.remote_address()); }).wait();
    pplx::create_task([&request] { audit(request.remote_address()); }).get();
    request.reply(status_codes::OK);
  });
}

void forward(http_request request);
void wholeOk(http_listener &listener, web::http::client::http_client &client) {
  listener.support([&client](http_request request) {
    countVisits().then([request, &client](int) { return client.request(request); });
    countVisits().then([request](int) { forward(request); });
  });
}

// A chain of continuations on the answer itself.
void responseOk(web::http::client::http_client &client) {
  client.request(methods::GET, "/prices")
      .then([](http_response response) { return response.extract_string(); })
      .then([](const std::string &body) { audit(body); });
  client.request(methods::GET, "/prices").then([](http_response response) {
    return response.extract_string().then([status = response.status_code()](const std::string &body) {
      audit(body + std::to_string(status));
    });
  });
  // What runs before works on the answer itself, which is there all the time.
  client.request(methods::GET, "/stock").then([](http_response response) {
    return response.extract_json().then([response](const web::json::value &) {
      audit(std::to_string(response.status_code()));
    });
  });
}

// The next of the chain holds it to answer.
void chainOk(http_listener &listener) {
  listener.support(methods::PUT, [](http_request message) {
    pplx::create_task([=]() -> int { return int(message.headers().size()); }).then([=](int headers) {
      message.reply(status_codes::OK, std::to_string(headers));
    });
  });
}
