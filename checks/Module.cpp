//===- Module.cpp - the clang-tidy module ---------------------------------===//
//
// Part of Perfidy. Registers every row of Checks.def as perfidy-<name>, and
// turns findings, which know files and offsets, into clang's diagnostics.
//
//===----------------------------------------------------------------------===//
#include "checks/Module.h"
#include "analysis/rank/Words.h"
#include "checks/TidyAnalysis.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;
using namespace clang::tidy;

namespace perfidy {

/// Null if \p Where is not in a file that the translation unit has read. With
/// \p Load, other files are read as well: a path may lead through them.
static SourceLocation locate(const SourcePoint &Where, SourceManager &Sources,
                             bool Load = false) {
  // clangd's main file may be open with other contents than on disk; it is
  // known by its name only.
  FileID File = Sources.getMainFileID();
  OptionalFileEntryRef Main = Sources.getFileEntryRefForID(File);
  if (!Main || Main->getFileEntry().tryGetRealPathName() != Where.File) {
    OptionalFileEntryRef Other =
        Sources.getFileManager().getOptionalFileRef(Where.File);
    if (!Other)
      return SourceLocation();
    File = Sources.translateFile(*Other);
    if (File.isInvalid() && Load)
      File = Sources.createFileID(*Other, SourceLocation(), SrcMgr::C_User);
    if (File.isInvalid())
      return SourceLocation();
  }
  if (Where.Offset > Sources.getFileIDSize(File))
    return SourceLocation();
  return Sources.getComposedLoc(File, Where.Offset);
}

/// With what the ranked report says beside it, which an editor has no other
/// place for: the level, and the growth unless the message has it already.
static std::string messageForEditor(const Finding &Of) {
  std::string Text = Of.Message + " (level " + std::to_string(int(Of.Where)) +
                     ", " + std::string(name(Of.Where));
  if (Of.Message.find(Of.Growth) == std::string::npos)
    Text += "; grows: " + Of.Growth;
  return Text + ")";
}

namespace {

/// Any check of Checks.def, as clang-tidy sees it. It decides nothing: it hands
/// out what the analysis, shared with the other checks, found in its name.
///
/// Options: "MinConfidence", the least confidence reported (low, medium or
/// high; medium by default); and for all checks "perfidy.Models", the user's
/// model files, separated by semicolons, "perfidy.Store", the file in which
/// `perfidy scan` keeps the program, and "perfidy.IncludeTests", true to report
/// findings in test code too.
class Check : public ClangTidyCheck {
  const CheckInfo &Info;
  ClangTidyContext &Host;
  std::shared_ptr<TidySharing> Sharing;
  std::shared_ptr<TidyAnalysis> Analysis;
  OptionsView OfAll; ///< options of all checks together: "perfidy.Models"
  std::string MinConfidence;
  TidyOptions Asked;
  Preprocessor *Reader = nullptr;

  /// clang reads messages as formats, so they are handed over as arguments.
  void say(SourceLocation Where, llvm::StringRef Text,
           DiagnosticIDs::Level As) {
    diag(Where, "%0", As) << Text;
  }

  /// All of them or, if one lies in a file that was not read, none.
  std::vector<FixItHint> fixes(const Finding &Of, SourceManager &Sources) {
    std::vector<FixItHint> Hints;
    for (const Edit &Each : Of.Fixes) {
      SourceLocation Begin = locate(Each.Where, Sources);
      if (Begin.isInvalid())
        return {};
      Hints.push_back(FixItHint::CreateReplacement(
          CharSourceRange::getCharRange(Begin,
                                        Begin.getLocWithOffset(Each.Length)),
          Each.Text));
    }
    return Hints;
  }

  void report(const Finding &What, SourceManager &Sources) {
    SourceLocation Where = locate(What.At, Sources);
    if (Where.isInvalid())
      return;
    // An editor calls a fix what the note that it belongs to says.
    bool FixIsNote = Sharing->host().isEditor() && !What.Suggestion.empty();
    std::vector<FixItHint> Fixes = fixes(What, Sources);
    auto Attach = [&](const DiagnosticBuilder &To) {
      for (const FixItHint &Hint : Fixes)
        To << Hint;
    };
    {
      DiagnosticBuilder Warning = diag(Where, "%0");
      Warning << (Sharing->host().isEditor() ? messageForEditor(What)
                                             : What.Message);
      if (!FixIsNote)
        Attach(Warning);
    }
    for (const Step &Each : What.Path)
      if (SourceLocation At = locate(Each.Where, Sources, /*Load=*/true);
          At.isValid())
        say(At, Each.Message, DiagnosticIDs::Note);
    if (What.Suggestion.empty())
      return;
    DiagnosticBuilder Note = diag(Where, "%0", DiagnosticIDs::Note);
    Note << What.Suggestion;
    if (FixIsNote)
      Attach(Note);
  }

public:
  Check(llvm::StringRef Name, ClangTidyContext *Context, const CheckInfo &Info,
        std::shared_ptr<TidySharing> Shared)
      : ClangTidyCheck(Name, Context), Info(Info), Host(*Context),
        Sharing(std::move(Shared)), Analysis(Sharing->analysis(Context)),
        OfAll("perfidy", Context->getOptions().CheckOptions, Context),
        MinConfidence(Options.get("MinConfidence", "medium").str()),
        Asked{OfAll.get("Models", "").str(), OfAll.get("Store", "").str(),
              OfAll.get("IncludeTests", false)} {}

  void storeOptions(ClangTidyOptions::OptionMap &Into) override {
    Options.store(Into, "MinConfidence", MinConfidence);
    OfAll.store(Into, "Models", Asked.ModelFiles);
    OfAll.store(Into, "Store", Asked.Store);
    OfAll.store(Into, "IncludeTests", Asked.IncludeTests);
  }

  void registerPPCallbacks(const SourceManager &, Preprocessor *PP,
                           Preprocessor *) override {
    Reader = PP;
    if (Analysis->begin())
      Sharing->host().begins(*PP);
  }

  /// clangd never shows the translation unit itself to a check, so one of them
  /// asks for all definitions and remembers no more than where they come from.
  /// The others ask for next to nothing: who asks for nothing is not told of the
  /// end.
  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    using namespace ast_matchers;
    if (Analysis->look())
      Finder->addMatcher(functionDecl(isDefinition()), this);
    else
      Finder->addMatcher(translationUnitDecl(), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    Analysis->see(*Result.Context);
  }

  void onEndOfTranslationUnit() override {
    ASTContext *Seen = Analysis->seen();
    if (!Seen)
      return;
    std::optional<Confidence> Least = confidence(MinConfidence);
    if (!Least) {
      configurationDiag("option '%0.MinConfidence' is '%1'; it can be low, "
                        "medium or high",
                        DiagnosticIDs::Error)
          << ("perfidy-" + std::string(Info.Name)) << MinConfidence;
      return;
    }
    TidyOptions Found = Asked;
    Found.ModelFiles = besideConfig(Asked.ModelFiles, Host.getCurrentFile());
    if (Asked.Store != "none")
      Found.Store = besideConfig(Asked.Store, Host.getCurrentFile());
    std::string ModelsError;
    std::shared_ptr<const Models> Known =
        Sharing->models(Found.ModelFiles, ModelsError);
    Analysis->run(Host, Known.get(), ModelsError, Found,
                  Sharing->host().headers(*Reader).get());
    for (const Complaint &Each : Analysis->takeComplaints())
      configurationDiag("%select{option '%1': |}0%2",
                        Each.Fatal ? DiagnosticIDs::Error
                                   : DiagnosticIDs::Warning)
          << Each.Option.empty() << Each.Option << Each.Text;
    for (const Finding &Each : Analysis->findings())
      if (Each.Check == Info.Name && Each.Sure >= *Least)
        report(Each, Seen->getSourceManager());
  }
};

class PerfidyModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    addChecks(Factories, std::make_shared<TidyHost>());
  }
};

} // namespace

void addChecks(ClangTidyCheckFactories &To, std::shared_ptr<TidyHost> Host) {
  auto Sharing = std::make_shared<TidySharing>(std::move(Host));
  for (const CheckInfo &Info : allChecks())
    To.registerCheckFactory(
        std::string("perfidy-") + Info.Name,
        [&Info, Sharing](llvm::StringRef Name, ClangTidyContext *Context) {
          return std::make_unique<Check>(Name, Context, Info, Sharing);
        });
}

void registerModule() {
  static ClangTidyModuleRegistry::Add<PerfidyModule> Registered(
      "perfidy-module", "Finds code that betrays performance.");
}

} // namespace perfidy
