//===- JunitWriter.cpp - the report as test results -----------------------===//
//
// Part of Perfidy. A suite a check, a failed test a finding, so that a CI
// server which knows tests alone can show and count them; a check that found
// nothing is a test that passed.
//
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/Places.h"
#include "driver/Report.h"
#include "driver/Xml.h"
#include <sstream>

namespace perfidy {

namespace {

class JunitWriter {
  const Report &What;
  std::ostringstream Out;

  std::string at(const SourcePoint &Where) const {
    std::string Text = relativeTo(What.Root, Where.File);
    return Where.Line ? Text + ':' + std::to_string(Where.Line) + ':' +
                            std::to_string(Where.Column)
                      : Text;
  }

  void open(const std::string &Name, size_t Tests, size_t Failures,
            size_t Errors) {
    Out << "  <testsuite name=\"" << xml(Name) << "\" tests=\"" << Tests
        << "\" failures=\"" << Failures << "\" errors=\"" << Errors << "\">\n";
  }

  void finding(const Finding &Which) {
    // A server follows a test by its name, which must not change with lines.
    std::string Name = relativeTo(What.Root, Which.At.File);
    if (!Which.Function.empty())
      Name += ", " + Which.Function;
    Name += " (" + Which.Fingerprint + ")";
    Out << "    <testcase classname=\"" << xml(ruleName(Which)) << "\" name=\""
        << xml(Name) << "\">\n"
        << "      <failure type=\"level " << unsigned(Which.Where)
        << "\" message=\"" << xml(Which.Message) << "\">"
        << xmlContent(at(Which.At) + ": " + Which.Message);
    for (const Step &Each : Which.Path)
      Out << xmlContent("\n  " + at(Each.Where) + ": " + Each.Message);
    if (!Which.Suggestion.empty())
      Out << xmlContent("\ninstead: " + Which.Suggestion);
    Out << "</failure>\n    </testcase>\n";
  }

public:
  explicit JunitWriter(const Report &What) : What(What) {}

  void check(const std::string &Check) {
    size_t Number = 0;
    for (const Finding &Each : What.Findings)
      Number += ruleName(Each) == Check;
    open(Check, Number ? Number : 1, Number, 0);
    for (const Finding &Each : What.Findings)
      if (ruleName(Each) == Check)
        finding(Each);
    if (Number == 0)
      Out << "    <testcase classname=\"" << xml(Check)
          << "\" name=\"no findings\"/>\n";
    Out << "  </testsuite>\n";
  }

  void failed(const std::vector<Report::Failed> &Files) {
    if (Files.empty())
      return;
    open("perfidy-incomplete-file", Files.size(), 0, Files.size());
    for (const Report::Failed &Each : Files) {
      Step First = firstError(Each);
      Out << "    <testcase classname=\"perfidy-incomplete-file\" name=\""
          << xml(relativeTo(What.Root, Each.File))
          << "\">\n      <error message=\"" << xml(First.Message) << "\">"
          << xmlContent(at(First.Where) + ": " + First.Message)
          << "</error>\n    </testcase>\n";
    }
    Out << "  </testsuite>\n";
  }

  std::string take() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<testsuites name=\"perfidy\">\n" +
           std::move(Out).str() + "</testsuites>\n";
  }
};

} // namespace

std::string writeJunit(const Report &What) {
  JunitWriter Writer(What);
  for (const std::string &Each : checks(What))
    Writer.check(Each);
  Writer.failed(What.FailedFiles);
  return Writer.take();
}

} // namespace perfidy
