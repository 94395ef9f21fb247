// RUN: %check %s -- -std=c++20
// Nested loops of everyday programs that are the work and not a lookup.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <queue>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Sorting by hand.
void insertionSortOk(std::vector<int> &values) {
  for (std::size_t i = 1; i < values.size(); ++i)
    for (std::size_t j = i; j > 0 && values[j] < values[j - 1]; --j)
      std::swap(values[j], values[j - 1]);
}
void bubbleSortOk(std::vector<std::string> &words) {
  bool swapped = true;
  while (swapped) {
    swapped = false;
    for (std::size_t i = 1; i < words.size(); ++i)
      if (words[i] < words[i - 1]) {
        std::swap(words[i], words[i - 1]);
        swapped = true;
      }
  }
}

// Numbers.
std::vector<int> sieveOk(int n) {
  std::vector<bool> composite(n + 1);
  std::vector<int> primes;
  for (int i = 2; i <= n; ++i) {
    if (composite[i])
      continue;
    primes.push_back(i);
    for (int j = 2 * i; j <= n; j += i)
      composite[j] = true;
  }
  return primes;
}
int divisorsOk(const std::vector<int> &values, int limit) {
  int count = 0;
  for (int value : values)
    for (int d = 1; d <= limit; ++d)
      if (value % d == 0)
        ++count;
  return count;
}

// Graphs.
struct Graph {
  std::vector<std::vector<int>> edges;
};
std::vector<int> distancesOk(const Graph &graph, int from) {
  std::vector<int> distance(graph.edges.size(), -1);
  std::queue<int> next;
  next.push(from);
  distance[from] = 0;
  while (!next.empty()) {
    const int node = next.front();
    next.pop();
    for (int neighbour : graph.edges[node])
      if (distance[neighbour] == -1) {
        distance[neighbour] = distance[node] + 1;
        next.push(neighbour);
      }
  }
  return distance;
}
bool hasEdgeOk(const Graph &graph, const std::vector<std::pair<int, int>> &pairs) {
  for (auto [from, to] : pairs)
    if (std::find(graph.edges[from].begin(), graph.edges[from].end(), to) == graph.edges[from].end())
      return false;
  return true;
}
void floydOk(std::vector<std::vector<double>> &d) {
  const std::size_t n = d.size();
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
}

// Texts.
int vowelsOk(const std::vector<std::string> &lines) {
  int count = 0;
  for (const std::string &line : lines)
    for (char c : line)
      if (c == 'a' || c == 'e')
        ++count;
  return count;
}
int naiveSearchOk(const std::string &text, const std::string &word) {
  int count = 0;
  for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
    std::size_t j = 0;
    while (j < word.size() && text[i + j] == word[j])
      ++j;
    if (j == word.size())
      ++count;
  }
  return count;
}
std::vector<std::vector<std::string>> csvOk(std::istream &in) {
  std::vector<std::vector<std::string>> rows;
  std::string line;
  while (std::getline(in, line)) {
    std::vector<std::string> row;
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');)
      row.push_back(field);
    rows.push_back(std::move(row));
  }
  return rows;
}
int commasOk(const std::vector<std::string> &lines) {
  int count = 0;
  for (const std::string &line : lines)
    count += std::count(line.begin(), line.end(), ',');
  return count;
}
bool hasOptionOk(int argc, char **argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool verbose = std::find(arguments.begin(), arguments.end(), "--verbose") != arguments.end();
  const bool quiet = std::find(arguments.begin(), arguments.end(), "--quiet") != arguments.end();
  return verbose && !quiet;
}
std::string trimOk(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.pop_back();
  return text;
}

// Games: everything against everything, because everything can touch everything.
struct Entity {
  std::uint32_t id;
  double x, y;
  int team;
  bool dead;
  std::vector<std::uint32_t> seen;
};
void collideOk(std::vector<Entity> &entities) {
  for (Entity &a : entities)
    for (Entity &b : entities)
      if (a.id != b.id && std::hypot(a.x - b.x, a.y - b.y) < 1)
        a.dead = b.dead = true;
}
void lookOk(std::vector<Entity> &entities) {
  for (Entity &viewer : entities)
    for (const Entity &other : entities)
      if (other.team != viewer.team && !other.dead)
        viewer.seen.push_back(other.id);
}
// Equal teams are many: the pairs are the result.
int alliesOk(std::vector<Entity> &entities, void (*greet)(Entity &, Entity &)) {
  int pairs = 0;
  for (std::size_t i = 0; i < entities.size(); ++i)
    for (std::size_t j = i + 1; j < entities.size(); ++j) {
      greet(entities[i], entities[j]);
      pairs += entities[i].team == entities[j].team;
    }
  return pairs;
}

// Events and handlers: all handlers see all events.
struct Event {
  int type;
};
void dispatchOk(const std::vector<Event> &events, const std::vector<std::function<void(const Event &)>> &handlers) {
  for (const Event &event : events)
    for (const auto &handler : handlers)
      handler(event);
}

// Trees.
struct Widget {
  std::string name;
  std::vector<std::unique_ptr<Widget>> children;
  Widget *parent = nullptr;
  Widget *find(const std::string &wanted) {
    if (name == wanted)
      return this;
    for (auto &child : children)
      if (Widget *found = child->find(wanted))
        return found;
    return nullptr;
  }
};
int depthOk(const std::vector<Widget *> &widgets) {
  int depth = 0;
  for (Widget *widget : widgets)
    for (Widget *up = widget->parent; up; up = up->parent)
      ++depth;
  return depth;
}

// Small by their type.
enum class Day { Mon, Tue, Wed, Thu, Fri, Sat, Sun };
int scheduleOk(const std::vector<std::pair<Day, int>> &shifts) {
  int sum = 0;
  for (const auto &[day, hours] : shifts)
    for (int d = 0; d < 7; ++d)
      if (static_cast<int>(day) == d)
        sum += hours;
  return sum;
}
int suitsOk(const std::vector<char> &cards) {
  static const std::string_view suits = "CDHS";
  int sum = 0;
  for (char card : cards)
    sum += static_cast<int>(std::find(suits.begin(), suits.end(), card) - suits.begin());
  return sum;
}
struct Player {
  std::array<int, 16> inventory;
};
int countItemOk(const std::vector<Player> &players, int item) {
  int count = 0;
  for (const Player &player : players)
    count += static_cast<int>(std::count(player.inventory.begin(), player.inventory.end(), item));
  return count;
}
int slotsOk(const Player &player, const std::vector<int> &wanted) {
  int slots = 0;
  for (int item : wanted)
    for (int slot : player.inventory)
      if (slot == item)
        ++slots;
  return slots;
}

// Grouped by a map, then walked group by group.
std::size_t largestOk(const std::vector<Entity> &entities) {
  std::map<int, std::vector<const Entity *>> teams;
  for (const Entity &entity : entities)
    teams[entity.team].push_back(&entity);
  std::size_t largest = 0;
  for (const auto &[team, members] : teams) {
    std::size_t alive = 0;
    for (const Entity *member : members)
      alive += !member->dead;
    largest = std::max(largest, alive);
  }
  return largest;
}

// A list per bucket.
int bucketsOk(const std::unordered_map<int, std::vector<Entity>> &buckets, const std::vector<Entity> &wanted) {
  int found = 0;
  for (const Entity &entity : wanted) {
    auto bucket = buckets.find(entity.team);
    if (bucket == buckets.end())
      continue;
    for (const Entity &candidate : bucket->second)
      if (candidate.id == entity.id)
        ++found;
  }
  return found;
}

// Peaks, runs, prefixes.
std::vector<int> prefixOk(const std::vector<int> &values) {
  std::vector<int> sums;
  int sum = 0;
  for (int value : values)
    sums.push_back(sum += value);
  return sums;
}
int twoPointersOk(const std::vector<int> &sorted, int target) {
  int pairs = 0;
  for (std::size_t i = 0, j = sorted.size(); i < j;) {
    const int sum = sorted[i] + sorted[j - 1];
    if (sum == target)
      ++pairs;
    sum < target ? ++i : --j;
  }
  return pairs;
}

// Until nothing changes any more.
bool settleOk(std::vector<int> &labels, const std::vector<std::pair<int, int>> &edges) {
  bool changed = true, any = false;
  while (changed) {
    changed = false;
    for (auto [a, b] : edges)
      if (labels[a] != labels[b]) {
        labels[a] = labels[b] = std::min(labels[a], labels[b]);
        changed = any = true;
      }
  }
  return any;
}
