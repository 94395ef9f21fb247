//===- GithubWriter.cpp - the report as workflow commands of GitHub -------===//
//
// Part of Perfidy. A step of a workflow that prints these gets annotations at
// the lines of a pull request.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "analysis/summary/Cbor.h"
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Quotes.h"
#include "driver/Report.h"
#include "driver/Severity.h"
#include <sstream>

namespace perfidy {

namespace {

class GithubWriter {
  const Report &What;
  std::ostringstream Out;
  Quotes Source;

  /// Replaces what would end the message, or begin the next property.
  static std::string escape(const std::string &Text, bool InProperty) {
    std::string Result;
    for (char C : utf8(Text)) {
      if (C == '%')
        Result += "%25";
      else if (C == '\r')
        Result += "%0D";
      else if (C == '\n')
        Result += "%0A";
      else if (C == ':' && InProperty)
        Result += "%3A";
      else if (C == ',' && InProperty)
        Result += "%2C";
      else
        Result += C;
    }
    return Result;
  }

  std::string file(const SourcePoint &Where) const {
    return relativeTo(What.Root, Where.File);
  }

  void range(const SourcePoint &Where) {
    if (Where.Line == 0)
      return;
    if (std::optional<Region> Word = Source.word(Where))
      Out << ",line=" << Word->StartLine << ",endLine=" << Word->EndLine
          << ",col=" << Word->StartColumn << ",endColumn=" << Word->EndColumn;
    else
      Out << ",line=" << Where.Line << ",col=" << Where.Column;
  }

  void command(const char *Kind, const SourcePoint &Where,
               const std::string &Title, const std::string &Message) {
    Out << "::" << Kind << " file=" << escape(file(Where), true);
    range(Where);
    Out << ",title=" << escape(Title, true) << "::" << escape(Message, false)
        << '\n';
  }

public:
  explicit GithubWriter(const Report &What)
      : What(What), Source(&What.Instead) {}

  void finding(const Finding &Which) {
    std::string Message = Which.Message;
    for (const Step &Each : Which.Path)
      Message += "\n  " + file(Each.Where) + ':' +
                 std::to_string(Each.Where.Line) + ": " + Each.Message;
    if (!Which.Suggestion.empty())
      Message += "\nInstead: " + Which.Suggestion;
    command(severityWord(Which.Where, "notice"), Which.At,
            ruleName(Which) + " (level " +
                std::to_string(unsigned(Which.Where)) + ", " +
                std::string(name(Which.Where)) + ")",
            Message);
  }

  void failed(const Report::Failed &Which) {
    Step First = firstError(Which);
    command("warning", First.Where, "perfidy could not read all of this file",
            First.Message);
  }

  /// For the log; GitHub shows no line without a command as an annotation.
  void end() { Out << summary(What) << '\n'; }

  std::string take() { return std::move(Out).str(); }
};

} // namespace

std::string writeGithub(const Report &What) {
  GithubWriter Writer(What);
  for (const Finding &Each : What.Findings)
    Writer.finding(Each);
  for (const Report::Failed &Each : What.FailedFiles)
    Writer.failed(Each);
  Writer.end();
  return Writer.take();
}

} // namespace perfidy
