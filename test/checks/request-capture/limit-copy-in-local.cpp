// RUN: %check %s -- -std=c++20
// XFAIL: *
// Not reported: a copy of a local in a slot of that local. It doubles what is held, and dies with the local.
#include <functional>
#include <string>

void audit(const std::string &what);

struct Download {
  std::function<void()> onDone;
  std::string name;
};
void valueWarns() {
  Download download;
  download.onDone = [download] { audit(download.name); }; // expect: request-capture
  download.onDone();
}
