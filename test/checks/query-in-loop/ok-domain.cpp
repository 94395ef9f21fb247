// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// What programs with a database do in loops, and must.
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <sqlite3.h>
#include <sstream>
#include <string>
#include <vector>

static bool exec(PGconn *db, const std::string &sql) {
  PGresult *result = PQexec(db, sql.c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return good;
}

// Migrations: each is its own statement; nothing can join them.
struct Migration {
  int version;
  const char *sql;
};
static const Migration migrations[] = {
    {1, "CREATE TABLE users (id bigint)"},
    {2, "ALTER TABLE users ADD name text"},
    {3, "CREATE TABLE posts (id bigint)"},
    {4, "ALTER TABLE posts ADD author bigint"},
    {5, "CREATE INDEX posts_author ON posts (author)"},
    {6, "ALTER TABLE posts ADD title text"},
};
bool migrateOk(PGconn *db, int version) {
  for (const Migration &migration : migrations)
    if (migration.version > version && !exec(db, migration.sql)) // low: query-in-loop
      return false;
  return true;
}
void scriptsOk(PGconn *db, const std::vector<std::string> &statements) {
  for (const std::string &statement : statements)
    exec(db, statement); // low: query-in-loop
}
void filesOk(PGconn *db, const std::filesystem::path &folder) {
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    exec(db, text.str()); // low: query-in-loop
  }
}
void tablesOk(PGconn *db, const std::vector<std::string> &tables) {
  for (const std::string &table : tables)
    exec(db, "DROP TABLE IF EXISTS " + table); // low: query-in-loop
}

// Rows to objects: columns, not queries.
struct Row {
  std::map<std::string, std::string> fields;
};
std::vector<Row> mapOk(PGresult *result) {
  std::vector<Row> rows(PQntuples(result));
  for (int row = 0; row < PQntuples(result); ++row)
    for (int column = 0; column < PQnfields(result); ++column)
      rows[row].fields[PQfname(result, column)] = PQgetvalue(result, row, column);
  return rows;
}

// The callback of a query runs per row, and the query once.
static int collect(void *out, int columns, char **values, char **) {
  for (int i = 0; i < columns; ++i)
    static_cast<std::vector<std::string> *>(out)->push_back(values[i] ? values[i] : "");
  return 0;
}
std::vector<std::string> callbackOk(sqlite3 *db) {
  std::vector<std::string> names;
  sqlite3_exec(db, "SELECT name FROM users", collect, &names, nullptr);
  return names;
}

// A wrapper that collects and sends once.
class Batch {
public:
  explicit Batch(PGconn *db) : db_(db) {}
  void add(int id) { values_ += (values_.empty() ? "(" : ",(") + std::to_string(id) + ")"; }
  ~Batch() {
    if (!values_.empty())
      exec(db_, "INSERT INTO ids VALUES " + values_);
  }

private:
  PGconn *db_;
  std::string values_;
};
void batchOk(PGconn *db, const std::vector<int> &ids) {
  Batch batch(db);
  for (int id : ids)
    batch.add(id);
}

// A stack of statements, run when the transaction ends.
class UnitOfWork {
public:
  void remember(std::function<void(PGconn *)> step) { steps_.push_back(std::move(step)); }
  std::size_t size() const { return steps_.size(); }

private:
  std::vector<std::function<void(PGconn *)>> steps_;
};
void rememberOk(UnitOfWork &work, const std::vector<int> &ids) {
  for (int id : ids)
    work.remember([id](PGconn *db) { exec(db, "DELETE FROM ids WHERE id = " + std::to_string(id)); });
}

// Large objects, cursors: read by blocks.
void exportOk(PGconn *db, Oid object, std::ostream &out) {
  char buffer[8192];
  const int file = lo_open(db, object, 0x40000);
  int bytes;
  while ((bytes = lo_read(db, file, buffer, sizeof buffer)) > 0) // low: query-in-loop
    out.write(buffer, bytes);
  lo_close(db, file);
}
void copyOutOk(PGconn *db, std::ostream &out) {
  PQclear(PQexec(db, "COPY users TO STDOUT"));
  char *line = nullptr;
  while (PQgetCopyData(db, &line, 0) > 0) {
    out << line;
    PQfreemem(line);
  }
}
long drainResultsOk(PGconn *db) {
  long rows = 0;
  PQsendQuery(db, "SELECT * FROM a; SELECT * FROM b");
  while (PGresult *result = PQgetResult(db)) {
    rows += PQntuples(result);
    PQclear(result);
  }
  return rows;
}

// Deleting in portions, so that locks stay short.
void purgeOk(PGconn *db) {
  for (;;) {
    PGresult *result = PQexec(db, "DELETE FROM log WHERE id IN (SELECT id FROM log WHERE old LIMIT 1000)"); // low: query-in-loop
    const bool done = std::strcmp(PQcmdTuples(result), "0") == 0;
    PQclear(result);
    if (done)
      break;
  }
}

// Looking for a free name: one round, as a rule.
std::string freeNameOk(PGconn *db, const std::string &wanted) {
  std::string name = wanted;
  for (int n = 2; !exec(db, "INSERT INTO names VALUES ('" + name + "')"); ++n) // low: query-in-loop
    name = wanted + std::to_string(n);
  return name;
}

// Up a chain of parents: each key comes from the row before.
int rootOk(PGconn *db, int id) {
  while (true) {
    const std::string sql = "SELECT parent FROM categories WHERE id = " + std::to_string(id);
    PGresult *result = PQexec(db, sql.c_str()); // low: query-in-loop
    const int parent = PQntuples(result) ? std::atoi(PQgetvalue(result, 0, 0)) : 0;
    PQclear(result);
    if (parent == 0)
      return id;
    id = parent;
  }
}

// A build-in constant of three, through an array and a helper.
static constexpr std::array<const char *, 3> caches = {"pages", "menus", "counts"};
void clearCachesOk(PGconn *db) {
  for (const char *cache : caches)
    exec(db, std::string("DELETE FROM cache WHERE name = '") + cache + "'");
}

// A query in front, one behind, none in it.
double averageOk(PGconn *db, const std::vector<double> &values) {
  exec(db, "BEGIN");
  double sum = 0;
  for (double value : values)
    sum += value;
  exec(db, "INSERT INTO averages VALUES (" + std::to_string(sum) + ")");
  exec(db, "COMMIT");
  return sum;
}

// The loop decides which one query to run.
void chosenOk(PGconn *db, const std::map<std::string, std::string> &statements, const std::string &wanted) {
  for (const auto &[name, sql] : statements) {
    if (name == wanted) {
      exec(db, sql);
      break;
    }
  }
}

// The connection is up, as a rule: what is asked to find out why not is rare.
class Link {
public:
  explicit Link(PGconn *db) : db_(db) {}
  void add(int id) {
    verify();
    ids_.push_back(id);
  }

private:
  void verify() {
    if (PQstatus(db_) == CONNECTION_OK)
      return;
    PQclear(PQexec(db_, "SELECT 1"));
  }
  PGconn *db_;
  std::vector<int> ids_;
};
void verifiedOk(Link &link, const std::vector<int> &ids) {
  for (int id : ids)
    link.add(id); // low: query-in-loop
}

// What is in memory is returned, what is not is loaded.
struct Block {
  int at;
};
class World {
public:
  explicit World(PGconn *db) : db_(db) {}
  Block *block(int at) {
    {
      Block *block = inMemory(at);
      if (block)
        return block;
    }
    return load(at);
  }

private:
  Block *inMemory(int at) {
    auto found = blocks_.find(at);
    return found == blocks_.end() ? nullptr : &found->second;
  }
  Block *load(int at) {
    exec(db_, "SELECT data FROM blocks WHERE at = " + std::to_string(at));
    return nullptr;
  }
  PGconn *db_;
  std::map<int, Block> blocks_;
};
int countBlocksOk(World &world, int from, int to) {
  int count = 0;
  for (int at = from; at < to; ++at)
    if (world.block(at)) // low: query-in-loop
      ++count;
  return count;
}

// Neighbours: three rounds, whatever the position is.
struct Cell {
  int x, y;
};
void neighboursOk(PGconn *db, Cell at) {
  for (int x = at.x - 1; x <= at.x + 1; ++x)
    exec(db, "SELECT data FROM cells WHERE x = " + std::to_string(x));
  Cell each = at;
  for (each.y = at.y - 1; each.y <= at.y + 1; ++each.y)
    exec(db, "SELECT data FROM cells WHERE y = " + std::to_string(each.y));
}

// The steps of an upgrade run once for each database.
static std::vector<std::string> ids(PGconn *db, const std::string &sql) {
  PGresult *result = PQexec(db, sql.c_str());
  std::vector<std::string> all;
  for (int row = 0; row < PQntuples(result); ++row)
    all.emplace_back(PQgetvalue(result, row, 0));
  PQclear(result);
  return all;
}
static void fixNames(PGconn *db) {
  for (const std::string &id : ids(db, "SELECT id FROM users WHERE name IS NULL"))
    exec(db, "UPDATE users SET name = 'nobody' WHERE id = " + id); // low: query-in-loop
}
void upgradeOk(PGconn *db, int version) {
  if (version < 2) {
    exec(db, "ALTER TABLE users ADD COLUMN points INT");
    for (const std::string &id : ids(db, "SELECT id FROM users"))
      exec(db, "UPDATE users SET points = 0 WHERE id = " + id); // low: query-in-loop
  }
  if (version < 3)
    fixNames(db);
}
