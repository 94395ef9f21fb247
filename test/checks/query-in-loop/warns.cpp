// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// The shapes in which a round trip hides in a loop, over libpq.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <ranges>
#include <string>
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

static std::vector<Post> loadPosts(PGconn *db, int userId) {
  std::string sql = "SELECT id, title FROM posts WHERE user_id = " + std::to_string(userId);
  PGresult *result = PQexec(db, sql.c_str());
  std::vector<Post> posts;
  for (int row = 0; row < PQntuples(result); ++row)
    posts.push_back({std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1)});
  PQclear(result);
  return posts;
}

// Straight in the loop.
void renameAllWarns(PGconn *db, const std::vector<User> &users) {
  for (const User &user : users) {
    std::string sql = "UPDATE users SET name = '" + user.name + "' WHERE id = " + std::to_string(user.id);
    PGresult *result = PQexec(db, sql.c_str()); // expect: query-in-loop
    PQclear(result);
  }
}

void paramsWarns(PGconn *db, const std::vector<User> &users) {
  for (std::size_t i = 0; i < users.size(); ++i) {
    const std::string id = std::to_string(users[i].id);
    const char *values[] = {id.c_str(), users[i].name.c_str()};
    PQclear(PQexecParams(db, "INSERT INTO users (id, name) VALUES ($1, $2)", 2, nullptr, values, nullptr, nullptr, 0)); // expect: query-in-loop
  }
}

// region: n-plus-one
void loadAllPostsWarns(PGconn *db, std::vector<User> &users) {
  for (User &user : users)
    user.posts = loadPosts(db, user.id); // expect: query-in-loop
}
// endregion

void iteratorLoopWarns(PGconn *db, std::vector<User> &users) {
  for (auto it = users.begin(); it != users.end(); ++it)
    it->posts = loadPosts(db, it->id); // expect: query-in-loop
}

void whileWarns(PGconn *db, std::vector<User> &users) {
  std::size_t i = 0;
  while (i < users.size()) {
    users[i].posts = loadPosts(db, users[i].id); // expect: query-in-loop
    ++i;
  }
}

// One query per row of another one's result: N+1 by the book.
void resultRowsWarns(PGconn *db, std::vector<User> &users) {
  PGresult *result = PQexec(db, "SELECT id, name FROM users");
  for (int row = 0; row < PQntuples(result); row++) {
    User user{std::atoi(PQgetvalue(result, row, 0)), PQgetvalue(result, row, 1), {}};
    user.posts = loadPosts(db, user.id); // expect: query-in-loop
    users.push_back(user);
  }
  PQclear(result);
}

void doWhileCursorWarns(PGconn *db, int count) {
  int row = 0;
  if (count == 0)
    return;
  do {
    loadPosts(db, row); // expect: query-in-loop
  } while (++row < count);
}

// The query does not vary with the loop: hoist it.
static double taxRate(PGconn *db) {
  PGresult *result = PQexec(db, "SELECT value FROM settings WHERE name = 'tax'");
  double rate = std::atof(PQgetvalue(result, 0, 0));
  PQclear(result);
  return rate;
}
double hoistWarns(PGconn *db, const std::vector<double> &prices) {
  double sum = 0;
  for (double price : prices)
    sum += price * (1 + taxRate(db)); // expect: query-in-loop
  return sum;
}

// Through several levels.
static int postCount(PGconn *db, const User &user) { return static_cast<int>(loadPosts(db, user.id).size()); }
static bool isAuthor(PGconn *db, const User &user) { return postCount(db, user) > 0; }
static std::string badge(PGconn *db, const User &user) { return isAuthor(db, user) ? "author" : "reader"; }

std::string levelsWarns(PGconn *db, const std::vector<User> &users) {
  std::string out;
  for (const User &user : users)
    out += user.name + ": " + badge(db, user) + "\n"; // expect: query-in-loop
  return out;
}

int conditionWarns(PGconn *db, const std::vector<User> &users) {
  int authors = 0;
  for (const User &user : users)
    if (user.id > 0 && isAuthor(db, user)) // expect: query-in-loop
      ++authors;
  return authors;
}

// In the range of an inner loop: belongs to the outer one.
void innerRangeWarns(PGconn *db, const std::vector<User> &users) {
  for (const User &user : users)
    for (const Post &post : loadPosts(db, user.id)) // expect: query-in-loop
      std::puts(post.title.c_str());
}

// Algorithms.
void forEachWarns(PGconn *db, std::vector<User> &users) {
  std::for_each(users.begin(), users.end(), [db](User &user) {
    user.posts = loadPosts(db, user.id); // expect: query-in-loop
  });
}

std::vector<int> transformWarns(PGconn *db, const std::vector<User> &users) {
  std::vector<int> counts(users.size());
  std::transform(users.begin(), users.end(), counts.begin(), [&](const User &user) {
    return postCount(db, user); // expect: query-in-loop
  });
  return counts;
}

void rangesWarns(PGconn *db, std::vector<User> &users) {
  std::ranges::for_each(users, [&](User &user) {
    user.posts = loadPosts(db, user.id); // expect: query-in-loop
  });
}

void removeIfWarns(PGconn *db, std::vector<User> &users) {
  auto gone = std::remove_if(users.begin(), users.end(), [db](const User &user) {
    return !isAuthor(db, user); // expect: query-in-loop
  });
  users.erase(gone, users.end());
}

// A local lambda called in the loop.
void localLambdaWarns(PGconn *db, std::vector<User> &users) {
  auto fill = [db](User &user) { user.posts = loadPosts(db, user.id); };
  for (User &user : users)
    fill(user); // expect: query-in-loop
}

// The project's own forEach.
template <typename Fn> static void forEachUser(const std::vector<User> &users, Fn fn) {
  for (const User &user : users)
    fn(user);
}
void callbackWarns(PGconn *db, const std::vector<User> &users) {
  forEachUser(users, [db](const User &user) { loadPosts(db, user.id); }); // expect: query-in-loop
}

static void eachUser(const std::vector<User> &users, const std::function<void(const User &)> &fn) {
  for (const User &user : users)
    fn(user);
}
void functionParameterWarns(PGconn *db, const std::vector<User> &users) {
  eachUser(users, [db](const User &user) { loadPosts(db, user.id); }); // expect: query-in-loop
}

// Behind a virtual interface.
class Storage {
public:
  virtual ~Storage() = default;
  virtual std::vector<Post> posts(int userId) = 0;
  virtual void save(const Post &post) = 0;
};
class PgStorage : public Storage {
public:
  explicit PgStorage(PGconn *db) : db_(db) {}
  std::vector<Post> posts(int userId) override { return loadPosts(db_, userId); }
  void save(const Post &post) override {
    const char *values[] = {post.title.c_str()};
    PQclear(PQexecParams(db_, "INSERT INTO posts (title) VALUES ($1)", 1, nullptr, values, nullptr, nullptr, 0));
  }

private:
  PGconn *db_;
};

void virtualWarns(Storage &storage, std::vector<User> &users) {
  for (User &user : users)
    user.posts = storage.posts(user.id); // expect: query-in-loop
}

void virtualSaveWarns(const std::unique_ptr<Storage> &storage, const std::vector<Post> &posts) {
  for (const Post &post : posts)
    storage->save(post); // expect: query-in-loop
}

// Behind a getter that loads on each call.
class Account {
public:
  Account(PGconn *db, int id) : db_(db), id_(id) {}
  std::vector<Post> getPosts() const { return loadPosts(db_, id_); }
  operator bool() const { return !loadPosts(db_, id_).empty(); }
  const Account &operator<<(const std::string &title) const {
    const char *values[] = {title.c_str()};
    PQclear(PQexecParams(db_, "INSERT INTO posts (title) VALUES ($1)", 1, nullptr, values, nullptr, nullptr, 0));
    return *this;
  }

private:
  PGconn *db_;
  int id_;
};

std::size_t getterWarns(const std::vector<Account> &accounts) {
  std::size_t count = 0;
  for (const Account &account : accounts)
    count += account.getPosts().size(); // expect: query-in-loop
  return count;
}

int conversionWarns(const std::vector<Account> &accounts) {
  int count = 0;
  for (const Account &account : accounts)
    if (account) // expect: query-in-loop
      ++count;
  return count;
}

void operatorWarns(const Account &account, const std::vector<std::string> &titles) {
  for (const std::string &title : titles)
    account << title; // expect: query-in-loop
}

// Recursion over a tree.
struct Category {
  int id;
  std::vector<Category> children;
};
void saveTreeWarns(PGconn *db, const Category &category) {
  std::string sql = "INSERT INTO categories VALUES (" + std::to_string(category.id) + ")";
  PQclear(PQexec(db, sql.c_str()));
  for (const Category &child : category.children)
    saveTreeWarns(db, child); // expect: query-in-loop
}

// Dozens are dozens of round trips.
void monthsWarns(PGconn *db, std::array<int, 12> &totals) {
  for (int month = 0; month < 12; ++month) {
    std::string sql = "SELECT count(*) FROM orders WHERE month = " + std::to_string(month);
    PGresult *result = PQexec(db, sql.c_str()); // expect: query-in-loop
    totals[month] = std::atoi(PQgetvalue(result, 0, 0));
    PQclear(result);
  }
}

// As many as lines come in.
void importWarns(PGconn *db, std::istream &in) {
  std::string line;
  while (std::getline(in, line)) {
    const char *values[] = {line.c_str()};
    PQclear(PQexecParams(db, "INSERT INTO lines VALUES ($1)", 1, nullptr, values, nullptr, nullptr, 0)); // expect: query-in-loop
  }
}

// Two loops deep: one finding, at the query.
void nestedWarns(PGconn *db, const std::vector<User> &users) {
  for (const User &user : users)
    for (const Post &post : user.posts) {
      std::string sql = "UPDATE posts SET seen = true WHERE id = " + std::to_string(post.id);
      PQclear(PQexec(db, sql.c_str())); // expect: query-in-loop
    }
}

// A list that somebody wrote, once for each of many.
static constexpr const char *settings[] = {"name", "port", "theme", "mail", "proxy", "zone", "font"};
void settingsWarns(PGconn *db, const std::vector<User> &users) {
  for (const User &user : users)
    for (const char *key : settings) {
      std::string sql = "DELETE FROM settings WHERE id = " + std::to_string(user.id) + " AND key = '" + key + "'";
      PQclear(PQexec(db, sql.c_str())); // expect: query-in-loop
    }
}
