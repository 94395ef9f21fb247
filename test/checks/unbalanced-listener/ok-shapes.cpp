// RUN: %check %s -- -std=c++17
// A project's own subjects, their listeners taken off.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) {}
};

class Subject {
public:
  void addListener(Listener *listener) { listeners_.push_back(listener); }
  void removeListener(Listener *listener) {
    listeners_.erase(std::remove(listeners_.begin(), listeners_.end(), listener), listeners_.end());
  }
  void removeAllListeners() { listeners_.clear(); }

private:
  std::vector<Listener *> listeners_;
};
class Hub {
public:
  static Hub &instance();
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
  void attach(Listener &listener);
  void detach(Listener &listener);
  void registerClient(Listener *client);
  void unregisterClient(Listener *client);
};
class Emitter {
public:
  int on(const std::string &event, std::function<void(int)> handler) {
    handlers_[event][++last_] = std::move(handler);
    return last_;
  }
  void off(const std::string &event, int token) { handlers_[event].erase(token); }
  void once(const std::string &event, std::function<void(int)> handler);

private:
  std::map<std::string, std::map<int, std::function<void(int)>>> handlers_;
  int last_ = 0;
};
class Bus {
public:
  using Handler = std::function<void(const std::string &)>;
  static Bus &instance();
  long subscribe(const std::string &topic, Handler handler);
  void unsubscribe(long token);
};
static Bus globalBus;
static Hub globalHub;

// region: removed
class ViewOk : Listener {
public:
  explicit ViewOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }
  ~ViewOk() override { subject_.removeListener(this); }
  void changed(int value) override { value_ = value; }

private:
  Subject &subject_;
  int value_ = 0;
};
// endregion
class PointerOk : Listener {
public:
  explicit PointerOk(Hub *hub) : hub_(hub) {
    if (hub_)
      hub_->addListener(this);
  }
  ~PointerOk() override {
    if (hub_)
      hub_->removeListener(this);
  }

private:
  Hub *hub_;
};
class SingletonOk : Listener {
public:
  SingletonOk() { Hub::instance().attach(*this); }
  ~SingletonOk() override { Hub::instance().detach(*this); }
};
class GlobalOk : Listener {
public:
  GlobalOk() { globalHub.registerClient(this); }
  ~GlobalOk() override { globalHub.unregisterClient(this); }
};
class LocalReferenceOk : Listener {
public:
  LocalReferenceOk() {
    Hub &hub = Hub::instance();
    hub.addListener(this);
  }
  ~LocalReferenceOk() override {
    auto *hub = &Hub::instance();
    hub->removeListener(this);
  }
};
class SharedOk : Listener {
public:
  explicit SharedOk(std::shared_ptr<Subject> subject) : subject_(std::move(subject)) { subject_->addListener(this); }
  ~SharedOk() override { subject_->removeListener(this); }

private:
  std::shared_ptr<Subject> subject_;
};
class WeakEmitterOk : Listener {
public:
  explicit WeakEmitterOk(const std::shared_ptr<Subject> &subject) : subject_(subject) { subject->addListener(this); }
  ~WeakEmitterOk() override {
    if (auto subject = subject_.lock())
      subject->removeListener(this);
  }

private:
  std::weak_ptr<Subject> subject_;
};
class AllOk : Listener {
public:
  explicit AllOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }
  ~AllOk() override { subject_.removeAllListeners(); }

private:
  Subject &subject_;
};

class TokenOk {
public:
  explicit TokenOk(Emitter &emitter) : emitter_(emitter) {
    token_ = emitter_.on("changed", [this](int value) { value_ = value; });
  }
  ~TokenOk() { emitter_.off("changed", token_); }

private:
  Emitter &emitter_;
  int token_ = 0;
  int value_ = 0;
};
class TokensOk {
public:
  TokensOk() {
    tokens_.push_back(Bus::instance().subscribe("prices", [this](const std::string &text) { text_ = text; }));
    tokens_.push_back(Bus::instance().subscribe("orders", [this](const std::string &text) { text_ = text; }));
  }
  ~TokensOk() {
    for (long token : tokens_)
      Bus::instance().unsubscribe(token);
  }

private:
  std::vector<long> tokens_;
  std::string text_;
};
class TokenMapOk {
public:
  void follow(const std::string &topic) {
    tokens_.emplace(topic, globalBus.subscribe(topic, [this](const std::string &text) { text_ = text; }));
  }
  ~TokenMapOk() {
    for (const auto &[topic, token] : tokens_)
      globalBus.unsubscribe(token);
  }

private:
  std::map<std::string, long> tokens_;
  std::string text_;
};

// Tokens whose destructor takes the listener off.
class Subscription {
public:
  Subscription(Bus &bus, long token) : bus_(&bus), token_(token) {}
  Subscription(Subscription &&other) noexcept : bus_(std::exchange(other.bus_, nullptr)), token_(other.token_) {}
  Subscription &operator=(Subscription &&other) noexcept {
    std::swap(bus_, other.bus_);
    std::swap(token_, other.token_);
    return *this;
  }
  ~Subscription() {
    if (bus_)
      bus_->unsubscribe(token_);
  }

private:
  Bus *bus_;
  long token_;
};
class Feed {
public:
  [[nodiscard]] Subscription subscribe(const std::string &topic, Bus::Handler handler) {
    return Subscription(bus_, bus_.subscribe(topic, std::move(handler)));
  }
  // The same, but for whoever asks.
  std::unique_ptr<Subscription> subscribeShared(const std::string &topic, Bus::Handler handler) {
    return std::make_unique<Subscription>(bus_, bus_.subscribe(topic, std::move(handler)));
  }
  void unsubscribe(Subscription &subscription);

private:
  Bus bus_;
};
class SubscriptionOk {
public:
  explicit SubscriptionOk(Feed &feed)
      : first_(feed.subscribe("prices", [this](const std::string &text) { text_ = text; })),
        second_(feed.subscribeShared("prices", [this](const std::string &text) { text_ = text; })) {
    third_.emplace(feed.subscribe("prices", [this](const std::string &text) { text_ = text; }));
    all_.push_back(feed.subscribe("prices", [this](const std::string &text) { text_ = text; }));
  }

private:
  std::string text_;
  Subscription first_;
  std::unique_ptr<Subscription> second_;
  std::optional<Subscription> third_;
  std::vector<Subscription> all_;
};
// A token type whose body is elsewhere: nothing is known of it.
class Ticket {
public:
  Ticket(Ticket &&) noexcept;
  ~Ticket();
};
class TicketBus {
public:
  Ticket subscribe(const std::string &topic, Bus::Handler handler);
  void unsubscribe(Ticket &ticket);
};
class TicketOk {
public:
  explicit TicketOk(TicketBus &bus) : ticket_(bus.subscribe("prices", [this](const std::string &text) { text_ = text; })) {}

private:
  std::string text_;
  Ticket ticket_;
};
void discardedTicketOk(TicketBus &bus) { bus.subscribe("prices", [](const std::string &) {}); }

// A guard of the project's own that adds and removes.
class ScopedListener {
public:
  ScopedListener(Subject &subject, Listener *listener) : subject_(subject), listener_(listener) { subject_.addListener(listener_); }
  ~ScopedListener() { subject_.removeListener(listener_); }

private:
  Subject &subject_;
  Listener *listener_;
};
class GuardOk : Listener {
public:
  explicit GuardOk(Subject &subject) : guard_(subject, this) {}

private:
  ScopedListener guard_;
};
int guardOk(Subject &subject) {
  Listener progress;
  ScopedListener guard(subject, &progress);
  return 0;
}
int localOk(Subject &subject) {
  Listener progress;
  subject.addListener(&progress);
  progress.changed(1);
  subject.removeListener(&progress);
  return 0;
}
int localSubjectOk(Listener &listener) {
  Subject subject;
  subject.addListener(&listener);
  return 0;
}

// Two of each.
class OtherTokenOk {
public:
  explicit OtherTokenOk(Bus &bus) : bus_(bus) {
    prices_ = bus_.subscribe("prices", [this](const std::string &text) { text_ = text; });
    orders_ = bus_.subscribe("orders", [this](const std::string &text) { text_ = text; });
  }
  ~OtherTokenOk() {
    bus_.unsubscribe(prices_);
    bus_.unsubscribe(orders_);
  }

private:
  Bus &bus_;
  long prices_ = 0;
  long orders_ = 0;
  std::string text_;
};
class OtherEmitterOk : Listener {
public:
  OtherEmitterOk(Subject &first, Subject &second) : first_(first), second_(second) {
    first_.addListener(this);
    second_.addListener(this);
  }
  ~OtherEmitterOk() override {
    second_.removeListener(this);
    first_.removeListener(this);
  }

private:
  Subject &first_;
  Subject &second_;
};
class OtherReceiverOk : Listener {
public:
  explicit OtherReceiverOk(Subject &subject) : subject_(subject) {
    subject_.addListener(this);
    subject_.addListener(&part_);
  }
  ~OtherReceiverOk() override {
    subject_.removeListener(&part_);
    subject_.removeListener(this);
  }

private:
  Subject &subject_;
  Listener part_;
};
// In a loop over what it listens to.
class ManyOk : Listener {
public:
  explicit ManyOk(std::vector<Subject *> subjects) : subjects_(std::move(subjects)) {
    for (Subject *subject : subjects_)
      subject->addListener(this);
  }
  ~ManyOk() override {
    for (Subject *subject : subjects_)
      subject->removeListener(this);
  }

private:
  std::vector<Subject *> subjects_;
};

class StartOk : Listener {
public:
  explicit StartOk(Subject &subject) : subject_(subject) {}
  void start() {
    subject_.addListener(this);
    running_ = true;
  }
  void stop() {
    running_ = false;
    subject_.removeListener(this);
  }

private:
  Subject &subject_;
  bool running_ = false;
};
class AttachOk : Listener {
public:
  void attach(Subject *subject) {
    subject_ = subject;
    subject_->addListener(this);
  }
  void detach() {
    subject_->removeListener(this);
    subject_ = nullptr;
  }

private:
  Subject *subject_ = nullptr;
};
// The destructor stops.
class StopInDestructorOk {
public:
  explicit StopInDestructorOk(Emitter &emitter) : emitter_(emitter) { open(); }
  ~StopInDestructorOk() { close(); }
  void open() {
    token_ = emitter_.on("changed", [this](int) { ++changes_; });
  }
  void close() { emitter_.off("changed", token_); }

private:
  Emitter &emitter_;
  int token_ = 0;
  int changes_ = 0;
};
class SetSubjectOk : Listener {
public:
  ~SetSubjectOk() override { setSubject(nullptr); }
  void setSubject(Subject *subject) {
    if (subject_)
      subject_->removeListener(this);
    subject_ = subject;
    if (subject_)
      subject_->addListener(this);
  }

private:
  Subject *subject_ = nullptr;
};

class HelperOk : Listener {
public:
  HelperOk(Subject &first, Subject &second) : first_(first), second_(second) { wire(); }
  ~HelperOk() override { unwire(); }

private:
  void wire() {
    first_.addListener(this);
    listen(second_, this);
  }
  void unwire() {
    leave(second_, this);
    leave(first_, this);
  }
  static void listen(Subject &subject, Listener *listener) { subject.addListener(listener); }
  static void leave(Subject &subject, Listener *listener) { subject.removeListener(listener); }
  Subject &first_;
  Subject &second_;
};

// A base class takes it off, or nobody knows.
class Removing : public Listener {
public:
  explicit Removing(Subject &subject) : subject_(subject) {}
  ~Removing() override { subject_.removeListener(this); }

protected:
  Subject &subject_;
};
class BaseOk : Removing {
public:
  explicit BaseOk(Subject &subject) : Removing(subject) { subject_.addListener(this); }
};
class ElsewhereOk : Listener {
public:
  explicit ElsewhereOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }
  ~ElsewhereOk() override;

private:
  Subject &subject_;
};
class Component : public Listener {
public:
  ~Component() override;
};
class BaseElsewhereOk : Component {
public:
  explicit BaseElsewhereOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }

private:
  Subject &subject_;
};
class CallsElsewhereOk : Listener {
public:
  explicit CallsElsewhereOk(Subject &subject) : subject_(subject) { subject_.addListener(this); }
  ~CallsElsewhereOk() override { leave(); }

private:
  void leave();
  Subject &subject_;
};
