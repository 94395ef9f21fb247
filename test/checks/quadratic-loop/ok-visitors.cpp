// RUN: %check %s -- -std=c++17
// One visitor of several searches. That the others come back through "accept" to what may be
// any of them says nothing of what they do themselves.
#include <algorithm>
#include <string>
#include <vector>

struct Visitor;
struct Node {
  virtual ~Node() = default;
  virtual void accept(Visitor &v) = 0;
};
struct List;
struct Wrap;
struct Visitor {
  virtual ~Visitor() = default;
  virtual void visit(List &) {}
  virtual void visit(Wrap &) {}
};
struct Wrap : Node {
  std::string name;
  Node *inner;
  void accept(Visitor &v) override { v.visit(*this); }
};
struct List : Node {
  std::vector<Node *> nodes;
  void accept(Visitor &v) override { v.visit(*this); }
};

struct Counter : Visitor {
  int count = 0;
  void visit(List &list) override {
    for (Node *node : list.nodes)
      node->accept(*this); // low: quadratic-loop
  }
  void visit(Wrap &wrap) override { wrap.inner->accept(*this); }
};
struct Depth : Visitor {
  int depth = 0;
  void visit(List &list) override {
    for (Node *node : list.nodes)
      node->accept(*this); // low: quadratic-loop
  }
  void visit(Wrap &wrap) override { wrap.inner->accept(*this); }
};
struct Finder : Visitor {
  std::vector<std::string> known;
  void visit(Wrap &wrap) override {
    if (std::find(known.begin(), known.end(), wrap.name) != known.end())
      return;
    known.push_back(wrap.name);
    wrap.inner->accept(*this);
  }
};
