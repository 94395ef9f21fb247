// RUN: %check %s -- -std=c++17 -isystem /usr/include/sigc++-3.0 -isystem /usr/lib/x86_64-linux-gnu/sigc++-3.0/include
// Slots of sigc++ 3 that outlive the object they were made for.
#include <sigc++/sigc++.h>
#include <string>

class Document {
public:
  sigc::signal<void()> &signal_changed();
  sigc::signal<void(int, const std::string &)> signal_text;
};

class CounterWarns {
public:
  explicit CounterWarns(Document &document) : document_(document) {
    document_.signal_text.connect(sigc::mem_fun(*this, &CounterWarns::on_text)); // expect: unbalanced-listener
    document_.signal_changed().connect(sigc::mem_fun(*this, &CounterWarns::on_changed)); // expect: unbalanced-listener
  }
  ~CounterWarns() { lines_ = 0; }

private:
  void on_text(int, const std::string &) { ++lines_; }
  void on_changed() { ++lines_; }
  Document &document_;
  int lines_ = 0;
};

class LambdaWarns : public sigc::trackable {
public:
  explicit LambdaWarns(Document &document) {
    document.signal_changed().connect([this] { ++lines_; }); // expect: unbalanced-listener
  }

private:
  int lines_ = 0;
};

class KeptWarns {
public:
  explicit KeptWarns(Document &document)
      : changed_(document.signal_changed().connect(sigc::mem_fun(*this, &KeptWarns::on_changed))) {} // expect: unbalanced-listener

private:
  void on_changed() { ++changes_; }
  sigc::connection changed_;
  int changes_ = 0;
};
