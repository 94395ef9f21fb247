//===- CheckstyleWriter.cpp - the report as Checkstyle writes it ----------===//
//
// Part of Perfidy. For Jenkins (warnings-ng), reviewdog and others.
//
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/Quotes.h"
#include "driver/Report.h"
#include "driver/Severity.h"
#include "driver/Xml.h"
#include <sstream>

namespace perfidy {

namespace {

class CheckstyleWriter {
  std::ostringstream Out;
  Quotes Source;

  void finding(const Finding &Which) {
    std::optional<Region> Word = Source.word(Which.At);
    Out << "    <error line=\"" << Which.At.Line << "\" column=\""
        << (Word ? Word->StartColumn : Which.At.Column) << "\" severity=\""
        << severityWord(Which.Where, "info") << "\" message=\""
        << xml(withAdvice(Which)) << "\" source=\"" << xml(ruleName(Which))
        << "\"/>\n";
  }

public:
  explicit CheckstyleWriter(const Report &What) : Source(&What.Instead) {}

  /// The format has one element a file: the files in the order of their worst
  /// finding, and the findings of each in the report's order.
  void findings(const std::vector<Finding> &All) {
    std::vector<std::string> Order;
    std::map<std::string, std::vector<const Finding *>> ByFile;
    for (const Finding &Each : All) {
      auto [At, IsNew] = ByFile.try_emplace(Each.At.File);
      if (IsNew)
        Order.push_back(Each.At.File);
      At->second.push_back(&Each);
    }
    for (const std::string &File : Order) {
      Out << "  <file name=\"" << xml(File) << "\">\n";
      for (const Finding *Each : ByFile[File])
        finding(*Each);
      Out << "  </file>\n";
    }
  }

  std::string take() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<checkstyle version=\"8.0\">\n" +
           std::move(Out).str() + "</checkstyle>\n";
  }
};

} // namespace

std::string writeCheckstyle(const Report &What) {
  CheckstyleWriter Writer(What);
  Writer.findings(What.Findings);
  return Writer.take();
}

} // namespace perfidy
