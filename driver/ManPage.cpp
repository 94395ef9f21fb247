//===- ManPage.cpp - the manual page --------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/ManPage.h"
#include "driver/Options.h"
#include <CLI/CLI.hpp>
#include <sstream>

namespace perfidy {

/// \p Text as roff prints it, whatever it begins with.
static std::string escaped(const std::string &Text) {
  std::string Result;
  for (char C : Text) {
    if (Result.empty() && (C == '.' || C == '\''))
      Result += "\\&";
    if (C == '\\')
      Result += "\\e";
    else if (C == '-')
      Result += "\\-";
    else if (C == '\n')
      Result += ' ';
    else
      Result += C;
  }
  while (Result.ends_with(' '))
    Result.pop_back();
  return Result;
}

/// But for --help, which all commands have.
static std::vector<CLI::Option *> options(CLI::App &Of, bool Positional) {
  return Of.get_options([&, Positional](CLI::Option *Each) {
    return Each != Of.get_help_ptr() && Each->get_positional() == Positional &&
           !Each->get_group().empty();
  });
}

/// "perfidy scan [options] [paths ...]"
static void writeUsage(std::ostream &Out, CLI::App &Of) {
  Out << ".B perfidy " << escaped(Of.get_name());
  if (!options(Of, false).empty())
    Out << "\n.RI [ options ]";
  for (CLI::Option *Each : options(Of, true)) {
    bool Many = Each->get_expected_max() > 1;
    std::string Name = escaped(Each->get_name(true)) + (Many ? " ..." : "");
    Out << (Each->get_required() ? "\n.I \"" + Name + '"'
                                 : "\n.RI [ \"" + Name + "\" ]");
  }
  Out << '\n';
}

static void writeOption(std::ostream &Out, const CLI::Option &Of) {
  std::vector<std::string> Names;
  for (const std::string &Name : Of.get_snames())
    Names.push_back("\\fB\\-" + escaped(Name) + "\\fR");
  for (const std::string &Name : Of.get_lnames())
    Names.push_back("\\fB\\-\\-" + escaped(Name) + "\\fR");
  if (Names.empty())
    Names.push_back("\\fI" + escaped(Of.get_name(true)) + "\\fR");
  Out << ".TP\n" << CLI::detail::join(Names, ", ");
  if (Of.nonpositional() && Of.get_expected_max() > 0)
    // CLI11 puts what it checks after the kind: "SECONDS:POSITIVE".
    Out << " \\fI"
        << escaped(Of.get_type_name().substr(0, Of.get_type_name().find(':')))
        << "\\fR";
  Out << '\n' << escaped(Of.get_description());
  if (!Of.get_default_str().empty())
    Out << " Default: " << escaped(Of.get_default_str()) << '.';
  Out << '\n';
}

static void writeCommand(std::ostream &Out, CLI::App &Of) {
  Out << ".SS " << escaped(Of.get_name()) << '\n'
      << escaped(Of.get_description()) << "\n.PP\n";
  writeUsage(Out, Of);
  for (bool Positional : {true, false})
    for (CLI::Option *Each : options(Of, Positional))
      writeOption(Out, *Each);
  if (!Of.get_footer().empty())
    Out << ".PP\n" << escaped(Of.get_footer()) << '\n';
}

std::string manPage() {
  Options Unused;
  CLI::App App("", "perfidy");
  addCommands(App, Unused);
  auto Commands = App.get_subcommands([](CLI::App *) { return true; });

  std::ostringstream Out;
  Out << ".TH PERFIDY 1 \"\" \"perfidy " PERFIDY_VERSION "\"\n"
         ".SH NAME\n"
         "perfidy \\- finds code that betrays performance\n"
         ".SH SYNOPSIS\n";
  const char *Between = "";
  for (CLI::App *Each : Commands) {
    Out << Between;
    writeUsage(Out, *Each);
    Between = ".PP\n";
  }
  Out << ".SH DESCRIPTION\n"
         "Finds C and C++ code that is correct and slow: work that grows with "
         "the square of the data, a database query per element, objects that "
         "are never let go.\n"
         "It follows calls over files to where the work is done, and ranks "
         "what it finds by impact, the worst first.\n"
         ".SH COMMANDS\n";
  for (CLI::App *Each : Commands)
    writeCommand(Out, *Each);
  Out << ".SH EXIT STATUS\n"
      << escaped(App.get_footer())
      << "\n"
         ".SH FILES\n"
         ".TP\n"
         "\\fI.perfidy/store.db\\fR\n"
         "What was read, for the next run; in the project's folder. May be "
         "deleted at any time.\n"
         ".TP\n"
         "\\fIcompile_commands.json\\fR\n"
         "How the code is compiled; the build writes it.\n"
         ".SH SEE ALSO\n"
         ".BR clang\\-tidy (1)\n";
  return std::move(Out).str();
}

} // namespace perfidy
