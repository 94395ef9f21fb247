// RUN: %check %s -- -std=c++20
#include <hiredis/hiredis.h>
#include <memory>
#include <string>
#include <vector>

using Reply = std::unique_ptr<redisReply, decltype(&freeReplyObject)>;

void deleteWarns(redisContext *redis, const std::vector<std::string> &keys) {
  for (const std::string &key : keys) {
    void *reply = redisCommand(redis, "DEL %s", key.c_str()); // expect: query-in-loop
    freeReplyObject(reply);
  }
}

// region: get
std::vector<std::string> valuesWarns(redisContext *redis, const std::vector<std::string> &keys) {
  std::vector<std::string> values;
  for (const std::string &key : keys) {
    auto *reply = static_cast<redisReply *>(redisCommand(redis, "GET %s", key.c_str())); // expect: query-in-loop
    values.emplace_back(reply && reply->str ? reply->str : "");
    freeReplyObject(reply);
  }
  return values;
}
// endregion

// Answers that are thrown away still had to come back first.
void touchWarns(redisContext *redis, const std::vector<long> &ids, long seconds) {
  for (const long id : ids)
    Reply(static_cast<redisReply *>(redisCommand(redis, "EXPIRE session:%ld %ld", id, seconds)), &freeReplyObject); // expect: query-in-loop
}

class Session {
public:
  explicit Session(redisContext *redis) : redis_(redis) {}
  bool has(const std::string &key) const {
    Reply reply(static_cast<redisReply *>(redisCommand(redis_, "EXISTS %s", key.c_str())), &freeReplyObject);
    return reply && reply->integer == 1;
  }

private:
  redisContext *redis_;
};

int countWarns(const Session &session, const std::vector<std::string> &keys) {
  int count = 0;
  for (std::size_t i = 0; i != keys.size(); ++i)
    count += session.has(keys[i]); // expect: query-in-loop
  return count;
}

// The elements of one reply, each asked for.
long sizesWarns(redisContext *redis) {
  auto *keys = static_cast<redisReply *>(redisCommand(redis, "KEYS user:*"));
  long sum = 0;
  for (std::size_t i = 0; i < keys->elements; ++i) {
    auto *size = static_cast<redisReply *>(redisCommand(redis, "STRLEN %s", keys->element[i]->str)); // expect: query-in-loop
    sum += size->integer;
    freeReplyObject(size);
  }
  freeReplyObject(keys);
  return sum;
}
