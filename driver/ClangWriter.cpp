//===- ClangWriter.cpp - the report as clang prints diagnostics -----------===//
//
// Part of Perfidy. What the parsers of editors and of build servers know; the
// same lines as clang-tidy with the module prints, without the quoted source.
//
//===----------------------------------------------------------------------===//
#include "driver/Colour.h"
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Report.h"
#include <algorithm>
#include <sstream>

namespace perfidy {

namespace {

class ClangWriter {
  std::ostringstream Out;
  Painter Paint;

  /// Parsers want a line and a column, also of what is about a whole file.
  static SourcePoint somewhere(SourcePoint Where) {
    Where.Line = std::max(Where.Line, 1u);
    Where.Column = std::max(Where.Column, 1u);
    return Where;
  }

  void line(const SourcePoint &Where, const std::string &Kind,
            const std::string &Message) {
    Out << Paint.bold(place(somewhere(Where)) + ':') << ' ' << Kind << ' '
        << Message << '\n';
  }

public:
  explicit ClangWriter(bool Colour) : Paint(Colour) {}

  void finding(const Finding &Which) {
    line(Which.At, Paint.warning("warning:"),
         Paint.bold(Which.Message) + " [" + ruleName(Which) + ']');
    for (const Step &Each : Which.Path)
      line(Each.Where, Paint.note("note:"), Each.Message);
    if (!Which.Suggestion.empty())
      line(Which.At, Paint.note("note:"), Which.Suggestion);
  }

  void failed(const Report::Failed &Which) {
    Step First = firstError(Which);
    line(First.Where, Paint.error("error:"),
         Paint.bold(First.Message) + " [perfidy-incomplete-file]");
  }

  void end(const Report &What) { Out << summary(What) << '\n'; }

  std::string take() { return std::move(Out).str(); }
};

} // namespace

std::string writeClang(const Report &What, bool Colour) {
  ClangWriter Writer(Colour);
  for (const Finding &Each : What.Findings)
    Writer.finding(Each);
  for (const Report::Failed &Each : What.FailedFiles)
    Writer.failed(Each);
  Writer.end(What);
  return Writer.take();
}

} // namespace perfidy
