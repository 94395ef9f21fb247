// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// Classes and lifetimes that look like a connection per call.
#include <atomic>
#include <functional>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

struct Finish {
  void operator()(PGconn *db) const { PQfinish(db); }
};
using Handle = std::unique_ptr<PGconn, Finish>;

class Connection {
public:
  explicit Connection(const char *address) : db_(PQconnectdb(address)) {}
  void run(const char *sql) { PQclear(PQexec(db_.get(), sql)); }

private:
  Handle db_;
};

// A name proves nothing: these open no connection.
class DbConnection {
public:
  explicit DbConnection(Connection &db) : db_(db) {}
  void run(const char *sql) { db_.run(sql); }

private:
  Connection &db_;
};
void borrowedOk(Connection &db) {
  DbConnection connection(db);
  connection.run("DELETE FROM carts");
}
struct ConnectionSettings {
  std::string host = "localhost";
  std::string connect() const { return "host=" + host; }
};
std::string settingsOk() {
  ConnectionSettings connection;
  return connection.connect();
}

// Opens on demand, and demand may never come.
class Deferred {
public:
  void run(const char *sql) {
    if (!db_)
      db_ = std::make_unique<Connection>("dbname=shop");
    db_->run(sql);
  }
  bool used() const { return db_ != nullptr; }

private:
  std::unique_ptr<Connection> db_;
};
bool neverUsedOk() {
  Deferred deferred;
  return deferred.used();
}

// A pool that opens when it is empty.
class Pool {
public:
  class Lease {
  public:
    Lease(Pool &pool, std::unique_ptr<Connection> db) : pool_(pool), db_(std::move(db)) {}
    ~Lease() { pool_.put(std::move(db_)); }
    Lease(const Lease &) = delete;
    Connection *operator->() { return db_.get(); }

  private:
    Pool &pool_;
    std::unique_ptr<Connection> db_;
  };
  Lease get() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (idle_.empty())
      return {*this, std::make_unique<Connection>("dbname=shop")};
    auto db = std::move(idle_.back());
    idle_.pop_back();
    return {*this, std::move(db)};
  }

private:
  void put(std::unique_ptr<Connection> db) {
    std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(db));
  }
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};
void leaseOk(Pool &pool) {
  auto db = pool.get();
  db->run("DELETE FROM carts");
}

// Kept in a field, a map, a global, a thread's own.
class Service {
public:
  Service() : db_("dbname=shop") {}
  void runOk() { db_.run("DELETE FROM carts"); }
  void resetOk() { spare_ = std::make_unique<Connection>("dbname=shop"); }
  void swapOk() {
    auto fresh = std::make_unique<Connection>("dbname=shop");
    spare_.swap(fresh);
  }

private:
  Connection db_;
  std::unique_ptr<Connection> spare_;
};
static std::unordered_map<std::string, Connection> byTenant;
Connection &tenantOk(const std::string &tenant) {
  return byTenant.try_emplace(tenant, ("dbname=" + tenant).c_str()).first->second;
}
static Connection *current = nullptr;
void setCurrentOk() { current = new Connection("dbname=shop"); }
Connection &perThreadOk() {
  static thread_local std::optional<Connection> db;
  if (!db)
    db.emplace("dbname=shop");
  return *db;
}
void useGlobalOk() {
  if (!current)
    setCurrentOk();
  current->run("DELETE FROM carts");
}

// Handed on.
std::pair<Handle, bool> pairOk() {
  Handle db(PQconnectdb("dbname=shop"));
  const bool good = PQstatus(db.get()) == CONNECTION_OK;
  return {std::move(db), good};
}
void argumentOk(void (*take)(Handle)) { take(Handle(PQconnectdb("dbname=shop"))); }
void releaseOk(PGconn *&out) {
  Handle db(PQconnectdb("dbname=shop"));
  PQclear(PQexec(db.get(), "SET search_path TO shop"));
  out = db.release();
}
struct Context {
  Handle db;
  std::string tenant;
};
Context contextOk(const std::string &tenant) {
  Context context;
  context.db.reset(PQconnectdb("dbname=shop"));
  context.tenant = tenant;
  return context;
}

// A thread's function: opened once for the life of the thread.
void workerOk(const std::atomic<bool> &stop, const std::function<const char *()> &next) {
  Connection db("dbname=shop");
  while (!stop)
    db.run(next());
}
void threadOk(const std::atomic<bool> &stop, const std::function<const char *()> &next) {
  std::thread([&stop, next] {
    Connection db("dbname=shop");
    while (!stop.load())
      db.run(next());
  }).detach();
}

// Works until the queue is empty, with one connection.
void drainOk(std::mutex &mutex, std::vector<std::string> &queue) {
  Connection db("dbname=shop");
  while (true) {
    std::string sql;
    {
      std::lock_guard<std::mutex> guard(mutex);
      if (queue.empty())
        break;
      sql = queue.back();
      queue.pop_back();
    }
    db.run(sql.c_str()); // low: query-in-loop
  }
}

// Reopened after it was lost, until it is there.
class Listener {
public:
  void runOk() {
    while (running_) {
      if (!db_ || PQstatus(db_.get()) != CONNECTION_OK) {
        db_.reset(PQconnectdb("dbname=shop"));
        continue;
      }
      PQconsumeInput(db_.get());
    }
  }

private:
  std::atomic<bool> running_{true};
  Handle db_;
};
