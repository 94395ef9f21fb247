// RUN: %check %s -- -std=c++20
// An HTTP request is not a query: other checks speak of it.
#include <curl/curl.h>
#include <string>
#include <vector>

void downloadOk(CURL *curl, const std::vector<std::string> &urls) {
  for (const std::string &url : urls) {
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_perform(curl);
  }
}

void multiOk(CURLM *multi, const std::vector<CURL *> &handles) {
  for (CURL *handle : handles)
    curl_multi_add_handle(multi, handle);
  int running = 0;
  do {
    curl_multi_perform(multi, &running);
    curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  } while (running);
}
