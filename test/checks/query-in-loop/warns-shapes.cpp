// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// Where in an expression or a class the round trip can hide.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <libpq-fe.h>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <ranges>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

static long number(PGconn *db, const char *sql, const std::string &key) {
  const char *values[] = {key.c_str()};
  PGresult *result = PQexecParams(db, sql, 1, nullptr, values, nullptr, nullptr, 0);
  const long value = PQntuples(result) ? std::atol(PQgetvalue(result, 0, 0)) : 0;
  PQclear(result);
  return value;
}
static long balance(PGconn *db, const std::string &account) {
  return number(db, "SELECT balance FROM accounts WHERE name = $1", account);
}
static bool exists(PGconn *db, const std::string &account) {
  return number(db, "SELECT 1 FROM accounts WHERE name = $1", account) == 1;
}

// Wrapper classes, two deep.
class Result {
public:
  explicit Result(PGresult *result) : result_(result, &PQclear) {}
  int rows() const { return PQntuples(result_.get()); }
  const char *at(int row, int column) const { return PQgetvalue(result_.get(), row, column); }

private:
  std::unique_ptr<PGresult, decltype(&PQclear)> result_;
};
class Connection {
public:
  explicit Connection(PGconn *db) : db_(db) {}
  Result query(const std::string &sql) { return Result(PQexec(db_, sql.c_str())); }
  void operator()(const std::string &sql) { query(sql); }
  Result operator[](const std::string &name) { return query("SELECT value FROM settings WHERE name = '" + name + "'"); }

private:
  PGconn *db_;
};
class Accounts {
public:
  explicit Accounts(Connection &db) : db_(db) {}
  long balance(int id) const { return std::atol(db_.query("SELECT balance FROM accounts WHERE id = " + std::to_string(id)).at(0, 0)); }
  void close(int id) { db_("DELETE FROM accounts WHERE id = " + std::to_string(id)); }

private:
  Connection &db_;
};

long wrapperWarns(const Accounts &accounts, const std::vector<int> &ids) {
  long sum = 0;
  for (int id : ids)
    sum += accounts.balance(id); // expect: query-in-loop
  return sum;
}

void callOperatorWarns(Connection &db, const std::list<int> &ids) {
  for (int id : ids)
    db("DELETE FROM accounts WHERE id = " + std::to_string(id)); // expect: query-in-loop
}

std::string subscriptWarns(Connection &db, const std::set<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += db[name].at(0, 0); // expect: query-in-loop
  return text;
}

// Conditions.
int andWarns(PGconn *db, const std::vector<std::string> &names) {
  int found = 0;
  for (const std::string &name : names)
    if (!name.empty() && exists(db, name)) // expect: query-in-loop
      ++found;
  return found;
}

int ternaryWarns(PGconn *db, const std::vector<std::string> &names) {
  int rich = 0;
  for (const std::string &name : names)
    rich += balance(db, name) > 1000 ? 1 : 0; // expect: query-in-loop
  return rich;
}

int initialiserWarns(PGconn *db, const std::map<std::string, long> &limits) {
  int over = 0;
  for (const auto &[name, limit] : limits)
    if (const long have = balance(db, name); have > limit) // expect: query-in-loop
      ++over;
  return over;
}

void switchWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    switch (balance(db, name)) { // expect: query-in-loop
    case 0:
      std::puts("nothing");
      break;
    default:
      std::puts("something");
    }
  }
}

// The condition of the loop itself asks on each round.
static int countRows(PGconn *db) { return static_cast<int>(number(db, "SELECT count(*) FROM accounts WHERE name <> $1", "")); }
int loopConditionWarns(PGconn *db, const std::vector<int> &ids) {
  int sum = 0;
  for (int i = 0; i < countRows(db); ++i) // expect: query-in-loop
    sum += ids[i];
  return sum;
}

// Arguments, constructors, return values.
struct Account {
  std::string name;
  long balance;
};
void argumentWarns(PGconn *db, const std::vector<std::string> &names, std::vector<Account> &out) {
  for (const std::string &name : names)
    out.push_back({name, balance(db, name)}); // expect: query-in-loop
}

class Loaded {
public:
  Loaded(PGconn *db, const std::string &name) : balance_(::balance(db, name)) {}
  long value() const { return balance_; }

private:
  long balance_;
};
long constructorWarns(PGconn *db, const std::vector<std::string> &names) {
  long sum = 0;
  for (const std::string &name : names) {
    Loaded account(db, name); // expect: query-in-loop
    sum += account.value();
  }
  return sum;
}

void makeUniqueWarns(PGconn *db, const std::vector<std::string> &names, std::vector<std::unique_ptr<Loaded>> &out) {
  for (const std::string &name : names)
    out.push_back(std::make_unique<Loaded>(db, name)); // expect: query-in-loop
}

void emplaceWarns(PGconn *db, const std::vector<std::string> &names, std::vector<Loaded> &out) {
  for (const std::string &name : names)
    out.emplace_back(db, name); // expect: query-in-loop
}

// A destructor that saves.
class Saved {
public:
  Saved(PGconn *db, std::string name) : db_(db), name_(std::move(name)) {}
  ~Saved() {
    const std::string sql = "UPDATE accounts SET seen = now() WHERE name = '" + name_ + "'";
    PQclear(PQexec(db_, sql.c_str()));
  }
  void touch() { ++touched_; }

private:
  PGconn *db_;
  std::string name_;
  int touched_ = 0;
};
void destructorWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    Saved account(db, name); // expect: query-in-loop
    account.touch();
  }
}

// Chains.
class Bank {
public:
  explicit Bank(Connection &db) : accounts_(db) {}
  const Accounts &accounts() const { return accounts_; }

private:
  Accounts accounts_;
};
struct Branch {
  std::shared_ptr<Bank> bank;
  Bank *get() const { return bank.get(); }
};
long chainWarns(const Branch &branch, const std::vector<int> &ids) {
  long sum = 0;
  for (int id : ids)
    sum += branch.get()->accounts().balance(id); // expect: query-in-loop
  return sum;
}

// Static methods and singletons.
class Log {
public:
  static Log &instance() {
    static Log log;
    return log;
  }
  void write(const std::string &line) { number(db_, "INSERT INTO log VALUES ($1) RETURNING id", line); }
  static void add(const std::string &line) { instance().write(line); }

private:
  PGconn *db_ = nullptr;
};
void staticWarns(const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    Log::add(line); // expect: query-in-loop
}

// CRTP.
template <typename Derived> class Record {
public:
  void save(PGconn *db) const { number(db, "INSERT INTO records VALUES ($1) RETURNING id", static_cast<const Derived *>(this)->key()); }
};
struct Invoice : Record<Invoice> {
  std::string key() const { return "invoice"; }
};
void crtpWarns(PGconn *db, const std::vector<Invoice> &invoices) {
  for (const Invoice &invoice : invoices)
    invoice.save(db); // expect: query-in-loop
}

// Inherited, and called through a pointer to the base.
class Model {
public:
  virtual ~Model() = default;
  virtual void store(PGconn *db) = 0;
  void storeAll(PGconn *db, const std::vector<std::unique_ptr<Model>> &models);
};
class Customer : public Model {
public:
  void store(PGconn *db) override { number(db, "INSERT INTO customers VALUES ($1) RETURNING id", name_); }

private:
  std::string name_;
};
class Draft : public Model {
public:
  void store(PGconn *) override {}
};
void virtualElementsWarns(PGconn *db, const std::vector<std::unique_ptr<Model>> &models) {
  for (const auto &model : models)
    model->store(db); // expect: query-in-loop
}

// A member function that loops over its own elements.
class Importer {
public:
  void runWarns() {
    for (std::size_t i = 0; i < lines_.size(); ++i)
      importLine(lines_[i]); // expect: query-in-loop
  }

private:
  void importLine(const std::string &line) {
    if (line.empty())
      return;
    store(line);
  }
  void store(const std::string &line) { number(db_, "INSERT INTO lines VALUES ($1) RETURNING id", line); }
  PGconn *db_ = nullptr;
  std::vector<std::string> lines_;
};

// A recursive walk without a loop keyword.
struct Node {
  std::string name;
  Node *left = nullptr, *right = nullptr;
};
void recursionWarns(PGconn *db, const Node *node) {
  if (!node)
    return;
  number(db, "INSERT INTO nodes VALUES ($1) RETURNING id", node->name); // expect: query-in-loop
  recursionWarns(db, node->left);
  recursionWarns(db, node->right);
}

// Algorithms.
long accumulateWarns(PGconn *db, const std::vector<std::string> &names) {
  return std::accumulate(names.begin(), names.end(), 0L, [db](long sum, const std::string &name) {
    return sum + balance(db, name); // expect: query-in-loop
  });
}

long countIfWarns(PGconn *db, const std::vector<std::string> &names) {
  return std::count_if(names.begin(), names.end(), [db](const auto &name) {
    return exists(db, name); // expect: query-in-loop
  });
}

void copyIfWarns(PGconn *db, const std::vector<std::string> &names, std::vector<std::string> &known) {
  std::ranges::copy_if(names, std::back_inserter(known), [&](const std::string &name) {
    return exists(db, name); // expect: query-in-loop
  });
}

void sortWarns(PGconn *db, std::vector<std::string> &names) {
  std::sort(names.begin(), names.end(), [&](const std::string &a, const std::string &b) {
    const long left = balance(db, a);  // expect: query-in-loop
    const long right = balance(db, b); // expect: query-in-loop
    return left < right;
  });
}

void generateWarns(PGconn *db, std::vector<long> &ids) {
  std::generate(ids.begin(), ids.end(), [db] {
    return number(db, "SELECT nextval($1)", "ids"); // expect: query-in-loop
  });
}

// A known lambda in a std::function, in an auto, in an array.
void functionVariableWarns(PGconn *db, const std::vector<std::string> &names) {
  std::function<void(const std::string &)> drop = [db](const std::string &name) {
    number(db, "DELETE FROM accounts WHERE name = $1", name);
  };
  for (const std::string &name : names)
    drop(name); // expect: query-in-loop
}

// A visitor over the alternatives of each element.
struct Deposit {
  std::string account;
};
struct Note {
  std::string text;
};
using Event = std::variant<Deposit, Note>;
struct Apply {
  PGconn *db;
  void operator()(const Deposit &deposit) const { number(db, "UPDATE accounts SET n = n + 1 WHERE name = $1", deposit.account); }
  void operator()(const Note &note) const { std::puts(note.text.c_str()); }
};
void functionObjectWarns(PGconn *db, const std::vector<Deposit> &deposits) {
  const Apply apply{db};
  for (const Deposit &deposit : deposits)
    apply(deposit); // expect: query-in-loop
}
void visitWarns(PGconn *db, const std::vector<Event> &events) {
  for (const Event &event : events)
    std::visit(Apply{db}, event); // expect: query-in-loop
}

// Lazy loading: remembered, but by each element for itself.
class Profile {
public:
  explicit Profile(std::string name) : name_(std::move(name)) {}
  long balance(PGconn *db) {
    if (!balance_)
      balance_ = ::balance(db, name_);
    return *balance_;
  }

private:
  std::string name_;
  std::optional<long> balance_;
};
long lazyMemberWarns(PGconn *db, std::vector<Profile> &profiles) {
  long sum = 0;
  for (Profile &profile : profiles)
    sum += profile.balance(db); // expect: query-in-loop
  return sum;
}

// Text that is put together by a stream, by format, by append.
void streamWarns(PGconn *db, const std::vector<int> &ids) {
  for (int id : ids) {
    std::ostringstream sql;
    sql << "DELETE FROM accounts WHERE id = " << id;
    PQclear(PQexec(db, sql.str().c_str())); // expect: query-in-loop
  }
}
void snprintfWarns(PGconn *db, const std::vector<int> &ids) {
  char sql[128];
  for (int id : ids) {
    std::snprintf(sql, sizeof sql, "DELETE FROM accounts WHERE id = %d", id);
    PQclear(PQexec(db, sql)); // expect: query-in-loop
  }
}

// Two queries per element are two findings.
void twoWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    if (exists(db, name))                                               // expect: query-in-loop
      number(db, "UPDATE accounts SET seen = now() WHERE name = $1", name); // expect: query-in-loop
  }
}

// On most rounds, if not on all.
void mostWarns(PGconn *db, const std::vector<Account> &accounts) {
  for (const Account &account : accounts) {
    if (account.name.empty())
      continue;
    number(db, "UPDATE accounts SET seen = now() WHERE name = $1", account.name); // expect: query-in-loop
  }
}

// With a try around each.
void tryWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    try {
      number(db, "DELETE FROM accounts WHERE name = $1", name); // expect: query-in-loop
    } catch (const std::exception &e) {
      std::puts(e.what());
    }
  }
}

// A chunk of work, but a query for each element of the chunk.
std::vector<std::vector<std::string>> chunks(const std::vector<std::string> &names, std::size_t size);
void eachOfChunkWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const auto &chunk : chunks(names, 100)) {
    PQclear(PQexec(db, "BEGIN"));
    for (const std::string &name : chunk)
      number(db, "DELETE FROM accounts WHERE name = $1", name); // expect: query-in-loop
    PQclear(PQexec(db, "COMMIT"));
  }
}

// A page of a book is no page of rows: each is an element.
struct Page {
  int number;
  std::string title;
};
void pagesWarns(PGconn *db, const std::vector<Page> &pages) {
  for (const Page &page : pages)
    number(db, "INSERT INTO pages VALUES ($1) RETURNING id", page.title); // expect: query-in-loop
}

// Views.
void viewWarns(PGconn *db, const std::vector<std::string> &names) {
  for (const std::string &name : names | std::views::reverse)
    number(db, "DELETE FROM accounts WHERE name = $1", name); // expect: query-in-loop
}
void arrayWarns(PGconn *db, const std::string *names, std::size_t count) {
  for (const std::string *name = names; name != names + count; ++name)
    number(db, "DELETE FROM accounts WHERE name = $1", *name); // expect: query-in-loop
}
