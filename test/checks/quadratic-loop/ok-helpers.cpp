// RUN: %check %s -- -std=c++20
// Helpers that look like lookups and are none, or are not run per element.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

struct Column {
  std::string name;
  int width;
};
struct Field {
  std::string column;
  std::string text;
  std::vector<std::string> tags;
};
void write(const std::string &text, int width);

template <typename Container, typename Value> bool contains(const Container &container, const Value &value) {
  return std::find(std::begin(container), std::end(container), value) != std::end(container);
}

// The helper walks what belongs to the element.
int taggedOk(const std::vector<Field> &fields, const std::string &tag) {
  int count = 0;
  for (const Field &field : fields)
    count += contains(field.tags, tag);
  return count;
}

// The helper walks a constant table.
static int weekday(std::string_view name) {
  static constexpr std::array<std::string_view, 7> days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (std::size_t i = 0; i < days.size(); ++i)
    if (days[i] == name)
      return static_cast<int>(i);
  return -1;
}
int weekdaysOk(const std::vector<std::string> &names) {
  int sum = 0;
  for (const std::string &name : names)
    sum += weekday(name);
  return sum;
}

struct Option {
  const char *name;
  int value;
};
static const Option options[] = {{"verbose", 1}, {"quiet", 2}, {"force", 4}, {nullptr, 0}};
static int optionValue(const std::string &name) {
  for (const Option *option = options; option->name; ++option)
    if (name == option->name)
      return option->value;
  return 0;
}
int optionsOk(const std::vector<std::string> &arguments) {
  int flags = 0;
  for (const std::string &argument : arguments)
    flags |= optionValue(argument);
  return flags;
}

// find is a hash's.
class Names {
public:
  bool contains(const std::string &name) const { return names_.find(name) != names_.end(); }
  int indexOf(const std::string &name) const {
    auto it = names_.find(name);
    return it == names_.end() ? -1 : it->second;
  }

private:
  std::unordered_map<std::string, int> names_;
};
int namesOk(const Names &names, const std::vector<Field> &fields) {
  int sum = 0;
  for (const Field &field : fields)
    if (names.contains(field.column))
      sum += names.indexOf(field.column);
  return sum;
}

// Memoised: the list is walked once for each distinct name, and remembered.
class Widths {
public:
  int width(const std::string &name) {
    auto known = cache_.find(name);
    if (known != cache_.end())
      return known->second;
    int width = 0;
    for (const Column &column : columns_)
      if (column.name == name)
        width = column.width;
    return cache_[name] = width;
  }

private:
  std::vector<Column> columns_;
  std::map<std::string, int> cache_;
};
int memoisedOk(Widths &widths, const std::vector<Field> &fields) {
  int sum = 0;
  for (const Field &field : fields)
    sum += widths.width(field.column);
  return sum;
}

// The index is built on first use.
class Lazy {
public:
  const Column *find(const std::string &name) {
    if (index_.empty())
      for (const Column &column : columns_)
        index_.emplace(column.name, &column);
    auto it = index_.find(name);
    return it == index_.end() ? nullptr : it->second;
  }

private:
  std::vector<Column> columns_;
  std::unordered_map<std::string, const Column *> index_;
};
int lazyOk(Lazy &columns, const std::vector<Field> &fields) {
  int sum = 0;
  for (const Field &field : fields)
    if (const Column *column = columns.find(field.column))
      sum += column->width;
  return sum;
}

// Unknown bodies: silence.
bool isKnown(const std::vector<std::string> &names, const std::string &name);
int unknownOk(const std::vector<std::string> &names, const std::vector<Field> &fields) {
  int known = 0;
  for (const Field &field : fields)
    known += isKnown(names, field.column);
  return known;
}

class Dictionary {
public:
  virtual ~Dictionary() = default;
  virtual bool has(const std::string &word) const = 0;
};
int unknownVirtualOk(const Dictionary &dictionary, const std::vector<std::string> &words) {
  int known = 0;
  for (const std::string &word : words)
    known += dictionary.has(word);
  return known;
}

int unknownCallableOk(const std::function<bool(const std::string &)> &test, const std::vector<std::string> &words) {
  int known = 0;
  for (const std::string &word : words)
    known += test(word);
  return known;
}

// Each round asks another object.
class Shelf {
public:
  bool has(const std::string &name) const { return contains(names_, name); }

private:
  std::vector<std::string> names_;
};
int shelvesOk(const std::vector<Shelf> &shelves, const std::string &name) {
  int count = 0;
  for (const Shelf &shelf : shelves)
    count += shelf.has(name);
  return count;
}
int shelfPointersOk(const std::vector<std::unique_ptr<Shelf>> &shelves, const std::string &name) {
  int count = 0;
  for (auto it = shelves.begin(); it != shelves.end(); ++it)
    if ((*it)->has(name))
      ++count;
  return count;
}

// A full pass per element, because every element of both is worked on.
void printAllOk(const std::vector<Field> &fields, const std::vector<Column> &columns) {
  for (const Field &field : fields)
    for (const Column &column : columns)
      write(field.text + column.name, column.width);
}

// Equal or not, each pair does its work.
int scoreOk(const std::string &a, const std::string &b) {
  std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
  return table[a.size()][b.size()];
}

// All but itself: the pairs are the work.
struct Body {
  double x, force;
};
void forcesOk(std::vector<Body> &bodies) {
  for (std::size_t i = 0; i < bodies.size(); ++i)
    for (std::size_t j = 0; j < bodies.size(); ++j) {
      if (i == j)
        continue;
      bodies[i].force += 1 / (bodies[i].x - bodies[j].x);
    }
}

void othersOk(std::vector<Body *> &bodies) {
  for (Body *body : bodies)
    for (Body *other : bodies)
      if (body != other)
        body->force += other->x;
}

// Broadcast to everybody but the sender, for each message: the sends are the work.
struct Client {
  int id;
  void send(const std::string &text);
};
void broadcastOk(const std::vector<std::pair<int, std::string>> &messages, std::vector<Client> &clients) {
  for (const auto &[sender, text] : messages)
    for (Client &client : clients)
      if (client.id != sender)
        client.send(text);
}

// Linear on the whole: the group runs to its own end.
void groupsOk(const std::vector<Field> &fields) {
  for (std::size_t i = 0; i < fields.size();) {
    std::size_t j = i;
    while (j < fields.size() && fields[j].column == fields[i].column)
      ++j;
    write(fields[i].column, static_cast<int>(j - i));
    i = j;
  }
}

// As long as the type list.
template <typename... Columns> int widthsOk(const Columns &...columns) {
  int sum = 0;
  for (const Column *column : {&columns...})
    sum += column->width;
  return sum;
}
int callWidthsOk(const Column &a, const Column &b) { return widthsOk(a, b); }
