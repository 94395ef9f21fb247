//===- Rows.h - structs in rows ---------------------------------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/store.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_ROWS_H
#define PERFIDY_ANALYSIS_STORE_ROWS_H

#include "analysis/store/Store.h"
#include "analysis/summary/Cbor.h"
#include <initializer_list>

namespace perfidy {

/// What a row says of itself, to notice that it no longer is what it was.
inline Digest sumOf(std::initializer_list<std::string_view> Parts) {
  Digester All;
  for (std::string_view Part : Parts)
    All.add(Part);
  return All.finish();
}

inline Digest digestColumn(const Statement &Row, int Column,
                           const std::string &File) {
  Digest Result;
  if (!Result.setOctets(Row.blob(Column)))
    failDamaged(File, "a digest has another length");
  return Result;
}

template <class T> std::string packed(const T &What) {
  return compress(cborOf(What));
}

template <class T>
void unpacked(std::string_view Blob, T &Into, const std::string &File) {
  try {
    std::string Cbor = expand(Blob);
    CborReader Reader(Cbor);
    Reader.read(Into);
  } catch (const std::exception &Error) {
    failDamaged(File, Error.what());
  }
}

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_ROWS_H
