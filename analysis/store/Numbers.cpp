//===- Numbers.cpp - lists of ids in rows ---------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Store.h"

namespace perfidy {

std::string packNumbers(const std::vector<int64_t> &Numbers) {
  std::string Blob;
  uint64_t Last = 0;
  for (int64_t Number : Numbers) {
    int64_t Step = static_cast<int64_t>(static_cast<uint64_t>(Number) - Last);
    uint64_t Left = static_cast<uint64_t>(Step) << 1 ^
                    static_cast<uint64_t>(Step >> 63); // small if near zero
    for (; Left >= 0x80; Left >>= 7)
      Blob += char(Left | 0x80);
    Blob += char(Left);
    Last = static_cast<uint64_t>(Number);
  }
  return Blob;
}

std::vector<int64_t> unpackNumbers(std::string_view Blob,
                                   const std::string &File) {
  std::vector<int64_t> Numbers;
  Numbers.reserve(Blob.size());
  uint64_t Last = 0, Read = 0;
  unsigned Shift = 0;
  for (char C : Blob) {
    auto Byte = static_cast<unsigned char>(C);
    if (Shift > 63)
      failDamaged(File, "a list of numbers cannot be read");
    Read |= uint64_t(Byte & 0x7f) << Shift;
    Shift += 7;
    if (Byte & 0x80)
      continue;
    Last += Read >> 1 ^ (~(Read & 1) + 1);
    Numbers.push_back(static_cast<int64_t>(Last));
    Read = Shift = 0;
  }
  if (Shift != 0)
    failDamaged(File, "a list of numbers ends early");
  return Numbers;
}

} // namespace perfidy
