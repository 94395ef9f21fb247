// RUN: %check %s -- -std=c++20
// A copy of a local in a slot of that local doubles what is held, and dies with the local.
#include <functional>
#include <string>

void audit(const std::string &what);

struct Download {
  std::function<void()> onDone;
  std::string name;
};
void valueOk() {
  Download download;
  download.onDone = [download] { audit(download.name); };
  download.onDone();
}
