//===- Why.cpp - what a finding rests on ----------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Why.h"
#include "analysis/rank/Words.h"
#include "analysis/summary/Fields.h"
#include "driver/Failure.h"
#include "driver/Quotes.h"
#include <algorithm>
#include <filesystem>
#include <sstream>

namespace fs = std::filesystem;

namespace perfidy {

SourceLine parsePlace(const std::string &Text) {
  size_t Colon = Text.rfind(':');
  std::string Number = Colon == Text.npos ? "" : Text.substr(Colon + 1);
  if (Number.empty() || Number.size() > 9 ||
      Number.find_first_not_of("0123456789") != Number.npos)
    throw Failure("'" + Text + "' is no place; FILE:LINE is one");
  std::string File = Text.substr(0, Colon);
  // FILE:LINE:COLUMN, as compilers print it.
  if (size_t Other = File.rfind(':');
      Other != File.npos && Other + 1 < File.size() &&
      File.find_first_not_of("0123456789", Other + 1) == File.npos)
    return parsePlace(File);
  return {fs::absolute(File).lexically_normal().string(),
          static_cast<uint32_t>(std::stoul(Number))};
}

SourceLine realPlace(const std::string &Text) {
  SourceLine Result = parsePlace(Text);
  std::error_code Error;
  if (fs::path Real = fs::weakly_canonical(Result.File, Error); !Error)
    Result.File = Real.string();
  return Result;
}

std::string textOf(const SourcePoint &Where) {
  return std::string(Quotes().line(Where));
}

std::string describe(Nature Of) {
  switch (Of) {
  case Nature::Plain:
    return "plain: its body runs once an element";
  case Nature::Batch:
    return "batch: it steps by more than one, or walks chunks";
  case Nature::Retry:
    return "retry: bounded attempts";
  case Nature::Service:
    return "service: it runs for the life of a thread and waits for work";
  case Nature::Once:
    return "once: it runs once, however it looks";
  case Nature::Drain:
    return "drain: it runs until a queue is empty";
  }
  return "";
}

namespace {

class Explanation {
  const Program &P;
  std::ostringstream Out;

  static std::string place(const SourcePoint &Where) {
    return Where.File + ':' + std::to_string(Where.Line) + ':' +
           std::to_string(Where.Column);
  }

  /// Calls \p Visit for all functions that have something at the place.
  template <class Callback>
  void at(const SourcePoint &Where, const Callback &Visit) {
    for (const Function &F : P.functions())
      if (F.Where.valid() && P.point(F.Where).File == Where.File &&
          F.Where.Line <= Where.Line &&
          (!F.End.valid() || F.End.Line >= Where.Line) && Visit(F))
        return;
  }

  static std::string names(const std::vector<Index> &Loops, const Function &F) {
    std::string Text;
    for (Index L : Loops)
      Text += (Text.empty() ? "" : ", ") + std::string("the loop in line ") +
              std::to_string(F.Loops[size_t(L)].Begin.Line);
    return Text;
  }

  void fact(const std::string &Text) { Out << "       " << Text << '\n'; }

  void guards(const Function &F, const std::vector<Index> &Above) {
    for (Index G : Above) {
      const Guard &Each = F.Guards[size_t(G)];
      fact(std::string("under a condition (") + enumerator(Each.Kind) +
           ") in line " + std::to_string(Each.Where.Line) + ": " +
           textOf(P.point(Each.Where)));
    }
  }

  void loop(const Function &F, Index At) {
    const Loop &L = F.Loops[size_t(At)];
    std::string Bound = std::string("bound: ") + enumerator(L.Bound);
    if (L.Bound == BoundKind::Const)
      Bound += " " + std::to_string(L.Count);
    if (!L.Range.Spelling.empty())
      Bound += " of '" + L.Range.Spelling + "'";
    fact(Bound);
    fact("kind: " + describe(P.nature(F, At)));
    if (P.overResultSet(F, At))
      fact("it walks rows of a query's result");
    guards(F, L.Guards);
  }

  void value(const char *What, const Function &F, const Value &V) {
    if (V.Spelling.empty() || V.Varies.empty())
      return;
    fact(std::string(What) + " '" + V.Spelling + "' is another one in " +
         "every round of " + names(V.Varies, F));
  }

  void call(const Function &F, Index At) {
    const Call &C = F.Calls[size_t(At)];
    if (C.Loop != None)
      fact("in " + names(loopsAround(F, C.Loop), F));
    value("object", F, C.Receiver);
    for (const Value &Each : C.Arguments)
      value("argument", F, Each);
    if (!C.Role.empty()) {
      std::string Role = "the model of " +
                         (C.Library.empty() ? "the library" : C.Library) +
                         " says of '" + C.Name + "': " + C.Role;
      if (!C.Database.empty())
        Role += ", " + C.Database;
      fact(Role);
    }
    if (C.Sql && !C.Sql->empty()) {
      std::string Sql = *C.Sql;
      std::replace(Sql.begin(), Sql.end(), '\x01', '?');
      fact("statement: " + Sql);
    }
    if (C.Role.empty()) {
      std::vector<const Function *> Targets = P.targets(C);
      if (Targets.empty())
        fact("nothing that was read defines '" + C.Name + "'");
      for (const Function *Each : Targets)
        fact(std::string(C.Virtual ? "virtual, runs " : "runs ") + Each->Name +
             ", " + place(P.point(Each->Where)));
    }
    guards(F, C.Guards);
  }

  void step(const Step &Which) {
    Out << "   - " << place(Which.Where) << ": " << Which.Message << '\n';
    if (std::string Source = textOf(Which.Where); !Source.empty())
      Out << "       | " << Source << '\n';
    at(Which.Where, [&](const Function &F) {
      auto Here = [&](const Location &L) {
        return L.valid() && L.Line == Which.Where.Line &&
               L.Column == Which.Where.Column &&
               P.point(L).File == Which.Where.File;
      };
      bool Any = false;
      auto Loops = [&] {
        for (size_t I = 0; I < F.Loops.size() && !Any; ++I)
          if ((Any = Here(F.Loops[I].Begin)))
            loop(F, Index(I));
      };
      // A call that runs a callable once per element is a loop as well.
      bool IsLoop = Which.Message.starts_with("loop ");
      if (IsLoop)
        Loops();
      for (size_t I = 0; I < F.Calls.size() && !Any; ++I)
        if ((Any = Here(F.Calls[I].Where)))
          call(F, Index(I));
      if (!IsLoop)
        Loops();
      return Any;
    });
  }

public:
  explicit Explanation(const Program &P) : P(P) {}

  void finding(const Finding &Which) {
    Out << place(Which.At) << ": " << Which.Message << " [perfidy-"
        << Which.Check << "]\n";
    Out << "   fingerprint " << Which.Fingerprint << "; level "
        << unsigned(Which.Where) << ", " << name(Which.Where) << "; "
        << name(Which.Sure) << " confidence; runs: " << name(Which.Runs)
        << '\n';
    if (!Which.Growth.empty())
      Out << "   grows: " << Which.Growth << '\n';
    Out << "   in " << Which.Function << '\n';
    for (const Step &Each : Which.Path)
      step(Each);
    if (!Which.Suggestion.empty())
      Out << "   instead: " << Which.Suggestion << '\n';
    Out << '\n';
  }

  std::string take() { return std::move(Out).str(); }
};

} // namespace

std::string explain(const Program &P, const std::vector<Finding> &Findings,
                    const std::string &Target) {
  Explanation Result(P);
  bool Any = false;
  bool IsPlace = Target.find(':') != Target.npos;
  SourceLine Where = IsPlace ? realPlace(Target) : SourceLine();
  for (const Finding &Each : Findings) {
    bool Named = IsPlace
                     ? Each.At.File == Where.File && Each.At.Line == Where.Line
                     : Each.Fingerprint.starts_with(Target);
    if (!Named)
      continue;
    Result.finding(Each);
    Any = true;
  }
  if (!Any)
    throw Failure(
        IsPlace ? "nothing is found at " + Where.File + ":" +
                      std::to_string(Where.Line) +
                      "; `perfidy why-not FILE:LINE CHECK` says what keeps a "
                      "check silent there"
                : "no finding has the fingerprint " + Target +
                      "; --format=json shows them");
  return Result.take();
}

} // namespace perfidy
