// RUN: %check %s -- -std=c++20
#include <hiredis/hiredis.h>
#include <string>
#include <vector>

// Sent together, then read.
// region: get
std::vector<std::string> valuesOk(redisContext *redis, const std::vector<std::string> &keys) {
  for (const std::string &key : keys)
    redisAppendCommand(redis, "GET %s", key.c_str());
  std::vector<std::string> values;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    void *reply = nullptr;
    redisGetReply(redis, &reply);
    const auto *text = static_cast<redisReply *>(reply);
    values.emplace_back(text && text->str ? text->str : "");
    freeReplyObject(reply);
  }
  return values;
}
// endregion

std::vector<std::string> multiGetOk(redisContext *redis, const std::vector<std::string> &keys) {
  std::vector<const char *> argv{"MGET"};
  for (const std::string &key : keys)
    argv.push_back(key.c_str());
  auto *reply = static_cast<redisReply *>(redisCommandArgv(redis, static_cast<int>(argv.size()), argv.data(), nullptr));
  std::vector<std::string> values;
  for (std::size_t i = 0; i < reply->elements; ++i)
    values.emplace_back(reply->element[i]->str ? reply->element[i]->str : "");
  freeReplyObject(reply);
  return values;
}

// A subscriber waits for messages as long as it lives.
void subscribeOk(redisContext *redis) {
  freeReplyObject(redisCommand(redis, "SUBSCRIBE news"));
  void *reply = nullptr;
  while (redisGetReply(redis, &reply) == REDIS_OK)
    freeReplyObject(reply);
}

// SCAN goes page by page.
long scanOk(redisContext *redis) {
  std::string cursor = "0";
  long keys = 0;
  do {
    auto *reply = static_cast<redisReply *>(redisCommand(redis, "SCAN %s COUNT 1000", cursor.c_str())); // low: query-in-loop
    cursor = reply->element[0]->str;
    keys += static_cast<long>(reply->element[1]->elements);
    freeReplyObject(reply);
  } while (cursor != "0");
  return keys;
}

// A work queue: takes one, waits for the next.
void workerOk(redisContext *redis, const volatile bool &stop, void (*handle)(const char *)) {
  while (!stop) {
    auto *reply = static_cast<redisReply *>(redisCommand(redis, "BLPOP jobs 5"));
    if (reply && reply->elements == 2)
      handle(reply->element[1]->str);
    freeReplyObject(reply);
  }
}
