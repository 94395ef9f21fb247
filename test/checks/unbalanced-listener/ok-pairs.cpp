// RUN: %check %s -- -std=c++17
// Pairs of names that register no listener.
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};

// Pairs that are no registration of a listener.
class Node {
public:
  explicit Node(Node *parent) {
    if (parent)
      parent->addChild(this);
  }
  // The parent owns it from here on.
  void addChild(Node *child) { children_.emplace_back(child); }
  void removeChild(Node *child);

private:
  std::vector<std::unique_ptr<Node>> children_;
};
class Cart {
public:
  void addItem(const std::string &item) { items_.push_back(item); }
  void removeItem(const std::string &item);
  void attach(const std::string &note);
  void detach();
  void on();
  void off();

private:
  std::vector<std::string> items_;
};
class CartOk {
public:
  explicit CartOk(Cart &cart) : cart_(cart) {
    cart_.addItem("book");
    cart_.attach("gift");
    cart_.on();
  }

private:
  Cart &cart_;
};
// Types and factories: values, for as long as the program runs.
class Types {
public:
  static Types &instance();
  using Factory = std::unique_ptr<Node> (*)();
  void registerType(const std::string &name, Factory factory);
  void unregisterType(const std::string &name);
};
class PluginOk {
public:
  PluginOk() {
    Types::instance().registerType("node", [] { return std::make_unique<Node>(nullptr); });
  }
};
// Only an adder: nothing is known to be missing.
class Sink {
public:
  void addSource(Listener *listener);
  void add(Listener *listener);
};
class SourceOk : Listener {
public:
  explicit SourceOk(Sink &sink) {
    sink.addSource(this);
    sink.add(this);
  }
};
// The call is over when it returns.
class Visitors {
public:
  void addVisit(Listener *listener) { listener->changed(1); }
  void removeVisit(Listener *listener) { listener->changed(0); }
};
class VisitOk : Listener {
public:
  explicit VisitOk(Visitors &visitors) { visitors.addVisit(this); }
};
void threadOk() {
  std::thread thread([] {});
  thread.detach();
}
