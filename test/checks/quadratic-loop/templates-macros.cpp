// RUN: %check %s -- -std=c++20
// Facts come from instantiations where there are any, else from the pattern;
// what a macro wrote is reported where the macro stands.
#include <algorithm>
#include <concepts>
#include <iterator>
#include <list>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

// Instantiated twice: one finding.
template <typename T> std::vector<T> distinctWarns(const std::vector<T> &values) {
  std::vector<T> seen;
  for (const T &value : values)
    if (std::find(seen.begin(), seen.end(), value) == seen.end()) // expect: quadratic-loop
      seen.push_back(value);
  return seen;
}
void instantiate() {
  distinctWarns<int>({1, 2, 3});
  distinctWarns<std::string>({"a", "b"});
}

// The container decides.
template <typename Container> int drain(Container &jobs) {
  int sum = 0;
  while (!jobs.empty()) {
    sum += *jobs.begin();
    jobs.erase(jobs.begin());
  }
  return sum;
}
int setOk(std::set<int> &ids) { return drain(ids); }
int listOk(std::list<int> &ids) { return drain(ids); }

template <typename Container> int drainWarns(Container &jobs) {
  int sum = 0;
  while (!jobs.empty()) {
    sum += *jobs.begin();
    jobs.erase(jobs.begin()); // expect: quadratic-loop
  }
  return sum;
}
int vectorOfInts(std::vector<int> &ids) { return drainWarns(ids); }

// A class template.
template <typename Key, typename Value> class FlatMap {
public:
  Value *find(const Key &key) {
    for (auto &entry : entries_)
      if (entry.first == key)
        return &entry.second;
    return nullptr;
  }
  void insert(const Key &key, const Value &value) {
    if (Value *have = find(key))
      *have = value;
    else
      entries_.push_back({key, value});
  }

private:
  std::vector<std::pair<Key, Value>> entries_;
};
void fillWarns(FlatMap<std::string, int> &map, const std::vector<std::string> &names) {
  int position = 0;
  for (const std::string &name : names)
    map.insert(name, position++); // expect: quadratic-loop
}

// The function passed to a template decides, too.
template <typename Range, typename Predicate> int countWhere(const Range &range, Predicate predicate) {
  int count = 0;
  for (const auto &element : range)
    if (predicate(element))
      ++count;
  return count;
}
int predicateWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  return countWhere(ids, [&](int id) { return std::find(known.begin(), known.end(), id) != known.end(); }); // expect: quadratic-loop
}
int predicateOk(const std::vector<int> &ids, const std::unordered_set<int> &known) {
  return countWhere(ids, [&](int id) { return known.count(id) != 0; });
}

// A generic lambda.
int genericWarns(const std::vector<std::string> &words, const std::vector<std::string> &stop) {
  auto isStop = [&stop](const auto &word) { return std::find(stop.begin(), stop.end(), word) != stop.end(); };
  int count = 0;
  for (const auto &word : words)
    count += isStop(word); // expect: quadratic-loop
  return count;
}

// Constrained, with a projection.
template <std::equality_comparable Key, typename T>
const T *pick(const std::vector<T> &values, const Key &key, Key T::*member) {
  for (const T &value : values)
    if (value.*member == key)
      return &value;
  return nullptr;
}
struct User {
  int id;
  std::string name;
};
std::string joinedWarns(const std::vector<int> &ids, const std::vector<User> &users) {
  std::string text;
  for (int id : ids)
    if (const User *user = pick(users, id, &User::id)) // expect: quadratic-loop
      text += user->name;
  return text;
}

// Own macros for loops and lookups.
#define FOR_EACH(type, name, range) for (auto name##_it = (range).begin(); name##_it != (range).end(); ++name##_it) \
    if (bool name##_once = true) for (type name = *name##_it; name##_once; name##_once = false)
#define CONTAINS(list, value) (std::find((list).begin(), (list).end(), (value)) != (list).end())
#define PUSH_UNIQUE(list, value)                                                                                       \
  do {                                                                                                                 \
    if (!CONTAINS(list, value))                                                                                        \
      (list).push_back(value);                                                                                         \
  } while (0)

int macroLookupWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  int count = 0;
  for (int id : ids)
    if (CONTAINS(known, id)) // expect: quadratic-loop
      ++count;
  return count;
}

void macroPushWarns(const std::vector<std::string> &words, std::vector<std::string> &unique) {
  for (const std::string &word : words)
    PUSH_UNIQUE(unique, word); // expect: quadratic-loop
}

int macroLoopWarns(const std::vector<int> &ids, const std::vector<int> &known) {
  int count = 0;
  FOR_EACH (int, id, ids) {
    count += std::find(known.begin(), known.end(), id) != known.end(); // expect: quadratic-loop
  }
  return count;
}

void macroOnceOk(std::vector<std::string> &unique, const std::string &word) { PUSH_UNIQUE(unique, word); }

int macroFewOk(const std::vector<int> &known, int id) {
  int count = 0;
  for (int i = 0; i < 3; ++i)
    count += CONTAINS(known, id + i);
  return count;
}

// Never instantiated: the pattern says enough here, since nothing depends on T.
template <typename T> int patternWarns(const std::vector<std::string> &words, const std::vector<std::string> &known) {
  int count = 0;
  for (const std::string &word : words)
    if (std::find(known.begin(), known.end(), word) != known.end()) // expect: quadratic-loop
      ++count;
  return count;
}

// Never instantiated and everything depends on T: silence.
template <typename Container> int patternOk(const Container &words, const Container &known) {
  int count = 0;
  for (const auto &word : words)
    if (known.find(word) != known.end())
      ++count;
  return count;
}

// if constexpr: only the branch that was compiled.
template <typename Container> bool has(const Container &container, const typename Container::value_type &value) {
  if constexpr (requires { container.contains(value); })
    return container.contains(value);
  else
    return std::find(container.begin(), container.end(), value) != container.end();
}
int constexprOk(const std::vector<int> &ids, const std::set<int> &known) {
  int count = 0;
  for (int id : ids)
    count += has(known, id);
  return count;
}
