// RUN: %check %s -- -std=c++17
// One function for each guard of the check.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

static void count(pqxx::connection &db) {
  pqxx::work transaction(db);
  transaction.exec0("UPDATE hits SET count = count + 1");
  transaction.commit();
}

// Lent by the caller.
void parameterOk(pqxx::connection &db) { count(db); }

// For good.
void staticOk() {
  static pqxx::connection db("dbname=shop");
  count(db);
}
void threadLocalOk() {
  thread_local pqxx::connection db("dbname=shop");
  count(db);
}
pqxx::connection &singletonOk() {
  static pqxx::connection db("dbname=shop");
  return db;
}
void useSingletonOk() { count(singletonOk()); }
void staticPointerOk() {
  static std::unique_ptr<pqxx::connection> db;
  if (!db)
    db = std::make_unique<pqxx::connection>("dbname=shop");
  count(*db);
}

// Members.
class Eager {
public:
  explicit Eager(const std::string &address) : db_(address) {}
  void useOk() { count(db_); }

private:
  pqxx::connection db_;
};

// region: member
class Lazy {
public:
  void useOk() {
    if (!db_)
      db_ = std::make_unique<pqxx::connection>("dbname=shop");
    count(*db_);
  }

private:
  std::unique_ptr<pqxx::connection> db_;
};
// endregion

class LazyOptional {
public:
  void useOk() { count(connection()); }

private:
  pqxx::connection &connection() {
    if (!db_.has_value())
      db_.emplace("dbname=shop");
    return *db_;
  }
  std::optional<pqxx::connection> db_;
};

class Once {
public:
  void useOk() {
    std::call_once(flag_, [this] { db_ = std::make_unique<pqxx::connection>("dbname=shop"); });
    count(*db_);
  }

private:
  std::once_flag flag_;
  std::unique_ptr<pqxx::connection> db_;
};

class Reconnecting {
public:
  void useOk() {
    if (!db_ || !db_->is_open())
      reconnect();
    count(*db_);
  }

private:
  void reconnect() { db_ = std::make_shared<pqxx::connection>("dbname=shop"); }
  std::shared_ptr<pqxx::connection> db_;
};

// Handed on.
std::unique_ptr<pqxx::connection> makeOk(const std::string &address) {
  auto db = std::make_unique<pqxx::connection>(address);
  pqxx::work transaction(*db);
  transaction.exec0("SET search_path TO shop");
  transaction.commit();
  return db;
}
std::shared_ptr<pqxx::connection> makeSharedOk() { return std::make_shared<pqxx::connection>("dbname=shop"); }
void outParameterOk(std::unique_ptr<pqxx::connection> &out) {
  auto db = std::make_unique<pqxx::connection>("dbname=shop");
  out = std::move(db);
}
void keepOk(std::vector<std::unique_ptr<pqxx::connection>> &idle) {
  auto db = std::make_unique<pqxx::connection>("dbname=shop");
  idle.push_back(std::move(db));
}
std::function<void()> capturedOk() {
  auto db = std::make_shared<pqxx::connection>("dbname=shop");
  return [db] { count(*db); };
}
class Session {
public:
  explicit Session(std::unique_ptr<pqxx::connection> db) : db_(std::move(db)) {}
  void use() { count(*db_); }

private:
  std::unique_ptr<pqxx::connection> db_;
};
std::unique_ptr<Session> sessionOk() {
  return std::make_unique<Session>(std::make_unique<pqxx::connection>("dbname=shop"));
}

// A pool lends.
class Pool {
public:
  explicit Pool(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      idle_.push_back(std::make_unique<pqxx::connection>("dbname=shop"));
  }
  std::shared_ptr<pqxx::connection> acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    std::unique_ptr<pqxx::connection> db;
    if (idle_.empty()) {
      db = std::make_unique<pqxx::connection>("dbname=shop");
    } else {
      db = std::move(idle_.back());
      idle_.pop_back();
    }
    return {db.release(), [this](pqxx::connection *back) {
              std::lock_guard<std::mutex> lock(mutex_);
              idle_.emplace_back(back);
            }};
  }

private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<pqxx::connection>> idle_;
};
// region: pool
void poolOk(Pool &pool) {
  auto db = pool.acquire();
  count(*db);
}
// endregion

// A connection per thread or per tenant, kept in a map.
class Tenants {
public:
  void useOk(const std::string &tenant) {
    auto &db = connections_[tenant];
    if (!db)
      db = std::make_unique<pqxx::connection>("dbname=" + tenant);
    count(*db);
  }
  void findOk(const std::string &tenant) {
    auto it = connections_.find(tenant);
    if (it == connections_.end())
      it = connections_.emplace(tenant, std::make_unique<pqxx::connection>("dbname=" + tenant)).first;
    count(*it->second);
  }

private:
  std::map<std::string, std::unique_ptr<pqxx::connection>> connections_;
};

// An object ends once.
class Report {
public:
  ~Report() {
    pqxx::connection db("dbname=shop"); // low: connection-per-call
    count(db);
  }
};
