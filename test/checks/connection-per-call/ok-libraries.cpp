// RUN: %check %s -- -std=c++17 -I/usr/include/postgresql
// Library by library: what looks like opening and is not, or lasts.
#include <curl/curl.h>
#include <hiredis/hiredis.h>
#include <libpq-fe.h>
#include <memory>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <sqlite3.h>
#include <string>
#include <vector>

// SOCI: a session made of a pool is a lease.
int leaseOk(soci::connection_pool &pool) {
  soci::session sql(pool);
  int count = 0;
  sql << "SELECT count(*) FROM users", soci::into(count);
  return count;
}
int poolAtOk(soci::connection_pool &pool) {
  const std::size_t position = pool.lease();
  soci::session &sql = pool.at(position);
  int count = 0;
  sql << "SELECT count(*) FROM users", soci::into(count);
  pool.give_back(position);
  return count;
}
void fillPoolOk(soci::connection_pool &pool, std::size_t size, const std::string &address) {
  for (std::size_t i = 0; i < size; ++i)
    pool.at(i).open("postgresql", address);
}
class Store {
public:
  void openOk(const std::string &address) { sql_.open(address); }

private:
  soci::session sql_;
};

// libpqxx: a transaction is no connection, nor is a reference or a moved one.
void transactionOk(pqxx::connection &db) {
  pqxx::work transaction(db);
  pqxx::subtransaction inner(transaction);
  inner.exec0("DELETE FROM carts");
  inner.commit();
  transaction.commit();
}
void referenceOk(const std::shared_ptr<pqxx::connection> &shared) {
  pqxx::connection &db = *shared;
  auto same = shared;
  pqxx::work transaction(db);
  transaction.exec0("DELETE FROM carts");
  transaction.commit();
}
class Broken {
public:
  explicit Broken(std::string address) : address_(std::move(address)) {}
  pqxx::connection &healthyOk() {
    if (!db_ || !db_->is_open())
      db_ = std::make_unique<pqxx::connection>(address_);
    return *db_;
  }

private:
  std::string address_;
  std::unique_ptr<pqxx::connection> db_;
};

// libpq: asking for the state, closing what others opened.
bool aliveOk(PGconn *db) { return PQstatus(db) == CONNECTION_OK; }
void closeOk(PGconn *db) { PQfinish(db); }
void resetOk(PGconn *db) {
  if (PQstatus(db) != CONNECTION_OK)
    PQreset(db);
}

// hiredis: one context per thread.
redisContext *threadOk() {
  thread_local std::unique_ptr<redisContext, decltype(&redisFree)> redis(redisConnect("127.0.0.1", 6379), &redisFree);
  return redis.get();
}
void reconnectOk(redisContext *redis) {
  if (redis->err)
    redisReconnect(redis);
}

// sqlite3: the caller gets it.
class File {
public:
  explicit File(const char *path) { sqlite3_open(path, &db_); }
  File(File &&other) noexcept : db_(other.db_) { other.db_ = nullptr; }
  ~File() { sqlite3_close(db_); }

private:
  sqlite3 *db_ = nullptr;
};
File fileOk(const char *path) { return File(path); }
File namedOk(const char *path) {
  File file(path);
  return file;
}
std::vector<File> filesOk(const std::vector<std::string> &paths) {
  std::vector<File> files;
  for (const std::string &path : paths)
    files.emplace_back(path.c_str());
  return files;
}
std::unique_ptr<File> newOk(const char *path) { return std::unique_ptr<File>(new File(path)); }

// libcurl: a handle that is kept keeps its connections.
class Client {
public:
  Client() : curl_(curl_easy_init()) {}
  ~Client() { curl_easy_cleanup(curl_); }
  Client(const Client &) = delete;
  bool getOk(const std::string &url) {
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    return curl_easy_perform(curl_) == CURLE_OK;
  }

private:
  CURL *curl_;
};
bool staticCurlOk(const std::string &url) {
  static CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  return curl_easy_perform(curl) == CURLE_OK;
}
bool lentCurlOk(CURL *curl, const std::string &url) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  return curl_easy_perform(curl) == CURLE_OK;
}
CURL *makeCurlOk(const std::string &url) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  return curl;
}
// Made only to escape a text: no traffic at all.
std::string escapeOk(const std::string &text) {
  CURL *curl = curl_easy_init();
  char *escaped = curl_easy_escape(curl, text.c_str(), static_cast<int>(text.size()));
  std::string out = escaped;
  curl_free(escaped);
  curl_easy_cleanup(curl);
  return out;
}
