//===- Report.cpp - what a scan found -------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Report.h"
#include "analysis/rank/Words.h"
#include <algorithm>
#include <charconv>
#include <optional>

namespace perfidy {

/// The number at the start of \p Text and the ':' behind it, taken off; nothing
/// if they are not there.
static std::optional<uint32_t> takeNumber(std::string_view &Text) {
  uint32_t Number = 0;
  auto [End, Error] =
      std::from_chars(Text.data(), Text.data() + Text.size(), Number);
  size_t Length = size_t(End - Text.data());
  if (Error != std::errc() || Length == Text.size() || *End != ':')
    return std::nullopt;
  Text.remove_prefix(Length + 1);
  return Number;
}

/// Reads "/a.cpp:2:10: message", as clang begins its diagnostics.
static std::optional<Step> parseDiagnostic(std::string_view Text) {
  if (!Text.starts_with('/'))
    return std::nullopt;
  for (size_t Colon = 0; (Colon = Text.find(':', Colon)) != Text.npos;
       ++Colon) {
    std::string_view Rest = Text.substr(Colon + 1);
    std::optional<uint32_t> Line = takeNumber(Rest);
    std::optional<uint32_t> Column = Line ? takeNumber(Rest) : Line;
    if (Column && Rest.starts_with(' '))
      return Step{{std::string(Text.substr(0, Colon)), *Line, *Column, 0},
                  std::string(Rest.substr(1))};
  }
  return std::nullopt;
}

Step firstError(const Report::Failed &Of) {
  if (std::optional<Step> Parsed = parseDiagnostic(Of.Reason))
    return *Parsed;
  Step Result;
  Result.Where.File = Of.File;
  Result.Message = Of.Reason;
  // Said already by where it is.
  if (Result.Message.starts_with(Of.File + ": "))
    Result.Message.erase(0, Of.File.size() + 2);
  return Result;
}

std::string withAdvice(const Finding &Of) {
  return Of.Suggestion.empty() ? Of.Message
                               : Of.Message + ". Instead: " + Of.Suggestion;
}

std::string count(size_t Number, std::string_view One, std::string_view Many) {
  return std::to_string(Number) + ' ' + std::string(Number == 1 ? One : Many);
}

std::vector<std::string> checks(const Report &Of) {
  std::vector<std::string> Names;
  auto Add = [&](const std::string &Name) {
    if (std::find(Names.begin(), Names.end(), Name) == Names.end())
      Names.push_back(Name);
  };
  for (const CheckInfo *Each : Of.Checks)
    Add(std::string("perfidy-") + Each->Name);
  for (const Finding &Each : Of.Findings)
    Add(ruleName(Each));
  return Names;
}

std::map<Level, size_t> levels(const Report &Of) {
  std::map<Level, size_t> Result;
  for (const Finding &Each : Of.Findings)
    ++Result[Each.Where];
  return Result;
}

std::string summary(const Report &Of) {
  std::string Text = count(Of.Findings.size(), "finding", "findings") + " in " +
                     count(Of.FilesRead, "file", "files");
  const char *Separator = ": ";
  for (const auto &[Which, Number] : levels(Of)) {
    Text += Separator + std::to_string(Number) + ' ' + std::string(name(Which));
    Separator = ", ";
  }
  return Text;
}

} // namespace perfidy
