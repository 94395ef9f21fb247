//===- MacroText.h - what the text of a header does with a macro -*- C++ -*-===//
//
// Part of Perfidy.
//
// By its tokens alone, without preprocessing it. A text ends with a null, as
// that of a MemoryBuffer does. Any thread may call these.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_MACROTEXT_H
#define PERFIDY_DRIVER_MACROTEXT_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace perfidy {

/// Without spaces and tabs.
std::string withoutBlanks(llvm::StringRef Text);

/// True if \p Text defines \p Word and never looks whether somebody else has:
/// "#define WORD", after "#undef WORD" perhaps, or alone in "#ifndef WORD".
bool onlyDefines(llvm::StringRef Text, llvm::StringRef Word);

/// True if \p Text has the line "#define" \p Listed before it includes anything.
bool definesFirst(llvm::StringRef Text, llvm::StringRef Listed);

} // namespace perfidy

#endif // PERFIDY_DRIVER_MACROTEXT_H
