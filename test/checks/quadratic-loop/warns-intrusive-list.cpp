// RUN: %check %s -- -std=c++20
// A walk along the pointers of a hand-made list.
#include <vector>

struct Node {
  int id;
  Node *next;
};

int knownWarns(const std::vector<int> &ids, const Node *head) {
  int known = 0;
  for (int id : ids)
    for (const Node *node = head; node; node = node->next) // expect: quadratic-loop
      if (node->id == id) {
        ++known;
        break;
      }
  return known;
}
