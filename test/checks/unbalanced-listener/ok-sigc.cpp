// RUN: %check %s -- -std=c++17 -isystem /usr/include/sigc++-2.0 -isystem /usr/lib/x86_64-linux-gnu/sigc++-2.0/include
// Slots of sigc++ 2 that go with their object.
#include <memory>
#include <sigc++/sigc++.h>
#include <string>
#include <vector>

class Document {
public:
  static Document &current();
  sigc::signal<void> &signal_changed() { return changed_; }
  sigc::signal<void, int> signal_line;
  sigc::signal<void, int, const std::string &> signal_text;
  sigc::connection on_line(const sigc::slot<void, int> &slot) { return signal_line.connect(slot); }

private:
  sigc::signal<void> changed_;
};

class CounterOk : public sigc::trackable {
public:
  explicit CounterOk(Document &document) : document_(document) {
    document_.signal_line.connect(sigc::mem_fun(*this, &CounterOk::on_line));
    document_.signal_text.connect(sigc::bind(sigc::mem_fun(*this, &CounterOk::on_text), 7));
    document_.signal_changed().connect(sigc::hide_return(sigc::mem_fun(this, &CounterOk::on_changed)));
  }

private:
  void on_line(int) { ++lines_; }
  void on_text(int, const std::string &, int) { ++lines_; }
  int on_changed() { return lines_; }
  Document &document_;
  int lines_ = 0;
};

// trackable through another base.
class View : public sigc::trackable {
public:
  virtual ~View() = default;
};
class TextViewOk : public View {
public:
  explicit TextViewOk(Document &document) {
    document.signal_line.connect(sigc::mem_fun(*this, &TextViewOk::on_line));
  }

private:
  void on_line(int) { ++lines_; }
  int lines_ = 0;
};

// A lambda that is told what to track.
class TrackObjOk : public sigc::trackable {
public:
  explicit TrackObjOk(Document &document) {
    document.signal_line.connect(sigc::track_obj([this](int line) { line_ = line; }, *this));
  }

private:
  int line_ = 0;
};

class KeptOk {
public:
  explicit KeptOk(Document &document) {
    changed_ = document.signal_changed().connect(sigc::mem_fun(*this, &KeptOk::on_changed));
  }
  ~KeptOk() { changed_.disconnect(); }

private:
  void on_changed() { ++changes_; }
  sigc::connection changed_;
  int changes_ = 0;
};
class HalfOk {
public:
  explicit HalfOk(Document &document) {
    connections_.push_back(document.signal_changed().connect(sigc::mem_fun(*this, &HalfOk::on_changed)));
    line_ = document.signal_line.connect(sigc::mem_fun(*this, &HalfOk::on_line));
  }
  ~HalfOk() {
    for (sigc::connection &connection : connections_)
      connection.disconnect();
    line_.disconnect();
  }

private:
  void on_changed() { ++changes_; }
  void on_line(int) { ++changes_; }
  std::vector<sigc::connection> connections_;
  sigc::connection line_;
  int changes_ = 0;
};
class AttachOk {
public:
  void attach(Document &document) {
    detach();
    line_ = document.on_line(sigc::mem_fun(*this, &AttachOk::on_line));
  }
  void detach() {
    if (line_.connected())
      line_.disconnect();
  }

private:
  void on_line(int) { ++changes_; }
  sigc::connection line_;
  int changes_ = 0;
};

// Own signals.
class EditorOk {
public:
  EditorOk() : owned_(std::make_unique<Document>()) {
    document_.signal_line.connect(sigc::mem_fun(*this, &EditorOk::on_line));
    owned_->signal_line.connect([this](int) { ++lines_; });
    saved_.connect([this] { lines_ = 0; });
    document_.signal_changed().connect(sigc::mem_fun(*this, &EditorOk::on_changed));
  }
  ~EditorOk() { owned_->signal_line.clear(); }

private:
  void on_line(int) { ++lines_; }
  void on_changed() { ++lines_; }
  Document document_;
  std::unique_ptr<Document> owned_;
  sigc::signal<void> saved_;
  int lines_ = 0;
};

// All slots of it.
class ClearOk {
public:
  explicit ClearOk(Document &document) : document_(document) {
    document_.signal_line.connect([this](int) { ++lines_; });
  }
  ~ClearOk() { document_.signal_line.clear(); }

private:
  Document &document_;
  int lines_ = 0;
};

// Removed when the slot itself is cut.
class SlotOk {
public:
  explicit SlotOk(Document &document) : slot_(sigc::mem_fun(*this, &SlotOk::on_line)) {
    connection_ = document.signal_line.connect(slot_);
  }
  ~SlotOk() { connection_.disconnect(); }

private:
  void on_line(int) { ++lines_; }
  sigc::slot<void, int> slot_;
  sigc::connection connection_;
  int lines_ = 0;
};

static void note() {}
void eachOk(std::vector<std::unique_ptr<Document>> &documents) {
  for (auto &document : documents)
    document->signal_changed().connect(sigc::ptr_fun(&note));
}
void localOk() {
  Document document;
  document.signal_changed().connect(sigc::ptr_fun(&note));
  document.signal_changed().emit();
}

int main() {
  Document::current().signal_changed().connect(sigc::ptr_fun(&note));
}
