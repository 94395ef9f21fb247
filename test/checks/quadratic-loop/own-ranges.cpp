// RUN: %check %s -- -std=c++20
// A class of the project's own that a range-for walks: its begin() and end()
// stand for it, whatever hides behind them.
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

struct Tag {
  std::string key, value;
};

class TagList {
public:
  using const_iterator = std::vector<Tag>::const_iterator;
  const_iterator begin() const { return Tags.begin(); }
  const_iterator end() const { return Tags.end(); }

private:
  std::vector<Tag> Tags;
};

/// Its iterators are in another file.
class Chain {
public:
  class Iterator {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Tag;
    using difference_type = std::ptrdiff_t;
    using pointer = const Tag *;
    using reference = const Tag &;
    reference operator*() const;
    pointer operator->() const;
    Iterator &operator++();
    Iterator operator++(int);
    bool operator==(const Iterator &) const;
    bool operator!=(const Iterator &) const;
  };
  Iterator begin() const;
  Iterator end() const;
};

int algorithmWarns(const std::vector<std::string> &wanted, const TagList &tags) {
  int hits = 0;
  for (const std::string &key : wanted)
    hits += std::any_of(tags.begin(), tags.end(), [&](const Tag &tag) { return tag.key == key; });
// CHECK: :[[@LINE-1]]:13: warning: 'any_of' searches 'tags' from its start once per element of 'wanted': O(wanted x tags) [perfidy-quadratic-loop]
  return hits;
}

int unseenWarns(const std::vector<std::string> &wanted, const Chain &chain) {
  int hits = 0;
  for (const std::string &key : wanted)
    hits += std::find_if(chain.begin(), chain.end(), [&](const Tag &tag) { return tag.key == key; }) != chain.end();
// CHECK: :[[@LINE-1]]:13: warning: 'find_if' searches 'chain' from its start once per element of 'wanted': O(wanted x chain) [perfidy-quadratic-loop]
  return hits;
}

int iteratorWarns(const std::vector<std::string> &wanted, const Chain &chain) {
  int hits = 0;
  for (const std::string &key : wanted)
    for (Chain::Iterator it = chain.begin(); it != chain.end(); ++it)
// CHECK: :[[@LINE-1]]:5: warning: this loop searches 'chain' from its start once per element of 'wanted': O(wanted x chain) [perfidy-quadratic-loop]
      if (it->key == key)
        ++hits;
  return hits;
}

int onceOk(const std::string &key, const Chain &chain) {
  return std::find_if(chain.begin(), chain.end(), [&](const Tag &tag) { return tag.key == key; }) != chain.end();
}

// Another list each time.
int eachOwnOk(const std::vector<Chain> &chains, const std::string &key) {
  int hits = 0;
  for (const Chain &chain : chains)
    hits += std::find_if(chain.begin(), chain.end(), [&](const Tag &tag) { return tag.key == key; }) != chain.end();
  return hits;
}

/// begin() that is no range.
struct Transfer {
  int begin();
  void end();
};

int transferOk(std::vector<Transfer> &transfers) {
  int all = 0;
  for (Transfer &transfer : transfers) {
    all += transfer.begin();
    transfer.end();
  }
  return all;
}

/// It is a list, and searches itself.
class KeyList : private std::vector<int> {
  const_iterator find(int key) const {
    const_iterator at(begin()), last(end());
    while (at != last) {
      if (*at == key)
        return at;
      ++at;
    }
    return last;
  }

public:
  bool has(int key) const { return find(key) != end(); }
};
struct Keyboard {
  KeyList down;
  bool isDown(int key) const { return down.has(key); }
};

int selfWarns(const std::vector<int> &keys, const Keyboard &keyboard, const KeyList &list) {
  int pressed = 0;
  for (int key : keys) {
    pressed += keyboard.isDown(key);
// CHECK: :[[@LINE-1]]:25: warning: 'isDown' searches 'down' from its start once per element of 'keys': O(keys x down) [perfidy-quadratic-loop]
    pressed += list.has(key);
// CHECK: :[[@LINE-1]]:21: warning: 'has' searches 'list' from its start once per element of 'keys': O(keys x list) [perfidy-quadratic-loop]
  }
  return pressed;
}
