#include "good/Shop.h"

#include <httplib.h>
#include <iostream>

namespace shop::good {

void logVisit(Worker &worker, const httplib::Request &request) {
  worker.post([agent = request.get_header_value("User-Agent")] {
    std::clog << agent + '\n';
  });
}

} // namespace shop::good
