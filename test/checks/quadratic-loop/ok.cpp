// RUN: %check %s -- -std=c++20
// One function for each guard of the check.
#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

struct User {
  int id;
  std::string name;
};
struct Order {
  int id;
  int userId;
  User user;
  std::vector<std::string> tags;
};
void use(int);
void use(const std::string &);
void report(const char *);

// region: lookup
void attachUsersOk(std::vector<Order> &orders, const std::vector<User> &users) {
  std::unordered_map<int, const User *> byId;
  for (const User &user : users)
    byId.emplace(user.id, &user);
  for (Order &order : orders) {
    auto user = byId.find(order.userId);
    if (user != byId.end())
      order.user = *user->second;
  }
}
// endregion

// Not in a loop at all.
bool containsOk(const std::vector<int> &ids, int id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

// Constant extents.
bool isRoleOk(const std::vector<std::string> &names) {
  static const std::array<const char *, 4> roles = {"admin", "editor", "author", "guest"};
  for (const std::string &name : names)
    if (std::find(roles.begin(), roles.end(), name) == roles.end())
      report(name.c_str());
  return true;
}

void constantTableOk(const std::vector<std::string> &words) {
  static const char *const keywords[] = {"if", "else", "while", "for", "return", "break"};
  for (const std::string &word : words)
    for (const char *keyword : keywords)
      if (word == keyword)
        report(keyword);
}

void constantVectorOk(const std::vector<std::string> &names) {
  static const std::vector<std::string> reserved{"root", "daemon", "nobody"};
  for (const std::string &name : names)
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end())
      report("reserved");
}

void constantOuterOk(const std::vector<User> &users) {
  for (int id = 1; id <= 4; ++id)
    if (std::any_of(users.begin(), users.end(), [id](const User &user) { return user.id == id; }))
      use(id);
}

void constantBothOk(const std::array<int, 64> &a, const std::array<int, 64> &b) {
  for (int x : a)
    for (int y : b)
      if (x == y)
        use(x);
}

void initializerListOk(const std::vector<std::string> &given) {
  for (const char *needed : {"host", "port", "user"})
    if (std::find(given.begin(), given.end(), needed) == given.end())
      report(needed);
}

// The inner range is derived from the outer element.
int taggedOk(const std::vector<Order> &orders, const std::string &tag) {
  int count = 0;
  for (const Order &order : orders)
    if (std::find(order.tags.begin(), order.tags.end(), tag) != order.tags.end())
      ++count;
  return count;
}

struct Node {
  int id;
  std::vector<Node> children;
};
int childrenNamedOk(const std::vector<Node> &nodes, int id) {
  int count = 0;
  for (const Node &node : nodes)
    for (const Node &child : node.children)
      if (child.id == id)
        ++count;
  return count;
}

int ownKeyOk(const std::vector<Order> &orders) {
  int count = 0;
  for (const Order &order : orders)
    count += std::count(order.tags.begin(), order.tags.end(), order.user.name) > 0;
  return count;
}

void groupOk(const std::map<int, std::vector<Order>> &groups, int id) {
  for (const auto &[key, orders] : groups)
    for (const Order &order : orders)
      if (order.id == id)
        use(key);
}

void derivedCallOk(const std::vector<Order> &orders, const std::map<int, std::vector<User>> &friends) {
  for (const Order &order : orders) {
    const std::vector<User> &mine = friends.at(order.userId);
    if (std::any_of(mine.begin(), mine.end(), [&](const User &u) { return u.name == order.user.name; }))
      use(order.id);
  }
}

// All pairs, no equality: it is the work.
double energyOk(const std::vector<double> &mass) {
  double sum = 0;
  for (std::size_t i = 0; i < mass.size(); ++i)
    for (std::size_t j = i + 1; j < mass.size(); ++j)
      sum += mass[i] * mass[j];
  return sum;
}

struct Box {
  int left, right;
  bool overlaps(const Box &o) const { return left < o.right && o.left < right; }
};
int overlapsOk(const std::vector<Box> &boxes) {
  int count = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = i + 1; j < boxes.size(); ++j)
      if (boxes[i].overlaps(boxes[j]))
        ++count;
  return count;
}

int nearOk(const std::vector<Box> &boxes, const std::vector<int> &points) {
  int hits = 0;
  for (int point : points)
    for (const Box &box : boxes)
      if (point >= box.left && point < box.right)
        ++hits;
  return hits;
}

// The output is as large as the product.
std::vector<std::string> productOk(const std::vector<std::string> &sizes, const std::vector<std::string> &colours) {
  std::vector<std::string> names;
  for (const std::string &size : sizes)
    for (const std::string &colour : colours)
      names.push_back(size + colour);
  return names;
}

// Matrices and grids.
void multiplyOk(const std::vector<std::vector<double>> &a, const std::vector<std::vector<double>> &b,
                std::vector<std::vector<double>> &c) {
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b[0].size(); ++j)
      for (std::size_t k = 0; k < b.size(); ++k)
        c[i][j] += a[i][k] * b[k][j];
}

int wallsOk(const std::vector<std::string> &grid, int width, int height) {
  int walls = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if (grid[y][x] == '#')
        ++walls;
  return walls;
}

void diagonalOk(std::vector<double> &m, int n) {
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column)
      m[row * n + column] = row == column ? 1.0 : 0.0;
}

// The loop is left after the lookup.
int firstOk(const std::vector<Order> &orders, const std::vector<User> &users) {
  for (const Order &order : orders) {
    if (order.userId < 0)
      continue;
    auto user = std::find_if(users.begin(), users.end(), [&](const User &u) { return u.id == order.userId; });
    return user == users.end() ? -1 : user->id;
  }
  return 0;
}

void firstBreakOk(const std::vector<int> &ids, const std::vector<int> &known) {
  for (int id : ids) {
    if (id % 2) {
      use(static_cast<int>(std::count(known.begin(), known.end(), id)));
      break;
    }
  }
}

// Once only, whatever the size.
void oneShotOk(const std::vector<int> &ids, const std::vector<int> &known) {
  bool checked = false;
  for (int id : ids) {
    if (!checked) {
      checked = true;
      use(static_cast<int>(std::count(known.begin(), known.end(), id)));
    }
    use(id);
  }
}

// On the way out with an error.
bool errorPathOk(const std::vector<int> &ids, const std::vector<int> &known) {
  for (int id : ids) {
    if (id < 0) {
      if (std::find(known.begin(), known.end(), -id) == known.end())
        report("neither it nor its negative");
      return false;
    }
    use(id);
  }
  return true;
}

void catchOk(const std::vector<std::string> &texts, const std::vector<std::string> &known) {
  for (const std::string &text : texts) {
    try {
      use(std::stoi(text));
    } catch (const std::exception &) {
      if (std::find(known.begin(), known.end(), text) != known.end()) // low: quadratic-loop
        report("known to be bad");
    }
  }
}

// One value among many.
enum class Kind { Add, Remove, Rename, Move, Merge };
struct Event {
  Kind kind;
  int id;
};
void rareOk(const std::vector<Event> &events, const std::vector<int> &ids) {
  for (const Event &event : events) {
    switch (event.kind) {
    case Kind::Merge:
      use(static_cast<int>(std::count(ids.begin(), ids.end(), event.id)));
      break;
    default:
      use(event.id);
    }
  }
}

// The containers' own lookup.
int setOk(const std::vector<std::string> &names, const std::set<std::string> &known) {
  int count = 0;
  for (const std::string &name : names)
    if (known.find(name) != known.end())
      ++count;
  return count;
}

std::vector<int> hashOk(const std::vector<int> &values) {
  std::unordered_set<int> seen;
  std::vector<int> out;
  for (int value : values)
    if (seen.insert(value).second)
      out.push_back(value);
  return out;
}

int mapOk(const std::vector<int> &ids, const std::map<int, User> &users) {
  int count = 0;
  for (int id : ids)
    count += static_cast<int>(users.count(id)) + users.contains(id);
  return count;
}

int binaryOk(const std::vector<int> &ids, const std::vector<int> &sorted) {
  int count = 0;
  for (int id : ids) {
    count += std::binary_search(sorted.begin(), sorted.end(), id);
    auto at = std::lower_bound(sorted.begin(), sorted.end(), id);
    count += at != sorted.end() && *at == id;
  }
  return count;
}

// The key does not change: a hoist at most, no square of lookups.
int sameKeyOk(const std::vector<Order> &orders, const std::vector<int> &vip, int id) {
  const bool isVip = std::find(vip.begin(), vip.end(), id) != vip.end();
  int count = 0;
  for (const Order &order : orders)
    count += isVip && order.userId == id;
  return count;
}

// A service loop: it runs as long as the thread, not as long as the data.
struct Queue {
  bool pop(Event &event);
};
void serviceOk(Queue &queue, const std::vector<User> &handlers, const bool &stop) {
  Event event;
  while (!stop) {
    if (!queue.pop(event))
      continue;
    auto handler = std::find_if(handlers.begin(), handlers.end(), [&](const User &u) { return u.id == event.id; });
    if (handler != handlers.end())
      use(handler->name);
  }
}

// do {} while (0) is not a loop.
#define CHECK_KNOWN(list, id)                                                                                          \
  do {                                                                                                                 \
    if (std::find((list).begin(), (list).end(), (id)) == (list).end())                                                 \
      report("unknown " #id);                                                                                          \
  } while (0)

void macroOk(const std::vector<int> &known, int id) { CHECK_KNOWN(known, id); }

// A search in one text is no lookup of an element.
std::string lettersOk(const std::string &text) {
  std::string out;
  for (char c : text)
    if (std::string("aeiou").find(c) == std::string::npos)
      out += c;
  return out;
}

// Never more than the limit.
class Pack {
public:
  int callOk(const std::vector<Order> &orders) {
    int count = 0;
    for (const Order &order : orders) {
      if (members_.size() >= most_)
        continue;
      for (const User &member : members_)
        if (member.id == order.userId)
          ++count;
    }
    return count;
  }
  void join(const User &user) { members_.push_back(user); }

private:
  std::vector<User> members_;
  std::size_t most_ = 5;
};

// A table that ends with an empty entry is as long as the source says.
struct Flag {
  const char *name;
  unsigned bit;
};
unsigned flagsOk(const std::vector<std::string> &words, const Flag *table) {
  unsigned bits = 0;
  for (const std::string &word : words)
    for (int i = 0; table[i].name; ++i)
      if (word == table[i].name)
        bits |= table[i].bit;
  return bits;
}

// As many rounds as the source says, whatever the position is.
struct Position {
  int x, y;
};
struct Ore {
  std::vector<int> neighbours;
};
int neighboursOk(const std::vector<Ore> &ores, const std::vector<int> &map, Position at) {
  int count = 0;
  for (const Ore &ore : ores) {
    Position p = at;
    for (p.x = at.x - 1; p.x <= at.x + 1; ++p.x)
      for (p.y = at.y - 1; p.y <= at.y + 1; ++p.y)
        if (std::find(ore.neighbours.begin(), ore.neighbours.end(), map[p.y * 16 + p.x]) != ore.neighbours.end())
          ++count;
  }
  return count;
}

// Letters, in a loop written by hand.
bool unsafe(const std::string &letters, char c) {
  for (std::size_t i = 0; i < letters.size(); ++i)
    if (letters[i] == c)
      return true;
  return false;
}
std::string escapedOk(const std::string &text, const std::string &letters) {
  std::string out;
  for (char c : text)
    out += unsafe(letters, c) ? '_' : c;
  return out;
}

// Each node's own list, through a lambda that calls itself.
int reachedOk(const std::vector<std::vector<int>> &graph, std::vector<int> &seen) {
  auto visit = [&](int node, auto &&again) -> bool {
    for (int next : graph[node]) {
      if (seen[next] != seen[node] + 1)
        continue;
      if (again(next, again))
        return true;
    }
    return false;
  };
  auto from = [&](int node) { return visit(node, visit); };
  int count = 0;
  for (std::size_t i = 0; i < graph.size(); ++i)
    if (from(static_cast<int>(i)))
      ++count;
  return count;
}
