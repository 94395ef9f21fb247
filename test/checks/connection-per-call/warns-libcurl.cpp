// RUN: %check %s -- -std=c++20
// A handle keeps its connections; a handle per call opens one per call.
#include <curl/curl.h>
#include <memory>
#include <string>

bool notifyWarns(const std::string &url, const std::string &body) {
  CURL *curl = curl_easy_init(); // expect: connection-per-call
  if (!curl)
    return false;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  const CURLcode code = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return code == CURLE_OK;
}

bool ownedWarns(const std::string &url) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup); // expect: connection-per-call
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  return curl_easy_perform(curl.get()) == CURLE_OK;
}
