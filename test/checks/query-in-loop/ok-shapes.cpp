// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// Look-alikes: a query near a loop that runs once, or a loop without a query.
#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <functional>
#include <future>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <poll.h>
#include <string>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

struct User {
  int id = 0;
  std::string name;
};

static User load(PGconn *db, int id) {
  const std::string text = std::to_string(id);
  const char *values[] = {text.c_str()};
  PGresult *result = PQexecParams(db, "SELECT name FROM users WHERE id = $1", 1, nullptr, values, nullptr, nullptr, 0);
  User user{id, PQntuples(result) ? PQgetvalue(result, 0, 0) : ""};
  PQclear(result);
  return user;
}
static std::vector<User> loadMany(PGconn *db, const std::vector<int> &ids) {
  std::string list;
  for (int id : ids)
    list += (list.empty() ? "{" : ",") + std::to_string(id);
  list += "}";
  const char *values[] = {list.c_str()};
  PGresult *result =
      PQexecParams(db, "SELECT id, name FROM users WHERE id = ANY($1::int[])", 1, nullptr, values, nullptr, nullptr, 0);
  std::vector<User> users;
  for (int row = 0, rows = PQntuples(result); row < rows; ++row)
    users.push_back({std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1)});
  PQclear(result);
  return users;
}
static void exec(PGconn *db, const char *sql) { PQclear(PQexec(db, sql)); }

// A helper that loops, called once.
void helperOk(PGconn *db, const std::vector<int> &ids) {
  for (const User &user : loadMany(db, ids))
    std::puts(user.name.c_str());
}

// The initialiser of a loop runs once.
void initialiserOk(PGconn *db, const std::vector<int> &ids) {
  for (auto users = loadMany(db, ids); !users.empty(); users.pop_back())
    std::puts(users.back().name.c_str());
}
void rangeInitOk(PGconn *db, const std::vector<int> &ids) {
  for (const auto users = loadMany(db, ids); const User &user : users)
    std::puts(user.name.c_str());
}

// The argument of an algorithm is evaluated once.
long argumentOk(PGconn *db, const std::vector<User> &users) {
  return std::count_if(users.begin(), users.end(), [first = load(db, 1)](const User &user) { return user.name == first.name; });
}

// A lambda that is defined in front of the loop and called behind it.
void lambdaOk(PGconn *db, const std::vector<int> &ids) {
  auto reload = [&] { return loadMany(db, ids); };
  for (int id : ids)
    std::printf("%d\n", id);
  reload();
}

// A lambda made in the loop, run later by somebody else.
class Executor {
public:
  void post(std::function<void()> task) {
    std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push_back(std::move(task));
  }

private:
  std::mutex mutex_;
  std::deque<std::function<void()>> tasks_;
};
void postedOk(Executor &executor, PGconn *db, const std::vector<int> &ids) {
  for (int id : ids)
    executor.post([db, id] { load(db, id); });
}

void threadsOk(const std::vector<PGconn *> &shards, std::vector<std::thread> &threads) {
  for (PGconn *shard : shards)
    threads.emplace_back([shard] { exec(shard, "VACUUM"); });
}

// Each round asks another database.
void shardsOk(const std::vector<PGconn *> &shards) {
  for (PGconn *shard : shards)
    exec(shard, "DELETE FROM sessions WHERE expired");
}

// Batches of other shapes.
void offsetsOk(PGconn *db, const std::vector<int> &ids) {
  constexpr std::size_t size = 200;
  std::size_t from = 0;
  while (from < ids.size()) {
    const std::size_t to = std::min(from + size, ids.size());
    loadMany(db, std::vector<int>(ids.begin() + static_cast<std::ptrdiff_t>(from), ids.begin() + static_cast<std::ptrdiff_t>(to)));
    from = to;
  }
}

void pendingOk(PGconn *db, const std::vector<int> &ids) {
  std::vector<int> pending;
  for (int id : ids) {
    pending.push_back(id);
    if (pending.size() < 500)
      continue;
    loadMany(db, pending);
    pending.clear();
  }
  if (!pending.empty())
    loadMany(db, pending);
}

void moduloOk(PGconn *db, const std::vector<int> &ids) {
  int n = 0;
  exec(db, "BEGIN");
  for (int id : ids) {
    std::printf("%d\n", id);
    if (++n % 1000 == 0) {
      exec(db, "COMMIT");
      exec(db, "BEGIN");
    }
  }
  exec(db, "COMMIT");
}

class Writer {
public:
  void add(int id) {
    pending_.push_back(id);
    if (pending_.size() >= 100)
      flush();
  }
  void flush() {
    loadMany(db_, pending_);
    pending_.clear();
  }

private:
  PGconn *db_ = nullptr;
  std::vector<int> pending_;
};
void bufferedOk(Writer &writer, const std::vector<int> &ids) {
  for (int id : ids)
    writer.add(id);
  writer.flush();
}

// Levels of a tree: a query per level brings all of its nodes.
std::vector<int> childrenOf(PGconn *db, const std::vector<int> &parents);
void levelsOk(PGconn *db, std::vector<int> level, std::vector<int> &all) {
  while (!level.empty()) {
    all.insert(all.end(), level.begin(), level.end());
    std::vector<int> next;
    for (const User &user : loadMany(db, level))
      next.push_back(user.id + 1);
    level = std::move(next);
  }
}

// Retries of other shapes.
bool withRetriesOk(PGconn *db, int id) {
  int left = 8;
  while (left-- > 0) {
    if (!load(db, id).name.empty())
      return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

std::optional<User> failoverOk(const std::vector<PGconn *> &replicas, int id) {
  for (PGconn *replica : replicas) {
    if (PQstatus(replica) != CONNECTION_OK)
      continue;
    User user = load(replica, id);
    if (!user.name.empty())
      return user;
  }
  return std::nullopt;
}

bool waitUntilOk(PGconn *db, std::chrono::steady_clock::time_point deadline) {
  while (std::chrono::steady_clock::now() < deadline) {
    if (!load(db, 1).name.empty())
      return true;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  return false;
}

template <typename Fn> auto retry(int attempts, Fn fn) {
  for (;;) {
    try {
      return fn();
    } catch (const std::exception &) {
      if (--attempts == 0)
        throw;
    }
  }
}
User retryHelperOk(PGconn *db, int id) {
  return retry(10, [&] { return load(db, id); });
}

// Services of other shapes.
class Worker {
public:
  void loopOk() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopped_) {
      wake_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
      while (!jobs_.empty()) {
        std::function<void()> job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        lock.lock();
      }
      exec(db_, "UPDATE workers SET seen = now()");
    }
  }

private:
  PGconn *db_ = nullptr;
  bool stopped_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
};

void pollOk(PGconn *db, int socket) {
  pollfd fds[] = {{socket, POLLIN, 0}};
  for (;;) {
    if (poll(fds, 1, 1000) < 0)
      return;
    exec(db, "UPDATE servers SET seen = now()");
  }
}

void listenOk(PGconn *db) {
  exec(db, "LISTEN jobs");
  while (true) {
    pollfd fds[] = {{PQsocket(db), POLLIN, 0}};
    poll(fds, 1, -1);
    PQconsumeInput(db);
    while (PGnotify *note = PQnotifies(db)) {
      std::puts(note->extra);
      PQfreemem(note);
    }
  }
}

// First time only.
class Session {
public:
  void use(int id) {
    if (!ready_) {
      exec(db_, "SET search_path TO shop");
      ready_ = true;
    }
    std::printf("%d\n", id);
  }

private:
  PGconn *db_ = nullptr;
  bool ready_ = false;
};
void preparedOnceOk(Session &session, const std::vector<int> &ids) {
  for (int id : ids)
    session.use(id); // low: query-in-loop
}

static void ensureTable(PGconn *db) {
  static std::once_flag once;
  std::call_once(once, [db] { exec(db, "CREATE TABLE IF NOT EXISTS t (id int)"); });
}
void callOnceOk(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids) {
    ensureTable(db); // low: query-in-loop
    std::printf("%d\n", id);
  }
}

void firstElementOk(PGconn *db, const std::vector<int> &ids) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i == 0)
      exec(db, "TRUNCATE users");
    std::printf("%d\n", ids[i]);
  }
}

void lastElementOk(PGconn *db, const std::vector<int> &ids) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (i + 1 == ids.size())
      exec(db, "ANALYZE users");
}

// Behind a cache, in other words.
class Names {
public:
  const std::string &operator[](int id) {
    auto [it, inserted] = names_.try_emplace(id);
    if (inserted)
      it->second = load(db_, id).name;
    return it->second;
  }
  std::shared_ptr<User> get(int id) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (auto it = users_.find(id); it != users_.end())
      return it->second;
    auto user = std::make_shared<User>(load(db_, id));
    users_[id] = user;
    return user;
  }

private:
  PGconn *db_ = nullptr;
  std::mutex mutex_;
  std::map<int, std::string> names_;
  std::unordered_map<int, std::shared_ptr<User>> users_;
};
void tryEmplaceOk(Names &names, const std::vector<int> &ids) {
  for (int id : ids)
    std::puts(names[id].c_str()); // low: query-in-loop
}
void earlyReturnOk(Names &names, const std::vector<int> &ids) {
  for (int id : ids)
    std::puts(names.get(id)->name.c_str()); // low: query-in-loop
}

void seenOk(PGconn *db, const std::vector<int> &ids) {
  std::unordered_set<int> seen;
  for (int id : ids)
    if (seen.insert(id).second)
      load(db, id); // low: query-in-loop
}

// Only to say that something went wrong.
void rollbackOk(PGconn *db, const std::vector<int> &ids, bool (*check)(int)) {
  for (int id : ids) {
    if (!check(id)) {
      exec(db, "ROLLBACK");
      throw std::runtime_error("bad id");
    }
  }
}

// The range is an array of constants, shorter than five.
void initialiserListOk(PGconn *db) {
  for (const char *sql : {"BEGIN", "DELETE FROM sessions", "COMMIT"})
    exec(db, sql);
  static const std::array<int, 3> admins = {1, 2, 3};
  for (int id : admins)
    load(db, id);
  const int editors[] = {4, 5};
  for (std::size_t i = 0; i < std::size(editors); ++i)
    load(db, editors[i]);
}

// A name like a query's.
class Parser {
public:
  bool next();
  std::string query() const { return query_; }
  void exec(const std::string &step) { query_ += step; }

private:
  std::string query_;
};
std::string parserOk(Parser &parser, const std::vector<std::string> &steps) {
  while (parser.next())
    parser.exec(parser.query());
  for (const std::string &step : steps)
    parser.exec(step);
  return parser.query();
}

// PQ functions that do not talk to the server.
void localOk(PGconn *db, PGresult *result, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    char *literal = PQescapeLiteral(db, name.c_str(), name.size());
    std::puts(literal);
    PQfreemem(literal);
  }
  for (int column = 0; column < PQnfields(result); ++column)
    std::puts(PQfname(result, column));
  for (int i = 0; i < 100; ++i)
    if (PQstatus(db) == CONNECTION_OK && PQtransactionStatus(db) == PQTRANS_IDLE)
      std::puts(PQdb(db));
}

// A statement per table of the schema, through a function that formats it and
// one that puts it together.
static void execute(PGconn *db, const std::string &sql) { PQclear(PQexec(db, sql.c_str())); }
static std::string dropSql(const std::string &table) { return "DROP TABLE IF EXISTS " + table; }
void schemaOk(PGconn *db, const std::vector<std::string> &tables) {
  for (const std::string &table : tables) {
    execute(db, dropSql(table));                  // low: query-in-loop
    execute(db, "SELECT count(*) FROM " + table); // low: query-in-loop
  }
}

// A list that is as long as the source says.
void fixedOk(PGconn *db, bool all) {
  std::vector<std::string> steps;
  steps.push_back("SELECT refresh_totals()");
  steps.push_back("SELECT refresh_names()");
  if (all)
    steps.push_back("SELECT refresh_all()");
  for (const std::string &step : steps)
    execute(db, step); // low: query-in-loop
}

// What is asked to set up a connection of one's own.
class Tuned {
public:
  explicit Tuned(const char *address) : db_(PQconnectdb(address)) {
    PQclear(PQexec(db_, "UPDATE pg_settings SET setting = '-1' WHERE name = 'jit_above_cost'"));
  }
  ~Tuned() { PQfinish(db_); }

private:
  PGconn *db_;
};
void tunedOk(std::vector<std::unique_ptr<Tuned>> &all, unsigned threads) {
  for (unsigned i = 0; i < threads; ++i)
    all.push_back(std::make_unique<Tuned>("dbname=shop")); // low: query-in-loop
}

// The script's statements, and the note of how far it has come.
struct Step {
  std::string name;
  std::string sql;
};
void migrateOk(PGconn *db, const std::vector<Step> &steps) {
  for (const Step &step : steps) {
    PQclear(PQexec(db, step.sql.c_str())); // low: query-in-loop
    execute(db, "UPDATE core SET step = '" + step.name + "'"); // low: query-in-loop
  }
}

// Only a house that had an owner has anything to give up.
class House {
public:
  explicit House(PGconn *db) : db_(db) {}
  void setOwner(int owner) {
    if (owner_ != 0) {
      execute(db_, "UPDATE items SET depot = 1 WHERE owner = " + std::to_string(owner_));
      owner_ = 0;
    }
    owner_ = owner;
  }

private:
  PGconn *db_;
  int owner_ = 0;
};
void loadOk(std::vector<House> &houses, const std::vector<int> &ids) {
  for (int id : ids)
    if (id < static_cast<int>(houses.size()))
      houses[id].setOwner(0); // low: query-in-loop
}
