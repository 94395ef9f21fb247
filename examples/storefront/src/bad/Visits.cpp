#include "bad/Shop.h"

#include <httplib.h>
#include <iostream>

namespace shop::bad {

void logVisit(Worker &worker, const httplib::Request &request) {
  worker.post([request] { // expect: request-capture
    std::clog << request.get_header_value("User-Agent") + '\n';
  });
}

} // namespace shop::bad
