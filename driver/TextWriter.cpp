//===- TextWriter.cpp - the report for people -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/rank/Words.h"
#include "driver/Report.h"
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace fs = std::filesystem;

namespace perfidy {

namespace {

/// Writes one report; keeps the lines of the files it quotes.
class TextWriter {
  const Report &Of;
  std::ostringstream Out;
  std::map<std::string, std::vector<std::string>> Files;

  std::string_view line(const SourcePoint &Where) {
    auto [At, IsNew] = Files.try_emplace(Where.File);
    if (IsNew) {
      std::ifstream Disk(Where.File);
      const std::string *Instead = contentIn(Of.Instead, Where.File);
      std::istringstream Memory(Instead ? *Instead : "");
      std::istream &In = Instead ? static_cast<std::istream &>(Memory) : Disk;
      for (std::string Line; std::getline(In, Line);)
        At->second.push_back(Line);
    }
    if (Where.Line == 0 || Where.Line > At->second.size())
      return {};
    std::string_view Line = At->second[Where.Line - 1];
    while (!Line.empty() && (Line.front() == ' ' || Line.front() == '\t'))
      Line.remove_prefix(1);
    while (!Line.empty() && (Line.back() == ' ' || Line.back() == '\r'))
      Line.remove_suffix(1);
    return Line;
  }

  static std::string place(const SourcePoint &Where) {
    return shorten(Where.File) + ':' + std::to_string(Where.Line) + ':' +
           std::to_string(Where.Column);
  }

  static std::string count(size_t Number, std::string_view One,
                           std::string_view Many) {
    return std::to_string(Number) + ' ' + std::string(Number == 1 ? One : Many);
  }

public:
  explicit TextWriter(const Report &Of) : Of(Of) {}

  static std::string shorten(const std::string &File) {
    std::error_code Error;
    std::string Here = fs::current_path(Error).string() + '/';
    return !Error && File.starts_with(Here) ? File.substr(Here.size()) : File;
  }

  void finding(const Finding &Which, size_t Rank) {
    Out << Rank << ". " << place(Which.At) << ": " << Which.Message
        << " [perfidy-" << Which.Check << "]\n";
    Out << "   level " << unsigned(Which.Where) << ", " << name(Which.Where)
        << "; " << name(Which.Sure) << " confidence";
    if (Which.Runs != Heat::Ordinary)
      Out << "; " << name(Which.Runs);
    if (!Which.Growth.empty())
      Out << "; grows: " << Which.Growth;
    Out << '\n';
    if (std::string_view Source = line(Which.At); !Source.empty())
      Out << "     | " << Source << '\n';
    if (!Which.Function.empty())
      Out << "   in " << Which.Function << '\n';
    for (const Step &Each : Which.Path)
      Out << "     " << place(Each.Where) << ": " << Each.Message << '\n';
    if (!Which.Suggestion.empty())
      Out << "   instead: " << Which.Suggestion << '\n';
    Out << '\n';
  }

  void failed(const std::vector<Report::Failed> &Files) {
    if (Files.empty())
      return;
    Out << "Files with errors; what clang understood of them is in the "
           "report:\n";
    for (const Report::Failed &Each : Files)
      Out << "  " << shorten(Each.File) << ": " << Each.Reason << '\n';
    Out << '\n';
  }

  void summary(const Report &What) {
    Out << count(What.Findings.size(), "finding", "findings") << " in "
        << count(What.FilesRead, "file", "files");
    std::map<Level, size_t> Levels;
    for (const Finding &Each : What.Findings)
      ++Levels[Each.Where];
    const char *Separator = ": ";
    for (const auto &[Which, Number] : Levels) {
      Out << Separator << Number << ' ' << name(Which);
      Separator = ", ";
    }
    Out << '\n';
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

std::string writeText(const Report &What) {
  TextWriter Writer(What);
  for (size_t I = 0; I < What.Findings.size(); ++I)
    Writer.finding(What.Findings[I], I + 1);
  Writer.failed(What.FailedFiles);
  Writer.summary(What);
  return Writer.take();
}

} // namespace perfidy
