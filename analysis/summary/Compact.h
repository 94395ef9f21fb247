//===- Compact.h - text and lists that cost little when empty ---*- C++ -*-===//
//
// Part of Perfidy. A program of a hundred thousand functions has a million
// calls, and most of what could be said of a call is not: these take a pointer
// each where std::string and std::vector take four and three.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_COMPACT_H
#define PERFIDY_ANALYSIS_SUMMARY_COMPACT_H

#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace perfidy {

template <class T>
concept TextLike = std::convertible_to<const T &, std::string_view>;

/// Immutable text that its copies share. Copies may be made, read and dropped
/// by any threads; one object by one at a time.
class SharedText {
  struct Node {
    std::atomic<uint32_t> Owners = 1;
    const std::string Text;
    const size_t Hash;
    explicit Node(std::string From)
        : Text(std::move(From)), Hash(std::hash<std::string_view>()(Text)) {}
  };
  Node *Its = nullptr; ///< null: empty

  static Node *make(std::string From) {
    return From.empty() ? nullptr : new Node(std::move(From));
  }
  void drop() {
    if (Its && Its->Owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete Its;
  }

public:
  static constexpr size_t npos = std::string::npos;

  SharedText() = default;
  SharedText(std::string From) : Its(make(std::move(From))) {}
  SharedText(std::string_view From) : Its(make(std::string(From))) {}
  SharedText(const char *From) : Its(make(From)) {}
  SharedText(const SharedText &From) noexcept : Its(From.Its) {
    if (Its)
      Its->Owners.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText &&From) noexcept
      : Its(std::exchange(From.Its, nullptr)) {}
  SharedText &operator=(SharedText From) noexcept {
    std::swap(Its, From.Its);
    return *this;
  }
  ~SharedText() { drop(); }

  const std::string &str() const {
    static const std::string Empty;
    return Its ? Its->Text : Empty;
  }
  operator const std::string &() const { return str(); }
  operator std::string_view() const { return str(); }

  /// That of std::hash for the same std::string_view.
  size_t hash() const {
    return Its ? Its->Hash : std::hash<std::string_view>()({});
  }
  bool empty() const { return !Its; }
  size_t size() const { return str().size(); }
  char back() const { return str().back(); }
  char front() const { return str().front(); }
  char operator[](size_t At) const { return str()[At]; }
  auto begin() const { return str().begin(); }
  auto end() const { return str().end(); }
  void clear() { *this = SharedText(); }

  template <class T> size_t find(const T &What, size_t From = 0) const {
    return str().find(What, From);
  }
  template <class T> size_t rfind(const T &What, size_t From = npos) const {
    return str().rfind(What, From);
  }
  std::string substr(size_t From, size_t Length = npos) const {
    return str().substr(From, Length);
  }
  template <class T> bool starts_with(const T &What) const {
    return str().starts_with(What);
  }
  template <class T> bool ends_with(const T &What) const {
    return str().ends_with(What);
  }

  SharedText &operator+=(std::string_view More) {
    return *this = SharedText(str() + std::string(More));
  }

  friend bool operator==(const SharedText &A, const SharedText &B) {
    return A.Its == B.Its || A.str() == B.str();
  }
  friend std::strong_ordering operator<=>(const SharedText &A,
                                          const SharedText &B) {
    return A.Its == B.Its ? std::strong_ordering::equal : A.str() <=> B.str();
  }
  template <TextLike T>
  friend bool operator==(const SharedText &A, const T &B) {
    return std::string_view(A) == std::string_view(B);
  }
  template <TextLike T>
  friend std::strong_ordering operator<=>(const SharedText &A, const T &B) {
    return std::string_view(A) <=> std::string_view(B);
  }
  template <TextLike T>
  friend std::string operator+(const SharedText &A, const T &B) {
    return std::string(A.str()).append(std::string_view(B));
  }
  template <TextLike T>
    requires(!std::same_as<T, SharedText>)
  friend std::string operator+(const T &A, const SharedText &B) {
    return std::string(A).append(B.str());
  }
};

/// For tables in which any kind of text finds a SharedText.
struct TextHash {
  using is_transparent = void;
  template <TextLike T> size_t operator()(const T &Text) const {
    if constexpr (std::same_as<T, SharedText>)
      return Text.hash();
    else
      return std::hash<std::string_view>()(Text);
  }
};
struct TextEqual {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A &First, const B &Second) const {
    return First == Second;
  }
};

/// Gives equal texts one memory. Not for several threads.
class TextTable {
  std::unordered_set<SharedText, TextHash, TextEqual> All;

public:
  SharedText share(std::string_view Text) {
    if (Text.empty())
      return {};
    auto Known = All.find(Text);
    return Known != All.end() ? *Known : *All.emplace(Text).first;
  }
};

/// A value that mostly is as it is made, and that its copies share until one of
/// them is changed. Threads as with SharedText.
template <class T> class Seldom {
  struct Node {
    std::atomic<uint32_t> Owners = 1;
    T Value;
    explicit Node(T Value) : Value(std::move(Value)) {}
  };
  Node *Its = nullptr; ///< null: as it is made

  void drop() {
    if (Its && Its->Owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete Its;
  }

public:
  Seldom() = default;
  Seldom(T From) : Its(new Node(std::move(From))) {}
  Seldom(const Seldom &From) noexcept : Its(From.Its) {
    if (Its)
      Its->Owners.fetch_add(1, std::memory_order_relaxed);
  }
  Seldom(Seldom &&From) noexcept : Its(std::exchange(From.Its, nullptr)) {}
  Seldom &operator=(Seldom From) noexcept {
    std::swap(Its, From.Its);
    return *this;
  }
  ~Seldom() { drop(); }

  /// Nothing has been put into it.
  bool empty() const { return !Its; }
  const T &operator*() const {
    static const T AsMade;
    return Its ? Its->Value : AsMade;
  }
  const T *operator->() const { return &**this; }
  operator const T &() const { return **this; }
  /// To be changed: this object's alone. What * referred to is another then.
  T &edit() {
    if (!Its || Its->Owners.load(std::memory_order_acquire) != 1) {
      Node *Alone = new Node(**this);
      drop();
      Its = Alone;
    }
    return Its->Value;
  }
};

/// A vector that is mostly empty, and that its copies share until one of them is
/// changed. Threads as with SharedText. What begin(), front(), back() and [] of
/// one that is not const refer to must not be changed after it has been copied.
template <class T> class Few {
  using Vector = std::vector<T>;
  struct Node {
    std::atomic<uint32_t> Owners = 1;
    Vector All;
    explicit Node(Vector All) : All(std::move(All)) {}
  };
  Node *Its = nullptr; ///< null: empty

  void drop() {
    if (Its && Its->Owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete Its;
  }

public:
  using value_type = T;
  using iterator = typename Vector::iterator;
  using const_iterator = typename Vector::const_iterator;

  Few() = default;
  Few(Vector From) : Its(From.empty() ? nullptr : new Node(std::move(From))) {}
  Few(std::initializer_list<T> From) : Few(Vector(From)) {}
  Few(const Few &From) noexcept : Its(From.Its) {
    if (Its)
      Its->Owners.fetch_add(1, std::memory_order_relaxed);
  }
  Few(Few &&From) noexcept : Its(std::exchange(From.Its, nullptr)) {}
  Few &operator=(Few From) noexcept {
    std::swap(Its, From.Its);
    return *this;
  }
  ~Few() { drop(); }

  const Vector &all() const {
    static const Vector Nothing;
    return Its ? Its->All : Nothing;
  }
  operator const Vector &() const { return all(); }
  /// To be changed: this object's alone. all() is another vector then.
  Vector &edit() {
    if (!Its || Its->Owners.load(std::memory_order_acquire) != 1) {
      Node *Alone = new Node(all());
      drop();
      Its = Alone;
    }
    return Its->All;
  }

  bool empty() const { return !Its || Its->All.empty(); }
  size_t size() const { return Its ? Its->All.size() : 0; }
  const_iterator begin() const {
    return Its ? Its->All.cbegin() : const_iterator();
  }
  const_iterator end() const {
    return Its ? Its->All.cend() : const_iterator();
  }
  iterator begin() { return Its ? edit().begin() : iterator(); }
  iterator end() { return Its ? edit().end() : iterator(); }
  auto rbegin() const { return all().rbegin(); }
  auto rend() const { return all().rend(); }
  const T &operator[](size_t At) const { return Its->All[At]; }
  T &operator[](size_t At) { return edit()[At]; }
  const T &front() const { return Its->All.front(); }
  T &front() { return edit().front(); }
  const T &back() const { return Its->All.back(); }
  T &back() { return edit().back(); }

  void clear() { *this = Few(); }
  void push_back(T Element) { edit().push_back(std::move(Element)); }
  template <class... Arguments> T &emplace_back(Arguments &&...Given) {
    return edit().emplace_back(std::forward<Arguments>(Given)...);
  }
  void pop_back() { edit().pop_back(); }
  void resize(size_t Size) { edit().resize(Size); }
  void reserve(size_t Size) { edit().reserve(Size); }
  template <class... Arguments>
  iterator insert(const_iterator Before, Arguments &&...Given) {
    auto At = Its ? Before - Its->All.cbegin() : 0;
    Vector &To = edit();
    return To.insert(To.cbegin() + At, std::forward<Arguments>(Given)...);
  }
  iterator erase(const_iterator At) { return erase(At, At + 1); }
  iterator erase(const_iterator From, const_iterator To) {
    if (!Its)
      return iterator();
    auto First = From - Its->All.cbegin(), Last = To - Its->All.cbegin();
    Vector &Of = edit();
    return Of.erase(Of.cbegin() + First, Of.cbegin() + Last);
  }

  friend bool operator==(const Few &A, const Few &B) {
    return A.Its == B.Its || A.all() == B.all();
  }
  friend auto operator<=>(const Few &A, const Few &B)
    requires std::three_way_comparable<T>
  {
    return A.all() <=> B.all();
  }
};

} // namespace perfidy

template <> struct std::hash<perfidy::SharedText> {
  size_t operator()(const perfidy::SharedText &Text) const {
    return Text.hash();
  }
};

#endif // PERFIDY_ANALYSIS_SUMMARY_COMPACT_H
