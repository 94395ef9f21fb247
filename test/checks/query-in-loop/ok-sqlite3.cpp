// RUN: %check %s -- -std=c++20
#include <sqlite3.h>
#include <string>
#include <vector>

struct Row {
  int id;
  std::string name;
};

// region: prepare
void insertAllOk(sqlite3 *db, const std::vector<Row> &rows) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO names VALUES (?, ?)", -1, &insert, nullptr);
  for (const Row &row : rows) {
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_bind_text(insert, 2, row.name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}
// endregion

// A read prepared once costs an embedded database next to nothing.
int lookUpOk(sqlite3 *db, const std::vector<int> &ids) {
  sqlite3_stmt *select = nullptr;
  sqlite3_prepare_v2(db, "SELECT price FROM products WHERE id = ?", -1, &select, nullptr);
  int sum = 0;
  for (int id : ids) {
    sqlite3_bind_int(select, 1, id);
    if (sqlite3_step(select) == SQLITE_ROW)
      sum += sqlite3_column_int(select, 0);
    sqlite3_reset(select);
  }
  sqlite3_finalize(select);
  return sum;
}

// Stepping through the rows is the query's own loop.
std::vector<Row> rowsOk(sqlite3 *db) {
  std::vector<Row> rows;
  sqlite3_stmt *select = nullptr;
  sqlite3_prepare_v2(db, "SELECT id, name FROM names", -1, &select, nullptr);
  while (sqlite3_step(select) == SQLITE_ROW)
    rows.push_back({sqlite3_column_int(select, 0), reinterpret_cast<const char *>(sqlite3_column_text(select, 1))});
  sqlite3_finalize(select);
  return rows;
}

std::vector<int> untilDoneOk(sqlite3_stmt *select) {
  std::vector<int> ids;
  for (;;) {
    const int state = sqlite3_step(select);
    if (state != SQLITE_ROW)
      break;
    ids.push_back(sqlite3_column_int(select, 0));
  }
  return ids;
}

// Busy: try again.
int busyOk(sqlite3_stmt *statement) {
  int state;
  do {
    state = sqlite3_step(statement);
    if (state == SQLITE_BUSY)
      sqlite3_sleep(10);
  } while (state == SQLITE_BUSY);
  return state;
}

// The statement comes from the caller, and so may the transaction.
void fillOk(sqlite3_stmt *insert, const std::vector<Row> &rows) {
  for (const Row &row : rows) {
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
}

// A guard object begins and commits.
class Transaction {
public:
  explicit Transaction(sqlite3 *db) : db_(db) { sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr); }
  ~Transaction() { sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr); }
  Transaction(const Transaction &) = delete;

private:
  sqlite3 *db_;
};
void guardedOk(sqlite3 *db, const std::vector<Row> &rows) {
  Transaction transaction(db);
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO names VALUES (?, ?)", -1, &insert, nullptr);
  for (const Row &row : rows) {
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

// Binding and reading columns are no round trips.
void bindAllOk(sqlite3_stmt *insert, const std::vector<int> &values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    sqlite3_bind_int(insert, static_cast<int>(i) + 1, values[i]);
  sqlite3_step(insert);
}

// Another table is another statement.
int countTablesOk(sqlite3 *db, const std::vector<std::string> &tables) {
  int rows = 0;
  for (const std::string &table : tables) {
    std::string sql = "SELECT * FROM " + table;
    sqlite3_stmt *select = nullptr;
    sqlite3_prepare_v2(db, sql.c_str(), -1, &select, nullptr); // low: query-in-loop
    while (sqlite3_step(select) == SQLITE_ROW)
      ++rows;
    sqlite3_finalize(select);
  }
  return rows;
}

// Statement by statement of a script.
void scriptOk(sqlite3 *db, const char *script) {
  while (script && *script) {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(db, script, -1, &statement, &script) != SQLITE_OK)
      return;
    sqlite3_step(statement);
    sqlite3_finalize(statement);
  }
}

// Compiled around the callable that the parser runs for each line.
template <class Callable> static bool parse(const std::vector<Row> &lines, Callable each) {
  for (const Row &line : lines)
    if (!each(line))
      return false;
  return true;
}
void importOk(sqlite3 *db, const std::vector<Row> &lines) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO names VALUES (?, ?)", -1, &insert, nullptr);
  parse(lines, [&](const Row &row) {
    sqlite3_bind_int(insert, 1, row.id);
    if (sqlite3_step(insert) != SQLITE_DONE)
      return false;
    sqlite3_reset(insert);
    return true;
  });
  sqlite3_finalize(insert);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}
