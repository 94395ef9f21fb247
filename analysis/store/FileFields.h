//===- FileFields.h - the fields of a file's state --------------*- C++ -*-===//
//
// Part of Perfidy. For Cbor.h.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_STORE_FILEFIELDS_H
#define PERFIDY_ANALYSIS_STORE_FILEFIELDS_H

#include "analysis/store/Packed.h"
#include "analysis/summary/Reflect.h"

namespace perfidy {

PERFIDY_FIELDS(FileState, (), Path, Absent, Content, Size, Modified)

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_STORE_FILEFIELDS_H
