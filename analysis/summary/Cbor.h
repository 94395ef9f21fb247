//===- Cbor.h - structs as CBOR, without a tree between ----------*- C++ -*-===//
//
// Part of Perfidy. Writes and reads whatever has fields() (Reflect.h) as CBOR,
// RFC 8949: a struct is a map from field names to values, in which fields with
// default values are left out; a Location is [file, line, column, offset]; an
// enumerator is its name.
//
// The reader trusts nothing: what it does not know is an error, since data of
// another version must never be taken for data of this; lengths are compared
// with what is left before memory is asked for; nesting is limited.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_CBOR_H
#define PERFIDY_ANALYSIS_SUMMARY_CBOR_H

#include "analysis/summary/Fields.h"
#include "analysis/summary/PartTable.h"
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace perfidy {

/// Data that is no text.
struct Bytes {
  std::string Data;
  std::string_view octets() const { return Data; }
  bool setOctets(std::string_view From) {
    Data = From;
    return true;
  }
  bool operator==(const Bytes &) const = default;
};

/// Kept as a byte string.
template <class T>
concept HasOctets =
    requires(T Value, const T &Same) { Value.setOctets(Same.octets()); };

template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsVector<Few<T>> : std::true_type {};
template <class T>
concept IsText =
    std::is_same_v<T, std::string> || std::is_same_v<T, SharedText>;
template <class T> struct IsSeldom : std::false_type {};
template <class T> struct IsSeldom<Seldom<T>> : std::true_type {};
template <class T> struct IsOptional : std::false_type {};
template <class T> struct IsOptional<std::optional<T>> : std::true_type {};

/// The field says what is said anyway: writers leave it out. A struct that
/// turns out to be empty is left out by who writes it.
template <class F> bool isLeftOut(const F &Field, const F &Default) {
  if constexpr (IsOptional<F>::value)
    return !Field;
  else if constexpr (IsVector<F>::value || IsText<F> || IsSeldom<F>::value)
    return Field.empty();
  else if constexpr (std::is_arithmetic_v<F> || std::is_enum_v<F> ||
                     std::is_same_v<F, Location> || HasOctets<F>)
    return Field == Default;
  else
    return false;
}

/// \p Text with what is not UTF-8 replaced: sources may be in any encoding.
std::string utf8(const std::string &Text);

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

class CborWriter {
  enum Major : unsigned char {
    Unsigned = 0,
    Negative = 1,
    Octets = 2,
    Text = 3,
    Array = 4,
  };
  static constexpr char OpenMap = '\xbf', Break = '\xff';

  std::string Out;
  bool Places = true;

  void head(Major Kind, uint64_t Number) {
    unsigned char Top = static_cast<unsigned char>(Kind << 5);
    if (Number < 24) {
      Out += char(Top | Number);
      return;
    }
    int Log = Number <= 0xff         ? 0
              : Number <= 0xffff     ? 1
              : Number <= 0xffffffff ? 2
                                     : 3;
    Out += char(Top | (24 + Log));
    for (int Byte = (1 << Log) - 1; Byte >= 0; --Byte)
      Out += char(Number >> (8 * Byte));
  }

  void text(std::string_view What) {
    head(Text, What.size());
    Out += What;
  }

  /// Wrote nothing but "{}", which is left out as well.
  bool emptyMapSince(size_t Begin) const {
    return Out.size() == Begin + 2 && Out[Begin] == OpenMap &&
           Out[Begin + 1] == Break;
  }

public:
  /// Leaves out every Location: what is written stays the same when code only
  /// moves. Such data cannot be read back.
  void leaveOutPlaces() { Places = false; }

  void open() { Out += OpenMap; }
  void close() { Out += Break; }
  void key(std::string_view Name) { text(Name); }

  template <class T> void write(const T &Value) {
    if constexpr (IsText<T>) {
      text(utf8(Value));
    } else if constexpr (HasOctets<T>) {
      head(Octets, Value.octets().size());
      Out += Value.octets();
    } else if constexpr (std::is_same_v<T, bool>) {
      Out += Value ? '\xf5' : '\xf4';
    } else if constexpr (std::is_enum_v<T>) {
      text(enumerator(Value));
    } else if constexpr (std::is_signed_v<T>) {
      if (Value < 0)
        head(Negative, ~static_cast<uint64_t>(static_cast<int64_t>(Value)));
      else
        head(Unsigned, static_cast<uint64_t>(Value));
    } else if constexpr (std::is_unsigned_v<T>) {
      head(Unsigned, Value);
    } else if constexpr (std::is_same_v<T, Location>) {
      head(Array, 4);
      fields(Value, [&](const char *, const auto &Field) { write(Field); });
    } else if constexpr (IsOptional<T>::value || IsSeldom<T>::value) {
      write(*Value);
    } else if constexpr (IsVector<T>::value) {
      head(Array, Value.size());
      for (const auto &Element : Value)
        write(Element);
    } else {
      static const T Default;
      // Both walks give the fields in the same order.
      std::array<const void *, 64> Defaults;
      size_t Count = 0;
      fields(Default, [&](const char *, const auto &Field) {
        Defaults[Count++] = &Field;
      });
      auto Next = Defaults.begin();
      open();
      fields(Value, [&]<class F>(const char *Name, const F &Field) {
        const F &Left = *static_cast<const F *>(*Next++);
        if constexpr (std::is_same_v<F, Location>) {
          if (!Places)
            return;
        }
        if (isLeftOut(Field, Left))
          return;
        size_t Before = Out.size();
        key(Name);
        size_t Begin = Out.size();
        write(Field);
        if (emptyMapSince(Begin))
          Out.resize(Before);
      });
      close();
    }
  }

  std::string take() { return std::move(Out); }
};

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// One value alone.
template <class T> std::string cborOf(const T &What) {
  CborWriter Writer;
  Writer.write(What);
  return Writer.take();
}

/// Throws std::runtime_error that names the place: "Functions[3].Kind: ...".
class CborReader {
  std::string_view Rest;
  PartTable *Parts;
  unsigned Depth = 0;
  static constexpr unsigned Deepest = 256;

  struct Part { ///< of the way down: a field or an element
    const char *Name;
    size_t Element;
  };
  std::vector<Part> Way;

  struct Enter {
    CborReader &In;
    explicit Enter(CborReader &In) : In(In) {
      if (++In.Depth > Deepest)
        throw std::runtime_error("nested too deeply");
    }
    ~Enter() { --In.Depth; }
  };

  std::string where() const {
    std::string Text;
    for (const Part &Each : Way)
      if (Each.Name)
        Text += (Text.empty() ? "" : ".") + std::string(Each.Name);
      else
        Text += '[' + std::to_string(Each.Element) + ']';
    return Text;
  }

  unsigned char byte() {
    if (Rest.empty())
      fail("ends early");
    unsigned char First = static_cast<unsigned char>(Rest.front());
    Rest.remove_prefix(1);
    return First;
  }

  uint64_t number(unsigned Low) {
    if (Low < 24)
      return Low;
    if (Low > 27)
      fail("cannot be parsed");
    uint64_t Number = 0;
    for (int Left = 1 << (Low - 24); Left > 0; --Left)
      Number = Number << 8 | byte();
    return Number;
  }

  std::string_view octets(uint64_t Length) {
    if (Length > Rest.size())
      fail("ends early");
    std::string_view Result = Rest.substr(0, Length);
    Rest.remove_prefix(Length);
    return Result;
  }

  std::string_view string(unsigned Major, const char *Otherwise) {
    unsigned char First = byte();
    if (First >> 5 != Major)
      fail(Otherwise);
    return octets(number(First & 31));
  }

  SharedText share(std::string_view Text) {
    return Parts ? Parts->share(Text) : SharedText(Text);
  }

  uint64_t arrayLength(const char *Otherwise) {
    unsigned char First = byte();
    if (First >> 5 != 4)
      fail(Otherwise);
    uint64_t Length = number(First & 31);
    if (Length > Rest.size()) // an element is one byte at least
      fail("ends early");
    return Length;
  }

public:
  /// Equal parts share the memory that \p Parts has for them, if it is given.
  explicit CborReader(std::string_view From, PartTable *Parts = nullptr)
      : Rest(From), Parts(Parts) {}

  [[noreturn]] void fail(const std::string &What) const {
    std::string Place = where();
    throw std::runtime_error((Place.empty() ? "" : Place + ": ") + What);
  }

  bool atEnd() const { return Rest.empty(); }

  /// A map, field by field: \p Each is given the key and reads the value.
  template <class Callback>
  void map(const char *Otherwise, const Callback &Each) {
    Enter Deeper(*this);
    unsigned char First = byte();
    if (First >> 5 != 5)
      fail(Otherwise);
    bool Open = (First & 31) == 31;
    uint64_t Left = Open ? 0 : number(First & 31);
    while (Open || Left-- > 0) {
      if (Open && !Rest.empty() && Rest.front() == '\xff') {
        Rest.remove_prefix(1);
        return;
      }
      Each(string(3, "a field's name is not a string"));
    }
  }

  /// Passes over one value, whatever it is.
  void skip() {
    Enter Deeper(*this);
    unsigned char First = byte();
    unsigned Low = First & 31;
    switch (First >> 5) {
    case 0:
    case 1:
      number(Low);
      return;
    case 2:
    case 3:
      octets(number(Low));
      return;
    case 4:
      for (uint64_t Left = number(Low); Left > 0; --Left)
        skip();
      return;
    case 5:
      if (Low == 31) {
        while (!Rest.empty() && Rest.front() != '\xff') {
          skip();
          skip();
        }
        byte();
        return;
      }
      for (uint64_t Left = number(Low); Left > 0; --Left) {
        skip();
        skip();
      }
      return;
    case 6:
      number(Low);
      return skip();
    default:
      number(Low);
    }
  }

  std::string_view remaining() const { return Rest; }

  template <class T> void read(T &Into) {
    if constexpr (PartTable::Has<T>) {
      if (Parts)
        return readPart(Into);
    }
    readAnew(Into);
  }

private:
  /// What has been read before is not read again.
  template <class T> void readPart(T &Into) {
    std::string_view Begin = Rest;
    skip();
    std::string_view Bytes = Begin.substr(0, Begin.size() - Rest.size());
    if (const T *Known = Parts->find<T>(Bytes)) {
      Into = *Known;
      return;
    }
    Rest = Begin;
    readAnew(Into);
    Parts->add(Bytes, Into);
  }

  template <class T> void readAnew(T &Into) {
    if constexpr (std::is_same_v<T, SharedText>) {
      Into = share(string(3, "not a string"));
    } else if constexpr (std::is_same_v<T, std::string>) {
      Into = string(3, "not a string");
    } else if constexpr (HasOctets<T>) {
      if (!Into.setOctets(string(2, "not a byte string")))
        fail("a byte string of another length");
    } else if constexpr (std::is_same_v<T, bool>) {
      unsigned char First = byte();
      if (First != 0xf4 && First != 0xf5)
        fail("neither true nor false");
      Into = First == 0xf5;
    } else if constexpr (std::is_arithmetic_v<T>) {
      unsigned char First = byte();
      if (First >> 5 > 1)
        fail("not an integer that fits");
      uint64_t Number = number(First & 31);
      if (First >> 5 == 0) {
        if (!std::in_range<T>(Number))
          fail("not an integer that fits");
        Into = static_cast<T>(Number);
      } else {
        if (Number > uint64_t(INT64_MAX) ||
            !std::in_range<T>(static_cast<int64_t>(~Number)))
          fail("not an integer that fits");
        Into = static_cast<T>(static_cast<int64_t>(~Number));
      }
    } else if constexpr (std::is_enum_v<T>) {
      std::string_view Name = string(3, "not a string");
      constexpr unsigned Most = 64;
      unsigned Candidate = 0;
      for (; Candidate < Most; ++Candidate)
        if (const char *Known = enumerator(T(Candidate));
            Known && Known == Name)
          break;
      if (Candidate == Most)
        fail("'" + std::string(Name) + "' is none of its values");
      Into = T(Candidate);
    } else if constexpr (std::is_same_v<T, Location>) {
      if (arrayLength("not [file, line, column, offset]") != 4)
        fail("not [file, line, column, offset]");
      fields(Into, [&](const char *, auto &Field) { read(Field); });
    } else if constexpr (IsOptional<T>::value) {
      read(Into.emplace());
    } else if constexpr (IsSeldom<T>::value) {
      read(Into.edit());
    } else if constexpr (IsVector<T>::value) {
      Enter Deeper(*this);
      uint64_t Length = arrayLength("not an array");
      Into.clear();
      if (!Length)
        return;
      // Grown as elements arrive: a wrong length must not cost memory.
      Into.reserve(std::min<uint64_t>(Length, 4096));
      for (uint64_t I = 0; I < Length; ++I) {
        Way.push_back({nullptr, size_t(I)});
        read(Into.emplace_back());
        Way.pop_back();
      }
    } else {
      // Fields come in the order in which they are declared, so one walk over
      // them finds them all; others' writers may order them as they like.
      std::string_view Pending;
      bool Has = false;
      Enter Deeper(*this);
      unsigned char First = byte();
      if (First >> 5 != 5)
        fail("not an object");
      bool Open = (First & 31) == 31;
      uint64_t Left = Open ? 0 : number(First & 31);
      auto Next = [&] {
        Has = false;
        if (Open && !Rest.empty() && Rest.front() == '\xff') {
          Rest.remove_prefix(1);
          return;
        }
        if (!Open && Left-- == 0)
          return;
        Pending = string(3, "a field's name is not a string");
        Has = true;
      };
      Next();
      while (Has) {
        bool Any = false;
        fields(Into, [&](const char *Name, auto &Field) {
          if (!Has || Pending != Name)
            return;
          Any = true;
          Way.push_back({Name, 0});
          read(Field);
          Way.pop_back();
          Next();
        });
        if (!Any)
          fail("unknown field '" + std::string(Pending) + "'");
      }
    }
  }
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_CBOR_H
