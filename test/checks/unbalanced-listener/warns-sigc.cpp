// RUN: %check %s -- -std=c++17 -isystem /usr/include/sigc++-2.0 -isystem /usr/lib/x86_64-linux-gnu/sigc++-2.0/include
// Slots of sigc++ 2 that outlive the object they were made for.
#include <sigc++/sigc++.h>
#include <string>
#include <vector>

class Document {
public:
  static Document &current();
  sigc::signal<void> &signal_changed() { return changed_; }
  sigc::signal<void, int> signal_line;
  sigc::signal<void, int, const std::string &> signal_text;

private:
  sigc::signal<void> changed_;
};

// Not trackable: mem_fun takes no care of it. Never removed.
class CounterWarns {
public:
  explicit CounterWarns(Document &document) : document_(document) {
    document_.signal_line.connect(sigc::mem_fun(*this, &CounterWarns::on_line)); // expect: unbalanced-listener
  }
  ~CounterWarns() { lines_ = 0; }

private:
  void on_line(int) { ++lines_; }
  Document &document_;
  int lines_ = 0;
};

class GetterWarns {
public:
  explicit GetterWarns(Document &document) {
    document.signal_changed().connect(sigc::mem_fun(this, &GetterWarns::on_changed)); // expect: unbalanced-listener
  }

private:
  void on_changed() { ++changes_; }
  int changes_ = 0;
};

class SingletonWarns {
public:
  SingletonWarns() {
    Document::current().signal_text.connect(sigc::bind(sigc::mem_fun(*this, &SingletonWarns::on_text), 7)); // expect: unbalanced-listener
  }

private:
  void on_text(int, const std::string &, int) { ++changes_; }
  int changes_ = 0;
};

// Trackable, but a lambda is not tracked. Cannot be removed.
class LambdaWarns : public sigc::trackable {
public:
  explicit LambdaWarns(Document &document) {
    document.signal_line.connect([this](int line) { line_ = line; }); // expect: unbalanced-listener
  }

private:
  int line_ = 0;
};

// Kept, and not used.
class KeptWarns {
public:
  explicit KeptWarns(Document &document) {
    changed_ = document.signal_changed().connect(sigc::mem_fun(*this, &KeptWarns::on_changed)); // expect: unbalanced-listener
  }

private:
  void on_changed() { ++changes_; }
  sigc::connection changed_;
  int changes_ = 0;
};

// One of two.
class HalfWarns {
public:
  explicit HalfWarns(Document &document) {
    connections_.push_back(document.signal_changed().connect(sigc::mem_fun(*this, &HalfWarns::on_changed)));
    line_ = document.signal_line.connect(sigc::mem_fun(*this, &HalfWarns::on_line)); // expect: unbalanced-listener
  }
  ~HalfWarns() {
    for (sigc::connection &connection : connections_)
      connection.disconnect();
  }

private:
  void on_changed() { ++changes_; }
  void on_line(int) { ++changes_; }
  std::vector<sigc::connection> connections_;
  sigc::connection line_;
  int changes_ = 0;
};

class AttachWarns {
public:
  void attach(Document &document) {
    document_ = &document;
    line_ = document.signal_line.connect(sigc::mem_fun(*this, &AttachWarns::on_line)); // expect: unbalanced-listener
  }
  void detach() { document_ = nullptr; }

private:
  void on_line(int) { ++changes_; }
  Document *document_ = nullptr;
  sigc::connection line_;
  int changes_ = 0;
};

class BlockLow {
public:
  explicit BlockLow(Document &document) {
    line_ = document.signal_line.connect(sigc::mem_fun(*this, &BlockLow::on_line)); // low: unbalanced-listener
  }
  void freeze() { line_.disconnect(); }

private:
  void on_line(int) { ++changes_; }
  sigc::connection line_;
  int changes_ = 0;
};

static void note() {}

// Accumulates: a view is drawn often, and each line of it connects again.
void linesWarns(Document &document, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    if (!line.empty())
      document.signal_changed().connect(sigc::ptr_fun(&note)); // expect: unbalanced-listener
}
