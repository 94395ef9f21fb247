//===- Digest.cpp - what names content ------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Digest.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>

namespace perfidy {

bool Digest::setOctets(std::string_view From) {
  if (From.size() != Octets.size())
    return false;
  std::copy(From.begin(), From.end(), Octets.begin());
  return true;
}

std::string Digest::hex() const {
  std::string Text;
  for (unsigned char Each : Octets) {
    Text += "0123456789abcdef"[Each >> 4];
    Text += "0123456789abcdef"[Each & 15];
  }
  return Text;
}

Digest digestOf(std::string_view Content) {
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(
      {reinterpret_cast<const uint8_t *>(Content.data()), Content.size()});
  Digest Result;
  // Written out byte by byte: the same on every machine.
  for (size_t I = 0; I < 8; ++I) {
    Result.Octets[I] = static_cast<unsigned char>(Hash.high64 >> (56 - 8 * I));
    Result.Octets[8 + I] =
        static_cast<unsigned char>(Hash.low64 >> (56 - 8 * I));
  }
  return Result;
}

void Digester::add(uint64_t Number) {
  for (int I = 0; I < 8; ++I)
    All += char(Number >> (8 * I));
}

void Digester::add(std::string_view Part) {
  add(uint64_t(Part.size()));
  All += Part;
}

} // namespace perfidy
