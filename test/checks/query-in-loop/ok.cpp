// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// One function for each guard of the check, over libpq.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <libpq-fe.h>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

struct Post {
  int id;
  std::string title;
};
struct User {
  int id;
  std::string name;
  std::vector<Post> posts;
};

static User load(PGconn *db, int id) {
  std::string sql = "SELECT id, name FROM users WHERE id = " + std::to_string(id);
  PGresult *result = PQexec(db, sql.c_str());
  User user{id, PQgetvalue(result, 0, 1), {}};
  PQclear(result);
  return user;
}
static void exec(PGconn *db, const std::string &sql) { PQclear(PQexec(db, sql.c_str())); }

// No loop around it.
User oneOk(PGconn *db, int id) { return load(db, id); }

// One query for all of them.
// region: n-plus-one
void loadAllPostsOk(PGconn *db, std::vector<User> &users) {
  std::unordered_map<int, User *> byId;
  std::string ids;
  for (User &user : users) {
    byId.emplace(user.id, &user);
    ids += (ids.empty() ? "" : ",") + std::to_string(user.id);
  }
  const std::string sql = "SELECT user_id, id, title FROM posts WHERE user_id IN (" + ids + ")";
  PGresult *result = PQexec(db, sql.c_str());
  for (int row = 0; row < PQntuples(result); ++row)
    byId[std::atoi(PQgetvalue(result, row, 0))]->posts.push_back(
        {std::atoi(PQgetvalue(result, row, 1)), PQgetvalue(result, row, 2)});
  PQclear(result);
}
// endregion

// The result is walked, not asked for again.
std::vector<User> loadAllOk(PGconn *db) {
  std::vector<User> users;
  PGresult *result = PQexec(db, "SELECT id, name FROM users");
  for (int row = 0; row < PQntuples(result); ++row)
    users.push_back({std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1), {}});
  PQclear(result);
  return users;
}

static std::vector<User> all(PGconn *db) { return loadAllOk(db); }
// The range of a range-for runs once.
void rangeOk(PGconn *db) {
  for (const User &user : all(db))
    std::puts(user.name.c_str());
}

void beforeOk(PGconn *db, std::vector<double> &prices) {
  const double rate = load(db, 1).id;
  for (double &price : prices)
    price *= rate;
}

// Batch: one query for many.
void joinedOk(PGconn *db, const std::vector<User> &users) {
  std::string ids;
  for (const User &user : users)
    ids += (ids.empty() ? "" : ",") + std::to_string(user.id);
  exec(db, "DELETE FROM users WHERE id IN (" + ids + ")");
}

void chunkOk(PGconn *db, const std::vector<User> &users) {
  for (std::size_t from = 0; from < users.size(); from += 500) {
    std::string values;
    for (std::size_t i = from; i < std::min(from + 500, users.size()); ++i)
      values += (values.empty() ? "(" : ",(") + std::to_string(users[i].id) + ")";
    exec(db, "INSERT INTO users VALUES " + values);
  }
}

std::vector<std::vector<int>> chunks(const std::vector<int> &ids, std::size_t size);
std::string join(const std::vector<int> &ids);
void chunkListOk(PGconn *db, const std::vector<int> &ids) {
  for (const std::vector<int> &chunk : chunks(ids, 1000))
    exec(db, "DELETE FROM users WHERE id IN (" + join(chunk) + ")");
}

void flushOk(PGconn *db, const std::vector<User> &users) {
  std::vector<int> pending;
  for (const User &user : users) {
    pending.push_back(user.id);
    if (pending.size() >= 1000) {
      exec(db, "DELETE FROM users WHERE id IN (" + join(pending) + ")");
      pending.clear();
    }
  }
  if (!pending.empty())
    exec(db, "DELETE FROM users WHERE id IN (" + join(pending) + ")");
}

void everyThousandOk(PGconn *db, const std::vector<User> &users) {
  std::string values;
  for (std::size_t i = 0; i < users.size(); ++i) {
    values += "(" + std::to_string(users[i].id) + ")";
    if (i % 1000 == 999) {
      exec(db, "INSERT INTO users VALUES " + values);
      values.clear();
    }
  }
}

// Pages: each query brings many rows. Its own result leads the loop on: low.
void pagesOk(PGconn *db, std::vector<User> &users) {
  int offset = 0;
  while (true) {
    std::string sql = "SELECT id, name FROM users ORDER BY id LIMIT 1000 OFFSET " + std::to_string(offset);
    PGresult *result = PQexec(db, sql.c_str()); // low: query-in-loop
    const int rows = PQntuples(result);
    for (int row = 0; row < rows; ++row)
      users.push_back({std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1), {}});
    PQclear(result);
    if (rows < 1000)
      break;
    offset += rows;
  }
}

void fetchOk(PGconn *db, std::vector<User> &users) {
  exec(db, "DECLARE c CURSOR FOR SELECT id, name FROM users");
  int rows = 0;
  do {
    PGresult *result = PQexec(db, "FETCH 500 FROM c");
    rows = PQntuples(result);
    for (int row = 0; row < rows; ++row)
      users.push_back({std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1), {}});
    PQclear(result);
  } while (rows > 0);
  exec(db, "CLOSE c");
}

// Retry: left as soon as it succeeds.
bool retryOk(PGconn *db) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    PGresult *result = PQexec(db, "UPDATE jobs SET state = 'taken'");
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (good)
      return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

bool tryExec(PGconn *db, const char *sql) {
  PGresult *result = PQexec(db, sql);
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return good;
}
void retryWhileOk(PGconn *db) {
  while (!tryExec(db, "LISTEN jobs"))
    std::this_thread::sleep_for(std::chrono::seconds(1));
}

void retryExceptionOk(PGconn *db, int id) {
  int attempts = 0;
  for (;;) {
    try {
      load(db, id);
      return;
    } catch (const std::exception &) {
      if (++attempts == 20)
        throw;
    }
  }
}

// Service: as long as the process runs.
class Poller {
public:
  void runOk() {
    while (running_) {
      exec(db_, "DELETE FROM sessions WHERE expires < now()");
      std::this_thread::sleep_for(std::chrono::minutes(1));
    }
  }
  void foreverOk() {
    for (;;) {
      const User user = load(db_, 1);
      if (user.id == 0)
        std::this_thread::sleep_for(std::chrono::seconds(5));
    }
  }

private:
  std::atomic<bool> running_{true};
  PGconn *db_ = nullptr;
};

struct Message {
  int id;
};
struct Inbox {
  bool wait(Message &message);
  std::optional<Message> next();
};
void workerOk(PGconn *db, Inbox &inbox, const std::atomic<bool> &stop) {
  Message message{};
  while (!stop.load()) {
    if (inbox.wait(message))
      load(db, message.id);
  }
}

// Once.
#define TRY_EXEC(db, sql)                                                                                              \
  do {                                                                                                                 \
    if (!tryExec(db, sql))                                                                                             \
      std::puts("failed");                                                                                             \
  } while (0)
void macroOk(PGconn *db) { TRY_EXEC(db, "DELETE FROM sessions"); }

void oneShotOk(PGconn *db, const std::vector<User> &users) {
  bool first = true;
  for (const User &user : users) {
    if (first) {
      exec(db, "DELETE FROM cache");
      first = false;
    }
    std::puts(user.name.c_str());
  }
}

// Drain: tasks of all kinds, each done when its turn comes.
struct Task {
  virtual ~Task() = default;
  virtual void run(PGconn *db) = 0;
};
struct Cleanup : Task {
  void run(PGconn *db) override { exec(db, "DELETE FROM sessions"); }
};
struct Print : Task {
  void run(PGconn *) override { std::puts("task"); }
};
void drainOk(PGconn *db, std::queue<std::unique_ptr<Task>> &tasks) {
  while (!tasks.empty()) {
    auto task = std::move(tasks.front());
    tasks.pop();
    task->run(db);
  }
}

// Fewer than five.
void fewOk(PGconn *db) {
  for (int i = 0; i < 4; ++i)
    load(db, i);
  for (const char *table : {"users", "posts", "tags"})
    exec(db, std::string("TRUNCATE ") + table);
}

// Behind a cache: low, hidden by default.
class Cache {
public:
  const User &get(PGconn *db, int id) {
    auto it = users_.find(id);
    if (it == users_.end())
      it = users_.emplace(id, load(db, id)).first;
    return it->second;
  }

private:
  std::unordered_map<int, User> users_;
};
void cacheClassOk(PGconn *db, Cache &cache, const std::vector<int> &ids) {
  for (int id : ids)
    std::puts(cache.get(db, id).name.c_str()); // low: query-in-loop
}

void cacheLocalOk(PGconn *db, const std::vector<int> &ids) {
  std::map<int, User> cache;
  for (int id : ids) {
    if (!cache.count(id))
      cache[id] = load(db, id); // low: query-in-loop
    std::puts(cache[id].name.c_str());
  }
}

// Once and remembered.
class Settings {
public:
  double rate(PGconn *db) {
    if (!rate_)
      rate_ = load(db, 1).id;
    return *rate_;
  }

private:
  std::optional<double> rate_;
};
double memberOnceOk(PGconn *db, Settings &settings, const std::vector<double> &prices) {
  double sum = 0;
  for (double price : prices)
    sum += price * settings.rate(db); // low: query-in-loop
  return sum;
}

static double staticRate(PGconn *db) {
  static const double rate = load(db, 1).id;
  return rate;
}
double staticOnceOk(PGconn *db, const std::vector<double> &prices) {
  double sum = 0;
  for (double price : prices)
    sum += price * staticRate(db); // low: query-in-loop
  return sum;
}

// On the way out with an error.
void errorPathOk(PGconn *db, const std::vector<std::string> &texts) {
  for (const std::string &text : texts) {
    if (text.empty()) {
      exec(db, "ROLLBACK");
      return;
    }
    std::puts(text.c_str());
  }
}

void catchOk(PGconn *db, const std::vector<std::string> &texts) {
  for (const std::string &text : texts) {
    try {
      std::stoi(text);
    } catch (const std::exception &e) {
      exec(db, "INSERT INTO errors VALUES ('bad number')"); // low: query-in-loop
    }
  }
}

// Left after the query, on all ways.
std::optional<User> firstOk(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids) {
    if (id <= 0)
      continue;
    return load(db, id);
  }
  return std::nullopt;
}

// Unknown: silence.
struct Step {
  std::function<void(int)> action;
};
void unknownFunctionOk(const std::vector<Step> &steps) {
  for (const Step &step : steps)
    step.action(1);
}

struct Loader {
  virtual ~Loader() = default;
  virtual User load(int id) = 0; // nobody implements it here
};
void unknownVirtualOk(Loader &loader, const std::vector<int> &ids) {
  for (int id : ids)
    loader.load(id);
}

void otherFile(PGconn *db, int id);
void unknownBodyOk(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids)
    otherFile(db, id);
}

// Stored in the loop, run elsewhere.
std::vector<std::function<void()>> storedOk(PGconn *db, const std::vector<int> &ids) {
  std::vector<std::function<void()>> later;
  for (int id : ids)
    later.push_back([db, id] { load(db, id); });
  return later;
}

// A name proves nothing.
class Memory {
public:
  const User &queryUser(int id) const { return users_.at(id); }
  void execute(const std::string &line) { log_ += line; }
  bool prepare(int id) { return users_.count(id) != 0; }

private:
  std::map<int, User> users_;
  std::string log_;
};
void memoryOk(Memory &memory, const std::vector<int> &ids) {
  for (int id : ids)
    if (memory.prepare(id))
      memory.execute(memory.queryUser(id).name);
}

// SQL text is built, not run.
std::vector<std::string> textOk(const std::vector<int> &ids) {
  std::vector<std::string> texts;
  for (int id : ids)
    texts.push_back("DELETE FROM users WHERE id = " + std::to_string(id));
  return texts;
}

// COPY and pipeline send without waiting.
void copyOk(PGconn *db, const std::vector<User> &users) {
  PQclear(PQexec(db, "COPY users FROM STDIN"));
  for (const User &user : users) {
    const std::string line = std::to_string(user.id) + "\t" + user.name + "\n";
    PQputCopyData(db, line.data(), static_cast<int>(line.size()));
  }
  PQputCopyEnd(db, nullptr);
  while (PGresult *result = PQgetResult(db))
    PQclear(result);
}

void pipelineOk(PGconn *db, const std::vector<User> &users) {
  PQenterPipelineMode(db);
  for (const User &user : users) {
    const char *values[] = {user.name.c_str()};
    PQsendQueryParams(db, "INSERT INTO users (name) VALUES ($1)", 1, nullptr, values, nullptr, nullptr, 0);
  }
  PQpipelineSync(db);
  for (std::size_t i = 0; i < users.size(); ++i) {
    PQclear(PQgetResult(db));
    PQgetResult(db);
  }
  PQclear(PQgetResult(db));
  PQexitPipelineMode(db);
}

// A list that somebody wrote does not grow.
static constexpr const char *settings[] = {"name", "port", "theme", "mail", "proxy", "zone", "font"};
void settingsOk(PGconn *db) {
  for (const char *key : settings) {
    const std::string sql = std::string("DELETE FROM settings WHERE key = '") + key + "'";
    exec(db, sql); // low: query-in-loop
  }
}
void literalsOk(PGconn *db) {
  for (const char *key : {"name", "port", "theme", "mail", "proxy", "zone", "font"}) {
    const std::string sql = std::string("DELETE FROM settings WHERE key = '") + key + "'";
    exec(db, sql); // low: query-in-loop
  }
}
