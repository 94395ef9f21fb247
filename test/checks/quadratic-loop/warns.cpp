// RUN: %check %s -- -std=c++20
// The common forms: a linear lookup once per element of something else.
#include <algorithm>
#include <cstdint>
#include <istream>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

struct User {
  std::int64_t id;
  std::string name;
  bool active;
};
struct Order {
  std::int64_t id;
  std::int64_t userId;
  std::string sku;
  User user;
};

// region: lookup
void attachUsersWarns(std::vector<Order> &orders, const std::vector<User> &users) {
  for (Order &order : orders) {
    auto user = std::find_if(users.begin(), users.end(), [&](const User &u) { return u.id == order.userId; }); // expect: quadratic-loop
    if (user != users.end())
      order.user = *user;
  }
}
// endregion

std::vector<std::string> distinctWarns(const std::vector<std::string> &words) {
  std::vector<std::string> seen;
  for (const auto &word : words) {
    if (std::find(seen.begin(), seen.end(), word) == seen.end()) // expect: quadratic-loop
      seen.push_back(word);
  }
  return seen;
}

int sharedCountWarns(const std::vector<int> &left, const std::vector<int> &right) {
  int shared = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (std::count(right.begin(), right.end(), left[i]) > 0) // expect: quadratic-loop
      ++shared;
  }
  return shared;
}

std::vector<Order> ofActiveUsersWarns(const std::vector<Order> &orders, const std::vector<User> &users) {
  std::vector<Order> result;
  for (auto it = orders.begin(); it != orders.end(); ++it) {
    bool active = std::any_of(users.cbegin(), users.cend(), // expect: quadratic-loop
                              [it](const User &user) { return user.active && user.id == it->userId; });
    if (active)
      result.push_back(*it);
  }
  return result;
}

bool coversAllWarns(const std::list<int> &required, const std::list<int> &given) {
  bool all = true;
  for (int id : required)
    all &= std::find(given.begin(), given.end(), id) != given.end(); // expect: quadratic-loop
  return all;
}

// A set is walked from its begin: the set's own find would be O(log n).
int knownWarns(const std::vector<std::string> &names, const std::set<std::string> &known) {
  int count = 0;
  for (const std::string &name : names)
    if (std::find(known.begin(), known.end(), name) != known.end()) // expect: quadratic-loop
      ++count;
  return count;
}

// A map searched by its value.
std::vector<std::string> namesOfWarns(const std::vector<int> &ids, const std::unordered_map<std::string, int> &idOf) {
  std::vector<std::string> names;
  for (int id : ids) {
    auto entry = std::find_if(idOf.begin(), idOf.end(), [id](const auto &e) { return e.second == id; }); // expect: quadratic-loop
    names.push_back(entry == idOf.end() ? "?" : entry->first);
  }
  return names;
}

// Hand-written inner loops.

void attachByHandWarns(std::vector<Order> &orders, const std::vector<User> &users) {
  for (Order &order : orders) {
    for (const User &user : users) { // expect: quadratic-loop
      if (user.id == order.userId) {
        order.user = user;
        break;
      }
    }
  }
}

int matchesByIndexWarns(const std::vector<std::string> &a, const std::vector<std::string> &b) {
  int matches = 0;
  for (std::size_t i = 0; i < a.size(); i++)
    for (std::size_t j = 0; j < b.size(); j++) // expect: quadratic-loop
      if (a[i] == b[j])
        ++matches;
  return matches;
}

std::vector<int> dedupeByFlagWarns(const std::vector<int> &values) {
  std::vector<int> out;
  for (int value : values) {
    bool found = false;
    for (int have : out) { // expect: quadratic-loop
      if (have == value) {
        found = true;
        break;
      }
    }
    if (!found)
      out.push_back(value);
  }
  return out;
}

// Over a growing prefix: has any element before i the same value?
std::vector<int> dedupeByPrefixWarns(const std::vector<int> &values) {
  std::vector<int> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool duplicate = false;
    for (std::size_t j = 0; j < i; ++j) { // expect: quadratic-loop
      if (values[j] == values[i]) {
        duplicate = true;
        break;
      }
    }
    if (!duplicate)
      out.push_back(values[i]);
  }
  return out;
}

// Backwards, the latest first.
void lastPriceWarns(std::vector<Order> &orders, const std::vector<Order> &history) {
  for (Order &order : orders) {
    for (std::size_t j = history.size(); j-- > 0;) { // expect: quadratic-loop
      if (history[j].sku == order.sku) {
        order.id = history[j].id;
        break;
      }
    }
  }
}

void backwardsIteratorWarns(std::vector<Order> &orders, const std::vector<Order> &history) {
  for (Order &order : orders)
    for (auto it = history.rbegin(); it != history.rend(); ++it) // expect: quadratic-loop
      if (it->sku == order.sku) {
        order.id = it->id;
        break;
      }
}

void whileInsideWarns(const std::vector<Order> &orders, const std::list<User> &users, std::vector<std::string> &names) {
  for (const Order &order : orders) {
    auto it = users.begin();
    while (it != users.end() && it->id != order.userId) // expect: quadratic-loop
      ++it;
    names.push_back(it == users.end() ? std::string() : it->name);
  }
}

// Every pair with an equality: duplicates.
bool hasDuplicateWarns(const std::vector<std::string> &names) {
  bool twice = false;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j) // expect: quadratic-loop
      if (names[i] == names[j])
        twice = true;
  return twice;
}

// Helpers.

static bool hasUser(const std::vector<User> &users, std::int64_t id) {
  for (const User &user : users)
    if (user.id == id)
      return true;
  return false;
}

int orphansWarns(const std::vector<Order> &orders, const std::vector<User> &users) {
  int orphans = 0;
  for (const Order &order : orders)
    if (!hasUser(users, order.userId)) // expect: quadratic-loop
      ++orphans;
  return orphans;
}

static const User *findUser(const std::vector<User> &users, std::int64_t id) {
  auto it = std::find_if(users.begin(), users.end(), [id](const User &u) { return u.id == id; });
  return it == users.end() ? nullptr : &*it;
}
static std::string userName(const std::vector<User> &users, std::int64_t id) {
  const User *user = findUser(users, id);
  return user ? user->name : "";
}
static std::string label(const Order &order, const std::vector<User> &users) {
  return order.sku + " for " + userName(users, order.userId);
}

std::vector<std::string> labelsWarns(const std::vector<Order> &orders, const std::vector<User> &users) {
  std::vector<std::string> labels;
  for (const Order &order : orders)
    labels.push_back(label(order, users)); // expect: quadratic-loop
  return labels;
}

void localLambdaWarns(std::vector<Order> &orders, const std::vector<User> &users) {
  auto byId = [&users](std::int64_t id) -> const User * {
    for (const User &user : users)
      if (user.id == id)
        return &user;
    return nullptr;
  };
  for (Order &order : orders) {
    if (const User *user = byId(order.userId)) // expect: quadratic-loop
      order.user = *user;
  }
}

// A class that looks through its own member.
class Directory {
public:
  const User *find(std::int64_t id) const {
    for (const auto &user : users_)
      if (user->id == id)
        return user.get();
    return nullptr;
  }
  void add(std::unique_ptr<User> user) { users_.push_back(std::move(user)); }

private:
  std::vector<std::unique_ptr<User>> users_;
};

int knownBuyersWarns(const std::vector<Order> &orders, const Directory &directory) {
  int known = 0;
  for (const Order &order : orders)
    known += directory.find(order.userId) != nullptr; // expect: quadratic-loop
  return known;
}

// A do loop outside.
int doWhileWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  int count = 0;
  std::size_t i = 0;
  if (ids.empty())
    return 0;
  do {
    count += std::find(known.begin(), known.end(), ids[i]) != known.end(); // expect: quadratic-loop
  } while (++i < ids.size());
  return count;
}

// The range of an inner loop is found by a walk.
static std::vector<Order> ordersOf(const std::vector<Order> &orders, std::int64_t userId) {
  std::vector<Order> mine;
  for (const Order &order : orders)
    if (order.userId == userId)
      mine.push_back(order);
  return mine;
}
std::size_t innerRangeWarns(const std::vector<User> &users, const std::vector<Order> &orders) {
  std::size_t letters = 0;
  for (const User &user : users)
    for (const Order &order : ordersOf(orders, user.id)) // expect: quadratic-loop
      letters += order.sku.size();
  return letters;
}

// Three deep, still one finding: the list is walked for each part of each order.
int deepWarns(const std::vector<std::vector<std::string>> &orders, const std::vector<std::string> &stock) {
  int missing = 0;
  for (const auto &parts : orders)
    for (const std::string &part : parts)
      if (std::find(stock.begin(), stock.end(), part) == stock.end()) // expect: quadratic-loop
        ++missing;
  return missing;
}

// On most rounds, if not on all.
int mostWarns(const std::vector<User> &users, const std::vector<std::int64_t> &banned) {
  int count = 0;
  for (const User &user : users) {
    if (!user.active)
      continue;
    if (std::find(banned.begin(), banned.end(), user.id) != banned.end()) // expect: quadratic-loop
      ++count;
  }
  return count;
}

// As many as lines come in.
std::vector<std::string> uniqueLinesWarns(std::istream &in) {
  std::vector<std::string> lines;
  std::string line;
  while (std::getline(in, line)) {
    if (std::find(lines.begin(), lines.end(), line) != lines.end()) // expect: quadratic-loop
      continue;
    lines.push_back(line);
  }
  return lines;
}
