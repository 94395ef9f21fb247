// RUN: %check %s -- -std=c++17 -isystem /usr/include/sigc++-3.0 -isystem /usr/lib/x86_64-linux-gnu/sigc++-3.0/include
// Slots of sigc++ 3 that go with their object.
#include <sigc++/sigc++.h>
#include <string>

class Document {
public:
  sigc::signal<void()> &signal_changed();
  sigc::signal<void(int, const std::string &)> signal_text;
};

class CounterOk : public sigc::trackable {
public:
  explicit CounterOk(Document &document) : document_(document) {
    document_.signal_text.connect(sigc::mem_fun(*this, &CounterOk::on_text));
    document_.signal_changed().connect(sigc::mem_fun(*this, &CounterOk::on_changed));
  }
  ~CounterOk() { lines_ = 0; }

private:
  void on_text(int, const std::string &) { ++lines_; }
  void on_changed() { ++lines_; }
  Document &document_;
  int lines_ = 0;
};

class LambdaOk : public sigc::trackable {
public:
  explicit LambdaOk(Document &document) {
    document.signal_changed().connect(sigc::track_object([this] { ++lines_; }, *this));
  }

private:
  int lines_ = 0;
};

class KeptOk {
public:
  explicit KeptOk(Document &document)
      : changed_(document.signal_changed().connect(sigc::mem_fun(*this, &KeptOk::on_changed))) {}
  ~KeptOk() { changed_.disconnect(); }

private:
  void on_changed() { ++changes_; }
  sigc::connection changed_;
  int changes_ = 0;
};

class TrackableSignalOk {
public:
  TrackableSignalOk() {
    opened_.connect(sigc::mem_fun(*this, &TrackableSignalOk::on_opened));
  }

private:
  void on_opened() { ++opens_; }
  sigc::trackable_signal<void()> opened_;
  int opens_ = 0;
};
