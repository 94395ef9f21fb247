//===- TextWriter.cpp - the report for people -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "driver/Colour.h"
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Quotes.h"
#include "driver/Report.h"
#include "driver/Severity.h"
#include <sstream>

namespace perfidy {

namespace {

class TextWriter {
  std::ostringstream Out;
  Quotes Source;
  Painter Paint;

  std::string painted(Level Which) const {
    std::string Text = "level " + std::to_string(unsigned(Which));
    switch (severity(Which)) {
    case Severity::Error:
      return Paint.error(Text);
    case Severity::Warning:
      return Paint.warning(Text);
    case Severity::Note:
      break;
    }
    return Paint.note(Text);
  }

public:
  TextWriter(const Report &What, bool Colour)
      : Source(&What.Instead), Paint(Colour) {}

  void finding(const Finding &Which, size_t Rank) {
    Out << Rank << ". " << Paint.bold(place(Which.At) + ": " + Which.Message)
        << " [" << ruleName(Which) << "]\n";
    Out << "   " << painted(Which.Where) << ", " << name(Which.Where) << "; "
        << name(Which.Sure) << " confidence";
    if (Which.Runs != Heat::Ordinary)
      Out << "; " << name(Which.Runs);
    if (!Which.Growth.empty())
      Out << "; grows: " << Which.Growth;
    Out << '\n';
    if (std::string_view Line = Source.line(Which.At); !Line.empty())
      Out << "     | " << Paint.source(Line) << '\n';
    if (!Which.Function.empty())
      Out << "   in " << Which.Function << '\n';
    for (const Step &Each : Which.Path)
      Out << "     " << Paint.bold(place(Each.Where)) << ": " << Each.Message
          << '\n';
    if (!Which.Suggestion.empty())
      Out << "   " << Paint.note("instead:") << ' ' << Which.Suggestion << '\n';
    Out << '\n';
  }

  void failed(const std::vector<Report::Failed> &Files) {
    if (Files.empty())
      return;
    Out << Paint.warning("Files with errors")
        << "; what clang understood of them is in the report:\n";
    for (const Report::Failed &Each : Files)
      Out << "  " << shorten(Each.File) << ": " << Each.Reason << '\n';
    Out << '\n';
  }

  void end(const Report &What) {
    Out << Paint.bold(summary(What)) << '\n';
    if (What.Hidden)
      Out << count(What.Hidden, "finding", "findings")
          << " of less confidence not shown (--min-confidence=low shows all)\n";
    if (const auto &Last = What.SinceLast;
        Last && Last->New + Last->Fixed + Last->Unchanged > 0)
      Out << What.SinceLast->New << " new, " << What.SinceLast->Fixed
          << " fixed, " << What.SinceLast->Unchanged
          << " unchanged since the last scan\n";
    if (What.Fixed)
      Out << count(What.Fixed, "finding", "findings") << " fixed in "
          << count(What.FilesFixed, "file", "files") << '\n';
    if (What.FixesSkipped)
      Out << count(What.FixesSkipped, "fix", "fixes") << " not made\n";
    if (What.Unchanged)
      Out << count(What.Unchanged, "finding", "findings")
          << " that the change has no part in not shown\n";
    if (What.InBaseline)
      Out << count(What.InBaseline, "finding", "findings")
          << " of the baseline not shown\n";
    if (What.BaselineFixed)
      Out << What.BaselineFixed
          << " in the baseline found no more (--write-baseline takes them "
             "out)\n";
    if (What.Suppressed)
      Out << What.Suppressed << " suppressed by NOLINT\n";
    if (What.InOtherHeaders)
      Out << count(What.InOtherHeaders, "finding", "findings")
          << " in headers not shown (HeaderFilterRegex)\n";
    if (!What.FailedFiles.empty())
      Out << count(What.FailedFiles.size(), "file", "files")
          << " with errors\n";
  }

  std::string take() { return std::move(Out).str(); }
};

} // namespace

std::string writeText(const Report &What, bool Colour) {
  TextWriter Writer(What, Colour);
  for (size_t I = 0; I < What.Findings.size(); ++I)
    Writer.finding(What.Findings[I], I + 1);
  Writer.failed(What.FailedFiles);
  Writer.end(What);
  return Writer.take();
}

} // namespace perfidy
