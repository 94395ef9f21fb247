//===- MacroText.cpp - what the text of a header does with a macro --------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/MacroText.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <string>
#include <vector>

using namespace clang;

namespace perfidy {

std::string withoutBlanks(llvm::StringRef Text) {
  std::string Result = Text.str();
  std::erase_if(Result, [](char C) { return C == ' ' || C == '\t'; });
  return Result;
}

/// The lines of a text, each as its words and signs.
static std::vector<std::vector<llvm::StringRef>> linesIn(llvm::StringRef Text) {
  LangOptions Options;
  Options.LineComment = true;
  // It ends with a null, as a MemoryBuffer does.
  Lexer Lex(SourceLocation(), Options, Text.begin(), Text.begin(), Text.end());
  std::vector<std::vector<llvm::StringRef>> Result;
  Token Each;
  for (Lex.LexFromRawLexer(Each); Each.isNot(tok::eof);
       Lex.LexFromRawLexer(Each)) {
    if (Each.isAtStartOfLine() || Result.empty())
      Result.emplace_back();
    size_t End = Lex.getBufferLocation() - Text.begin();
    Result.back().push_back(Text.slice(End - Each.getLength(), End));
  }
  return Result;
}

bool onlyDefines(llvm::StringRef Text, llvm::StringRef Word) {
  std::vector<std::vector<llvm::StringRef>> Lines = linesIn(Text);
  auto Is = [&](size_t At, llvm::StringRef Directive) {
    return At < Lines.size() && Lines[At].size() > 2 && Lines[At][0] == "#" &&
           Lines[At][1] == Directive && Lines[At][2] == Word;
  };
  auto EndsAt = [&](size_t At) {
    return At < Lines.size() && Lines[At].size() > 1 && Lines[At][0] == "#" &&
           Lines[At][1] == "endif";
  };
  for (size_t I = 0; I < Lines.size(); ++I) {
    bool Fine = Is(I, "define") || (Is(I, "undef") && Is(I + 1, "define")) ||
                (Is(I, "ifndef") && Is(I + 1, "define") && EndsAt(I + 2));
    auto From = Lines[I].begin() + (Fine ? 3 : 0);
    if (std::find(From, Lines[I].end(), Word) != Lines[I].end())
      return false;
  }
  return true;
}

bool definesFirst(llvm::StringRef Text, llvm::StringRef Listed) {
  for (const std::vector<llvm::StringRef> &Line : linesIn(Text)) {
    if (Line.size() < 2 || Line[0] != "#")
      continue;
    if (Line[1] == "include")
      return false;
    if (Line[1] == "define" && llvm::join(llvm::ArrayRef(Line).drop_front(2),
                                          "") == withoutBlanks(Listed))
      return true;
  }
  return false;
}

} // namespace perfidy
