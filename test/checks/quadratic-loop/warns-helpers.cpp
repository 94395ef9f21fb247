// RUN: %check %s -- -std=c++20
// The traversal hides behind a call.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Column {
  std::string name;
  int width;
};
struct Field {
  std::string column;
  std::string text;
};
void write(const std::string &text, int width);

// A template of the project.
template <typename Container, typename Value> bool contains(const Container &container, const Value &value) {
  return std::find(std::begin(container), std::end(container), value) != std::end(container);
}
int unknownWarns(const std::vector<Field> &fields, const std::vector<std::string> &names) {
  int unknown = 0;
  for (const Field &field : fields)
    if (!contains(names, field.column)) // expect: quadratic-loop
      ++unknown;
  return unknown;
}

// Iterators handed to a helper.
template <typename Iterator, typename Value> static Iterator locate(Iterator from, Iterator to, const Value &value) {
  for (; from != to; ++from)
    if (*from == value)
      break;
  return from;
}
int iteratorsWarns(const std::vector<Field> &fields, const std::vector<std::string> &names) {
  int known = 0;
  for (const Field &field : fields)
    known += locate(names.begin(), names.end(), field.column) != names.end(); // expect: quadratic-loop
  return known;
}

// A pointer and a count.
static int indexOf(const Column *columns, std::size_t count, const char *name) {
  for (std::size_t i = 0; i < count; ++i)
    if (columns[i].name == name)
      return static_cast<int>(i);
  return -1;
}
void pointerWarns(const std::vector<Field> &fields, const std::vector<Column> &columns) {
  for (const Field &field : fields) {
    const int i = indexOf(columns.data(), columns.size(), field.column.c_str()); // expect: quadratic-loop
    if (i >= 0)
      write(field.text, columns[i].width);
  }
}

static const Column *byName(std::span<const Column> columns, std::string_view name) {
  for (const Column &column : columns)
    if (column.name == name)
      return &column;
  return nullptr;
}
void spanWarns(const std::vector<Field> &fields, const std::vector<Column> &columns) {
  for (const Field &field : fields)
    if (const Column *column = byName(columns, field.column)) // expect: quadratic-loop
      write(field.text, column->width);
}

// A class with an operator[] that searches.
class Headers {
public:
  const std::string &operator[](std::string_view name) const {
    static const std::string none;
    for (const auto &[key, value] : headers_)
      if (key == name)
        return value;
    return none;
  }
  bool operator()(std::string_view name) const {
    return std::any_of(headers_.begin(), headers_.end(), [name](const auto &header) { return header.first == name; });
  }
  void set(std::string_view name, std::string value) {
    for (auto &header : headers_)
      if (header.first == name) {
        header.second = std::move(value);
        return;
      }
    headers_.emplace_back(name, std::move(value));
  }

private:
  std::vector<std::pair<std::string, std::string>> headers_;
};

void subscriptWarns(const Headers &headers, const std::vector<Field> &fields) {
  for (const Field &field : fields)
    write(headers[field.column], 80); // expect: quadratic-loop
}

int callOperatorWarns(const Headers &headers, const std::vector<Field> &fields) {
  int set = 0;
  for (const Field &field : fields)
    set += headers(field.column); // expect: quadratic-loop
  return set;
}

// Replaces or appends: walks all that is there for each.
void setAllWarns(Headers &headers, const std::vector<Field> &fields) {
  for (const Field &field : fields)
    headers.set(field.column, field.text); // expect: quadratic-loop
}

// The method calls another of its own methods.
class Registry {
public:
  bool has(const std::string &name) const { return position(name) != npos; }
  void add(const std::string &name) {
    if (!has(name))
      names_.push_back(name);
  }
  void addAllWarns(const std::vector<std::string> &names) {
    for (const std::string &name : names)
      add(name); // expect: quadratic-loop
  }
  // A loop over its own member, searching that member.
  int duplicatesWarns() const {
    int twice = 0;
    for (std::size_t i = 0; i < names_.size(); ++i)
      twice += position(names_[i]) != i; // expect: quadratic-loop
    return twice;
  }

private:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  std::size_t position(const std::string &name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (names_[i] == name)
        return i;
    return npos;
  }
  std::vector<std::string> names_;
};

void registryWarns(Registry &registry, const std::vector<Field> &fields) {
  for (const Field &field : fields)
    registry.add(field.column); // expect: quadratic-loop
}

// Behind a virtual interface.
class Schema {
public:
  virtual ~Schema() = default;
  virtual const Column *column(const std::string &name) const = 0;
};
class Table : public Schema {
public:
  const Column *column(const std::string &name) const override {
    auto it = std::find_if(columns_.begin(), columns_.end(), [&](const Column &c) { return c.name == name; });
    return it == columns_.end() ? nullptr : &*it;
  }

private:
  std::vector<Column> columns_;
};
void virtualWarns(const Schema &schema, const std::vector<Field> &fields) {
  for (const Field &field : fields)
    if (const Column *column = schema.column(field.column)) // expect: quadratic-loop
      write(field.text, column->width);
}

// CRTP: the derived class has the list.
template <typename Derived> class Searchable {
public:
  bool knows(const std::string &name) const { return static_cast<const Derived *>(this)->find(name) != nullptr; }
};
class Menu : public Searchable<Menu> {
public:
  const Column *find(const std::string &name) const {
    for (const Column &entry : entries_)
      if (entry.name == name)
        return &entry;
    return nullptr;
  }

private:
  std::vector<Column> entries_;
};
int crtpWarns(const Menu &menu, const std::vector<Field> &fields) {
  int known = 0;
  for (const Field &field : fields)
    known += menu.knows(field.column); // expect: quadratic-loop
  return known;
}

// PIMPL: the list is behind the pointer.
class Index {
public:
  Index();
  ~Index();
  int find(const std::string &name) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
struct Index::Impl {
  std::vector<std::string> names;
};
Index::Index() : impl_(new Impl) {}
Index::~Index() = default;
int Index::find(const std::string &name) const {
  for (std::size_t i = 0; i < impl_->names.size(); ++i)
    if (impl_->names[i] == name)
      return static_cast<int>(i);
  return -1;
}
int pimplWarns(const Index &index, const std::vector<Field> &fields) {
  int sum = 0;
  for (const Field &field : fields)
    sum += index.find(field.column); // expect: quadratic-loop
  return sum;
}

// The project's own forEach.
template <typename Fn> static void eachField(const std::vector<Field> &fields, Fn &&fn) {
  for (const Field &field : fields)
    fn(field);
}
int callbackWarns(const std::vector<Field> &fields, const std::vector<std::string> &names) {
  int known = 0;
  eachField(fields, [&](const Field &field) { known += contains(names, field.column); }); // expect: quadratic-loop
  return known;
}

// Recursion over a tree, with a list that is the same for all nodes.
struct Node {
  std::string name;
  std::vector<Node> children;
};
int selectedWarns(const Node &node, const std::vector<std::string> &selected) {
  int count = 0;
  for (const Node &child : node.children) {
    if (contains(selected, child.name)) // expect: quadratic-loop
      ++count;
    count += selectedWarns(child, selected);
  }
  return count;
}

// A list kept in a global.
static std::vector<std::string> blocked;
static bool isBlocked(const std::string &name) { return contains(blocked, name); }
int globalWarns(const std::vector<Field> &fields) {
  int count = 0;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (isBlocked(fields[i].column)) // expect: quadratic-loop
      ++count;
  return count;
}

// A reference to somebody else's list.
class Flags {
public:
  explicit Flags(const std::vector<std::string> &names) : names_(names) {}
  int bit(const std::string &name) const {
    int i = 0;
    for (auto it = names_.cbegin(); it != names_.cend(); ++it, ++i)
      if (*it == name)
        return 1 << i;
    return 0;
  }

private:
  const std::vector<std::string> &names_;
};
int bitsWarns(const Flags &flags, const std::vector<Field> &fields) {
  int bits = 0;
  for (auto it = fields.begin(); it != fields.end(); ++it)
    bits |= flags.bit(it->column); // expect: quadratic-loop
  return bits;
}

// Compared by a function instead of ==.
static bool knownText(const std::vector<const char *> &texts, const char *text) {
  for (const char *have : texts)
    if (std::strcmp(have, text) == 0)
      return true;
  return false;
}
int strcmpWarns(const std::vector<const char *> &texts, const std::vector<Field> &fields) {
  int known = 0;
  for (const Field &field : fields)
    known += knownText(texts, field.text.c_str()); // expect: quadratic-loop
  return known;
}

int compareMethodWarns(const std::vector<std::string> &names, const std::vector<Field> &fields) {
  int known = 0;
  for (const Field &field : fields)
    for (const std::string &name : names) // expect: quadratic-loop
      if (name.compare(field.column) == 0)
        ++known;
  return known;
}

// The result comes back in an optional.
static std::optional<int> widthOf(const std::vector<Column> &columns, const std::string &name) {
  for (const auto &column : columns)
    if (column.name == name)
      return column.width;
  return std::nullopt;
}
int optionalWarns(const std::vector<Column> &columns, const std::vector<Field> &fields) {
  int width = 0;
  for (const Field &field : fields)
    width += widthOf(columns, field.column).value_or(8); // expect: quadratic-loop
  return width;
}
