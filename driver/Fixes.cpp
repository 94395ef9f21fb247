//===- Fixes.cpp - the changes that findings come with --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Fixes.h"
#include "analysis/rank/Words.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include "clang/Tooling/Core/Replacement.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <set>

using namespace clang::tooling;

namespace perfidy {

namespace {

/// The edits of one file so far.
struct Edited {
  std::optional<std::string> Text; ///< as it was read; nothing if it is not so
  Replacements All;
  std::set<Replacement> Known;
};

} // namespace

static Edited open(const std::string &File,
                   const std::map<std::string, Digest> &Read) {
  Edited Result;
  auto Text = llvm::MemoryBuffer::getFile(File);
  auto Known = Read.find(File);
  if (!Text || Known == Read.end())
    return Result;
  llvm::StringRef Bytes = (*Text)->getBuffer();
  if (digestOf({Bytes.data(), Bytes.size()}) == Known->second)
    Result.Text = Bytes.str();
  return Result;
}

/// Adds all edits of \p Of, or none and says why not.
static std::string add(const Finding &Of, std::map<std::string, Edited> &Files,
                       const std::map<std::string, Digest> &Read) {
  std::map<std::string, Edited> Then;
  for (const Edit &Each : Of.Fixes) {
    const std::string &Name = Each.Where.File;
    auto Known = Files.find(Name);
    if (Known == Files.end())
      Known = Files.emplace(Name, open(Name, Read)).first;
    Edited &File = Then.try_emplace(Name, Known->second).first->second;
    if (!File.Text)
      return Name + " has changed since it was read";
    if (Each.Where.Offset + Each.Length > File.Text->size())
      return Name + " is shorter than it was";
    Replacement Change(Name, Each.Where.Offset, Each.Length, Each.Text);
    if (!File.Known.insert(Change).second)
      continue;
    if (llvm::Error Conflict = File.All.add(Change)) {
      llvm::consumeError(std::move(Conflict));
      return "it overlaps that of another finding";
    }
  }
  for (auto &[Name, File] : Then)
    Files[Name] = std::move(File);
  return "";
}

Fixed applyFixes(const std::vector<Finding> &Found,
                 const std::map<std::string, Digest> &Read) {
  Fixed Result;
  std::map<std::string, Edited> Files;
  for (const Finding &Each : Found) {
    if (Each.Fixes.empty())
      continue;
    std::string Why = add(Each, Files, Read);
    if (Why.empty())
      ++Result.Findings;
    else
      Result.Skipped.push_back(Each.At.File + ':' +
                               std::to_string(Each.At.Line) +
                               ": the fix is not made: " + Why);
  }
  for (auto &[Name, File] : Files) {
    if (File.All.empty())
      continue;
    llvm::Expected<std::string> Text =
        applyAllReplacements(*File.Text, File.All);
    if (!Text) {
      llvm::consumeError(Text.takeError());
      continue;
    }
    Result.Texts[Name] = std::move(*Text);
  }
  return Result;
}

static DiagnosticMessage message(const std::string &Text,
                                 const SourcePoint &Where) {
  DiagnosticMessage Result(Text);
  Result.FilePath = Where.File;
  Result.FileOffset = Where.Offset;
  return Result;
}

std::string writeFixes(const std::vector<Finding> &Found,
                       const std::string &Root) {
  TranslationUnitDiagnostics All;
  All.MainSourceFile = Found.empty() ? "" : Found.front().At.File;
  for (const Finding &Each : Found) {
    Diagnostic Next(ruleName(Each), Diagnostic::Warning, Root);
    Next.Message = message(Each.Message, Each.At);
    for (const Edit &Change : Each.Fixes)
      llvm::consumeError(Next.Message.Fix[Change.Where.File].add(Replacement(
          Change.Where.File, Change.Where.Offset, Change.Length, Change.Text)));
    for (const Step &Note : Each.Path)
      Next.Notes.push_back(message(Note.Message, Note.Where));
    All.Diagnostics.push_back(std::move(Next));
  }
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  llvm::yaml::Output Yaml(Out);
  Yaml << All;
  return Text;
}

} // namespace perfidy
