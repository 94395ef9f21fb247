//===- Digest.h - what names content ----------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_DIGEST_H
#define PERFIDY_ANALYSIS_STORE_DIGEST_H

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace perfidy {

/// 128 bits that stand for some bytes (XXH3, as LLVM has it). Two contents of
/// one digest do not happen by accident; it is no protection against somebody
/// who makes them on purpose.
struct Digest {
  std::array<unsigned char, 16> Octets = {};

  std::string_view octets() const {
    return {reinterpret_cast<const char *>(Octets.data()), Octets.size()};
  }
  /// False if \p From is not 16 bytes long.
  bool setOctets(std::string_view From);
  std::string hex() const;
  auto operator<=>(const Digest &) const = default;
};

Digest digestOf(std::string_view Content);

/// Several parts as one content; ("ab", "c") is not ("a", "bc").
class Digester {
  std::string All;

public:
  void add(std::string_view Part);
  void add(const Digest &Part) { add(Part.octets()); }
  void add(uint64_t Number);
  Digest finish() const { return digestOf(All); }
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_DIGEST_H
