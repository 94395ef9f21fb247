// RUN: %check %s -- -std=c++20
#include <hiredis/hiredis.h>
#include <memory>
#include <string>

std::string getWarns(const std::string &key) {
  redisContext *redis = redisConnect("127.0.0.1", 6379); // expect: connection-per-call
  auto *reply = static_cast<redisReply *>(redisCommand(redis, "GET %s", key.c_str()));
  std::string value = reply && reply->str ? reply->str : "";
  freeReplyObject(reply);
  redisFree(redis);
  return value;
}

bool timeoutWarns(const char *host, const std::string &key) {
  std::unique_ptr<redisContext, void (*)(redisContext *)> redis(redisConnectWithTimeout(host, 6379, {1, 0}), &redisFree); // expect: connection-per-call
  if (!redis || redis->err)
    return false;
  freeReplyObject(redisCommand(redis.get(), "DEL %s", key.c_str()));
  return true;
}

class Cache {
public:
  void touchWarns(const std::string &key) const {
    redisContext *redis = redisConnectUnix("/run/redis.sock"); // expect: connection-per-call
    freeReplyObject(redisCommand(redis, "EXPIRE %s 60", key.c_str()));
    redisFree(redis);
  }
};
