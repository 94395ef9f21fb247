// RUN: %check %s -- -std=c++20
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

struct Row {
  int id;
  std::string name;
};

// Compiled once per row.
// region: prepare
void prepareWarns(sqlite3 *db, const std::vector<Row> &rows) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  for (const Row &row : rows) {
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO names VALUES (?, ?)", -1, &insert, nullptr); // expect: query-in-loop
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_bind_text(insert, 2, row.name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(insert);
    sqlite3_finalize(insert);
  }
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}
// endregion

// Compiled once, but each row is a transaction of its own: a sync to disk each.
// region: commit
void autocommitWarns(sqlite3 *db, const std::vector<Row> &rows) {
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO names VALUES (?, ?)", -1, &insert, nullptr);
  for (const Row &row : rows) {
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_bind_text(insert, 2, row.name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(insert); // expect: query-in-loop
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}
// endregion

// A commit per row, written out.
void commitWarns(sqlite3 *db, sqlite3_stmt *insert, const std::vector<Row> &rows) {
  for (const Row &row : rows) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_bind_int(insert, 1, row.id);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr); // expect: query-in-loop
  }
}

void execWarns(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids) {
    const std::string sql = "UPDATE names SET seen = 1 WHERE id = " + std::to_string(id);
    sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr); // expect: query-in-loop
  }
}

// In a loop over the rows of another statement.
void nPlusOneWarns(sqlite3 *db, std::vector<Row> &out) {
  sqlite3_stmt *orders = nullptr;
  sqlite3_prepare_v2(db, "SELECT id, user_id FROM orders", -1, &orders, nullptr);
  while (sqlite3_step(orders) == SQLITE_ROW) {
    const std::string sql = "SELECT name FROM users WHERE id = " + std::to_string(sqlite3_column_int(orders, 1));
    sqlite3_stmt *user = nullptr;
    sqlite3_prepare_v2(db, sql.c_str(), -1, &user, nullptr); // expect: query-in-loop
    if (sqlite3_step(user) == SQLITE_ROW)
      out.push_back({sqlite3_column_int(orders, 0), reinterpret_cast<const char *>(sqlite3_column_text(user, 0))});
    sqlite3_finalize(user);
  }
  sqlite3_finalize(orders);
}

// A wrapper class compiles in its constructor.
class Statement {
public:
  Statement(sqlite3 *db, const std::string &sql) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement &bind(int position, int value) {
    sqlite3_bind_int(statement_, position, value);
    return *this;
  }
  bool next() { return sqlite3_step(statement_) == SQLITE_ROW; }
  int number(int column) const { return sqlite3_column_int(statement_, column); }

private:
  sqlite3_stmt *statement_ = nullptr;
};

int wrapperWarns(sqlite3 *db, const std::vector<int> &ids) {
  int sum = 0;
  for (int id : ids) {
    Statement select(db, "SELECT price FROM products WHERE id = ?"); // expect: query-in-loop
    if (select.bind(1, id).next())
      sum += select.number(0);
  }
  return sum;
}

static int priceOf(sqlite3 *db, int id) {
  Statement select(db, "SELECT price FROM products WHERE id = ?");
  return select.bind(1, id).next() ? select.number(0) : 0;
}
int helperWarns(sqlite3 *db, const std::vector<int> &ids) {
  int sum = 0;
  for (std::size_t i = 0; i < ids.size(); ++i)
    sum += priceOf(db, ids[i]); // expect: query-in-loop
  return sum;
}

// The transaction in the helper is begun and committed per row.
static void save(sqlite3 *db, const Row &row) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  const std::string sql = "INSERT INTO names VALUES (" + std::to_string(row.id) + ")";
  sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}
void saveAllWarns(sqlite3 *db, const std::vector<Row> &rows) {
  for (const Row &row : rows)
    save(db, row); // expect: query-in-loop
}

// One table, and a value that could be bound.
int valueInTextWarns(sqlite3 *db, const std::string &table, const std::vector<int> &ids) {
  int rows = 0;
  for (int id : ids) {
    std::string sql = "SELECT * FROM " + table + " WHERE id = " + std::to_string(id);
    sqlite3_stmt *select = nullptr;
    sqlite3_prepare_v2(db, sql.c_str(), -1, &select, nullptr); // expect: query-in-loop
    while (sqlite3_step(select) == SQLITE_ROW)
      ++rows;
    sqlite3_finalize(select);
  }
  return rows;
}
